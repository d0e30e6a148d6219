"""Entries: written once, never changed."""

from collections.abc import Collection, Iterable
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import or_, union
from sqlalchemy import select as sa_select
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, func, insert, select

from taper_app.data.sealing import opened_all, sealed_rows
from taper_app.data.tables import Entry


class Line(NamedTuple):
    """What of an entry is needed to read it; `data` is JSON."""

    id: str
    kind: str
    at: datetime
    zone: str
    data: str
    changes: str | None
    by_id: str | None
    by_name: str | None


def known_ids(session: Session, account_id: str, ids: Collection[str]) -> set[str]:
    """Which of these ids the account has already."""
    if not ids:
        return set()
    query = select(Entry.id).where(col(Entry.account_id) == account_id, col(Entry.id).in_(ids))
    return set(session.exec(query))


def only_by(session: Session, account_id: str, by_id: str, ids: Collection[str]) -> set[str]:
    """Which of these are first entries of this helper that nobody else has changed since."""
    if not ids:
        return set()
    mine = select(Entry.id).where(
        col(Entry.account_id) == account_id, col(Entry.id).in_(ids), col(Entry.by_id) == by_id, col(Entry.changes).is_(None)
    )
    theirs = select(Entry.changes).where(
        col(Entry.account_id) == account_id,
        col(Entry.changes).in_(ids),
        or_(col(Entry.by_id).is_(None), col(Entry.by_id) != by_id),
    )
    return set(session.exec(mine)) - {one for one in session.exec(theirs) if one}


def ids_of(session: Session, account_id: str) -> set[str]:
    """The ids of all the account's entries."""
    return set(session.exec(select(Entry.id).where(col(Entry.account_id) == account_id)))


def last_seq(session: Session, account_id: str) -> int:
    """The place of the newest entry in the order of arrival."""
    return session.exec(select(func.max(Entry.seq)).where(col(Entry.account_id) == account_id)).one() or 0


def add_all(session: Session, rows: list[dict[str, Any]]) -> None:
    """Keep new entries, all in one statement."""
    if rows:
        session.execute(insert(Entry), sealed_rows(session, Entry, rows))


def after(session: Session, account_id: str, seq: int, limit: int) -> list[Entry]:
    """Entries in the order of arrival, after a place in it."""
    query = select(Entry).where(col(Entry.account_id) == account_id, col(Entry.seq) > seq)
    return list(session.exec(query.order_by(col(Entry.seq)).limit(limit)))


def in_view(
    session: Session,
    account_id: str,
    since: datetime,
    always: Iterable[str] = (),
    kinds: Collection[str] | None = None,
) -> list[Entry]:
    """First entries written since then, with all their changes.

    Also every first entry of a kind in `always`, and flares that may not have ended. Only of `kinds` where given.
    """
    ids = _viewed(account_id, since, list(always), kinds)
    rows = session.exec(
        select(Entry).where(col(Entry.account_id) == account_id, or_(col(Entry.id).in_(ids), col(Entry.changes).in_(ids)))
    )
    return sorted(rows, key=lambda entry: entry.seq)


def latest(session: Session, account_id: str, kinds: Collection[str]) -> Entry | None:
    """The first entry of these kinds that was written last."""
    query = select(Entry).where(col(Entry.account_id) == account_id, col(Entry.changes).is_(None), col(Entry.kind).in_(kinds))
    return session.exec(query.order_by(col(Entry.at).desc()).limit(1)).first()


def _viewed(account_id: str, since: datetime, always: list[str], kinds: Collection[str] | None) -> Any:
    """The ids of the first entries in view: a union in which each part has an index, so ten years cost what a month does."""
    first, change = aliased(Entry), aliased(Entry)
    mine = (first.account_id == account_id, col(first.changes).is_(None))
    wanted = () if kinds is None else (col(first.kind).in_(list(kinds)),)
    of_first = (change.account_id == account_id, change.changes == first.id)
    ended = col(first.ends).is_(True) | select(change.id).where(*of_first, col(change.ends).is_(True)).exists()
    reopened = select(change.id).where(*of_first, col(change.ends).is_(False)).exists()
    return union(
        select(first.id).where(*mine, *wanted, first.at >= since),
        select(first.id).where(*mine, *wanted, col(first.kind).in_(always)),
        select(first.id).where(*mine, *wanted, first.kind == "flare", ~ended | reopened),
    )


def lines_of(session: Session, account_id: str, kinds: Collection[str]) -> list[Line]:
    """Every entry of these kinds, and every change there is, in the order of arrival: columns instead of rows, for ten years at once."""
    wanted = or_(col(Entry.kind).in_(kinds), col(Entry.changes).is_not(None))
    columns = [col(getattr(Entry, name)) for name in Line._fields]
    rows = session.execute(sa_select(*columns).where(col(Entry.account_id) == account_id, wanted).order_by(col(Entry.seq))).all()
    # Column by column: a loop over ten years of rows in Python costs as much as opening them.
    ids, names, ats, zones, texts, *rest = zip(*rows, strict=True) if rows else ((),) * len(Line._fields)
    data = opened_all(session, Entry, "data", account_id, zip(ids, texts, strict=True))
    return list(map(Line, ids, names, ats, zones, data, *rest))
