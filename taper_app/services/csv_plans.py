"""Plans and what happened to them as tables."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any, Final

from taper_app.data.tables import Plan as PlanRow
from taper_app.domain.amounts import show_amount
from taper_app.domain.events import Ledger, Resumed, Revised, event_date, plan_of
from taper_app.domain.ledger import status
from taper_app.domain.plan import AsNeeded, Dose, Step
from taper_app.domain.schedule import segments
from taper_app.domain.timeline import Segment
from taper_app.domain.wire import event_to_wire
from taper_app.services.csv_log import utc
from taper_app.services.plans import revision_of
from taper_app.services.zones import wall

PLANS: Final = (
    "plan_id", "medicine", "form", "unit", "strengths", "release", "may_split", "concentration", "prescriber", "status",
    "revision", "step", "starts_on", "starts_when", "until", "in_force_from", "in_force_to", "every_days", "cycle_day",
    "at", "amount", "parts", "volume", "as_needed", "as_needed_for", "at_most", "per_hours", "as_written", "note",
    "ends", "last_day", "review_on",
)  # fmt: skip
EVENTS: Final = (
    "plan_id", "number", "type", "from", "said_by", "reason", "shift_later_dates", "revision", "recorded_date", "recorded_time", "zone",
    "recorded_utc",
)  # fmt: skip

Loaded = list[tuple[PlanRow, Ledger]]
Row = Mapping[str, Any]


def plan_rows(loaded: Loaded, today: date) -> Iterator[Row]:
    """One row a dose of a step of a revision, as written; a step without doses has one row too."""
    for plan, ledger in loaded:
        line, state = segments(ledger), status(ledger, today)
        for revision in range(1, revision_of(ledger) + 1):
            written = plan_of(ledger, revision)
            m = written.medication
            head = {
                "plan_id": plan.id, "medicine": m.name, "form": m.form, "unit": m.unit,
                "strengths": [show_amount(one) for one in m.strengths],
                "release": m.release, "may_split": m.may_split, "concentration": m.concentration,
                "prescriber": written.prescriber, "status": state, "revision": revision,
                "ends": written.ends, "last_day": written.last_day, "review_on": written.review_on,
            }  # fmt: skip
            for number, step in enumerate(written.steps, 1):
                first, last = in_force(line, revision, number)
                of_step = {
                    "step": number, "starts_on": step.starts_on, "starts_when": step.starts_when, "until": step.until,
                    "in_force_from": first, "in_force_to": last, "every_days": step.every_days, "note": step.note,
                }  # fmt: skip
                for dose in _doses(step) or [{}]:
                    yield {**head, **of_step, **dose}


def in_force(line: Sequence[Segment], revision: int, step: int) -> tuple[date | None, date | None]:
    """The first and the last day on which a step governs, holds among them; the last is None while there is no end."""
    found = [one for one in line if (one.revision, one.step_no) == (revision, step)]
    return (found[0].first, found[-1].last) if found else (None, None)


def event_rows(loaded: Loaded, zone: str) -> Iterator[Row]:
    """One row an event of a ledger, in the order recorded."""
    for plan, ledger in loaded:
        revision = 1
        for number, event in enumerate(ledger.events, 1):
            revision += isinstance(event, Revised)
            there = wall(event.recorded_at, zone)
            yield {
                "plan_id": plan.id, "number": number, "type": event_to_wire(event)["type"], "from": event_date(event),
                "said_by": event.said_by, "reason": event.reason, "revision": revision,
                "shift_later_dates": _yes(event.shift_later_dates) if isinstance(event, Resumed) else None,
                "recorded_date": there.date(), "recorded_time": f"{there:%H:%M}", "zone": zone,
                "recorded_utc": utc(event.recorded_at),
            }  # fmt: skip


def _doses(step: Step) -> list[dict[str, Any]]:
    days: list[tuple[int | None, tuple[Dose, ...]]] = [*enumerate(step.cycle, 1)] or [(None, step.doses)]
    due = [{"cycle_day": n, "as_needed": _yes(False), **_dose(dose)} for n, day in days for dose in day]
    return [*due, *[_needed(line) for line in step.as_needed]]


def _dose(dose: Dose) -> dict[str, Any]:
    return {
        "at": dose.at,
        "amount": None if dose.amount is None else show_amount(dose.amount),
        "parts": [f"{show_amount(part.count)} x {show_amount(part.strength)}" for part in dose.parts],
        "volume": dose.volume,
    }


def _needed(line: AsNeeded) -> dict[str, Any]:
    return {
        "as_needed": _yes(True), "amount": None if line.amount is None else show_amount(line.amount),
        "as_needed_for": line.for_, "at_most": line.at_most, "per_hours": line.per_hours, "as_written": line.as_written,
    }  # fmt: skip


def _yes(value: bool) -> str:
    return "yes" if value else "no"
