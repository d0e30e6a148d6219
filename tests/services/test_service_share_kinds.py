"""Shares in the hands of a patient: how far back, a PIN, paused, frozen, a new link, a preview."""

from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest

from taper_app.data.engine import session_scope
from taper_app.domain.access import SCOPES
from taper_app.domain.errors import Invalid, InvalidMany
from taper_app.services import share_door, shares
from taper_app.services.errors import LinkMissing, PinNeeded, PinWrong, ShareFrozen, ShareMissing
from taper_app.services.summary import cut, shared_summary
from taper_app.services.views import NewShare
from tests.services.world import NOW, Person, active_plan, at, entry, flare, record, sign_up

LATER = NOW + timedelta(hours=3)
PIN = "4711"


def make(person: Person, now: Any = NOW, **body: Any) -> NewShare:
    """A share of this person."""
    kept = shares.hash_pin(body)
    with session_scope() as session:
        return shares.create_share(session, person.actor, body, now, pin_hash=kept)


def change(person: Person, made: NewShare, now: Any = NOW, **body: Any) -> Any:
    """Change it."""
    kept = shares.hash_pin(body)
    with session_scope() as session:
        return shares.change_share(session, person.actor, made.share.id, body, now, pin_hash=kept)


def try_door(token: str, pin: object = None, now: Any = NOW) -> str:
    """Go through the door as the API does: the cookie. Raises LinkMissing, PinNeeded, PinWrong."""
    with session_scope() as session:
        door = share_door.find_door(session, token, now)
        share_door.take_try(session, door, pin)
    if not share_door.pin_fits(door, pin):
        with session_scope() as session:
            share_door.refuse_pin(session, door, now)
        raise PinWrong(field="pin")
    with session_scope() as session:
        return share_door.open_share(session, token, now, door).token


def seen(cookie: str, now: Any = NOW) -> dict[str, Any] | None:
    """What the holder of the cookie sees, or None when it is over."""
    with session_scope(write=False) as session:
        looking = share_door.authenticate_share(session, cookie, now)
        return None if looking is None else shared_summary(session, looking, now)


@pytest.mark.parametrize(("back", "shown"), [("now", set()), ("30_days", {"5"}), ("all", {"5", "9"})])
def test_a_share_goes_as_far_back_as_was_chosen(back: str, shown: set[str]) -> None:
    """What was logged before the chosen time is not in the view, and what is logged afterwards is."""
    ana = sign_up()
    record(ana, entry(1, "check_in", {"pain": 5}, at=at(-24 * 3)), entry(2, "check_in", {"pain": 9}, at=at(-24 * 300)))
    cookie = try_door(make(ana, scopes=["check_ins"], back=back).token)
    assert {str(one["pain"]) for one in seen(cookie)["check_ins"]} == shown
    record(ana, entry(3, "check_in", {"pain": 1}, at=at(1)))
    assert {str(one["pain"]) for one in seen(cookie, LATER)["check_ins"]} == shown | {"1"}


def test_from_now_on_knows_nothing_older_not_even_its_day() -> None:
    """A view from now on has no day of a last entry until there is a new one."""
    ana = sign_up()
    record(ana, flare(1, started_at=at(-48)))
    cookie = try_door(make(ana, back="now").token)
    view = seen(cookie)
    assert view["fresh_on"] is None and view["flares"] == []


@pytest.mark.parametrize("by_hour", [False, True])
def test_the_hour_is_told_only_where_it_was_chosen(by_hour: bool) -> None:
    """Freshness is by the day, and no entry but a flare has its hour, unless the patient chose the hour."""
    ana = sign_up()
    record(ana, entry(1, "check_in", {"pain": 5}, at=at(-2)))
    cookie = try_door(make(ana, scopes=["check_ins"], by_hour=by_hour).token)
    view = seen(cookie)
    assert view["fresh_on"] is not None
    assert (view["fresh_at"] is not None) is by_hour
    assert ("at" in view["check_ins"][0]) is by_hour


