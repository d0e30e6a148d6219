"""A screen that wants a proof: what was asked waits, is done once it is proved, and by nobody who did not prove it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from taper_app.data import engine
from taper_app.pages.routes import routes
from taper_app.services import proving
from taper_app.services.shares import change_share, create_share, get_share, hash_pin
from taper_app.services.signing import authenticate
from taper_app.states import share_one
from taper_app.states.share import NewShareState, ShareState
from taper_app.states.share_one import OneShareState
from tests.states.phone import Phone, call, sign_up

NOW = datetime(2026, 11, 23, 15, 0, tzinfo=UTC)
MADE = {"label": "Mum", "plan_dates": "on", "flares": "on", "days": "7"}


@pytest.fixture
def old_phone(database: None, clock: None) -> Phone:
    """A phone that was signed in eleven minutes ago."""
    return Phone(sign_up(NOW - timedelta(minutes=11)))


def prove(phone: Phone) -> None:
    """What the page does over HTTP."""
    with engine.session_scope() as session:
        actor = authenticate(session, phone.token, NOW)
        assert actor is not None
        proving.check_own_password(session, actor, "a long enough pass phrase")
        proving.note_proof(session, actor, phone.token, NOW)


def labels(phone: Phone) -> list[str]:
    """The shares there are."""
    return [one.label for one in phone.open(ShareState, "/share").shares]


def test_a_share_waits_for_a_proof_and_is_then_made(old_phone: Phone) -> None:
    """Nothing is made and nothing is called wrong; after the proof it is made as it was typed, once."""
    state = old_phone.open(NewShareState, "/share/new")
    call(state, "make", MADE)
    assert (state.proving, state.url, state.errors, labels(old_phone)) == ("make", "", [], [])
    prove(old_phone)
    call(state, "go_on")
    assert (state.proving, labels(old_phone)) == ("", ["Mum"])
    assert state.url
    call(state, "go_on")
    assert labels(old_phone) == ["Mum"], "it waits no more"


def test_going_on_without_a_proof_only_asks_again(old_phone: Phone) -> None:
    """Whoever calls it by hand gets nowhere, with something waiting or not."""
    state = old_phone.open(NewShareState, "/share/new")
    call(state, "go_on")
    call(state, "make", MADE)
    for _ in range(3):
        call(state, "go_on")
        assert (state.proving, labels(old_phone)) == ("make", [])
    call(state, "stop_proving")
    prove(old_phone)
    call(state, "go_on")
    assert (state.proving, labels(old_phone)) == ("", [])


def test_what_was_typed_wrong_is_said_after_the_proof(old_phone: Phone) -> None:
    """A form that cannot be is refused beside its fields as ever."""
    state = old_phone.open(NewShareState, "/share/new")
    call(state, "make", {"label": "Mum", "days": "7"})
    prove(old_phone)
    call(state, "go_on")
    assert (state.proving, "scopes" in state.wrong) == ("", True)


def test_narrowing_and_ending_wait_for_nothing(old_phone: Phone) -> None:
    """In an old session a share is narrowed and ended at once; only widening it waits."""
    fresh = old_phone.open(NewShareState, "/share/new")
    prove(old_phone)
    call(fresh, "make", MADE)
    share_id = fresh.made_id
    with engine.session_scope() as session:
        session.connection().exec_driver_sql("UPDATE login_session SET proved_at = NULL")
    state = old_phone.open(OneShareState, "/share/one", id=share_id)
    call(state, "change", {"plan_dates": "on"})
    assert (state.proving, state.scopes) == ("", ["plan_dates"])
    for quiet in ("freeze", "pause"):
        call(state, quiet)
        assert state.proving == ""
    for wide in (("change", {"plan_dates": "on", "notes": "on"}), ("pause",), ("freeze",), ("rotate",), ("renew", {"days": "30"})):
        call(state, *wide)
        assert (state.proving, state.scopes, state.status) == (wide[0], ["plan_dates"], "paused")
        call(state, "stop_proving")
    call(state, "end")
    assert labels(old_phone) == []


def forms_of(component: Any) -> Iterator[Any]:
    """Every form in a part of a page."""
    if getattr(component, "tag", None) == "form":
        yield component
    for child in component.children:
        yield from forms_of(child)


def test_no_form_takes_the_password_along() -> None:
    """A form around the question, sent once more while a password stands in it, gathers every field but that one."""
    forms = [form for route in routes() for form in forms_of(route.build())]
    around = [form for form in forms if "prove-password" in str(form.render())]
    assert len(around) >= 4
    for form in around:
        gathers = "".join(form.add_hooks())
        assert "getRefValue" in gathers
        assert "prove_password" not in gathers
        assert not re.search(r"name:[^,]*prove", str(form.render()))


def test_a_share_that_is_narrowed_meanwhile_is_not_widened_again(old_phone: Phone, monkeypatch: pytest.MonkeyPatch) -> None:
    """What was no wider when it was looked at, and is when it is written, wants a proof: another browser may have narrowed it."""
    with engine.session_scope() as session:
        actor = authenticate(session, old_phone.token, NOW)
        assert actor is not None
        share_id = create_share(session, actor, {"scopes": ["plan_dates", "flares"], "by_hour": True}, NOW).share.id
    state = old_phone.open(OneShareState, "/share/one", id=share_id)

    def narrowed_first(body: object) -> str | None:
        with engine.session_scope() as session:
            change_share(session, actor, share_id, {"scopes": ["flares"], "by_hour": False}, NOW)
        return hash_pin(body)

    monkeypatch.setattr(share_one, "hash_pin", narrowed_first)
    call(state, "change", {"plan_dates": "on", "flares": "on", "by_hour": "on"})
    with engine.session_scope() as session:
        found = get_share(session, actor, share_id, NOW)
    assert (state.proving, found.scopes, found.by_hour) == ("change", ("flares",), False)


def test_what_waits_goes_when_the_screen_is_left(old_phone: Phone) -> None:
    """Leaving the screen forgets it, and a session that has ended does nothing."""
    state = old_phone.open(NewShareState, "/share/new")
    call(state, "make", MADE)
    call(state, "leave")
    assert (state.proving, state._waiting) == ("", {})
    call(state, "make", MADE)
    old_phone.token = "gone"
    state = old_phone.at(NewShareState, "/share/new")
    call(state, "go_on")
    assert (state.signed_out, state.url) == (True, "")
