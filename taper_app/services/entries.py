"""The log: whole batches in, each entry with its own answer; and pages of it out."""

import base64
import json
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from taper_app.data.engine import Session
from taper_app.data.repositories import entries, plans
from taper_app.data.tables import Account
from taper_app.data.tables import Entry as EntryRow
from taper_app.domain.access import SCOPE_KINDS, Actor, Helper
from taper_app.domain.entries import Entry, Writer
from taper_app.domain.errors import Forbidden, Invalid, Missing, Refusal
from taper_app.services.entry_reading import read_entry, read_id
from taper_app.services.errors import OtherAccount
from taper_app.services.owning import changed, own_account
from taper_app.services.words import refusal_words

MOST = 500


@dataclass(frozen=True)
class EntryResult:
    """What became of one entry: stored, duplicate, or rejected with a code and words."""

    id: str | None
    status: str
    code: str | None = None
    message: str | None = None
    field: str | None = None


@dataclass(frozen=True)
class EntryView:
    """An entry as it was written. `data` is a fresh dict; `by` the helper who wrote it, None for the patient."""

    id: str
    kind: str
    at: str
    zone: str
    data: dict[str, Any]
    changes: str | None
    recorded_at: datetime
    by: Writer | None = None


@dataclass(frozen=True)
class EntryPage:
    """Some entries in the order of arrival. `next` is None when there are no more; `cursor` goes on from here later."""

    entries: tuple[EntryView, ...]
    next: str | None
    cursor: str | None


def record_entries(
    session: Session,
    actor: Actor,
    items: object,
    now: datetime,
    *,
    expected_account: str | None = None,
    lang: str = "en",
) -> list[EntryResult]:
    """Keep a batch of up to 500 entries; one that is wrong does not hold up the others.

    The same id twice is one entry, whatever the second one says. `expected_account` is what the store believes it
    writes for. Of a helper each entry carries the name, and only some kinds and changes of their own are taken. Raises
    OtherAccount, and Invalid for a batch that is none.
    """
    account = own_account(session, actor, "enter")
    if expected_account and expected_account != account.id:
        raise OtherAccount()
    if not isinstance(items, list):
        raise Invalid("missing" if items is None else "wrong_type", "entries")
    if len(items) > MOST:
        raise Invalid("too_many", "entries")
    known = entries.known_ids(session, account.id, [one for one in map(_id_of, items) if one])
    plan_ids = plans.ids_of(session, account.id)
    by = Writer(actor.helper_account_id, actor.name) if isinstance(actor, Helper) else None
    mine = _own_of(session, account.id, actor, items) if isinstance(actor, Helper) else set()
    results: list[EntryResult] = []
    rows: list[dict[str, Any]] = []
    kinds: set[str] = set()
    seq = entries.last_seq(session, account.id)
    for item in items:
        id_ = _id_of(item)
        if id_ in known:
            results.append(EntryResult(_shown(item), "duplicate"))
            continue
        try:
            entry = read_entry(item, now)
            require_plan(entry, plan_ids)
            if isinstance(actor, Helper):
                _require_own(actor, entry, mine)
        except Refusal as refusal:
            message = refusal_words(lang, refusal)
            results.append(EntryResult(_shown(item), "rejected", refusal.code, message, refusal.field))
            continue
        seq += 1
        rows.append(entry_row(entry, item["at"], account.id, seq, now, by))
        known.add(entry.id)
        if entry.changes is None:
            mine.add(entry.id)
        kinds.add(entry.kind)
        results.append(EntryResult(_shown(item), "stored"))
    entries.add_all(session, rows)
    if rows:
        changed(session, account.id, scopes_of(kinds))
    return results


def list_entries(session: Session, actor: Actor, after: str | None = None, limit: int = 100) -> EntryPage:
    """Everything written, in the order of arrival: changes and retractions too. Raises Invalid: bad_cursor, out_of_range."""
    account = own_account(session, actor)
    if not 1 <= limit <= MOST:
        raise Invalid("out_of_range", "limit")
    rows = entries.after(session, account.id, _place(after), limit + 1)
    page, more = rows[:limit], len(rows) > limit
    cursor = _cursor(page[-1].seq) if page else after
    return EntryPage(tuple(entry_view(row) for row in page), cursor if more else None, cursor)


