"""Caregivers for tests: a share opened in a browser, what the patient chose for it, and one look for alerts."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from taper_app.data.engine import session_scope
from taper_app.data.repositories import care as rows
from taper_app.services import care, caring_alerts, pushing, share_door, shares
from taper_app.services.share_door import Looking
from tests.services.push_service import Browser
from tests.services.world import NOW, Person


class Carer:
    """Somebody with an open share of a person's account."""

    def __init__(self, person: Person, now: datetime = NOW, label: str = "Sam", **share: Any) -> None:
        self.person = person
        with session_scope() as session:
            made = shares.create_share(session, person.actor, {"label": label, **share}, now)
            self.token = share_door.open_share(session, made.token, now).token
        self.id = made.share.id

    def choose(self, now: datetime = NOW, **body: Any) -> None:
        """The patient chooses for this share."""
        with session_scope() as session:
            care.set_care(session, self.person.actor, self.id, body, now)

    def looking(self, session: Any, now: datetime) -> Looking:
        """As the server knows this caregiver."""
        found = share_door.authenticate_share(session, self.token, now)
        assert found is not None
        return found

    def send(self, now: datetime = NOW, **body: Any) -> None:
        """The caregiver sends a word."""
        with session_scope() as session:
            care.send_reply(session, self.looking(session, now), body, now)

    def sees(self, now: datetime = NOW) -> dict[str, Any]:
        """What the caregiver is told."""
        with session_scope(write=False) as session:
            return care.shared_care(session, self.looking(session, now), now)

    def subscribe(self, browser: Browser, now: datetime = NOW) -> Browser:
        """Alerts go to this browser."""
        with session_scope() as session:
            care.subscribe(session, self.looking(session, now), self.token, browser.subscription, now)
        return browser

    def states(self) -> list[tuple[str, str]]:
        """Kind and state of each alert of this share."""
        with session_scope(write=False) as session:
            return sorted((one.kind, one.state) for one in rows.sendings_of(session, self.id))


def say(person: Person, kind: object, now: datetime = NOW) -> None:
    """The patient says something."""
    with session_scope() as session:
        care.say(session, person.actor, kind, now)


def alert(now: datetime, send: Any = pushing.send) -> None:
    """One look."""
    caring_alerts.send_due_alerts(lambda: now, send)
