"""The paper a plan's forms write on: a draft, or the working copy of a revision that is not recorded yet."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

import reflex as rx

from taper_app.domain.checks import Check
from taper_app.domain.errors import Invalid, NotDraft
from taper_app.domain.events import Ledger
from taper_app.domain.plan import Plan
from taper_app.domain.reading import Reader as FieldReader
from taper_app.domain.validate import MAX_NAME, MAX_NOTE, blanks
from taper_app.domain.wire import plan_from_wire, plan_to_wire
from taper_app.services import plans as services
from taper_app.services.accounts import get_account
from taper_app.services.words import check_words, refusal_words
from taper_app.services.zones import today_in
from taper_app.states.base import Call
from taper_app.states.plan_base import PlanScreen
from taper_app.states.plan_views import GapView, Reader, show_day

_BODY = ("steps", "ends", "last_day", "review_on")


class PlanCopies(rx.State):
    """Revisions that are being typed, by plan; on the server only, never sent to the browser, never recorded."""

    _copies: dict[str, dict[str, Any]] = {}


@dataclass(frozen=True)
class Opened:
    """A plan as the patient may see it, and the account's date and zone."""

    view: services.PlanView
    reader: Reader
    zone: ZoneInfo

    @property
    def today(self) -> date:
        """The date in the account's zone."""
        return self.reader.today

    @property
    def ledger(self) -> Ledger:
        """What was written, and everything that happened."""
        return self.view.ledger

    @property
    def status(self) -> str:
        """Draft, active or ended."""
        return self.view.status


def open_plan(call: Call, plan_id: str, lang: str) -> Opened:
    """The plan. Raises Missing when it is unknown or someone else's."""
    view = services.get_plan(call.session, call.actor, plan_id, call.now)
    zone = get_account(call.session, call.actor).zone
    return Opened(view, Reader(today_in(zone, call.now), lang), ZoneInfo(zone))


async def working(screen: PlanScreen, call: Call, plan_id: str, revising: bool) -> tuple[Opened, dict[str, Any]]:
    """The plan and the JSON that is being edited. Raises Missing; NotDraft when an active plan is not being revised."""
    opened = open_plan(call, plan_id, screen._lang())
    if not revising:
        if opened.status != "draft":
            raise NotDraft()
        return opened, plan_to_wire(opened.ledger.plan)
    copies = await screen.get_state(PlanCopies)
    whole = plan_to_wire(opened.view.current)
    fresh: dict[str, Any] = {"steps": [], "ends": None, "last_day": None, "review_on": None}
    copy = copies._copies.get(plan_id, {})
    label = whole["medication"] | ({"strengths": copy["strengths"]} if copy.get("strengths") else {})
    return opened, whole | fresh | {k: v for k, v in copy.items() if k in _BODY} | {"medication": label}


async def keep(screen: PlanScreen, call: Call, plan_id: str, revising: bool, wire: dict[str, Any]) -> None:
    """Put the edited JSON back. Raises InvalidMany when something in it is malformed; blanks are kept."""
    if not revising:
        services.replace_draft(call.session, call.actor, plan_id, wire, call.now)
        return
    plan_from_wire(wire)
    await keep_copy(screen, plan_id, {name: wire[name] for name in _BODY})


async def read_copy(screen: PlanScreen, plan_id: str) -> dict[str, Any]:
    """The working copy of a revision as the service takes it; {} when none was begun."""
    copies = await screen.get_state(PlanCopies)
    return dict(copies._copies.get(plan_id, {}))


async def read_head(screen: PlanScreen, opened: Opened) -> tuple[str, str, str]:
    """From when, said by whom and why, of the revision that is being typed; "" for what was not said yet."""
    body = await read_copy(screen, opened.view.id)
    day = date.fromisoformat(body["effective_on"]) if body.get("effective_on") else None
    return show_day(day, opened.reader), body.get("said_by") or "", body.get("reason") or ""


async def keep_copy(screen: PlanScreen, plan_id: str, values: dict[str, Any]) -> None:
    """Add to the working copy of a revision."""
    copies = await screen.get_state(PlanCopies)
    copies._copies = copies._copies | {plan_id: copies._copies.get(plan_id, {}) | values}


async def drop_copy(screen: PlanScreen, plan_id: str) -> None:
    """The revision was recorded, or is not wanted any more."""
    copies = await screen.get_state(PlanCopies)
    copies._copies = {k: v for k, v in copies._copies.items() if k != plan_id}


def said(wire: dict[str, Any], day: str) -> FieldReader:
    """Look at what every change of a plan needs, before the service does: a day, and who said so. `done` it to refuse."""
    reader = FieldReader()
    reader.day(wire.get(day), day, need=True)
    reader.text(wire.get("said_by"), "said_by", MAX_NAME, need=True)
    reader.text(wire.get("reason"), "reason", MAX_NOTE, lines=True)
    return reader


def gaps_of(plan: Plan, plan_id: str, revising: bool, lang: str) -> dict[str, list[GapView]]:
    """What is still blank, by where it is asked: "medicine", "end", "steps" or the number of a step."""
    found: dict[str, list[GapView]] = {"medicine": [], "end": [], "steps": []}
    for one in blanks(plan):
        where, path = way_to(one.field, plan_id, revising)
        words = refusal_words(lang, Invalid(one.code, one.field))
        found.setdefault(where, []).append(GapView(words, path))
    return found


def way_to(field: str, plan_id: str, revising: bool) -> tuple[str, str]:
    """Where a field of the plan is asked, and the address of that page."""
    rev = "&rev=1" if revising else ""
    parts = field.split(".")
    if parts[0] == "steps" and len(parts) > 1:
        n, at = int(parts[1]) + 1, "-".join(parts[2:])
        at = "doses-0-at" if at == "doses" else at
        return str(n), f"/plan/step?id={plan_id}&n={n}&at={at}{rev}"
    if parts[0] == "steps":
        return "steps", f"/plan/step?id={plan_id}&n=1&new=1{rev}"
    if parts[0] == "medication":
        return "medicine", f"/plan/medicine?id={plan_id}&at={parts[1]}"
    if parts[0] in ("effective_on", "said_by", "reason", "strengths"):
        return "head", f"/plan/revise?id={plan_id}"
    return "end", f"/plan/end?id={plan_id}&at={parts[0]}{rev}"


def questions_of(checks: Iterable[Check], lang: str) -> dict[int | None, list[str]]:
    """The entry questions in words, by step; None for the plan as a whole."""
    found: dict[int | None, list[str]] = {}
    for check in checks:
        found.setdefault(check.step, []).append(check_words(lang, check))
    return found
