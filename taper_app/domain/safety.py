"""The guard.

When the words about calling first are shown. It opens on what was logged or recorded, never on silence.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise
from typing import Literal

from taper_app.domain.amounts import parse_amount
from taper_app.domain.doses import due_of, happened_at, happened_on, of_plan
from taper_app.domain.entries import Record
from taper_app.domain.errors import Invalid
from taper_app.domain.events import Ledger, is_draft
from taper_app.domain.schedule import doses_on, timeline
from taper_app.domain.timeline import Timeline, segment_on

Reason = Literal["above_step", "skipped_two_days", "resumed_after_hold", "at_end"]
HELD_DAYS = 7
WINDOW_DAYS = 7


@dataclass(frozen=True, slots=True)
class GuardReason:
    """Why the guard is open, and the day it opened for this reason."""

    code: Reason
    on: date


@dataclass(frozen=True, slots=True)
class Guard:
    """The open guard; `reasons` is never empty, newest first."""

    reasons: tuple[GuardReason, ...]


def guard(
    ledger: Ledger, records: Iterable[Record], plan_id: str, today: date, window_days: int = WINDOW_DAYS
) -> Guard | None:
    """The guard of one plan on a day, or None. A reason holds for `window_days` days, its own day counted.

    Shapes: above_step, a dose logged above what the step says; skipped_two_days, doses logged as skipped on
    two days running; resumed_after_hold, a plan that goes on after seven or more days held; at_end, the first
    days without it.
    """
    if is_draft(ledger):
        return None
    line = timeline(ledger)
    logged = of_plan(records, plan_id)
    found = _above(line, logged) + _skipped(logged) + _turns(line)
    oldest = today - timedelta(days=window_days - 1)
    open_ = {reason for reason in found if oldest <= reason.on <= today}
    if not open_:
        return None
    return Guard(tuple(sorted(open_, key=lambda reason: (reason.on, reason.code), reverse=True)))


def _above(line: Timeline, logged: list[Record]) -> list[GuardReason]:
    return [GuardReason("above_step", happened_on(r)) for r in logged if _is_above(line, r, logged)]


def _is_above(line: Timeline, record: Record, logged: list[Record]) -> bool:
    if record.data.get("action") not in ("taken", "different"):
        return False
    amount = _amount(record)
    segment = segment_on(line, happened_on(record))
    due = due_of(record)
    if due is not None:
        written = [d.amount for d in doses_on(segment, due[0]) if d.at == due[1] and d.amount is not None]
        return amount is not None and bool(written) and amount > max(written)
    if segment.status == "before":
        # What was taken before the plan is not the plan's to compare.
        return False
    needed = segment.step.as_needed if segment.step else ()
    if not needed:
        # Taken on top of a step that has no as-needed medicine, or after the end.
        return True
    amounts = [n.amount for n in needed if n.amount is not None]
    if amount is not None and amounts and amount > max(amounts):
        return True
    limits = [(n.at_most, n.per_hours) for n in needed if n.at_most is not None and n.per_hours is not None]
    # With several lines nobody knows which one a dose belongs to, so only one line's limit is compared.
    if len(needed) == 1 and limits:
        most, hours = limits[0]
        now = happened_at(record)
        count = sum(
            1
            for r in logged
            if due_of(r) is None
            and r.data.get("action") in ("taken", "different")
            and now - timedelta(hours=hours) < happened_at(r) <= now
        )
        return count > most
    return False


def _amount(record: Record) -> Decimal | None:
    try:
        return parse_amount(record.data.get("amount", ""))
    except Invalid:
        return None


def _skipped(logged: list[Record]) -> list[GuardReason]:
    days = {happened_on(r) for r in logged if r.data.get("action") == "skipped"}
    return [GuardReason("skipped_two_days", day) for day in days if day - timedelta(days=1) in days]


def _turns(line: Timeline) -> list[GuardReason]:
    found: list[GuardReason] = []
    held = 0
    for previous, segment in pairwise(line.segments):
        # Two holds that touch are one time of staying.
        held = held + (segment.first - previous.first).days if previous.status == "held" else 0
        if segment.status == "active" and held >= HELD_DAYS:
            found.append(GuardReason("resumed_after_hold", segment.first))
        if segment.status == "ended" and previous.status != "before":
            found.append(GuardReason("at_end", segment.first))
    return found
