"""A pain diary kept as a table: its rows, and entries read from them by columns that the person has matched.

Nothing is taken for granted: no column is known by its name, and a way to write dates is on offer only where every row fits it.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import islice
from typing import Any, Final
from zoneinfo import ZoneInfo

from taper_app.domain.errors import Invalid
from taper_app.domain.reading import FIRST_DATE, LAST_DATE
from taper_app.domain.reminders import moment

MAX_COLUMNS, MAX_ROWS, MAX_CELL, MAX_NOTE = 100, 20_000, 10_000, 4000
FIELDS: Final = ("date", "time", "pain", "sleep", "relief", "mood", "note")
SCALES: Final = ("pain", "sleep", "relief", "mood")
DATE_FORMATS: Final = {
    "YYYY-MM-DD": re.compile(r"(?P<y>\d{4})-(?P<m>\d{1,2})-(?P<d>\d{1,2})"),
    "DD.MM.YYYY": re.compile(r"(?P<d>\d{1,2})\.(?P<m>\d{1,2})\.(?P<y>\d{4})"),
    "DD/MM/YYYY": re.compile(r"(?P<d>\d{1,2})/(?P<m>\d{1,2})/(?P<y>\d{4})"),
    "MM/DD/YYYY": re.compile(r"(?P<m>\d{1,2})/(?P<d>\d{1,2})/(?P<y>\d{4})"),
}
# A day without a time has to stand somewhere in the day; the page says so.
NO_TIME: Final = "12:00"
_DELIMITERS: Final = (",", ";", "\t")
_LOOKED_AT = 20
_TIME = re.compile(r"(\d{1,2}):(\d{2})(?::\d{2})?\s*([ap]\.?m\.?)?", re.I)
_NUMBER = re.compile(r"[0-9]{1,2}")


@dataclass(frozen=True, slots=True)
class Row:
    """One row of the table; `line` is where it begins in the file."""

    line: int
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """The names in the first row, and the rows below; rows with nothing in them are left out."""

    columns: tuple[str, ...]
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class DiaryDay:
    """What one row says: a moment (with its offset), and the data of a check-in."""

    line: int
    day: date
    at: str
    data: Mapping[str, Any]


def decode(raw: bytes) -> str:
    """The text of a file: UTF-8, or UTF-16 with its mark. Raises Invalid: not_utf8 with the line, control_character."""
    try:
        text = raw.decode("utf-16" if raw.startswith((b"\xff\xfe", b"\xfe\xff")) else "utf-8-sig")
    except UnicodeDecodeError as error:
        raise _wrong("not_utf8", raw.count(b"\n", 0, error.start) + 1) from None
    if "\0" in text:
        raise _wrong("control_character", text.count("\n", 0, text.index("\0")) + 1)
    return text


def read_table(text: str) -> Table:
    """Read the table. Raises Invalid with the line: empty_file, too_many_columns, too_many_rows, cell_too_long, not_a_table."""
    delimiter = _delimiter(text)
    rows = _rows(text, delimiter)
    head = next(rows, None)
    if head is None:
        raise _wrong("empty_file", 1)
    columns = tuple(name.strip() for name in head.cells)
    found: list[Row] = []
    for row in rows:
        if len(row.cells) > len(columns) and any(row.cells[len(columns) :]):
            raise _wrong("row_too_long", row.line)
        if len(found) == MAX_ROWS:
            raise _wrong("too_many_rows", row.line)
        found.append(Row(row.line, (row.cells + ("",) * len(columns))[: len(columns)]))
    if not found:
        raise _wrong("no_rows", head.line)
    return Table(columns, tuple(found))


def date_formats(table: Table, column: int) -> tuple[tuple[str, ...], int | None]:
    """The ways to write dates that every row of a column fits; and where none does, the first line that fits none of them."""
    cells = [(row.line, cell) for row in table.rows if (cell := row.cells[column])]
    fitting = tuple(name for name in DATE_FORMATS if cells and all(_date(cell, name) for _, cell in cells))
    if fitting or not cells:
        return fitting, None
    odd = next((line for line, cell in cells if not any(_date(cell, name) for name in DATE_FORMATS)), cells[0][0])
    return (), odd


def read_rows(
    table: Table, columns: Mapping[str, int], date_format: str, zone: ZoneInfo
) -> tuple[list[DiaryDay], list[Invalid]]:
    """The days of the table, and everything that is wrong, each with its line. Rows that say nothing but a date are left out."""
    days: list[DiaryDay] = []
    wrong: list[Invalid] = []
    for row in table.rows:
        try:
            found = _day(row, columns, date_format, zone)
        except Invalid as refusal:
            wrong.append(refusal)
        else:
            if found.data:
                days.append(found)
    return days, wrong


def _day(row: Row, columns: Mapping[str, int], date_format: str, zone: ZoneInfo) -> DiaryDay:
    cells = {name: row.cells[place] for name, place in columns.items()}
    day = _date(cells.get("date", ""), date_format)
    if day is None:
        raise _wrong("not_a_date" if cells.get("date") else "missing", row.line, "date")
    at = moment(day, _clock(cells.get("time", ""), row.line), zone)
    if at is None:
        raise _wrong("not_a_date", row.line, "date")
    data: dict[str, Any] = {}
    for name in SCALES:
        if cell := cells.get(name, ""):
            if not _NUMBER.fullmatch(cell) or int(cell) > 10:
                raise _wrong("not_0_to_10", row.line, name)
            data[name] = int(cell)
    if note := cells.get("note", ""):
        if len(note) > MAX_NOTE:
            raise _wrong("too_long", row.line, "note")
        data["note"] = note
    return DiaryDay(row.line, day, at.astimezone(zone).isoformat(), data)


def _date(cell: str, date_format: str) -> date | None:
    found = DATE_FORMATS[date_format].fullmatch(cell) if cell.isascii() else None
    if found is None:
        return None
    try:
        day = date(int(found["y"]), int(found["m"]), int(found["d"]))
    except ValueError:
        return None
    return day if FIRST_DATE <= day <= LAST_DATE else None


def _clock(cell: str, line: int) -> str:
    if not cell:
        return NO_TIME
    found = _TIME.fullmatch(cell) if cell.isascii() else None
    hour, minute = (int(found[1]), int(found[2])) if found else (24, 0)
    if found and found[3]:
        hour = hour % 12 + (12 if found[3][0].lower() == "p" else 0) if 1 <= hour <= 12 else 24
    if hour > 23 or minute > 59:
        raise _wrong("not_a_clock_time", line, "time")
    return f"{hour:02}:{minute:02}"


def _delimiter(text: str) -> str:
    """The one of the three that makes rows of one width; else the one that makes the widest first row."""
    widths = {one: _widths(text, one) for one in _DELIMITERS}
    even = [one for one in _DELIMITERS if len(set(widths[one])) == 1 and widths[one][0] > 1]
    return max(even or _DELIMITERS, key=lambda one: (widths[one] or [0])[0])


def _widths(text: str, delimiter: str) -> list[int]:
    found: list[int] = []
    try:
        for row in islice(_rows(text, delimiter), _LOOKED_AT):
            found.append(len(row.cells))  # noqa: PERF401 - what was found before a refusal counts
    except Invalid as refusal:
        # More columns than a table may have are columns all the same.
        found += [MAX_COLUMNS + 1] if refusal.code == "too_many_columns" else []
    return found


def _rows(text: str, delimiter: str) -> Iterator[Row]:
    """Rows with anything in them; line ends may be LF, CR or both."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    before = 0
    while True:
        try:
            cells: Sequence[str] = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            # A cell that is longer than the reader takes, or a quotation mark that is never closed.
            raise _wrong("cell_too_long" if "field larger" in str(error) else "not_a_table", before + 1) from None
        line, before = before + 1, reader.line_num
        if len(cells) > MAX_COLUMNS:
            raise _wrong("too_many_columns", line)
        if any(len(cell) > MAX_CELL for cell in cells):
            raise _wrong("cell_too_long", line)
        stripped = tuple(cell.strip() for cell in cells)
        if any(stripped):
            yield Row(line, stripped)


def _wrong(code: str, line: int, field: str | None = None) -> Invalid:
    return Invalid(code, field, params={"line": str(line)})
