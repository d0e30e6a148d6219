"""The allow-list of what the socket exposes: every method of every State that a client can call by name."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
import reflex as rx

ALLOWED = Path(__file__).with_name("handlers.txt")


@pytest.fixture(scope="module")
def exposed() -> set[str]:
    """Every handler that is registered once all pages are built."""
    from taper_app.components.words import LANGUAGES, language
    from taper_app.pages.routes import routes
    from taper_app.taper_app import app

    for lang in LANGUAGES:
        with language(lang):
            for route in routes():
                route.build()
    assert app is not None
    return {f"{state.get_full_name()}.{name}" for state in _states(rx.State) for name in state.event_handlers}


def _states(of: type[rx.State]) -> Iterator[type[rx.State]]:
    # States of other tests' own making do not reach the app.
    if of.__module__.split(".")[0] in ("reflex", "reflex_base", "taper_app") or "reflex_components" in of.__module__:
        yield of
    for one in of.get_substates():
        yield from _states(one)


def test_the_socket_exposes_what_is_listed(exposed: set[str]) -> None:
    """A new handler is refused here until somebody lists it in handlers.txt, having looked at who may call it."""
    listed = [line.split("#")[0].strip() for line in ALLOWED.read_text().splitlines()]
    allowed = {line for line in listed if line}
    assert exposed - allowed == set(), "new handlers: look at who may call them, then list them in tests/house/handlers.txt"
    assert allowed - exposed == set(), "handlers that are gone: take them out of tests/house/handlers.txt"


def test_no_handler_sets_a_var_by_its_name(exposed: set[str]) -> None:
    """No setter that Reflex makes by itself is among them: a client could put anything into a var."""
    made = {name for name in exposed if name.rsplit(".", 1)[1].startswith("set_") or name.endswith(".setvar")}
    assert made <= {"reflex___state____state.setvar"}
