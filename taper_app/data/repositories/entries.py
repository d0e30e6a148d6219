"""Entries: written once, never changed."""

from collections.abc import Collection, Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, or_
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, func, insert, select

from taper_app.data.tables import Entry


def known_ids(session: Session, account_id: str, ids: Collection[str]) -> set[str]:
    """Which of these ids the account has already."""
    if not ids:
        return set()
    query = select(Entry.id).where(col(Entry.account_id) == account_id, col(Entry.id).in_(ids))
    return set(session.exec(query))


def last_seq(session: Session, account_id: str) -> int:
    """The place of the newest entry in the order of arrival."""
    return session.exec(select(func.max(Entry.seq)).where(col(Entry.account_id) == account_id)).one() or 0


def add_all(session: Session, rows: list[dict[str, Any]]) -> None:
    """Keep new entries, all in one statement."""
    if rows:
        session.execute(insert(Entry), rows)


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
    firsts = session.exec(select(Entry).where(*_viewed(Entry, account_id, since, always, kinds))).all()
    first = aliased(Entry)
    changes = session.exec(
        select(Entry)
        .join(first, (col(Entry.account_id) == first.account_id) & (col(Entry.changes) == first.id))
        .where(col(Entry.account_id) == account_id, *_viewed(first, account_id, since, always, kinds))
    ).all()
    return sorted((*firsts, *changes), key=lambda entry: entry.seq)


def latest(session: Session, account_id: str, kinds: Collection[str]) -> Entry | None:
    """The first entry of these kinds that was written last."""
    query = select(Entry).where(col(Entry.account_id) == account_id, col(Entry.changes).is_(None), col(Entry.kind).in_(kinds))
    return session.exec(query.order_by(col(Entry.at).desc()).limit(1)).first()


def _viewed(
    entry: Any, account_id: str, since: datetime, always: Iterable[str], kinds: Collection[str] | None
) -> list[ColumnElement[bool]]:
    touch = aliased(Entry)
    touches = (touch.account_id == account_id) & ((touch.id == entry.id) | (touch.changes == entry.id))
    ended = select(touch.id).where(touches, col(touch.ends).is_(True)).exists()
    reopened = select(touch.id).where(touches, col(touch.ends).is_(False)).exists()
    wanted = or_(entry.at >= since, entry.kind.in_(list(always)), (entry.kind == "flare") & (~ended | reopened))
    found = [entry.account_id == account_id, entry.changes.is_(None), wanted]
    if kinds is not None:
        found.append(entry.kind.in_(list(kinds)))
    return found
