"""A pain diary from elsewhere: sent as a file, matched by its owner column by column, added all at once or not at all."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID, uuid5
from zoneinfo import ZoneInfo

from taper_app.data.engine import Session
from taper_app.data.repositories import sources
from taper_app.data.tables import Account, ImportFile
from taper_app.domain.access import Actor
from taper_app.domain.diary import FIELDS, DiaryDay, Table, date_formats, decode, read_rows, read_table
from taper_app.domain.entries import Entry
from taper_app.domain.errors import Invalid, InvalidMany
from taper_app.services.entries import add_entries
from taper_app.services.entry_reading import read_entry
from taper_app.services.errors import DiaryMissing
from taper_app.services.owning import own_account
from taper_app.services.tokens import new_id

KEPT = timedelta(hours=1)
SAMPLE = 5
# The same file of the same account gives the same ids.
_IDS = UUID("6f0f5a1e-3b1d-5c53-9c55-7a1f1d0d1a01")


@dataclass(frozen=True)
class DiarySent:
    """A diary that waits for its columns: their names as they stand in the file, how many rows, and the first of them."""

    id: str
    columns: tuple[str, ...]
    rows: int
    sample: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class Diary:
    """A diary that waits, whose it is, and the zone of its days."""

    id: str
    account_id: str
    zone: str
    text: str


@dataclass(frozen=True)
class DiaryRead:
    """What its columns make of it, once a way to write dates is chosen (`date_format`).

    `formats` are the ways that every row fits, `odd_line` is the first that fits none.
    """

    formats: tuple[str, ...]
    odd_line: int | None
    date_format: str | None = None
    days: tuple[DiaryDay, ...] = ()
    wrong: tuple[Invalid, ...] = ()
    entries: tuple[Entry, ...] = ()


def read_diary(raw: bytes) -> str:
    """The text of a file that is a table. Raises Invalid with the line; no database is asked."""
    text = decode(raw)
    read_table(text)
    return text


def receive_diary(session: Session, actor: Actor, text: str, now: datetime) -> DiarySent:
    """Keep it for an hour; the one before goes."""
    account = own_account(session, actor, "write")
    sources.remove_import_files(session, account.id)
    row = ImportFile(account_id=account.id, id=new_id(), body=text, created_at=now)
    sources.add(session, row)
    return _sent(row)


def waiting_diary(session: Session, actor: Actor, file_id: str, now: datetime) -> DiarySent:
    """A diary that waits. Raises DiaryMissing."""
    return _sent(_file(session, own_account(session, actor), file_id, now))


def open_diary(session: Session, actor: Actor, file_id: str, now: datetime) -> Diary:
    """A diary that waits, to be read outside of the transaction. Raises DiaryMissing."""
    account = own_account(session, actor)
    return Diary(file_id, account.id, account.zone, _file(session, account, file_id, now).body)


def match_diary(diary: Diary, columns: Mapping[str, object], date_format: object, now: datetime) -> DiaryRead:
    """Read it by these columns {field: number from 0}; no database is asked. Without a date format only those on offer are answered.

    Raises InvalidMany for columns that are none.
    """
    table = read_table(diary.text)
    places = _places(table, columns)
    formats, odd_line = date_formats(table, places["date"])
    if not isinstance(date_format, str) or date_format not in formats:
        return DiaryRead(formats, odd_line)
    days, wrong = read_rows(table, places, date_format, ZoneInfo(diary.zone))
    digest = hashlib.sha256(diary.text.encode()).hexdigest()
    entries = []
    for day in days:
        try:
            entries.append(_entry(diary, digest, day, now))
        except Invalid as refusal:
            wrong.append(refusal)
    return DiaryRead(formats, odd_line, date_format, tuple(days), tuple(wrong), tuple(entries))


def add_diary(session: Session, actor: Actor, diary: Diary, found: DiaryRead, now: datetime) -> int:
    """Add every day that `match_diary` read, or with anything wrong none; how many were new.

    Raises DiaryMissing, also for another account than the one it was read for, and InvalidMany with lines.
    """
    account = own_account(session, actor, "write")
    if account.id != diary.account_id:
        raise DiaryMissing()
    _file(session, account, diary.id, now)
    if found.wrong:
        raise InvalidMany(found.wrong)
    if found.date_format is None:
        raise Invalid("choose_date_format", "date_format")
    if not found.days:
        raise Invalid("no_rows")
    stored = add_entries(session, account, [(entry, day.at) for entry, day in zip(found.entries, found.days, strict=True)], now)
    sources.remove_import_files(session, account.id)
    return len(stored)


def forget_diaries(session: Session, now: datetime) -> None:
    """Take away what waited for longer than an hour, of everybody: for the clock of the server."""
    sources.remove_old_import_files(session, now - KEPT)


def _entry(diary: Diary, digest: str, day: DiaryDay, now: datetime) -> Entry:
    body = {
        "id": str(uuid5(_IDS, f"{diary.account_id} {digest} {day.line}")), "kind": "check_in", "at": day.at, "zone": diary.zone,
        "data": dict(day.data),
    }  # fmt: skip
    try:
        return read_entry(body, now)
    except InvalidMany as refusal:
        first = refusal.errors[0]
        field = "note" if first.field == "data.note" else "date"
        raise Invalid(first.code, field, first.message, {"line": str(day.line)}) from None


def _places(table: Table, columns: Mapping[str, object]) -> dict[str, int]:
    wrong: list[Invalid] = []
    places: dict[str, int] = {}
    for field in FIELDS:
        place = columns.get(field)
        if place is None:
            continue
        if isinstance(place, bool) or not isinstance(place, int) or not 0 <= place < len(table.columns):
            wrong.append(Invalid("unknown_column", field))
        elif place in places.values():
            wrong.append(Invalid("column_twice", field))
        else:
            places[field] = place
    if "date" not in places and not wrong:
        wrong.append(Invalid("no_date_column", "date"))
    if set(places) <= {"date", "time"} and not wrong:
        wrong.append(Invalid("no_value_column", "pain"))
    if wrong:
        raise InvalidMany(wrong)
    return places


def _file(session: Session, account: Account, file_id: str, now: datetime) -> ImportFile:
    plain = isinstance(file_id, str) and 0 < len(file_id) <= 64 and file_id.isascii() and file_id.isprintable()
    found = sources.import_file(session, account.id, file_id, now - KEPT) if plain else None
    if found is None:
        raise DiaryMissing()
    return found


def _sent(row: ImportFile) -> DiarySent:
    table = read_table(row.body)
    return DiarySent(row.id, table.columns, len(table.rows), tuple(one.cells for one in table.rows[:SAMPLE]))
