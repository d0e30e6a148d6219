"""Clauses become steps. Nothing is carried from one to the next, and a step that is not read stays as a blank one."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from taper_app.domain.drafting import Question
from taper_app.domain.plan_text import vocabulary as v
from taper_app.domain.plan_text.doses import DoseRead
from taper_app.domain.plan_text.items import Concentration, Day, End, Medicine, Prescriber, Quantity, Text
from taper_app.domain.plan_text.reading import ClauseRead
from taper_app.domain.plan_text.words import at, kept
from taper_app.domain.validate import MAX_LINE, MAX_NAME, MAX_NOTE, MAX_STEPS


@dataclass(slots=True)
class StepDraft:
    """A step on its way: its JSON, the line it began on, and whether it waits for its doses."""

    line: int
    wire: dict[str, Any]
    waits: bool = False
    until: list[str] = field(default_factory=list)
    is_timed: bool = True  # each of its doses was given a time, clear or not
    is_dated: bool = False  # says when it starts or how long it lasts, read or not

    @property
    def is_blank(self) -> bool:
        """Whether it only keeps the place of what was not read."""
        return not (self.wire["doses"] or self.wire["as_needed"])

    @property
    def times(self) -> set[str | None]:
        """The times of its doses."""
        return {dose["at"] for dose in self.wire["doses"]}


@dataclass(slots=True)
class Assembly:
    """Everything that was read so far. Lines are numbered from 1."""

    steps: list[StepDraft] = field(default_factory=list)
    medication: dict[str, Any] = field(default_factory=dict)
    prescriber: str | None = None
    ends: list[tuple[str, int, int]] = field(default_factory=list)  # what, on which line, after how many steps
    days: dict[str, str] = field(default_factory=dict)
    paths: dict[int, list[str]] = field(default_factory=dict)
    questions: list[Question] = field(default_factory=list)
    units: dict[str, None] = field(default_factory=dict)
    forms: dict[str, None] = field(default_factory=dict)
    later_needed: list[tuple[int, ClauseRead]] = field(default_factory=list)
    starting: bool = False

    def ask(self, code: str, line: int | None = None, path: str | None = None, words: str = "") -> None:
        """Something is not clear."""
        self.questions.append(Question(code, line, path, words))

    def note(self, line: int, path: str) -> None:
        """That line says what stands at that path."""
        found = self.paths.setdefault(line, [])
        if path not in found:
            found.append(path)


def take(into: Assembly, read: ClauseRead, line: int) -> None:
    """Add what one clause says."""
    if read.code:
        step = _new_step(into, line, read) if read.is_step else None
        into.ask(read.code, line, f"steps.{len(into.steps) - 1}.doses" if step else None, read.words)
        into.starting = False
        return
    _about_the_plan(into, read, line)
    if read.has_doses:
        _doses_step(into, read, line)
    elif read.is_dated or (read.clause.label and not read.all(End)):
        _about_a_step(into, read, line)
    elif read.clause.starts and not read.all(End):
        # "Then" on a line of its own: what follows is a step.
        into.starting = True
    _ends(into, read, line)


def _new_step(into: Assembly, line: int, read: ClauseRead, *, waits: bool = False) -> StepDraft | None:
    into.starting = False
    if len(into.steps) >= MAX_STEPS:
        into.ask("too_many", line, None, read.clause.words)
        return None
    wire: dict[str, Any] = {
        "starts_on": None, "starts_when": None, "until": None, "doses": [], "every_days": 1, "cycle": [], "as_needed": [],
        "note": read.clause.label or None,
    }  # fmt: skip
    into.steps.append(StepDraft(line, wire, waits))
    if read.clause.label and not read.code:
        into.note(line, f"steps.{len(into.steps) - 1}.note")
    return into.steps[-1]


def _doses_step(into: Assembly, read: ClauseRead, line: int) -> None:
    step, code = _step_for(into, read)
    if code:
        if _new_step(into, line, read):
            into.ask(code, line, f"steps.{len(into.steps) - 1}.doses", read.clause.words)
        return
    if step is None and not read.day.doses and into.steps and not read.clause.starts:
        # "5 mg every 6 hours as needed" on a line of its own: during which step?
        into.later_needed.append((line, read))
        return
    step = step or _new_step(into, line, read)
    if step is None:
        return
    step.waits = False
    i = len(into.steps) - 1
    step.wire["every_days"] = read.day.every_days
    for dose in read.day.doses:
        _put_dose(into, step, i, dose, line)
    put_needed(into, i, read, line)
    _dates(into, step, i, read, line)


def _step_for(into: Assembly, read: ClauseRead) -> tuple[StepDraft | None, str]:
    """The step that a clause's doses belong to (None: a new one), or why nobody can know."""
    step = into.steps[-1] if into.steps else None
    if step is None:
        return None, ""
    times = {dose.at for dose in read.day.doses}
    timed = step.is_timed and all(dose.at_code != "no_time" for dose in read.day.doses)
    apart = timed and not (times & step.times) - {None} and not step.is_blank
    dated = step.is_dated or read.is_dated
    begins = (read.clause.starts or into.starting) and not read.clause.label
    if begins and apart and read.day.doses and not (step.until or read.says_its_start):
        # "1. 30 mg in the morning 2. 15 mg at bedtime", "..., then 15 mg at bedtime": two steps, or two doses of a day?
        return None, "same_day_or_next"
    if read.clause.starts or into.starting or read.begins_with_its_start:
        return None, ""
    if step.waits:
        return step, ""
    if not read.day.doses:
        return (step, "") if step.wire["note"] else (None, "")
    if read.is_dated and (step.is_dated or step.is_blank):
        return None, ""
    is_over = any(ends == "stop" and steps == len(into.steps) for ends, _, steps in into.ends)
    if apart and not dated and not is_over and read.day.every_days == step.wire["every_days"]:
        return step, ""
    return (None, "") if step.is_dated and not apart else (None, "same_day_or_next")


