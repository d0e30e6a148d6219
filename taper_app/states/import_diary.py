"""A pain diary that waits: its columns matched by the person, read back, and added all at once."""

import asyncio
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import reflex as rx
from babel.dates import format_datetime

from taper_app.content.loader import translate
from taper_app.domain.diary import FIELDS, SCALES, DiaryDay
from taper_app.domain.errors import Invalid, InvalidMany, Missing, Refusal
from taper_app.services.importing_diary import Diary, DiaryRead, add_diary, match_diary, open_diary, waiting_diary
from taper_app.services.words import refusal_words
from taper_app.states.base import asking, form_of
from taper_app.states.screen import Screen, answering

SHOWN, ERRORS_SHOWN = 5, 20


@dataclass(frozen=True)
class Column:
    """A column of the file: its number as a select has it, its name, and what its first row says."""

    value: str
    name: str
    sample: str


@dataclass(frozen=True)
class DayRow:
    """One row as it was read."""

    line: int
    when: str
    words: str
    note: str


@dataclass(frozen=True)
class RowError:
    """One row that could not be read."""

    line: int
    words: str


class ImportDiaryState(Screen, rx.State):
    """One file. What was matched is kept here, so that what is added is what was read back."""

    columns: list[Column] = []
    rows: int = 0
    formats: list[str] = []
    odd_line: int = 0
    # What was read back: the first days, how many, and what is wrong.
    days: list[DayRow] = []
    count: int = 0
    row_errors: list[RowError] = []
    error_count: int = 0
    # Rows that say nothing but a date.
    left_out: int = 0
    ready: bool = False
    # The question how dates are written has just come up; it is no error not to have answered it before.
    asks_format: bool = False
    missing: bool = False
    # How many days were new; -1 while nothing was added.
    added: int = -1
    _file: str = ""
    _matched: dict[str, int] = {}
    _date_format: str = ""

    @answering
    async def load(self) -> None:
        """Show the columns of the file that the address names."""
        self._begin()
        file_id = str(self.router.url.query_parameters.get("id", ""))[:80]
        with asking(self) as call:
            found = waiting_diary(call.session, call.actor, file_id, call.now)
        self._file, self.rows = file_id, found.rows
        first = found.sample[0]
        self.columns = [Column(str(i), name, first[i][:40]) for i, name in enumerate(found.columns)]
        self.loaded = True

    @answering
    async def match(self, form_data: dict[str, Any]) -> None:
        """Read the file by the columns and the way of writing dates that were chosen."""
        form = form_of(form_data)
        self._unread()
        matched = {name: number for name in FIELDS if (number := _number(form.get(name))) is not None}
        date_format = str(form.get("date_format") or "")
        _, found = await self._read(matched, date_format)
        self._well()
        self._matched, self._date_format = matched, date_format
        was_asked = set(found.formats) <= set(self.formats)
        self.formats, self.odd_line = list(found.formats), found.odd_line or 0
        if date_format in found.formats:
            self._show(found)
        elif found.formats and was_asked:
            self._refuse(Invalid("choose_date_format", "date_format"))
        else:
            self.asks_format = bool(found.formats)

    @answering
    async def add(self) -> None:
        """Add every day that was read back."""
        if not self.ready:
            return
        diary, found = await self._read(self._matched, self._date_format)
        with asking(self) as call:
            added = add_diary(call.session, call.actor, diary, found, call.now)
        self._unread()
        self.added = added

    async def _read(self, matched: dict[str, int], date_format: str) -> tuple[Diary, DiaryRead]:
        """Twenty thousand rows take a moment: they are read on a thread, and while no transaction waits."""
        with asking(self) as call:
            diary, now = open_diary(call.session, call.actor, self._file, call.now), call.now
        return diary, await asyncio.to_thread(match_diary, diary, dict(matched), date_format, now)

    def _unread(self) -> None:
        self.days, self.row_errors, self.count, self.error_count, self.left_out = [], [], 0, 0, 0
        self.ready = self.asks_format = False

    def _show(self, found: DiaryRead) -> None:
        lang = self._lang()
        self.days = [_row(day, lang) for day in found.days[:SHOWN]]
        self.count, self.error_count = len(found.days), len(found.wrong)
        self.row_errors = [_error(one, lang) for one in sorted(found.wrong, key=_line)[:ERRORS_SHOWN]]
        self.left_out = self.rows - self.count - self.error_count
        self.ready = bool(found.days) and not found.wrong

    def _refuse(self, refusal: Refusal) -> None:
        """A file that is not there any more ends the screen; lines that cannot be read are listed by line."""
        if isinstance(refusal, Missing):
            self.loaded, self.missing = False, True
            return
        if isinstance(refusal, InvalidMany) and all("line" in one.params for one in refusal.errors):
            self._unread()
            self.row_errors = [_error(one, self._lang()) for one in refusal.errors[:ERRORS_SHOWN]]
            self.error_count = len(refusal.errors)
            return
        super()._refuse(refusal)


def _number(value: object) -> int | None:
    text = str(value or "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 4 else None


def _row(day: DiaryDay, lang: str) -> DayRow:
    said = [translate(lang, f"import_diary.said_{name}", n=day.data[name]) for name in SCALES if name in day.data]
    when = format_datetime(datetime.fromisoformat(day.at), "EEE d MMM yyyy HH:mm", locale=lang)
    return DayRow(day.line, when, ", ".join(said), str(day.data.get("note", ""))[:200])


def _error(one: Invalid, lang: str) -> RowError:
    words = refusal_words(lang, one)
    name = translate(lang, f"import_diary.{one.field}") if one.field in FIELDS else ""
    return RowError(_line(one), f"{name}: {words}" if name else words)


def _line(one: Invalid) -> int:
    return int(one.params["line"])