def test_a_pin_is_asked_for_and_let_in() -> None:
    """Without its PIN the link does not open, with it it does, and a try that was right does not count."""
    made = make(sign_up(), pin=PIN)
    with pytest.raises(PinNeeded):
        try_door(made.token)
    for _ in range(share_door.MOST_TRIES + 3):
        assert seen(try_door(made.token, f" {PIN} "))


def test_ten_wrong_pins_end_a_link_for_good_and_a_new_link_begins_anew() -> None:
    """After ten wrong PINs the right one is refused as an unknown link; who was in stays in; a new link asks again."""
    ana = sign_up()
    made = make(ana, pin=PIN)
    inside = try_door(made.token, PIN)
    for _ in range(share_door.MOST_TRIES):
        with pytest.raises(PinWrong):
            try_door(made.token, "0000")
    with pytest.raises(LinkMissing):
        try_door(made.token, PIN)
    assert seen(inside)
    with session_scope() as session:
        assert [one.state for one in shares.list_shares(session, ana.actor, NOW)] == ["locked"]
        assert [one.what for one in shares.list_views(session, ana.actor, made.share.id)].count("wrong_pin") == share_door.MOST_TRIES
        fresh = shares.rotate_share(session, ana.actor, made.share.id, NOW)
    assert seen(inside) is None
    assert seen(try_door(fresh.token, PIN))


@pytest.mark.promise(5)
def test_pins_tried_at_the_same_moment_are_ten_at_most() -> None:
    """Of forty wrong PINs sent at once no more than ten are compared with the right one."""
    made = make(sign_up(), pin=PIN)

    def guess(n: int) -> str:
        try:
            return try_door(made.token, f"wrong{n}")
        except Invalid as refusal:
            return refusal.code
        except (PinWrong, LinkMissing) as refusal:
            return refusal.code

    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(guess, range(40)))
    assert answers.count("wrong_pin") == share_door.MOST_TRIES
    assert answers.count("link_not_found") == 40 - share_door.MOST_TRIES


def test_a_pin_can_be_changed_and_taken_off() -> None:
    """Another PIN shuts the old one out; no PIN opens the link by itself."""
    ana = sign_up()
    made = make(ana, pin=PIN)
    change(ana, made, pin="815815")
    with pytest.raises(PinWrong):
        try_door(made.token, PIN)
    assert seen(try_door(made.token, "815815"))
    assert change(ana, made, pin=None).has_pin is False
    assert seen(try_door(made.token))


def test_paused_looks_like_over_and_goes_on() -> None:
    """A paused share shows nothing and opens for nobody, as one that has ended; going on it shows again in the same browser."""
    ana = sign_up()
    made = make(ana)
    cookie = try_door(made.token)
    assert change(ana, made, paused=True).state == "paused"
    assert seen(cookie) is None
    with pytest.raises(LinkMissing):
        try_door(made.token)
    change(ana, made, paused=False)
    assert seen(cookie)


def test_a_frozen_share_shows_that_hour_and_nothing_newer() -> None:
    """New entries, changes of the plan and retractions after the freeze are not in the view, until it goes on."""
    ana = sign_up()
    active_plan(ana)
    record(ana, flare(1, severity_now=4))
    made = make(ana, scopes=list(SCOPES))
    cookie = try_door(made.token)
    before = seen(cookie)
    change(ana, made, frozen=True)
    record(ana, flare(2, severity_now=8, started_at=at(1)), now=LATER)
    after = seen(cookie, LATER)
    assert after == {**before, "frozen_at": after["frozen_at"]} and after["frozen_at"]
    change(ana, made, LATER, frozen=False)
    assert len(seen(cookie, LATER)["flares"]) == 2


def test_a_frozen_share_can_show_less_and_never_more() -> None:
    """Narrowing takes out of what was kept, down to nothing; widening is refused by name."""
    ana = sign_up()
    active_plan(ana)
    record(ana, flare(1), entry(2, "note", {"text": "canary"}))
    made = make(ana, scopes=["plan", "flares", "notes"])
    cookie = try_door(made.token)
    change(ana, made, frozen=True)
    with pytest.raises(ShareFrozen):
        change(ana, made, scopes=["plan", "flares", "notes", "doses"])
    change(ana, made, scopes=["flares"])
    view = seen(cookie)
    assert view["plans"] == [] and view["notes"] == [] and len(view["flares"]) == 1
    assert "canary" not in json.dumps(view)


