"""The share screens: a link made, looked at, changed, paused, frozen, turned and ended."""

from __future__ import annotations

from datetime import UTC, datetime, time
from zoneinfo import ZoneInfo

import pytest

from taper_app.data import engine
from taper_app.data.tables import Share
from taper_app.services import share_door
from taper_app.services.errors import LinkMissing, PinNeeded
from taper_app.states.share import NewShareState, ShareState
from taper_app.states.share_one import OneShareState
from tests.states.phone import Phone, call, sign_up

NOW = datetime(2026, 11, 25, 12, 0, tzinfo=UTC)
FORM = {"label": "Mum", "plan_dates": "on", "flares": "on", "days": "7", "back": "30_days"}


def made(phone: Phone, **more: object) -> NewShareState:
    """The screen with a link that was just made."""
    state = phone.open(NewShareState, "/share/new")
    call(state, "make", {**FORM, **more})
    return state


def one(phone: Phone, share_id: str) -> OneShareState:
    """The screen of one share."""
    return phone.open(OneShareState, "/share/one", id=share_id)


def opens(token: str) -> bool:
    """Whether the link opens without a PIN."""
    with engine.session_scope() as session:
        try:
            share_door.open_share(session, token, NOW)
        except (LinkMissing, PinNeeded):
            return False
    return True


def test_a_share_is_made_changed_and_ended(phone: Phone) -> None:
    """The link is shown once; its scopes follow what is ticked; ended, it is off the list and opens nothing."""
    new = made(phone)
    token = new.url.split("#")[1]
    assert new.url.startswith("http://localhost/s#")
    assert new.qr.startswith("data:image/svg+xml")
    share_id = new.made_id
    call(new, "put_away")
    assert (new.url, new.qr) == ("", "")
    state = one(phone, share_id)
    assert state.scopes == ["plan_dates", "flares"]
    call(state, "change", {"label": "Mother", "plan_dates": "on", "back": "now"})
    assert (state.label, state.scopes, state.back, state.done) == ("Mother", ["plan_dates"], "now", "changed")
    assert opens(token)
    call(state, "end")
    assert phone.open(ShareState, "/share").shares == []
    assert not opens(token)


def test_a_share_is_paused_frozen_turned_and_renewed(phone: Phone) -> None:
    """Each is one tap, and said on the screen; a new link ends the old one."""
    new = made(phone)
    token = new.url.split("#")[1]
    state = one(phone, new.made_id)
    call(state, "pause")
    assert state.status == "paused" and not opens(token)
    call(state, "pause")
    assert state.status == "open" and opens(token)
    call(state, "freeze")
    assert state.frozen
    call(state, "freeze")
    assert not state.frozen
    until = state.until
    call(state, "renew", {"days": "30"})
    assert state.until != until
    call(state, "keep_pin", {"pin": "4711"})
    assert state.has_pin and not opens(token)
    call(state, "keep_pin", {"pin": ""})
    assert not state.has_pin
    call(state, "rotate")
    assert state.url and not opens(token) and opens(state.url.split("#")[1])


def test_who_is_in_stays_in_when_a_pin_is_set(phone: Phone) -> None:
    """The page knows whether the link of now was opened; only a new link asks everybody."""
    new = made(phone)
    token = new.url.split("#")[1]
    assert not one(phone, new.made_id).in_use
    with engine.session_scope() as session:
        cookie = share_door.open_share(session, token, NOW).token
    state = one(phone, new.made_id)
    assert state.in_use
    call(state, "keep_pin", {"pin": "4711"})
    with engine.session_scope(write=False) as session:
        assert share_door.authenticate_share(session, cookie, NOW)
    call(state, "rotate")
    assert not state.in_use
    with engine.session_scope(write=False) as session:
        assert share_door.authenticate_share(session, cookie, NOW) is None


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"plan_dates": "", "flares": ""}, "scopes"),
        ({"days": "9999"}, "days"),
        ({"days": None}, "days"),
        ({"days": "365"}, "sure"),
        ({"label": "x" * 500}, "label"),
        ({"pin": "1"}, "pin"),
        ({"back": "never"}, "back"),
        ({"back": {"a": 1}}, "back"),
    ],
)
def test_a_share_that_cannot_be_is_named_beside_its_field(phone: Phone, typed: dict[str, object], field: str) -> None:
    """A share with no scope, an unknown or unmeant length, a huge name or a short PIN is refused in words, and none is made."""
    state = made(phone, **typed)
    assert state.wrong[field]
    assert phone.open(ShareState, "/share").shares == []


@pytest.mark.parametrize(
    ("handler", "sent"),
    [
        *[(name, ()) for name in ("end", "rotate", "pause", "freeze")],
        ("change", ({"notes": "on"},)), ("keep_pin", ({"pin": ""},)), ("renew", ({"days": "7"},)),
    ],
)
def test_the_share_of_somebody_else_is_out_of_reach(phone: Phone, handler: str, sent: tuple[object, ...]) -> None:
    """Another account's share is not there, whatever is asked of it, and stays as it was."""
    other = Phone(sign_up(NOW))
    theirs = made(other)
    mine = one(phone, theirs.made_id)
    assert mine.missing and not mine.label
    call(mine, handler, *sent)
    assert mine.missing and not mine.url
    assert one(other, theirs.made_id).scopes == ["plan_dates", "flares"]
    assert opens(theirs.url.split("#")[1])


@pytest.mark.parametrize("days", ["7", "365"])
def test_an_end_is_the_end_of_its_day(phone: Phone, days: str) -> None:
    """A caregiver's page and cookie are told the end: from it nobody reads at what hour the share was made or renewed."""
    new = made(phone, days=days, sure="on")
    state = one(phone, new.made_id)
    zone = ZoneInfo("America/New_York")
    for _ in range(2):
        with engine.session_scope(write=False) as session:
            share = session.get(Share, new.made_id)
            assert share and share.expires_at.astimezone(zone).time() == time(23, 59, 59)
        call(state, "renew", {"days": days, "sure": "on"})
        assert state.errors == []
