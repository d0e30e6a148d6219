"""What the log says, read once from its records: every number of the lens, the clinician's page and the exports starts here.

A fact belongs to the wall date on which it happened, in the zone it happened in. Nothing is inferred: what was not
answered is None or empty. Retracted records are no facts.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from taper_app.domain.doses import happened_at, happened_on, wall_date
from taper_app.domain.entries import Record
from taper_app.domain.errors import Invalid
from taper_app.domain.reading import parse_instant

TENTH = Decimal("0.1")


@dataclass(frozen=True, slots=True)
class CheckIn:
    """One check-in; each answer 0 to 10, or None."""

    id: str
    day: date
    at: datetime
    pain: int | None = None
    relief: int | None = None
    sleep: int | None = None
    mood: int | None = None
    body: tuple[str, ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True)
class Flare:
    """One flare; `ended_at` None while it goes on, or when nobody said. `day` is the day it began."""

    id: str
    day: date
    started_at: datetime
    ended_at: datetime | None = None
    now: int | None = None
    worst: int | None = None
    places: tuple[str, ...] = ()
    feels: tuple[str, ...] = ()
    allodynia: tuple[str, ...] = ()
    spread: str = ""
    triggers: tuple[str, ...] = ()
    helped: tuple[str, ...] = ()
    note: str = ""

    @property
    def severity(self) -> int | None:
        """The highest number that was given for it."""
        given = [one for one in (self.now, self.worst) if one is not None]
        return max(given) if given else None

    @property
    def minutes(self) -> int | None:
        """How long it lasted, in whole minutes."""
        return None if self.ended_at is None else int((self.ended_at - self.started_at).total_seconds() // 60)


@dataclass(frozen=True, slots=True)
class Peg:
    """The three answers of one week (Krebs 2009), each 0 to 10."""

    id: str
    day: date
    at: datetime
    average: int
    enjoyment: int
    activity: int

    @property
    def mean(self) -> Decimal:
        """Their mean, to a tenth."""
        return (Decimal(self.average + self.enjoyment + self.activity) / 3).quantize(TENTH, ROUND_HALF_UP)


@dataclass(frozen=True, slots=True)
class Tried:
    """One time that an option was tried."""

    id: str
    day: date
    at: datetime
    option: str
    before: int | None = None
    after: int | None = None
    minutes: int | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Said:
    """What the patient wrote that a clinician said of the underlying condition: better, same, worse or not_sure."""

    id: str
    day: date
    at: datetime
    state: str
    said_by: str = ""


@dataclass(frozen=True, slots=True)
class Baseline:
    """What hurt before this plan, asked once."""

    allodynia: tuple[str, ...] = ()
    pain: int | None = None


@dataclass(frozen=True, slots=True)
class Health:
    """Own conditions and risk factors, as noted by the patient. Never scored."""

    conditions: tuple[str, ...] = ()
    risks: tuple[str, ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True)
class VisitQuestion:
    """A question the patient wants to ask."""

    id: str
    at: datetime
    text: str


@dataclass(frozen=True, slots=True)
class Facts:
    """All facts, each list by the time it happened. Doses are none: they are read beside their plan (domain/taken)."""

    check_ins: tuple[CheckIn, ...] = ()
    flares: tuple[Flare, ...] = ()
    pegs: tuple[Peg, ...] = ()
    tried: tuple[Tried, ...] = ()
    said: tuple[Said, ...] = ()
    questions: tuple[VisitQuestion, ...] = ()
    baseline: Baseline | None = None
    health: Health | None = None

    def within(self, first: date, last: date) -> Facts:
        """Only what happened from `first` to `last`, both counted. What has no date of its own stays."""

        def inside(found: Iterable[Any]) -> tuple[Any, ...]:
            return tuple(one for one in found if first <= one.day <= last)

        return replace(
            self,
            check_ins=inside(self.check_ins),
            flares=inside(self.flares),
            pegs=inside(self.pegs),
            tried=inside(self.tried),
            said=inside(self.said),
        )

    def days(self) -> frozenset[date]:
        """The days on which pain was logged: a check-in with a number for pain, or a flare."""
        return frozenset(one.day for one in self.check_ins if one.pain is not None) | {one.day for one in self.flares}

    def first_day(self) -> date | None:
        """The first day on which anything about pain was logged."""
        found = [one[0].day for one in (self.check_ins, self.flares, self.pegs, self.tried) if one]
        return min(found) if found else None


def read_facts(records: Iterable[Record]) -> Facts:
    """Sort records into facts. Of `baseline` and `health` the newest counts."""
    found: dict[str, list[Any]] = {kind: [] for kind in _READ}
    newest: dict[str, Record] = {}
    for record in records:
        if record.retracted:
            continue
        if record.kind in ("baseline", "health"):
            if record.kind not in newest or record.at >= newest[record.kind].at:
                newest[record.kind] = record
        elif record.kind in _READ and (fact := _READ[record.kind](record)) is not None:
            found[record.kind].append(fact)
    for kind, facts in found.items():
        facts.sort(key=(lambda one: (one.started_at, one.id)) if kind == "flare" else (lambda one: (one.at, one.id)))
    before, health = newest.get("baseline"), newest.get("health")
    return Facts(
        check_ins=tuple(found["check_in"]),
        flares=tuple(found["flare"]),
        pegs=tuple(found["peg"]),
        tried=tuple(found["option_tried"]),
        said=tuple(found["condition"]),
        questions=tuple(found["question"]),
        baseline=Baseline(_words(before, "allodynia"), _scale(before, "pain")) if before else None,
        health=Health(_words(health, "conditions"), _words(health, "risks"), _text(health, "note")) if health else None,
    )


def _check_in(record: Record) -> CheckIn:
    return CheckIn(
        record.id,
        happened_on(record),
        happened_at(record),
        _scale(record, "pain"),
        _scale(record, "relief"),
        _scale(record, "sleep"),
        _scale(record, "mood"),
        _words(record, "body"),
        _text(record, "note"),
    )


def _flare(record: Record) -> Flare:
    began = _instant(record, "started_at") or happened_at(record)
    return Flare(
        record.id,
        wall_date(began, record.zone),
        began,
        _instant(record, "ended_at"),
        _scale(record, "severity_now"),
        _scale(record, "severity_worst"),
        _words(record, "places"),
        _words(record, "feels"),
        _words(record, "allodynia"),
        _text(record, "spread"),
        _words(record, "triggers"),
        _words(record, "helped"),
        _text(record, "note"),
    )


def _peg(record: Record) -> Peg | None:
    average, enjoyment, activity = (_scale(record, name) for name in ("average", "enjoyment", "activity"))
    if average is None or enjoyment is None or activity is None:
        return None
    return Peg(record.id, happened_on(record), happened_at(record), average, enjoyment, activity)


def _tried(record: Record) -> Tried:
    return Tried(
        record.id,
        happened_on(record),
        happened_at(record),
        _text(record, "option"),
        _scale(record, "before"),
        _scale(record, "after"),
        _scale(record, "minutes"),
        _text(record, "note"),
    )


def _said(record: Record) -> Said:
    return Said(record.id, happened_on(record), happened_at(record), _text(record, "state"), _text(record, "said_by"))


def _question(record: Record) -> VisitQuestion | None:
    text = _text(record, "text")
    return VisitQuestion(record.id, happened_at(record), text) if text else None


_READ = {
    "check_in": _check_in,
    "flare": _flare,
    "peg": _peg,
    "option_tried": _tried,
    "condition": _said,
    "question": _question,
}


def _scale(record: Record, name: str) -> int | None:
    value = record.data.get(name)
    return value if isinstance(value, int) and not isinstance(value, bool) else None


def _words(record: Record, name: str) -> tuple[str, ...]:
    value = record.data.get(name)
    return tuple(one for one in value if isinstance(one, str)) if isinstance(value, list) else ()


def _text(record: Record, name: str) -> str:
    value = record.data.get(name)
    return value if isinstance(value, str) else ""


def _instant(record: Record, name: str) -> datetime | None:
    try:
        return parse_instant(record.data[name]).astimezone(UTC)
    except (KeyError, TypeError, Invalid):
        return None
