"""The pieces of a plan as JSON values."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from taper_app.domain.amounts import show_amount
from taper_app.domain.plan import AsNeeded, Dose, Step


def step_to_wire(step: Step) -> dict[str, Any]:
    """A step as JSON values."""
    return {
        "starts_on": show_day(step.starts_on),
        "starts_when": step.starts_when,
        "until": step.until,
        "doses": [dose_to_wire(d) for d in step.doses],
        "every_days": step.every_days,
        "cycle": [[dose_to_wire(d) for d in day] for day in step.cycle],
        "as_needed": [as_needed_to_wire(a) for a in step.as_needed],
        "note": step.note,
    }


def dose_to_wire(dose: Dose) -> dict[str, Any]:
    """A dose as JSON values."""
    return {
        "at": dose.at,
        "amount": _show(dose.amount),
        "parts": [{"strength": show_amount(p.strength), "count": show_amount(p.count)} for p in dose.parts],
        "volume": dose.volume,
    }


def as_needed_to_wire(needed: AsNeeded) -> dict[str, Any]:
    """An as-needed line as JSON values."""
    return {
        "amount": _show(needed.amount), "for": needed.for_, "at_most": needed.at_most,
        "per_hours": needed.per_hours, "as_written": needed.as_written,
    }  # fmt: skip


def _show(amount: Decimal | None) -> str | None:
    return None if amount is None else show_amount(amount)


def show_day(day: date | None) -> str | None:
    """A date as YYYY-MM-DD."""
    return None if day is None else day.isoformat()