def test_a_kept_view_cut_is_never_more_than_its_scopes() -> None:
    """For every pair of scopes a view that was kept with both, cut to one, holds nothing that a live view of that one lacks."""
    ana = sign_up()
    active_plan(ana)
    record(ana, flare(1), entry(2, "note", {"text": "words"}), entry(3, "check_in", {"pain": 3, "note": "mine"}))
    for one in SCOPES:
        whole = seen(try_door(make(ana, scopes=list(SCOPES)).token))
        alone = seen(try_door(make(ana, scopes=[one]).token))
        left = cut(whole, frozenset({one}))
        for part in ("flares", "doses", "check_ins", "options", "notes"):
            assert left[part] == alone[part], (one, part)
        assert left["scopes"] == alone["scopes"]
        assert left["plans"] in ([], alone["plans"])


def test_a_new_link_ends_the_old_one_and_its_pages() -> None:
    """After a new link the old one is unknown, pages opened with it are over, and who looked is still listed."""
    ana = sign_up()
    made = make(ana)
    cookie = try_door(made.token)
    with session_scope() as session:
        fresh = shares.rotate_share(session, ana.actor, made.share.id, NOW)
        assert [one.what for one in shares.list_views(session, ana.actor, made.share.id)] == ["opened"]
    assert seen(cookie) is None
    with pytest.raises(LinkMissing):
        try_door(made.token)
    assert seen(try_door(fresh.token))


def test_a_preview_is_what_they_see_and_nobodys_look() -> None:
    """The preview of a share, and of one that is not made yet, equals what the cookie shows; no look is noted."""
    ana = sign_up()
    active_plan(ana)
    record(ana, flare(1))
    body = {"label": "Mum", "scopes": ["plan_dates", "flares"]}
    made = make(ana, **body)
    with session_scope() as session:
        before = shares.preview_new(session, ana.actor, body, NOW)
        preview = shares.preview_share(session, ana.actor, made.share.id, NOW)
        assert shares.list_views(session, ana.actor, made.share.id) == []
    assert before == preview == seen(try_door(made.token))


@pytest.mark.parametrize(
    ("body", "code", "field"),
    [
        ({"back": "yesterday"}, "choose_one", "back"),
        ({"by_hour": "yes"}, "wrong_type", "by_hour"),
        ({"pin": "123"}, "pin_length", "pin"),
        ({"pin": "1234567890123"}, "pin_length", "pin"),
        ({"pin": 1234}, "wrong_type", "pin"),
        ({"expires_at": (NOW + timedelta(days=367)).isoformat()}, "share_too_long", "expires_at"),
        ({"frozen": True}, "unknown_key", "frozen"),
    ],
)
def test_a_share_that_is_wrong_is_refused_by_field(body: dict[str, Any], code: str, field: str) -> None:
    """Each wrong value is named with its field, and nothing is made."""
    ana = sign_up()
    with pytest.raises(InvalidMany) as refused:
        make(ana, **body)
    assert [(one.code, one.field) for one in refused.value.errors] == [(code, field)]
    with session_scope() as session:
        assert shares.list_shares(session, ana.actor, NOW) == []


def test_nobody_else_can_turn_or_preview_a_share() -> None:
    """Another patient's share is unknown to every one of these calls."""
    ana, bea = sign_up("ana"), sign_up("bea")
    made = make(ana)
    with session_scope() as session:
        for call in (
            lambda: shares.rotate_share(session, bea.actor, made.share.id, NOW),
            lambda: shares.preview_share(session, bea.actor, made.share.id, NOW),
            lambda: shares.change_share(session, bea.actor, made.share.id, {"paused": True}, NOW),
        ):
            with pytest.raises(ShareMissing):
                call()
