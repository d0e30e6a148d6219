"""The allow-list of what the socket exposes: every method of every State that a client can call by name."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
import reflex as rx

ALLOWED = Path(__file__).with_name("handlers.txt")


@pytest.fixture(scope="module")
def exposed() -> dict[str, list[str]]:
    """The handlers of each State that is registered once all pages are built."""
    from taper_app.components.words import LANGUAGES, language
    from taper_app.pages.routes import routes
    from taper_app.taper_app import app

    for lang in LANGUAGES:
        with language(lang):
            for route in routes():
                route.build()
    assert app is not None
    return {state.__name__: sorted(state.event_handlers) for state in _states(rx.State)}


def _states(of: type[rx.State]) -> Iterator[type[rx.State]]:
    # States of other tests' own making do not reach the app.
    if of.__module__.split(".")[0] in ("reflex", "reflex_base", "taper_app") or "reflex_components" in of.__module__:
        yield of
    for one in of.get_substates():
        yield from _states(one)


@pytest.mark.promise(6)
def test_the_socket_exposes_what_is_listed(exposed: dict[str, list[str]]) -> None:
    """A new handler is refused here until somebody lists it in handlers.txt, having looked at who may call it."""
    lines = [line.split("#")[0].strip() for line in ALLOWED.read_text().splitlines()]
    listed = {name.strip(): words.split() for name, _, words in (line.partition(":") for line in lines if line)}
    assert exposed == listed


def test_no_handler_sets_a_var_by_its_name() -> None:
    """No State has a setter that Reflex makes by itself: `setvar` calls only those, so it can reach nothing."""
    setters = {f"{state.__name__}.{name}" for state in _states(rx.State) for name in dir(state) if name.startswith("set_")}
    assert {name.split(".")[1] for name in setters} <= {"set_is_hydrated"}
