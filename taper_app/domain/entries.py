"""Entries as devices wrote them, and the records they fold to.

Any order of arrival gives the same records.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, Final

KINDS: Final = (
    "dose", "flare", "check_in", "peg", "option_tried", "condition", "baseline", "question", "naloxone",
    "note", "health",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Writer:
    """A helper who wrote an entry: their account's id, and what they were called at that time."""

    id: str
    name: str


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the log.

    `at` (aware) is when it was written; `changes` names the first entry of its record; `by` is None where the patient
    wrote it.
    """

    id: str
    kind: str
    at: datetime
    zone: str
    data: Mapping[str, Any] = field(hash=False)
    changes: str | None = None
    by: Writer | None = None


@dataclass(frozen=True, slots=True)
class Record:
    """A first entry and all its changes.

    `history` holds every entry, the first one first; nothing is lost.
    """

    id: str
    kind: str
    at: datetime
    zone: str
    data: Mapping[str, Any] = field(hash=False)
    retracted: bool = False
    history: tuple[Entry, ...] = ()

    @property
    def by(self) -> Writer | None:
        """The helper who wrote the first entry, or None: the patient."""
        return self.history[0].by if self.history else None


def fold(entries: Iterable[Entry]) -> list[Record]:
    """Records by (`at`, id) of their first entries, retracted ones among them.

    The same id twice is one entry: the one that arrived first. A change whose first entry is not here yet,
    and a change of a change, belongs to no record.
    """
    seen: dict[str, Entry] = {}
    for entry in entries:
        seen.setdefault(entry.id, entry)
    changes: dict[str, list[Entry]] = {}
    for entry in seen.values():
        if entry.changes is not None:
            changes.setdefault(entry.changes, []).append(entry)
    firsts = sorted((e for e in seen.values() if e.changes is None), key=_clock)
    return [_record(first, sorted(changes.get(first.id, []), key=_clock)) for first in firsts]


def _clock(entry: Entry) -> tuple[datetime, str]:
    # As an instant: two zones' writings of one moment are equal, and the id decides.
    return (entry.at.astimezone(UTC), entry.id)


def _record(first: Entry, changes: list[Entry]) -> Record:
    if not changes and "retracted" not in first.data:
        # As nearly every entry is: nothing to fold.
        return Record(first.id, first.kind, first.at, first.zone, first.data, False, (first,))
    data = dict(first.data)
    for change in changes:
        for name, value in change.data.items():
            if value is None:
                data.pop(name, None)
            else:
                data[name] = value
    retracted = data.pop("retracted", False) is True
    return Record(first.id, first.kind, first.at, first.zone, data, retracted, (first, *changes))
