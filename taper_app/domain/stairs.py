"""The plan as a staircase, and the next change. Levels are for drawing and comparing, never for taking."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import pairwise
from typing import Literal

from taper_app.domain.events import Ledger
from taper_app.domain.plan import Dose, Step
from taper_app.domain.schedule import timeline
from taper_app.domain.timeline import DayStatus

Change_ = Literal["step", "hold", "resume", "stop", "review", "undated"]


@dataclass(frozen=True, slots=True)
class Stair:
    """One stair, `first` to `last` (None.

    No end). `level` in the plan's unit; None while an amount is blank.
    """

    first: date
    last: date | None
    level: Decimal | None
    status: DayStatus
    step: int | None
    revision: int


@dataclass(frozen=True, slots=True)
class Change:
    """What comes next.

    `on` is None for "undated", which waits for `starts_when`. `doses` are those of the step after.
    """

    on: date | None
    what: Change_
    step: int | None = None
    revision: int = 1
    doses: tuple[Dose, ...] = ()
    starts_when: str | None = None


def daily_total(step: Step) -> Decimal | None:
    """What one day of the step comes to, in the plan's unit; a patch's rate; None while an amount is blank.

    With a cycle, or a dose every few days, it is the largest day's total, so that no day lies above its
    stair. As-needed medicine is not counted: it is never due. A step without doses comes to 0.
    """
    totals: list[Decimal] = []
    for day in step.cycle or (step.doses,):
        total = Decimal(0)
        for dose in day:
            if dose.amount is None:
                return None
            total += dose.amount
        totals.append(total)
    return max(totals)


def stairs(ledger: Ledger) -> list[Stair]:
    """One stair a segment, oldest first; days before the plan are left out, days after it stand at 0."""
    out: list[Stair] = []
    for s in timeline(ledger).segments:
        if s.status != "before":
            level = daily_total(s.step) if s.step else Decimal(0)
            out.append(Stair(s.first, s.last, level, s.status, s.step_no, s.revision))
    return out


def next_change(ledger: Ledger, after: date) -> Change | None:
    """The first change after a date, or None. A review comes before a step of the same day.

    While nothing dated lies ahead, an undated step is the next change ("undated"), unless the plan is on open
    hold.
    """
    line = timeline(ledger)
    review = line.programme.review_on
    found: Change | None = None
    for previous, segment in pairwise(line.segments):
        if segment.first > after:
            what: Change_ = "step"
            if segment.status == "ended":
                what = "stop"
            elif segment.status == "held":
                what = "hold"
            elif previous.status == "held":
                what = "resume"
            first_day = segment.step.cycle[0] if segment.step and segment.step.cycle else ()
            doses = segment.step.doses or first_day if segment.step else ()
            found = Change(segment.first, what, segment.step_no, segment.revision, doses)
            break
    if review is not None and review > after and (found is None or found.on is None or review <= found.on):
        return Change(review, "review", None, line.programme.revision)
    last = line.segments[-1]
    if found is None and line.held_from is None and last.status != "ended" and None in line.programme.starts:
        k = line.programme.starts.index(None)
        step = line.programme.steps[k]
        doses = step.doses or (step.cycle[0] if step.cycle else ())
        return Change(None, "undated", k + 1, line.programme.revision, doses, step.starts_when)
    return found
