"""One step of a draft or of a revision. Rows come and go on the server; what is typed into them stays in the browser."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

import reflex as rx

from taper_app.domain.plan import PARTS_OF_DAY
from taper_app.domain.schedule import timeline
from taper_app.domain.timeline import segment_on
from taper_app.domain.validate import MAX_AS_NEEDED, MAX_CYCLE, MAX_DOSES_A_DAY
from taper_app.domain.wire import step_to_wire
from taper_app.states import plan_forms as forms
from taper_app.states.base import asking
from taper_app.states.plan_base import PlanScreen, answering, beside
from taper_app.states.plan_desk import Opened, keep, read_copy, working


@dataclass(frozen=True)
class CountForm:
    """How many pieces of one strength."""

    strength: str
    count: str


@dataclass(frozen=True)
class RowForm:
    """One dose as it was saved; `key` keeps the row's inputs when others come and go."""

    key: int
    at: str
    time: str
    amount: str
    volume: str
    counts: list[CountForm]


@dataclass(frozen=True)
class DayForm:
    """The doses of one day."""

    key: int
    rows: list[RowForm]


@dataclass(frozen=True)
class NeededForm:
    """One as-needed line as it was saved."""

    key: int
    amount: str
    purpose: str
    at_most: str
    per_hours: str
    as_written: str


@dataclass(frozen=True)
class StepForm:
    """The rest of a step as it was saved."""

    starts_by: str = ""
    starts_on: str = ""
    starts_when: str = ""
    until: str = ""
    every_days: str = ""
    note: str = ""


