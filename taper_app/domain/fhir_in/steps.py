"""Instructions put into steps: those that hold together into one, the others one after another, in the order they say."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise
from typing import Any

from taper_app.domain.drafting import Question, SourceLine
from taper_app.domain.fhir_in.dosage import Instruction, limits, place_of
from taper_app.domain.fhir_in.node import short
from taper_app.domain.fhir_in.quantity import shown
from taper_app.domain.validate import MAX_LINE, MAX_NAME, MAX_NOTE

Json = dict[str, Any]


class Page:
    """The lines of a source and the questions about them, as they are written down."""

    def __init__(self) -> None:
        self.lines: list[SourceLine] = []
        self.questions: list[Question] = []

    def line(self, words: str, pointer: str, *paths: str) -> int:
        """Add a line; its number."""
        self.lines.append(SourceLine(len(self.lines) + 1, words, paths, pointer))
        return len(self.lines)

    def ask(self, code: str, line: int | None, path: str | None = None, words: str = "") -> None:
        """Add a question."""
        self.questions.append(Question(code, line, path, words))

    def line_of(self, one: Instruction) -> int | None:
        """The line of an instruction that was written down."""
        return next((line.line for line in self.lines if line.pointer == one.node.pointer), None)


def write_steps(page: Page, found: list[Instruction], unit: str | None) -> list[Json]:
    """The steps of a draft, each line of the page beside what was read from it."""
    groups = _groups(found)
    steps = [_step(page, group, k, unit) for k, group in enumerate(groups)]
    for k, (before, after) in enumerate(pairwise(groups), 1):
        _seam(page, before, after, k)
    return steps


def _groups(found: list[Instruction]) -> list[list[Instruction]]:
    """What holds together. FHIR: the same sequence number is at the same time, another one is after; without any nobody knows."""
    numbers = {one.sequence for one in found}
    starts = {one.starts_on for one in found}
    key = None
    if None not in numbers:
        key = lambda one: one.sequence  # noqa: E731  # one of two ways to sort, side by side
    elif numbers == {None} and None not in starts and len(starts) == len(found):
        key = lambda one: one.starts_on  # noqa: E731  # the other
    if key is None:
        for one in found if len(found) > 1 else []:
            one.asks.append(("order_not_said", ""))
        return [[one] for one in found]
    return [[one for one in found if key(one) == value] for value in sorted({key(one) for one in found})]


def _step(page: Page, group: list[Instruction], k: int, unit: str | None) -> Json:
    step: Json = {
        "starts_on": None, "until": None, "doses": [], "every_days": 1, "as_needed": [], "note": None,
    }  # fmt: skip
    scheduled = [one for one in group if not one.is_needed and one.rhythm.times is not None]
    same_days = len({one.rhythm.every_days for one in scheduled}) <= 1
    if scheduled and same_days:
        step["every_days"] = scheduled[0].rhythm.every_days
    _dates(step, group)
    for one in group:
        _write(page, step, one, f"steps.{k}", unit, same_days=same_days)
    return step


def _dates(step: Json, group: list[Instruction]) -> None:
    """The dates that all of the group share."""
    starts, untils = {one.starts_on for one in group}, {one.rhythm.until for one in group}
    first, until = starts.pop() if len(starts) == 1 else None, untils.pop() if len(untils) == 1 else None
    # Without `order_not_said`: where nobody knows whether it comes after, its own start still stands.
    step["starts_on"] = first.isoformat() if first else None
    step["until"] = until and short(until, MAX_NAME)
    if starts:
        group[0].asks.append(("starts_differ", ""))
    if untils:
        group[0].asks.append(("ends_differ", ""))


def _write(page: Page, step: Json, one: Instruction, path: str, unit: str | None, *, same_days: bool) -> None:
    """Add one instruction to its step, and write down its line and what it asks."""
    paths = [f"{path}.{name}" for name in ("starts_on", "until") if step[name] is not None]
    value = one.dose.value
    if value is not None and one.dose.unit != unit:
        one.asks.append(("units_differ", one.dose.words))
        value = None
    first = len(step["doses"])
    if one.is_needed:
        paths.append(f"{path}.as_needed.{len(step['as_needed'])}")
        at_most, per_hours = limits(one)
        step["as_needed"].append(
            {
                "amount": shown(value), "for": one.reason and short(one.reason, MAX_LINE), "at_most": at_most, "per_hours": per_hours,
                "as_written": one.text and short(one.text, MAX_NOTE),
            }
        )
    elif one.rhythm.times is not None and same_days:
        paths += _doses(step, one, shown(value), path)
    elif not same_days:
        one.asks.append(("rhythms_differ", ""))
    if one.note:
        step["note"] = "\n".join(part for part in (step["note"], one.note) if part)[:MAX_NOTE]
        paths.append(f"{path}.note")
    line = page.line(one.words, one.node.pointer, *paths)
    for code, words in (*one.asks, *one.rhythm.asks):
        page.ask(code, line, _blank(step, one, path, first, place_of(code)), words)


def _doses(step: Json, one: Instruction, value: str | None, path: str) -> list[str]:
    """Its doses, in the order they stand there. A time that is taken already stays blank."""
    taken = {dose["at"] for dose in step["doses"] if dose["at"]}
    # "2 tablets" is what the label says; it is shown and never turned into an amount.
    volume = short(one.dose.words, MAX_NAME) if one.dose.problem == "unknown_unit" else None
    paths = []
    for time in one.rhythm.times or []:
        if time in taken:
            one.asks.append(("same_time_twice", time or ""))
        paths.append(f"{path}.doses.{len(step['doses'])}")
        step["doses"].append({"at": None if time in taken else time, "amount": value, "volume": volume})
    return paths


def _blank(step: Json, one: Instruction, path: str, first: int, place: str) -> str:
    """The blank that a question is about."""
    if one.is_needed and place in ("at", "amount", "doses"):
        return f"{path}.as_needed.{len(step['as_needed']) - 1}" + (".amount" if place == "amount" else "")
    if place in ("at", "amount") and len(step["doses"]) > first:
        blank = next((i for i, dose in enumerate(step["doses"]) if i >= first and dose[place] is None), first)
        return f"{path}.doses.{blank}.{place}"
    return f"{path}.starts_on" if place == "starts_on" else f"{path}.doses"


def _seam(page: Page, before: list[Instruction], after: list[Instruction], k: int) -> None:
    """A day between two steps that is in none of them, or in both."""
    last = max((one.rhythm.last for one in before if one.rhythm.last), default=None)
    first = min((one.starts_on for one in after if one.starts_on), default=None)
    if last is None or first is None or first == last + timedelta(days=1):
        return
    page.ask("gap" if first > last else "overlap", page.line_of(after[0]), f"steps.{k}.starts_on", _days(last, first))


def _days(last: date, first: date) -> str:
    return f"{last.isoformat()} / {first.isoformat()}"
