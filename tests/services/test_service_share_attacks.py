"""Shares under attack: tries and changes at the same moment, and what a view tells beside what it shows."""

from __future__ import annotations

import threading
from datetime import timedelta
from typing import Any

import pytest

from taper_app.data.engine import session_scope
from taper_app.services import share_door, shares
from taper_app.services.errors import LinkMissing, PinNeeded
from tests.services.world import NOW, Person, sign_up


def link(person: Person, **share: Any) -> tuple[str, str]:
    """A new share with the PIN 4711: its id and its token."""
    body = {"label": "Sam", "pin": "4711", **share}
    with session_scope() as session:
        made = shares.create_share(session, person.actor, body, NOW, pin_hash=shares.hash_pin(body))
    return made.share.id, made.token


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
