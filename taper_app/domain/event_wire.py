"""Events as JSON. Raises nothing but Refusal.

Stored: {"type": "held", "recorded_at": ..., "said_by": ..., "reason": ..., "from": ...}. A request body has
neither `type` nor `recorded_at`: the caller knows both and passes them.
"""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any, Final

from taper_app.domain import validate as limits
from taper_app.domain.amounts import show_amount
from taper_app.domain.errors import NotConfirmed
from taper_app.domain.events import Activated, Closed, Event, Held, Resumed, Revised, StepStarted
from taper_app.domain.plan_reading import read_end, read_steps, read_strengths
from taper_app.domain.plan_writing import step_to_wire
from taper_app.domain.reading import Reader

_KEYS: Final[dict[str, tuple[str, ...]]] = {
    "activated": ("confirmed_with_prescriber",),
    "held": ("from",),
    "resumed": ("on", "shift_later_dates"),
    "revised": ("effective_on", "steps", "ends", "last_day", "review_on", "strengths"),
    "step_started": ("on",),
    "closed": ("on",),
}
EVENT_TYPES: Final = tuple(_KEYS)
_COMMON: Final = ("type", "recorded_at", "said_by", "reason")
_NO_DAY: Final = date.min


def event_from_wire(value: object, *, kind: str | None = None, recorded_at: datetime | None = None) -> Event:
    """Read one event.

    `kind` (one of EVENT_TYPES) and `recorded_at` (aware) stand in for what a request lacks.

    Raises InvalidMany with every error found, and NotConfirmed for an activation without confirmation. Who
    said so is needed for everything but an activation; a reason never is.
    """
    reader = Reader()
    type_ = kind
    if type_ is None:
        found = value.get("type") if isinstance(value, dict) else None
        type_ = reader.choice(found, "type", EVENT_TYPES, "unknown_event", None)
        if type_ is None and not reader.errors:
            reader.wrong("missing" if isinstance(value, dict) or value is None else "wrong_type", "type")
        reader.done()
    assert type_ is not None
    own = (*_KEYS[type_], *(_COMMON if kind is None else _COMMON[2:]))
    body = reader.mapping(value, own, "")
    when = recorded_at or reader.instant(body.get("recorded_at"), "recorded_at", need=True)
    said_by = reader.text(body.get("said_by"), "said_by", limits.MAX_NAME, need=type_ != "activated")
    reason = reader.text(body.get("reason"), "reason", limits.MAX_NOTE, lines=True)
    event = _read(
        reader, type_, body, when.astimezone(UTC) if when else None, said_by, reason
    )
    reader.done()
    return event


def _read(
    reader: Reader,
    type_: str,
    body: dict[str, Any],
    when: datetime | None,
    said_by: str | None,
    reason: str | None,
) -> Event:
    recorded = when or datetime.min.replace(tzinfo=UTC)

    def day(name: str) -> date:
        # The stand-in never leaves: need=True has noted an error, and reader.done() raises it.
        return reader.day(body.get(name), name, need=True) or _NO_DAY

    match type_:
        case "activated":
            # A stored activation was confirmed when it was recorded; a request has to say so.
            if body.get("confirmed_with_prescriber") is not True:
                raise NotConfirmed()
            return Activated(recorded_at=recorded, said_by=said_by, reason=reason)
        case "held":
            return Held(recorded_at=recorded, said_by=said_by, reason=reason, from_=day("from"))
        case "resumed":
            shift = reader.truth(body.get("shift_later_dates"), "shift_later_dates")
            return Resumed(
                recorded_at=recorded, said_by=said_by, reason=reason, on=day("on"), shift_later_dates=shift
            )
        case "step_started":
            return StepStarted(recorded_at=recorded, said_by=said_by, reason=reason, on=day("on"))
        case "closed":
            return Closed(recorded_at=recorded, said_by=said_by, reason=reason, on=day("on"))
        case _:
            ends, last_day, review_on = read_end(reader, body)
            strengths = body.get("strengths")
            return Revised(
                recorded_at=recorded,
                said_by=said_by,
                reason=reason,
                effective_on=day("effective_on"),
                steps=read_steps(reader, body.get("steps"), "steps"),
                ends=ends,
                last_day=last_day,
                review_on=review_on,
                strengths=None if strengths is None else read_strengths(reader, strengths, "strengths"),
            )


def event_to_wire(event: Event) -> dict[str, Any]:
    """An event as JSON values, with its `type`; event_from_wire reads it back to an equal event."""
    out: dict[str, Any] = {
        "type": "", "recorded_at": event.recorded_at.astimezone(UTC).isoformat().replace("+00:00", "Z"),
        "said_by": event.said_by, "reason": event.reason,
    }  # fmt: skip
    match event:
        case Activated():
            out |= {"type": "activated", "confirmed_with_prescriber": True}
        case Held():
            out |= {"type": "held", "from": event.from_.isoformat()}
        case Resumed():
            out |= {
                "type": "resumed",
                "on": event.on.isoformat(),
                "shift_later_dates": event.shift_later_dates,
            }
        case StepStarted():
            out |= {"type": "step_started", "on": event.on.isoformat()}
        case Closed():
            out |= {"type": "closed", "on": event.on.isoformat()}
        case Revised():
            out |= {
                "type": "revised",
                "effective_on": event.effective_on.isoformat(),
                "steps": [step_to_wire(step) for step in event.steps],
                "ends": event.ends,
                "last_day": event.last_day.isoformat() if event.last_day else None,
                "review_on": event.review_on.isoformat() if event.review_on else None,
                "strengths": None if event.strengths is None else [show_amount(s) for s in event.strengths],
            }
    return out