class PlanStepState(PlanScreen, rx.State):
    """The step's form."""

    revising: bool = False
    n: int = 0
    new: bool = False
    copied: int = 0
    form: str = ""
    unit: str = ""
    strengths: list[str] = []
    rhythm: str = "every_day"
    step: StepForm = StepForm()
    days: list[DayForm] = []
    needed: list[NeededForm] = []
    _next: int = 0

    @answering
    async def load(self) -> None:
        """A saved step, a copy of one, or a blank one."""
        self._begin()
        self.revising, self.new = self._asked("rev") == "1", self._asked("new") == "1"
        with asking(self) as call:
            opened, wire = await working(self, call, self.plan_id, self.revising)
            begins = (await read_copy(self, self.plan_id)).get("effective_on") if self.revising else None
        self._open(wire, _in_force(opened) if self._asked("copy") == "force" else None)
        if self.new and self.n == 1 and begins:
            # The day that was already said: a revision's first step starts on the day it takes effect.
            self.step = replace(self.step, starts_by="date", starts_on=begins)
        self.loaded = True

    def _open(self, wire: dict[str, Any], in_force: tuple[int, dict[str, Any]] | None) -> None:
        m, steps = wire["medication"], wire["steps"]
        self.form, self.unit = m["form"] or "", m["unit"] or ""
        self.n = min(max(self._asked_number("n"), 1), len(steps) + 1)
        self.new = self.new or self.n > len(steps)
        self.copied = self._asked_number("copy") if self._asked_number("copy") <= len(steps) else 0
        given = steps[self.copied - 1] if self.copied else {} if self.new else steps[self.n - 1]
        if in_force is not None:
            self.copied, given = in_force
        self.strengths = _strengths(m["strengths"], given)
        self.step = _step_form(given, copied=self.copied > 0)
        self.rhythm = _rhythm(given, self.form)
        days = given.get("cycle") or [given.get("doses") or []]
        self.days = [DayForm(self._key(), [self._row(d) for d in day] or [self._row({})]) for day in days]
        self.needed = [self._needed(line) for line in given.get("as_needed") or []]
        if self.focus.startswith("as_needed") and not self.needed:
            self.needed = [self._needed({})]

    def _key(self) -> int:
        self._next += 1
        return self._next

    def _row(self, dose: dict[str, Any]) -> RowForm:
        at = dose.get("at") or ""
        counts = {p["strength"]: p["count"] for p in dose.get("parts") or []}
        named = at in PARTS_OF_DAY
        return RowForm(
            self._key(),
            at if named else "clock" if at else "",
            "" if named else at,
            dose.get("amount") or "",
            dose.get("volume") or "",
            [CountForm(size, counts.get(size, "")) for size in self.strengths],
        )

    def _needed(self, line: dict[str, Any]) -> NeededForm:
        text = {name: str(line.get(name) or "") for name in ("amount", "for", "at_most", "per_hours", "as_written")}
        return NeededForm(self._key(), text["amount"], text["for"], text["at_most"], text["per_hours"], text["as_written"])

    @rx.event
    def choose_rhythm(self, value: str) -> None:
        """Every day, every few days, or days that take turns."""
        self.rhythm = value if value in ("every_day", "every", "cycle") else self.rhythm
        if self.rhythm == "cycle" and len(self.days) == 1:
            self.days = [*self.days, DayForm(self._key(), [self._row({})])]

    @rx.event
    def add_dose(self, day: int) -> None:
        """Another time on this day."""
        self._change_day(day, lambda rows: [*rows, self._row({})] if len(rows) < MAX_DOSES_A_DAY else rows)

    @rx.event
    def remove_dose(self, day: int, key: int) -> None:
        """Take out one time."""
        self._change_day(day, lambda rows: [row for row in rows if row.key != key])

    def _change_day(self, day: object, change: Callable[[list[RowForm]], list[RowForm]]) -> None:
        self._well()
        self.days = [replace(d, rows=change(d.rows)) if d.key == day else d for d in self.days]

    @rx.event
    def add_day(self) -> None:
        """Another day in the turn."""
        if len(self.days) < MAX_CYCLE:
            self.days = [*self.days, DayForm(self._key(), [self._row({})])]

    @rx.event
    def remove_day(self, key: int) -> None:
        """Take out a day of the turn; two stay."""
        self._well()
        self.days = [d for d in self.days if d.key != key] if len(self.days) > 2 else self.days

    @rx.event
    def add_needed(self) -> None:
        """Another as-needed line."""
        if len(self.needed) < MAX_AS_NEEDED:
            self.needed = [*self.needed, self._needed({})]

    @rx.event
    def remove_needed(self, key: int) -> None:
        """Take out an as-needed line."""
        self._well()
        self.needed = [line for line in self.needed if line.key != key]

    @answering
    async def save(self, form_data: dict[str, Any]) -> Any:
        """Save the step, half done or not."""
        parsed = forms.step(forms.typed(form_data), self.unit or None)
        with beside(lambda path: self._place(parsed, path)), asking(self) as call:
            _, wire = await working(self, call, self.plan_id, self.revising)
            steps = forms.steps_with(wire["steps"], self.n, parsed.wire, new=self.new)
            await keep(self, call, self.plan_id, self.revising, wire | {"steps": steps})
        # A second tap on the button writes the same step again instead of adding another.
        self.new = False
        return self._to(f"/plan/draft?id={self.plan_id}" + ("&rev=1" if self.revising else ""))

    def _place(self, parsed: forms.Parsed, path: str) -> str:
        """The input a path of the whole plan came from; another step's error belongs to the form as a whole."""
        head = f"steps.{self.n - 1}."
        if not path.startswith(head):
            return "form"
        place = parsed.place(path.removeprefix(head))
        return {"cycle": "rhythm", "doses": "doses-0-at"}.get(place, place)


def _in_force(opened: Opened) -> tuple[int, dict[str, Any]] | None:
    """The step that governs today, to be copied; None before the first and after the last."""
    now = segment_on(timeline(opened.ledger), opened.today)
    return None if now.step is None else (now.step_no or 0, step_to_wire(now.step))


def _strengths(label: list[str], step: dict[str, Any]) -> list[str]:
    """The label's strengths, and any that the step still counts in."""
    doses = [*(step.get("doses") or []), *(d for day in step.get("cycle") or [] for d in day)]
    counted = [p["strength"] for dose in doses for p in dose["parts"]]
    return list(dict.fromkeys([*label, *counted]))


def _step_form(step: dict[str, Any], *, copied: bool) -> StepForm:
    """What stands in the form. A copy leaves blank what belongs to one step alone: its days and its note."""
    every = step.get("every_days") or 1
    rhythm = "" if every == 1 else str(every)
    if copied:
        return StepForm(every_days=rhythm)
    by = "date" if step.get("starts_on") else "when" if step.get("starts_when") else ""
    return StepForm(
        by,
        step.get("starts_on") or "",
        step.get("starts_when") or "",
        step.get("until") or "",
        rhythm,
        step.get("note") or "",
    )


def _rhythm(step: dict[str, Any], form: str) -> str:
    if step.get("cycle"):
        return "cycle"
    if step.get("every_days", 1) > 1 or (not step and form == "patch"):
        return "every"
    return "every_day"