def _put_dose(into: Assembly, step: StepDraft, i: int, dose: DoseRead, line: int) -> None:
    path = f"steps.{i}.doses.{len(step.wire['doses'])}"
    quantity = dose.quantity
    parts = [{"strength": strength, "count": count} for strength, count in quantity.parts]
    step.wire["doses"].append({"at": dose.at, "amount": quantity.amount, "parts": parts, "volume": quantity.volume})
    into.note(line, path)
    _unit(into, quantity)
    step.is_timed = step.is_timed and dose.at_code != "no_time"
    if dose.at is None:
        into.ask(dose.at_code, line, f"{path}.at", dose.words)
    if quantity.amount is None:
        into.ask(dose.amount_code or "no_amount", line, f"{path}.amount", quantity.words)


def put_needed(into: Assembly, i: int, read: ClauseRead, line: int) -> None:
    """The as-needed lines of a clause, into step i."""
    step = into.steps[i]
    for needed in read.day.needed:
        quantity = needed.quantity
        path = f"steps.{i}.as_needed.{len(step.wire['as_needed'])}"
        words = kept(read.clause.words, MAX_NOTE)
        often = {"at_most": needed.at_most, "per_hours": needed.per_hours}
        step.wire["as_needed"].append({"amount": quantity.amount, "for": needed.purpose, **often, "as_written": words})
        into.note(line, path)
        _unit(into, quantity)
        if quantity.amount is None:
            into.ask(quantity.code or "no_amount", line, f"{path}.amount", quantity.words)


def _unit(into: Assembly, quantity: Quantity) -> None:
    if quantity.unit:
        into.units[quantity.unit] = None


