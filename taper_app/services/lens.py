"""The lens: what was logged about pain, beside one plan. Counts, middles and ranges; never a verdict, a trend or a cause."""

from dataclasses import dataclass
from datetime import date, datetime

from taper_app.data.engine import Session
from taper_app.domain.access import Actor
from taper_app.domain.errors import Invalid
from taper_app.domain.events import Ledger, plan_of
from taper_app.domain.facts import Facts
from taper_app.domain.ledger import is_draft, status
from taper_app.domain.overview import Overview, Series, Window, Zoom, overview, series, window
from taper_app.domain.patterns import Patterns, patterns
from taper_app.domain.stairs import Stair, stairs
from taper_app.domain.tried import OptionEvidence, Order, options_tried
from taper_app.services.errors import PlanMissing
from taper_app.services.ledgers import load_all
from taper_app.services.logs import facts_of
from taper_app.services.owning import own_account
from taper_app.services.zones import today_in


@dataclass(frozen=True)
class PlanChoice:
    """A plan that pain can stand beside. `rate`: its levels are a patch's; `uneven`: a level is that of a day with doses."""

    id: str
    name: str
    unit: str
    rate: bool
    uneven: bool


@dataclass(frozen=True)
class LensView:
    """Everything of the page. `whole` are all days there are, `window` those of `main`; the rest is over all days.

    `laid` says whether the plan has stairs: one that is all as needed has none.
    """

    today: date
    plans: tuple[PlanChoice, ...]
    plan: PlanChoice | None
    laid: bool
    whole: Window
    window: Window
    main: Overview
    patterns: Patterns
    weekly: Series
    tried: tuple[OptionEvidence, ...]
    facts: Facts


def lens(
    session: Session,
    actor: Actor,
    now: datetime,
    *,
    plan_id: str | None = None,
    zoom: Zoom = "all",
    at: date | None = None,
    order: Order = "most",
) -> LensView:
    """Pain beside one plan, in four queries. Doses are not read.

    Without `plan_id` it is the first plan with a daily amount that has not ended, else any that has not, else the last one.
    `at` is a day of the stretch to show, else today. Raises PlanMissing.
    """
    account = own_account(session, actor)
    today = today_in(account.zone, now)
    plans = {row.id: ledger for row, ledger in load_all(session, account.id) if not is_draft(ledger)}
    chosen = _chosen(plans, plan_id, today)
    laid = _daily_stairs(plans[chosen]) if chosen else []
    facts = facts_of(session, account.id)
    first, last = _all_days(laid, facts, today)
    # A phone in a zone ahead can be a day further on: every panel is over the same days.
    facts = facts.within(first, last)
    shown = window(zoom, at or last, laid, first, last)
    weekly = {one.day: one.mean for one in facts.pegs}
    return LensView(
        today,
        tuple(_choice(id, ledger) for id, ledger in plans.items()),
        _choice(chosen, plans[chosen]) if chosen else None,
        bool(laid),
        window("all", last, laid, first, last),
        shown,
        overview(laid, facts, shown.first, shown.last),
        patterns(laid, facts, first, last),
        series(weekly, first, last),
        tuple(options_tried(facts, order)),
        facts,
    )


def known_zoom(text: object) -> Zoom:
    """A zoom by its name. Raises Invalid."""
    match text:
        case "all" | "month" | "week" | "step":
            return text
    raise Invalid("choose_one", "zoom")


def known_order(text: object) -> Order:
    """An order of options by its name. Raises Invalid."""
    match text:
        case "most" | "effort" | "latest" | "name":
            return text
    raise Invalid("choose_one", "order")


def _chosen(plans: dict[str, Ledger], plan_id: str | None, today: date) -> str | None:
    if plan_id is not None:
        if plan_id not in plans:
            raise PlanMissing()
        return plan_id
    going = [id for id, ledger in plans.items() if status(ledger, today) != "ended"]
    daily = [id for id in going if _daily_stairs(plans[id])]
    return next(iter([*daily, *going, *reversed(plans)]), None)


def _daily_stairs(ledger: Ledger) -> list[Stair]:
    """The stairs of a plan; none where everything is taken as needed: their level would read as nothing."""
    laid = stairs(ledger)
    return laid if any(one.level is None or one.level > 0 for one in laid) else []


def _all_days(laid: list[Stair], facts: Facts, today: date) -> tuple[date, date]:
    """From the first day of the plan or the log to today."""
    begun = [one.first for one in laid[:1]]
    logged = facts.first_day()
    return min([today, *begun, *([logged] if logged else [])]), today


def _choice(id: str, ledger: Ledger) -> PlanChoice:
    plan = plan_of(ledger)
    medicine = plan.medication
    uneven = any(step.cycle or step.every_days > 1 for step in plan.steps)
    return PlanChoice(id, medicine.name or "", medicine.unit or "", medicine.form == "patch", uneven)
