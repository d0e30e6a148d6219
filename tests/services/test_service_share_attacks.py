"""Shares under attack: tries and changes at the same moment, and what a view tells beside what it shows."""

from __future__ import annotations

import threading
from datetime import timedelta
from typing import Any

import pytest

from taper_app.data import bus
from taper_app.data.engine import session_scope
from taper_app.services import accounts, care, share_door, shares
from taper_app.services.errors import LinkMissing, PinNeeded
from taper_app.services.people_here import people_here
from taper_app.services.summary import shared_summary
from tests.services.carers import Carer, say
from tests.services.world import NOW, Person, entry, record, sign_up


def link(person: Person, **share: Any) -> tuple[str, str]:
    """A new share with the PIN 4711: its id and its token."""
    body = {"label": "Sam", "pin": "4711", **share}
    with session_scope() as session:
        made = shares.create_share(session, person.actor, body, NOW, pin_hash=shares.hash_pin(body))
    return made.share.id, made.token


def change(person: Person, share_id: str, **body: Any) -> None:
    """The patient changes a share."""
    with session_scope() as session:
        shares.change_share(session, person.actor, share_id, body, NOW)


def seen(carer: Carer) -> dict[str, Any]:
    """What the caregiver's page shows."""
    with session_scope(write=False) as session:
        return shared_summary(session, carer.looking(session, NOW), NOW)


def try_pin(token: str, pin: str) -> bool:
    """One try at the door, as the API does it; whether it opened."""
    with session_scope() as session:
        door = share_door.find_door(session, token, NOW)
        share_door.take_try(session, door, pin)
    if not share_door.pin_fits(door, pin):
        return False
    with session_scope() as session:
        share_door.open_share(session, token, NOW, door)
    return True


def test_the_tenth_try_may_be_the_right_one() -> None:
    """Nine wrong ones and a right one open the link, and the right one counts for nothing."""
    _, token = link(sign_up())
    assert [try_pin(token, "0000") for _ in range(9)] == [False] * 9
    assert try_pin(token, "4711")
    assert try_pin(token, "4711")
    assert not try_pin(token, "0000")
    with pytest.raises(LinkMissing):
        try_pin(token, "4711")


@pytest.mark.parametrize("change", ["rotate", "end", "pin"])
def test_a_link_opened_while_it_changes_does_not_stay_open(change: str) -> None:
    """Whoever opens the old link while the patient changes it is not let in after that."""
    ana = sign_up()
    share_id, token = link(ana, pin=None)
    cookies: list[str] = []

    def come_in() -> None:
        try:
            with session_scope() as session:
                cookie = share_door.open_share(session, token, NOW).token
        except (PinNeeded, LinkMissing):
            return
        cookies.append(cookie)

    with session_scope() as session:
        if change == "rotate":
            shares.rotate_share(session, ana.actor, share_id, NOW)
        elif change == "end":
            shares.revoke_share(session, ana.actor, share_id, NOW)
        else:
            body = {"pin": "4711"}
            shares.change_share(session, ana.actor, share_id, body, NOW, pin_hash=shares.hash_pin(body))
        other = threading.Thread(target=come_in)
        other.start()
        # It waits for this transaction, or has read what was before it and goes on at once.
        other.join(0.5)
    other.join(20)
    with session_scope(write=False) as session:
        assert not any(share_door.authenticate_share(session, one, NOW + timedelta(seconds=1)) for one in cookies)


def test_hours_leave_a_frozen_view_too() -> None:
    """A view that was frozen with hours shows none any more when the patient takes them away."""
    ana = sign_up()
    sam = Carer(ana, scopes=["check_ins", "options", "notes"], by_hour=True)
    items = [entry(1, "check_in", {"pain": 3}), entry(2, "option_tried", {"option": "heat"}), entry(3, "note", {"note": "x"})]
    record(ana, *items)
    change(ana, sam.id, frozen=True)
    change(ana, sam.id, by_hour=False)
    view = seen(sam)
    assert view["fresh_at"] is None and view["fresh_on"] == "2026-11-23"
    assert ["at" in one for part in ("check_ins", "options", "notes") for one in view[part]] == [False, False, False]


def test_a_frozen_share_tells_no_new_name() -> None:
    """Whoever looks at a frozen view learns no name that the patient took later, by none of the calls."""
    ana = sign_up()
    sam = Carer(ana)
    change(ana, sam.id, frozen=True)
    with session_scope() as session:
        accounts.change_settings(session, ana.actor, {"display_name": "Zoe"}, NOW)
    with session_scope(write=False) as session:
        here = people_here(session, [sam.token], NOW)[0].display_name
    assert (seen(sam)["display_name"], sam.sees()["display_name"], here) == ("Ana", "Ana", "Ana")


@pytest.mark.parametrize(
    ("body", "heard"),
    [
        ({"muted": True}, False),
        ({"alerts": {"flare": 7}}, False),
        ({}, False),
        ({"replies": True}, True),
        ({"alerts": {"company": True}}, True),
    ],
)
def test_a_share_hears_of_no_choice_that_it_is_not_shown(body: dict[str, Any], heard: bool) -> None:
    """Being muted makes no sound on the page of the one who is muted."""
    ana = sign_up()
    sam = Carer(ana)
    sam.choose(alerts={"flare": 7})
    change(ana, sam.id, scopes=["plan_dates"])
    with session_scope() as session:
        care.set_care(session, ana.actor, sam.id, body, NOW)
        assert (sam.id in bus.marked(session)) is heard


def test_taking_back_what_was_not_said_makes_no_sound() -> None:
    """Shares hear of it once, when there was something to take back."""
    ana = sign_up()
    sam = Carer(ana)
    say(ana, "ok")
    heard = []
    for now in (NOW, NOW):
        with session_scope() as session:
            care.unsay(session, ana.actor, now)
            heard.append(sam.id in bus.marked(session))
    assert heard == [True, False]


def test_a_share_hears_of_no_change_that_it_is_not_shown() -> None:
    """A PIN, and a form sent again as it was, make no sound on an open page; a new name for the share does."""
    ana = sign_up()
    sam = Carer(ana)
    heard = []
    for body in ({"pin": "4711"}, {"label": "Sam", "by_hour": False, "back": "30_days"}, {"label": "Uncle"}):
        with session_scope() as session:
            shares.change_share(session, ana.actor, sam.id, body, NOW, pin_hash=shares.hash_pin(body))
            heard.append(sam.id in bus.marked(session))
    assert heard == [False, False, True]