def _about_a_step(into: Assembly, read: ClauseRead, line: int) -> None:
    """A clause without doses that says when or how long: a heading of what follows, or more about the step before."""
    starts = any(day.role == "start" for day in read.all(Day))
    begins = at(read.clause.tokens, 0) in v.STARTS
    if read.is_heading or not into.steps or (starts and not begins):
        step = _new_step(into, line, read, waits=True)
    elif (starts and len(into.steps) > 1) or (not starts and into.steps[-1].until):
        into.ask("which_step", line, None, read.clause.words)
        return
    else:
        step = into.steps[-1]
    if step is not None:
        _dates(into, step, len(into.steps) - 1, read, line)


def _dates(into: Assembly, step: StepDraft, i: int, read: ClauseRead, line: int) -> None:
    step.is_dated = step.is_dated or read.is_dated
    for text in read.all(Text):
        words = kept(text.words, MAX_LINE if text.role == "later" else MAX_NAME)
        if words and text.role == "later" and step.wire["starts_when"] is None:
            step.wire["starts_when"] = words
            into.note(line, f"steps.{i}.starts_when")
        elif words and text.role != "later":
            step.until.append(words)
            into.note(line, f"steps.{i}.until")
        else:
            into.ask("two_readings", line, None, text.words)
    for day in read.all(Day):
        if day.role == "until":
            _until(into, step, i, day, line)
        elif day.role == "start" and (day.code or step.wire["starts_on"] is not None):
            step.wire["starts_on"] = None
            into.ask(day.code or "two_starts", line, f"steps.{i}.starts_on", day.words)
        elif day.role == "start" and day.day is not None:
            step.wire["starts_on"] = day.day.isoformat()
            into.note(line, f"steps.{i}.starts_on")
        elif day.role == "none":
            into.ask("date_without_role", line, None, day.words)


def _until(into: Assembly, step: StepDraft, i: int, day: Day, line: int) -> None:
    """Kept as a date where it is one; without a year as words, which claim nothing."""
    words = day.day.isoformat() if day.day else kept(day.words, MAX_NAME)
    if words is None or day.code not in ("", "date_without_year"):
        into.ask(day.code or "two_readings", line, f"steps.{i}.until", day.words)
        return
    step.until.append(words)
    into.note(line, f"steps.{i}.until")


def _ends(into: Assembly, read: ClauseRead, line: int) -> None:
    for end in read.all(End):
        # "Stay on 15 mg for 2 weeks" says how long: it is a step like any other.
        if end.ends != "stay" or not read.is_dated:
            into.ends.append((end.ends, line, len(into.steps)))
    for day in read.all(Day):
        name = {"last": "last_day", "review": "review_on"}.get(day.role)
        if name is None:
            continue
        if day.role == "last" and not read.all(End):
            into.ends.append(("stop", line, len(into.steps)))
        if day.day is not None and into.days.get(name, day.day.isoformat()) == day.day.isoformat():
            into.days[name] = day.day.isoformat()
            into.note(line, name)
        else:
            into.days.pop(name, None)
            into.ask(day.code or "two_readings", line, name, day.words)


def _about_the_plan(into: Assembly, read: ClauseRead, line: int) -> None:
    for token in read.clause.tokens:
        if token.text in v.FORMS:
            into.forms[v.FORMS[token.text]] = None
            into.note(line, "medication.form")
    for medicine in read.all(Medicine):
        if "name" not in into.medication:
            into.medication |= {"name": kept(medicine.words, MAX_NAME), "release": medicine.release}
        into.note(line, "medication.name")
    for concentration in read.all(Concentration):
        into.medication.setdefault("concentration", kept(concentration.words, MAX_NAME))
        into.note(line, "medication.concentration")
    for strength in read.day.strengths:
        if strength.strength:
            into.medication.setdefault("strengths", []).append(strength.strength)
            _unit(into, strength)
            into.note(line, "medication.strengths")
        else:
            into.ask(strength.code, line, None, strength.words)
    names = [kept(one.words, MAX_NAME) for one in read.all(Prescriber)]
    if names and not read.has_doses:
        into.prescriber = names[0] if into.prescriber in (None, names[0]) else None
        into.note(line, "prescriber")
