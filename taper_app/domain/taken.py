"""The plan beside what was logged as taken, step by step: counts of doses, never a rate and never a judgement."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from taper_app.domain.doses import State, due_of, happened_on, of_plan, state_of
from taper_app.domain.entries import Record
from taper_app.domain.schedule import doses_on
from taper_app.domain.timeline import Segment


@dataclass(frozen=True, slots=True)
class StepTaken:
    """The doses of one stretch of the plan in a window.

    `due` were to be taken; `states` says how many of those were logged as taken, skipped, different, twice, removed, or
    stand open (nothing logged; until a day is over it has none of those). `unplanned` were logged without a due dose on
    these days. `due_days` have a dose due;
    on `logged_days` of them at least one was logged.
    """

    first: date
    last: date
    step: int | None
    revision: int
    status: str
    due: int
    taken: int
    different: int
    skipped: int
    twice: int
    removed: int
    open: int
    unplanned: int
    due_days: int
    logged_days: int


def taken_by_step(
    line: Sequence[Segment], records: Iterable[Record], plan_id: str, first: date, last: date, today: date
) -> list[StepTaken]:
    """Every stretch of the plan between two days, both counted, oldest first; days before the plan are left out."""
    named: dict[tuple[date, str], list[Record]] = {}
    unplanned: Counter[date] = Counter()
    for record in of_plan(records, plan_id):
        due = due_of(record)
        if due is None:
            unplanned[happened_on(record)] += 1
        else:
            named.setdefault(due, []).append(record)
    found: list[StepTaken] = []
    for segment in line:
        begins, ends = max(segment.first, first), min(segment.last or last, last)
        if segment.status != "before" and begins <= ends:
            found.append(_of_segment(segment, named, unplanned, begins, ends, today))
    return found


def _of_segment(
    segment: Segment, named: dict[tuple[date, str], list[Record]], unplanned: Counter[date], begins: date, ends: date, today: date
) -> StepTaken:
    states: Counter[State] = Counter()
    extra = due_days = logged_days = 0
    for n in range((ends - begins).days + 1):
        day = begins + timedelta(days=n)
        extra += unplanned[day]
        found = [state_of(tuple(named.get((day, dose.at or ""), ()))) for dose in doses_on(segment, day)]
        if day >= today:
            found = [one for one in found if one != "open"]
        states.update(found)
        due_days += bool(found)
        logged_days += any(one != "open" for one in found)
    return StepTaken(
        begins,
        ends,
        segment.step_no,
        segment.revision,
        segment.status,
        sum(states.values()),
        states["taken"],
        states["different"],
        states["skipped"],
        states["twice"],
        states["removed"],
        states["open"],
        extra,
        due_days,
        logged_days,
    )
