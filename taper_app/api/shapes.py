"""Views of the services as the JSON of API.md."""

from typing import Any

from taper_app.domain.wire import event_to_wire, plan_to_wire
from taper_app.services import shapes
from taper_app.services.entries import EntryPage, EntryResult
from taper_app.services.importing import Imported
from taper_app.services.importing_diary import DiarySent
from taper_app.services.ledger import Preview
from taper_app.services.plans import PlanLine, PlanView
from taper_app.services.reminders import RemindersView
from taper_app.services.views import AccountView, LookView, PasskeyView, SessionView, ShareView
from taper_app.services.words import question_words

Json = dict[str, Any]


def account(view: AccountView) -> Json:
    """An account for its owner."""
    return {
        "id": view.id,
        "login": view.login,
        "display_name": view.display_name,
        "zone": view.zone,
        "people": [{"name": one.name, "phone": one.phone} for one in view.people],
        "after_hours": view.after_hours,
        "created_at": shapes.instant(view.created_at),
    }


def login_session(view: SessionView) -> Json:
    """A signed-in browser."""
    return {
        "id": view.id,
        "label": view.label,
        "created_at": shapes.instant(view.created_at),
        "last_seen_at": shapes.instant(view.last_seen_at),
        "current": view.current,
    }


def passkey(view: PasskeyView) -> Json:
    """A passkey of the account."""
    used = shapes.instant(view.last_used_at) if view.last_used_at else None
    return {"id": view.id, "name": view.name, "created_at": shapes.instant(view.created_at), "last_used_at": used}


def plan_line(view: PlanLine) -> Json:
    """A plan in the list."""
    medication = view.medication
    return {
        "id": view.id,
        "status": view.status,
        "revision": view.revision,
        "medication": {"name": medication.name, "form": medication.form, "unit": medication.unit},
        "prescriber": view.prescriber,
        "steps": view.steps,
        "created_at": shapes.instant(view.created_at),
    }


def plan(view: PlanView) -> Json:
    """A plan as first written, what became of it, and every event."""
    return {
        "id": view.id,
        "status": view.status,
        "revision": view.revision,
        "created_at": shapes.instant(view.created_at),
        **plan_to_wire(view.plan),
        "current": plan_to_wire(view.current),
        "events": [event_to_wire(event) for event in view.events],
        "checks": [shapes.check(one) for one in view.checks],
        "blanks": [{"field": one.field, "code": one.code} for one in view.blanks],
    }


def plan_saved(view: PlanView) -> Json:
    """A plan just written or activated."""
    return {
        "id": view.id,
        "revision": view.revision,
        "status": view.status,
        "checks": [shapes.check(one) for one in view.checks],
        "blanks": [{"field": one.field, "code": one.code} for one in view.blanks],
    }


def preview(view: Preview) -> Json:
    """An event read back, or recorded."""
    found = {
        "checks": [shapes.check(one) for one in view.checks],
        "days": [shapes.day(one) for one in view.days],
    }
    if not view.recorded:
        return found
    return {"id": view.plan_id, "status": view.status, "revision": view.revision, **found}


def entry_result(one: EntryResult) -> Json:
    """What became of an entry."""
    return {
        "id": one.id, "status": one.status, "code": one.code, "message": one.message, "field": one.field,
    }  # fmt: skip


def entry_page(page: EntryPage) -> Json:
    """A page of the log."""
    return {
        "entries": [
            {
                "id": one.id,
                "kind": one.kind,
                "at": one.at,
                "zone": one.zone,
                "data": one.data,
                "changes": one.changes,
                "recorded_at": shapes.instant(one.recorded_at),
                **({"by": {"id": one.by.id, "name": one.by.name}} if one.by else {}),
            }
            for one in page.entries
        ],
        "next": page.next,
        "cursor": page.cursor,
    }


def imported(found: Imported) -> Json:
    """What became of a file."""
    return {
        "plans": [{"id": one.id, "status": one.status, "name": one.name, "new": one.new} for one in found.plans],
        "entries": found.entries,
        "questions": [
            {
                "code": one.question.code,
                "line": one.question.line,
                "message": question_words("en", one.question, one.kind),
                "plan": one.plan_id,
                "path": one.question.path,
                "words": one.question.words,
            }
            for one in found.questions
        ],
    }


def diary_sent(found: DiarySent) -> Json:
    """A diary that waits for its columns."""
    return {"id": found.id, "columns": list(found.columns), "rows": found.rows, "sample": [list(row) for row in found.sample]}


def share(view: ShareView) -> Json:
    """A share for its owner."""
    return {
        "id": view.id,
        "label": view.label,
        "scopes": list(view.scopes),
        "created_at": shapes.instant(view.created_at),
        "expires_at": shapes.instant(view.expires_at),
        "state": view.state,
        "last_viewed_at": shapes.instant(view.last_viewed_at) if view.last_viewed_at else None,
        "back": view.back,
        "since": shapes.instant(view.since) if view.since else None,
        "by_hour": view.by_hour,
        "has_pin": view.has_pin,
        "paused": view.state == "paused",
        "frozen_at": shapes.instant(view.frozen_at) if view.frozen_at else None,
    }


def look(view: LookView) -> Json:
    """Somebody looked."""
    return {"at": shapes.instant(view.at), "what": view.what}


def reminders(view: RemindersView) -> Json:
    """The reminders that are set."""
    return {
        "reminders": [{"id": one.id, "kind": one.kind, "at": one.at, "silent": one.silent} for one in view.reminders],
        "quiet": {"from": view.quiet.from_, "to": view.quiet.to} if view.quiet else None,
        "zone": view.zone,
        "offered": list(view.offered),
        "missed": [{"kind": one.kind, "at": shapes.instant(one.at)} for one in view.missed],
        "has_calendar": view.has_calendar,
    }
