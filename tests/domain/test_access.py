"""Who may do what: `require` against a slow table of every actor, action and scope."""

from __future__ import annotations

import itertools

import pytest

from taper_app.domain.access import HELPER_KINDS, SCOPES, Actor, Caregiver, Helper, Patient, Stranger, require
from taper_app.domain.errors import Forbidden, Missing

HERE, ELSEWHERE = "ana", "bea"
ACTORS: dict[str, Actor] = {
    "patient": Patient(HERE),
    "other patient": Patient(ELSEWHERE),
    "caregiver of flares": Caregiver("s", HERE, frozenset({"flares"})),
    "caregiver of everything": Caregiver("s", HERE, frozenset(SCOPES)),
    "caregiver of somebody else": Caregiver("s", ELSEWHERE, frozenset(SCOPES)),
    "helper": Helper(HERE, "sam", "Sam", frozenset(HELPER_KINDS)),
    "helper of somebody else": Helper(ELSEWHERE, HERE, "Sam", frozenset(HELPER_KINDS)),
    "stranger": Stranger(),
}
ACTIONS = ("read", "write", "enter")


def slow(name: str, action: str, scope: str | None) -> str:
    """What should come of it, written out case by case."""
    if name == "patient":
        return "yes"
    if name == "helper":
        return "yes" if (action, scope) == ("enter", None) else "forbidden"
    if name == "caregiver of everything":
        return "yes" if action == "read" and scope is not None else "forbidden"
    if name == "caregiver of flares":
        return "yes" if (action, scope) == ("read", "flares") else "forbidden"
    return "missing"


@pytest.mark.parametrize(("name", "action", "scope"), list(itertools.product(ACTORS, ACTIONS, (None, *SCOPES))))
def test_every_actor_may_exactly_what_the_table_says(name: str, action: str, scope: str | None) -> None:
    """A helper may enter and nothing else; whoever has nothing to do with an account does not learn that it is there."""
    try:
        require(ACTORS[name], HERE, action, scope)  # type: ignore[arg-type]  # every action in turn
        came = "yes"
    except Forbidden:
        came = "forbidden"
    except Missing:
        came = "missing"
    assert came == slow(name, action, scope)


@pytest.mark.parametrize("name", ACTORS)
def test_a_scope_that_is_not_there_is_a_bug(name: str) -> None:
    """Nobody is let through, or turned away, by a scope that does not exist."""
    with pytest.raises(ValueError, match="everything"):
        require(ACTORS[name], HERE, "read", "everything")