def entry_view(row: EntryRow) -> EntryView:
    """The row as it was written."""
    return EntryView(row.id, row.kind, row.at_written, row.zone, json.loads(row.data), row.changes, row.recorded_at, _writer(row))


def domain_entry(row: EntryRow) -> Entry:
    """The row as the domain knows it."""
    return Entry(row.id, row.kind, row.at, row.zone, json.loads(row.data), row.changes, _writer(row))


def add_entries(session: Session, account: Account, items: Sequence[tuple[Entry, str]], now: datetime) -> list[str]:
    """Keep those of an import that are new, each with its `at` as written; the kinds of what was kept, one an entry."""
    known = entries.ids_of(session, account.id)
    seq = entries.last_seq(session, account.id)
    rows: list[dict[str, Any]] = []
    for entry, at_written in items:
        if entry.id not in known:
            known.add(entry.id)
            rows.append(entry_row(entry, at_written, account.id, seq + len(rows) + 1, now, entry.by))
    entries.add_all(session, rows)
    kinds = [str(row["kind"]) for row in rows]
    if kinds:
        changed(session, account.id, scopes_of(kinds))
    return kinds


def scopes_of(kinds: Collection[str]) -> list[str]:
    """The scopes of shares that see entries of these kinds."""
    return [scope for scope, seen in SCOPE_KINDS.items() if set(kinds) & set(seen)]


def entry_row(entry: Entry, at_written: str, account_id: str, seq: int, now: datetime, by: Writer | None = None) -> dict[str, Any]:
    """The entry as it is kept; `at_written` has the offset of the device. Who wrote it is never what a device says."""
    return {
        "account_id": account_id,
        "id": entry.id,
        "seq": seq,
        "kind": entry.kind,
        "at": entry.at,
        "at_written": at_written,
        "zone": entry.zone,
        "data": json.dumps(entry.data, ensure_ascii=False),
        "changes": entry.changes,
        "ends": (entry.data["ended_at"] is not None) if "ended_at" in entry.data else None,
        "recorded_at": now,
        "by_id": by and by.id,
        "by_name": by and by.name,
    }


def require_plan(entry: Entry, plan_ids: Collection[str]) -> None:
    """Raises Missing for a dose of a plan that is none of these."""
    # A plan is made on the server, so a dose can never arrive before its plan.
    plan_id = entry.data.get("plan_id")
    if plan_id is not None and plan_id not in plan_ids:
        raise Missing("plan_not_found", "data.plan_id")


def _own_of(session: Session, account_id: str, actor: Helper, items: list[Any]) -> set[str]:
    """The entries that this helper may correct: theirs, as long as the patient has not changed them."""
    named = {str(item["changes"]).lower() for item in items if isinstance(item, dict) and isinstance(item.get("changes"), str)}
    possible = [one for one in named if len(one) <= 64 and one.isascii() and one.isprintable()]
    return entries.only_by(session, account_id, actor.helper_account_id, possible)


def _require_own(actor: Helper, entry: Entry, mine: Collection[str]) -> None:
    """Raises Forbidden for a kind that the helper may not enter, and for a change of what is not theirs."""
    if entry.kind not in actor.kinds:
        raise Forbidden("not_for_helpers", "kind")
    if entry.changes is not None and entry.changes not in mine:
        raise Forbidden("not_your_entry", "changes")


def _writer(row: EntryRow) -> Writer | None:
    return Writer(row.by_id, row.by_name or "") if row.by_id else None


def _id_of(item: object) -> str | None:
    try:
        return read_id(item.get("id")) if isinstance(item, dict) else None
    except Refusal:
        return None


def _shown(item: object) -> str | None:
    """The id as it was sent, so that the phone finds its entry again; nothing longer than an id is sent back."""
    found = item.get("id") if isinstance(item, dict) else None
    return found if isinstance(found, str) and len(found) <= 64 and found.isascii() else None


def _cursor(seq: int) -> str:
    return base64.urlsafe_b64encode(f"1:{seq}".encode()).decode().rstrip("=")


def _place(cursor: str | None) -> int:
    if not cursor:
        return 0
    try:
        text = base64.b64decode(cursor + "=" * (-len(cursor) % 4), altchars=b"-_", validate=True).decode("ascii")
        version, _, seq = text.partition(":")
        if version != "1" or not seq.isdigit() or len(seq) > 15:
            raise ValueError(text)
        return int(seq)
    except ValueError:
        raise Invalid("bad_cursor", "after") from None
