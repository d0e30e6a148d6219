"""The trail of an account: what was done with it, by whom, when. Append-only, ids and codes, readable by its patient."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from taper_app.data.engine import Session
from taper_app.data.repositories import accounts, trail
from taper_app.data.tables import WrongTries
from taper_app.domain.access import Actor
from taper_app.domain.errors import Invalid
from taper_app.domain.trail import CODES, WHO
from taper_app.services.owning import own_account
from taper_app.services.signing import fold_typed
from taper_app.services.tokens import new_id

__all__ = ["CODES", "WHO", "AuditLine", "AuditPage", "latest_audit", "list_audit", "note_done", "note_for_all", "note_wrong_try"]

# All wrong tries of an hour are one line, or a guesser could bury everything else.
COUNTED = timedelta(hours=1)
MOST = 500


@dataclass(frozen=True)
class AuditLine:
    """One thing that was done. `subject` is the id of the share, plan or session; `tries` counts wrong tries."""

    at: datetime
    what: str
    actor: str
    subject: str | None
    tries: int | None


@dataclass(frozen=True)
class AuditPage:
    """Lines, and where to go on, or None at the end."""

    lines: tuple[AuditLine, ...]
    next: str | None


def list_audit(session: Session, actor: Actor, after: str | None = None, limit: int = 100) -> AuditPage:
    """The trail, oldest first. The cursor counts lines of this account: none goes, so it stays right. Raises Invalid."""
    account = own_account(session, actor)
    if after is not None and not (after.isascii() and after.isdigit() and len(after) <= 9):
        raise Invalid("bad_cursor", "after")
    if not 1 <= limit <= MOST:
        raise Invalid("out_of_range", "limit")
    skip = int(after or 0)
    found = lines_of(session, account.id, skip, limit + 1)
    more = len(found) > limit
    return AuditPage(tuple(found[:limit]), str(skip + limit) if more else None)


def latest_audit(session: Session, actor: Actor, skip: int, most: int) -> AuditPage:
    """The trail, newest first, from the `skip`-th on."""
    account = own_account(session, actor)
    found = lines_of(session, account.id, skip, most + 1, newest_first=True)
    return AuditPage(tuple(found[:most]), str(skip + most) if len(found) > most else None)


def lines_of(session: Session, account_id: str, skip: int, most: int, *, newest_first: bool = False) -> list[AuditLine]:
    """Lines of an account that the caller was let into."""
    found = trail.lines(session, account_id, skip, most, newest_first=newest_first)
    # The subject of a count is of no use to anybody but us.
    return [AuditLine(row.at, row.what, row.actor, row.subject if tries is None else None, tries) for row, tries in found]


def note_done(session: Session, actor: Actor, what: str, now: datetime) -> None:
    """Note what the patient did that writes nothing else, such as taking a file."""
    accounts.note(session, own_account(session, actor).id, what, now)


def note_wrong_try(session: Session, login: object, now: datetime) -> None:
    """Note that somebody did not get into the account of this login; nothing happens when there is none."""
    account = accounts.by_login(session, fold_typed(login)) if isinstance(login, str) else None
    if account is None or accounts.lock(session, account.id) is None:
        return
    counting = trail.tries_since(session, account.id, now - COUNTED)
    if counting is not None:
        trail.count_try(session, counting.id)
        return
    begun = WrongTries(id=new_id(), account_id=account.id, began_at=now, tries=1)
    trail.begin_tries(session, begun)
    accounts.note(session, account.id, "wrong_try", now, subject=begun.id, actor="nobody")


def note_for_all(session: Session, what: str, now: datetime) -> None:
    """Note what the host did with everybody's data, such as changing the keys."""
    trail.add_to_all(session, what, now, "host")
