"""The clinician's page as numbers: what the patient chose out of the log. Words for it are in `report_sheet.py`.

Mood and what was said on a very bad day are never read here, and no note in the patient's own words is.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from taper_app.data.engine import Session
from taper_app.domain.access import Actor
from taper_app.domain.counted import FlareCounts, Named, body_signs, count_flares
from taper_app.domain.entries import Record
from taper_app.domain.errors import Invalid, InvalidMany
from taper_app.domain.events import Activated, Event, Ledger, event_date, is_draft, plan_of
from taper_app.domain.evidence import StepPain, Summary, clip, pain_by_day, summarise
from taper_app.domain.facts import Baseline, Facts, Health, Peg, Said, VisitQuestion, read_facts
from taper_app.domain.ledger import status
from taper_app.domain.overview import Overview, overview
from taper_app.domain.patterns import Patterns, patterns
from taper_app.domain.plan import History, Medication, Step
from taper_app.domain.schedule import segments
from taper_app.domain.stairs import Stair, stairs
from taper_app.domain.taken import StepTaken, taken_by_step
from taper_app.domain.timeline import Segment
from taper_app.services.accounts import account_view
from taper_app.services.errors import PlanMissing
from taper_app.services.ledgers import load_all
from taper_app.services.logs import ABOUT_PAIN, records_of
from taper_app.services.owning import own_account
from taper_app.services.report_choice import MAX_DAYS, Choice, usual_paper
from taper_app.services.zones import today_in

USUAL_DAYS = 90


@dataclass(frozen=True)
class PlanName:
    """A plan that can be chosen."""

    id: str
    name: str
    status: str
    first: date | None


@dataclass(frozen=True)
class StepRow:
    """One stair of a plan in the period: what the prescriber wrote for it, the pain logged on it, the doses logged."""

    pain: StepPain
    step: Step | None
    taken: StepTaken | None


@dataclass(frozen=True)
class PlanReport:
    """One plan in the period. It is never added to another."""

    id: str
    medication: Medication
    prescriber: str
    status: str
    rows: tuple[StepRow, ...]
    patterns: Patterns
    chart: Overview | None
    changes: tuple[Event, ...]
    history: tuple[History, ...]

    @property
    def laid(self) -> bool:
        """Whether there is an amount a day; where all is taken as needed there is none."""
        return any(one.stair.level for one in self.patterns.steps)


@dataclass(frozen=True)
class Report:
    """All that may stand on the page. A part that was not chosen is None or empty."""

    name: str
    zone: str
    today: date
    first: date
    last: date
    choice: Choice
    logged: int
    check_ins: int
    pain: Summary | None
    plans: tuple[PlanReport, ...]
    # Pain alone, where no plan lies in the period.
    chart: Overview | None
    patterns: Patterns | None
    flares: FlareCounts | None
    allodynia: Named
    pegs: tuple[Peg, ...]
    body: Named
    said: tuple[Said, ...]
    health: Health | None
    baseline: Baseline | None
    questions: tuple[VisitQuestion, ...]
    naloxone: bool | None
    # What there is to choose from.
    all_plans: tuple[PlanName, ...]
    all_questions: tuple[VisitQuestion, ...]

    @property
    def days(self) -> int:
        """How many days the period has."""
        return (self.last - self.first).days + 1

    def has(self, part: str) -> bool:
        """Whether this part was chosen."""
        return part in self.choice.parts


def report(session: Session, actor: Actor, now: datetime, choice: Choice | None = None) -> Report:
    """The page as the patient chose it; without a choice, the usual one. For the patient alone. Raises PlanMissing, Invalid."""
    choice = choice or Choice()
    account = account_view(own_account(session, actor))
    today = today_in(account.zone, now)
    parts = choice.parts
    kinds = {*ABOUT_PAIN, *(("dose",) if "taken" in parts else ()), *(("naloxone",) if "naloxone" in parts else ())}
    records = records_of(session, account.id, sorted(kinds))
    doses = [one for one in records if one.kind == "dose"]
    facts = read_facts(records)
    ledgers = [(row.id, one) for row, one in load_all(session, account.id) if not is_draft(one)]
    laid = {plan_id: stairs(one) for plan_id, one in ledgers}
    first, last = _period(choice, today, facts, list(laid.values()))
    inside = facts.within(first, last)
    chosen = [(plan_id, one) for plan_id, one in ledgers if _is_in(laid[plan_id], first, last) and choice.plan in (None, plan_id)]
    if choice.plan is not None and choice.plan not in laid:
        raise PlanMissing(field="plan")
    found = [_plan(plan_id, one, laid[plan_id], facts, doses, first, last, today, choice) for plan_id, one in chosen]
    # What runs comes before what is over: a sheet has room for two.
    found.sort(key=lambda one: one.status == "ended")
    flares = count_flares(inside)
    return Report(
        name=account.display_name,
        zone=account.zone,
        today=today,
        first=first,
        last=last,
        choice=Choice(first, last, choice.plan, parts, choice.questions, choice.paper or usual_paper(account.zone)),
        logged=len(inside.days()),
        check_ins=len(inside.check_ins),
        pain=summarise(pain_by_day(inside).values()),
        plans=tuple(found),
        chart=_chart([], facts, first, last, choice) if not found else None,
        patterns=(found[0].patterns if found else patterns([], facts, first, last)) if "patterns" in parts else None,
        flares=flares if "flares" in parts else None,
        allodynia=flares.allodynia if "allodynia" in parts else (),
        pegs=inside.pegs if "peg" in parts else (),
        body=body_signs(inside) if "body" in parts else (),
        said=tuple(one for one in facts.said if one.day <= last) if "condition" in parts else (),
        health=facts.health if "health" in parts else None,
        baseline=facts.baseline if parts & {"before", "allodynia"} else None,
        questions=_questions(facts.questions, choice),
        naloxone=_has_naloxone(records) if "naloxone" in parts else None,
        all_plans=tuple(_name(plan_id, one, laid[plan_id], today) for plan_id, one in ledgers),
        all_questions=facts.questions,
    )


def _period(choice: Choice, today: date, facts: Facts, laid: Sequence[Sequence[Stair]]) -> tuple[date, date]:
    """The chosen days; else the last 90, or fewer when nothing lies before."""
    last = choice.last or today
    begun = [one for one in (facts.first_day(), *(found[0].first for found in laid if found)) if one is not None and one <= last]
    usual = last - timedelta(USUAL_DAYS - 1)
    first = choice.first or max(usual, min(begun, default=usual))
    wrong = [Invalid("in_the_future", name) for name, day in (("from", first), ("to", last)) if day > today]
    if first > last and not wrong:
        wrong = [Invalid("window_backwards", "to")]
    if (last - first).days >= MAX_DAYS:
        wrong.append(Invalid("period_too_long", "from"))
    if wrong:
        raise InvalidMany(wrong)
    return first, last


def _is_in(laid: Sequence[Stair], first: date, last: date) -> bool:
    return any(one.status != "ended" for one in clip(laid, first, last))


def _plan(
    plan_id: str,
    ledger: Ledger,
    laid: Sequence[Stair],
    facts: Facts,
    doses: Sequence[Record],
    first: date,
    last: date,
    today: date,
    choice: Choice,
) -> PlanReport:
    plan = plan_of(ledger)
    line = segments(ledger)
    beside = patterns(laid, facts, first, last)
    taken = taken_by_step(line, doses, plan_id, first, last, today) if "taken" in choice.parts else [None] * len(beside.steps)
    steps = [one.step for one in line if _lies(one, first, last)]
    dated = [(day, event) for event in ledger.events if (day := event_date(event)) is not None and first <= day <= last]
    return PlanReport(
        plan_id,
        plan.medication,
        plan.prescriber or "",
        status(ledger, today),
        tuple(StepRow(pain, step, one) for pain, step, one in zip(beside.steps, steps, taken, strict=True)),
        beside,
        _chart(laid, facts, first, last, choice),
        tuple(event for _, event in dated if not isinstance(event, Activated)) if "changes" in choice.parts else (),
        plan.history if "before" in choice.parts else (),
    )


def _chart(laid: Sequence[Stair], facts: Facts, first: date, last: date, choice: Choice) -> Overview | None:
    drawn = facts if "flares" in choice.parts else replace(facts, flares=())
    # Where nothing is ever due (all of it as needed) there are no stairs to draw.
    due = laid if any(one.level for one in laid) else []
    return overview(due, drawn, first, last) if "chart" in choice.parts else None


def _lies(segment: Segment, first: date, last: date) -> bool:
    """Whether a stair stands for this segment between two days: as `stairs` and `clip` have it."""
    return segment.status != "before" and segment.first <= last and (segment.last is None or segment.last >= first)


def _questions(asked: Sequence[VisitQuestion], choice: Choice) -> tuple[VisitQuestion, ...]:
    known = {one.id: one for one in asked}
    if unknown := set(choice.questions) - known.keys():
        raise Invalid("unknown_question", "questions", params={"n": str(len(unknown))})
    return tuple(known[one] for one in choice.questions) if "questions" in choice.parts else ()


def _has_naloxone(records: Sequence[Record]) -> bool:
    noted = [one for one in records if one.kind == "naloxone" and not one.retracted]
    return bool(noted) and bool(max(noted, key=lambda one: (one.at, one.id)).data.get("place"))


def _name(plan_id: str, ledger: Ledger, laid: Sequence[Stair], today: date) -> PlanName:
    return PlanName(plan_id, plan_of(ledger).medication.name or "", status(ledger, today), laid[0].first if laid else None)
