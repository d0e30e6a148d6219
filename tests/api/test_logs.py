"""What the log says of an error: what kind and where, and no word of anybody."""

from __future__ import annotations

import logging
from collections.abc import Iterator

import pytest

from taper_app.api.logs import hide_values_from_logs
from taper_app.services.traces import trace_of

CANARY = "kanarienvogel"


@pytest.fixture
def lines() -> Iterator[list[str]]:
    """What is logged from now on, as it would be written."""
    found: list[str] = []

    class Keep(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            found.append(self.format(record))

    handler, before, root = Keep(), logging.getLogRecordFactory(), logging.getLogger()
    root.addHandler(handler)
    hide_values_from_logs()
    hide_values_from_logs()
    yield found
    root.removeHandler(handler)
    logging.setLogRecordFactory(before)


def fail() -> None:
    """An error with words, behind another one."""
    try:
        raise KeyError(CANARY)
    except KeyError as error:
        raise ValueError(f"no {error} here") from error


@pytest.mark.promise(7)
def test_a_logged_error_keeps_its_place_and_loses_its_words(lines: list[str]) -> None:
    """Both kinds and the line of code are there; what the error said is not."""
    try:
        fail()
    except ValueError:
        logging.getLogger("anyone").exception("it failed")
    assert len(lines) == 1
    assert "it failed" in lines[0]
    assert "builtins.KeyError" in lines[0]
    assert "builtins.ValueError" in lines[0]
    assert "in fail" in lines[0]
    assert CANARY not in lines[0]


@pytest.mark.promise(7)
def test_what_reflex_repeats_is_left_out(lines: list[str]) -> None:
    """Of warnings that repeat what a client sent, only their place stays; other loggers keep their words."""
    for name in ("reflex.app", "reflex_base.event.processor.event_processor", "engineio.server", "socketio.server"):
        # An error, since Engine.IO turns its warnings off when a server of it is made.
        logging.getLogger(name).error("event %s", CANARY)
        assert lines.pop().startswith(f"{name} warns at its line ")
    logging.getLogger("reflex_application").warning("mine")
    assert lines == ["mine"]


def test_errors_that_point_at_each_other_end() -> None:
    """A ring of causes is walked once."""
    one, two = ValueError("a"), ValueError("b")
    one.__cause__, two.__cause__ = two, one
    assert trace_of(one).count("builtins.ValueError") == 2
