"""What was due beside what was logged.

Nothing is summed over devices and nothing is inferred from silence.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Literal
from zoneinfo import ZoneInfo

from taper_app.domain.entries import Record
from taper_app.domain.errors import Invalid
from taper_app.domain.reading import parse_instant
from taper_app.domain.schedule import Day, Due

State = Literal["open", "taken", "skipped", "different", "removed", "twice"]
_ACTIONS: tuple[State, ...] = ("taken", "skipped", "different")


@dataclass(frozen=True, slots=True)
class DueDose:
    """One due dose, every record that names it, and what they come to.

    `open`: nothing logged; never "missed".
    """

    due: Due
    logged: tuple[Record, ...]
    state: State


def of_plan(records: Iterable[Record], plan_id: str) -> list[Record]:
    """The plan's dose records that stand, in the order of the fold."""
    return [r for r in records if r.kind == "dose" and not r.retracted and r.data.get("plan_id") == plan_id]


def due_of(record: Record) -> tuple[date, str] | None:
    """The (date, at) that a dose record was logged against, or None when it was unplanned."""
    due = record.data.get("due")
    if (
        not isinstance(due, dict)
        or not isinstance(due.get("date"), str)
        or not isinstance(due.get("at"), str)
    ):
        return None
    try:
        return date.fromisoformat(due["date"]), due["at"]
    except ValueError:
        return None


def happened_at(record: Record) -> datetime:
    """The instant a record is about: `happened_at` in its data, or when it was written."""
    text = record.data.get("happened_at")
    if isinstance(text, str):
        try:
            return parse_instant(text)
        except Invalid:
            pass
    return record.at


def happened_on(record: Record) -> date:
    """The wall date a record is about, in the zone it happened in; a due date wins."""
    due = due_of(record)
    if due is not None:
        return due[0]
    return wall_date(happened_at(record), record.zone)


def wall_date(at: datetime, zone: str) -> date:
    """The date that a calendar on the wall of a zone shows at an instant."""
    try:
        return at.astimezone(ZoneInfo(zone)).date()
    except (ValueError, OSError, KeyError):
        # A zone this server does not know (ZoneInfoNotFoundError is a KeyError): the writer's own offset is the next best.
        return at.date()


def day_doses(day: Day, records: Iterable[Record], plan_id: str) -> list[DueDose]:
    """Each due dose of a day with what was logged for it. Two logs of one dose are "twice", never a sum."""
    named: dict[tuple[date, str], list[Record]] = {}
    for record in of_plan(records, plan_id):
        due = due_of(record)
        if due is not None:
            named.setdefault(due, []).append(record)
    out: list[DueDose] = []
    for dose in day.doses:
        logged = tuple(named.get((day.date, dose.at or ""), ()))
        out.append(DueDose(dose, logged, state_of(logged)))
    return out


def state_of(logged: tuple[Record, ...]) -> State:
    """What the records of one due dose come to."""
    actions = [str(r.data.get("action")) for r in logged]
    # Taking the old patch off is not a second dose, so it does not make "twice" out of one.
    doses = [a for a in _ACTIONS for b in actions if a == b]
    if len(doses) > 1:
        return "twice"
    if doses:
        return doses[0]
    return "removed" if "removed" in actions else "open"


def unplanned(day: Day, records: Iterable[Record], plan_id: str) -> list[Record]:
    """The day's dose records without a `due`: as-needed doses and whatever else was taken."""
    return [r for r in of_plan(records, plan_id) if due_of(r) is None and happened_on(r) == day.date]


def no_longer_due(day: Day, records: Iterable[Record], plan_id: str) -> list[Record]:
    """Records logged against a dose of this day that the plan, as it reads now, does not have."""
    times = {dose.at for dose in day.doses}
    found: list[Record] = []
    for record in of_plan(records, plan_id):
        due = due_of(record)
        if due is not None and due[0] == day.date and due[1] not in times:
            found.append(record)
    return found


def logged_in_24h(records: Iterable[Record], plan_id: str, now: datetime) -> int:
    """How many unplanned doses were logged as taken in the 24 hours up to `now`.

    A count, never what remains.
    """
    now = now.astimezone(UTC)
    return sum(
        1
        for r in of_plan(records, plan_id)
        if due_of(r) is None
        and r.data.get("action") in ("taken", "different")
        and now - timedelta(hours=24) < happened_at(r).astimezone(UTC) <= now
    )
