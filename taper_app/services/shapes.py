"""Domain values as the JSON of API.md and of the snapshot, in one place."""

from datetime import UTC, date, datetime
from typing import Any

from taper_app.data.tables import Entry as EntryRow
from taper_app.domain.amounts import show_amount
from taper_app.domain.checks import Check
from taper_app.domain.events import Ledger, plan_of
from taper_app.domain.plan import Plan
from taper_app.domain.schedule import Day, Due
from taper_app.domain.stairs import Change, Stair, daily_total
from taper_app.domain.wire import as_needed_to_wire, plan_to_wire
from taper_app.services.audit import AuditLine
from taper_app.services.words import check_words

Json = dict[str, Any]


def instant(value: datetime) -> str:
    """RFC 3339 in UTC."""
    return value.astimezone(UTC).isoformat().replace("+00:00", "Z")


def day_or_none(value: date | None) -> str | None:
    """YYYY-MM-DD."""
    return value.isoformat() if value else None


def medication(plan: Plan) -> Json:
    """The medicine as on the label."""
    found: Json = plan_to_wire(plan)["medication"]
    return found


def check(one: Check, lang: str = "en") -> Json:
    """A question about a plan, in words."""
    return {"code": one.code, "step": one.step, "message": check_words(lang, one)}


def due(one: Due) -> Json:
    """A dose of a day."""
    return {
        "at": one.at,
        "amount": None if one.amount is None else show_amount(one.amount),
        "unit": one.unit,
        "parts": [{"strength": show_amount(p.strength), "count": show_amount(p.count)} for p in one.parts],
        "volume": one.volume,
    }


def day(one: Day) -> Json:
    """A day of a schedule; the first five names are those of API.md."""
    return {
        "date": one.date.isoformat(),
        "status": one.status,
        "step": one.step,
        "revision": one.revision,
        "doses": [due(dose) for dose in one.doses],
        "as_needed": [as_needed_to_wire(line) for line in one.as_needed],
    }


def stair(one: Stair) -> Json:
    """One stair; its level in the plan's unit."""
    return {
        "from": one.first.isoformat(),
        "to": day_or_none(one.last),
        "level": None if one.level is None else show_amount(one.level),
        "status": one.status,
        "step": one.step,
        "revision": one.revision,
    }


def next_change(one: Change | None, ledger: Ledger) -> Json | None:
    """What comes next, with the level it goes to.

    `what` is step, stop, review or undated; a hold that is already planned is "hold". Going on after a hold is a step.
    """
    if one is None:
        return None
    what = "step" if one.what == "resume" else one.what
    level = None
    if what == "stop":
        level = "0"
    elif one.step is not None and what != "review":
        total = daily_total(plan_of(ledger, one.revision).steps[one.step - 1])
        level = None if total is None else show_amount(total)
    return {"on": day_or_none(one.on), "what": what, "starts_when": one.starts_when, "level": level}


def entry(row: EntryRow, data: Json) -> Json:
    """An entry as it was written; `by` only where a helper wrote it."""
    found = {
        "id": row.id,
        "kind": row.kind,
        "at": row.at_written,
        "zone": row.zone,
        "data": data,
        "changes": row.changes,
    }
    return found | {"by": {"id": row.by_id, "name": row.by_name}} if row.by_id else found


def audit_line(one: AuditLine) -> Json:
    """One line of the trail."""
    return {"at": instant(one.at), "what": one.what, "actor": one.actor, "subject": one.subject, "tries": one.tries}
