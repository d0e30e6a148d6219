"""Lines of the trail that must never stand in the way: written afterwards, in a transaction of their own, or not at all."""

from contextlib import suppress
from datetime import datetime

from taper_app.data.engine import Clash, Unavailable, session_scope
from taper_app.domain.access import Actor
from taper_app.services import audit


def noted(actor: Actor, what: str, now: datetime) -> None:
    """The patient took a file. A full disk keeps nobody from their own data (decision 0014)."""
    with suppress(Unavailable, Clash), session_scope() as session:
        audit.note_done(session, actor, what, now)


def noted_wrong_try(login: object, now: datetime) -> None:
    """Somebody guessed."""
    with suppress(Unavailable, Clash), session_scope() as session:
        audit.note_wrong_try(session, login, now)
