"""Plans as JSON: the one validator for the API, the forms and what is stored. Raises nothing but Refusal.

Shapes are API.md's ("A plan"). Amounts are decimal strings, dates YYYY-MM-DD, times HH:MM or a part of the
day.
"""

from __future__ import annotations

from typing import Any

from taper_app.domain import validate as limits
from taper_app.domain.amounts import show_amount
from taper_app.domain.errors import InvalidMany
from taper_app.domain.event_wire import event_from_wire, event_to_wire
from taper_app.domain.plan import History, Plan
from taper_app.domain.plan_reading import read_end, read_medication, read_steps
from taper_app.domain.plan_writing import as_needed_to_wire, dose_to_wire, show_day, step_to_wire
from taper_app.domain.reading import Reader

__all__ = [
    "as_needed_to_wire", "dose_to_wire", "event_from_wire", "event_to_wire", "plan_from_wire", "plan_to_wire",
    "step_to_wire",
]  # fmt: skip

_PLAN = ("medication", "prescriber", "history", "steps", "ends", "last_day", "review_on")


def plan_from_wire(value: object) -> Plan:
    """Read a plan, blanks allowed. Raises InvalidMany with every error found, each with its field."""
    reader = Reader()
    body = reader.mapping(value, _PLAN, "")
    medication = read_medication(reader, body.get("medication"), "medication")
    prescriber = reader.text(body.get("prescriber"), "prescriber", limits.MAX_NAME)
    history = reader.items(
        body.get("history"), "history", limits.MAX_HISTORY, lambda item, path: _history(reader, item, path)
    )
    steps = read_steps(reader, body.get("steps"), "steps")
    ends, last_day, review_on = read_end(reader, body)
    reader.done()
    plan = Plan(medication, prescriber, history, steps, ends, last_day, review_on)
    wrong = limits.problems(plan)
    if wrong:
        raise InvalidMany(wrong)
    return plan


def _history(reader: Reader, value: object, path: str) -> History:
    body = reader.mapping(value, ("from", "to", "text"), path)
    return History(
        reader.text(body.get("from"), f"{path}.from", limits.MAX_NAME),
        reader.text(body.get("to"), f"{path}.to", limits.MAX_NAME),
        reader.text(body.get("text"), f"{path}.text", limits.MAX_LINE, lines=True, need=True) or "",
    )


def plan_to_wire(plan: Plan) -> dict[str, Any]:
    """A plan as JSON values; plan_from_wire reads it back to an equal plan."""
    m = plan.medication
    return {
        "medication": {
            "name": m.name, "form": m.form, "unit": m.unit,
            "strengths": [show_amount(s) for s in m.strengths],
            "release": m.release, "may_split": m.may_split, "concentration": m.concentration,
        },
        "prescriber": plan.prescriber,
        "history": [{"from": h.from_, "to": h.to, "text": h.text} for h in plan.history],
        "steps": [step_to_wire(step) for step in plan.steps],
        "ends": plan.ends,
        "last_day": show_day(plan.last_day),
        "review_on": show_day(plan.review_on),
    }  # fmt: skip
