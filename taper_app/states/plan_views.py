"""A plan as screens show it: frozen values, every one of them text that is ready to stand between words."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from itertools import groupby

from babel.dates import format_date

from taper_app.domain.amounts import show_amount
from taper_app.domain.plan import AsNeeded, Dose, Medication, Plan, Step, time_order
from taper_app.domain.schedule import Day, Due
from taper_app.domain.stairs import daily_total


@dataclass(frozen=True)
class Reader:
    """Who reads: the date where they are, and their language."""

    today: date
    lang: str = "en"


@dataclass(frozen=True)
class PartView:
    """So many of one strength."""

    count: str
    strength: str


@dataclass(frozen=True)
class DoseView:
    """One dose; "" is a blank."""

    at: str
    amount: str
    unit: str
    volume: str
    parts: list[PartView]


@dataclass(frozen=True)
class LineView:
    """The doses of one day; `n` is the day of a cycle, 0 where every day is alike."""

    n: int
    doses: list[DoseView]


@dataclass(frozen=True)
class NeededView:
    """What is taken as needed, as written."""

    amount: str
    unit: str
    purpose: str
    at_most: str
    per_hours: str
    as_written: str


@dataclass(frozen=True)
class GapView:
    """Something still blank: what, in words, and where it can be typed."""

    message: str
    path: str


@dataclass(frozen=True)
class WordsView:
    """A line of the words a draft was read from. `home`: here it is asked about and ticked, and nowhere else."""

    line: int
    words: str
    read: bool
    home: bool
    ticked: bool
    questions: list[str]


@dataclass(frozen=True)
class StepView:
    """One step in the words of its parts. `days` is how long, 0 where nobody can know. `mark`: now, held or "" ."""

    n: int
    starts: str
    starts_when: str
    days: int
    until: str
    every_days: int
    lines: list[LineView]
    total: str
    unit: str
    needed: list[NeededView]
    note: str
    mark: str = ""
    questions: list[str] = field(default_factory=list)
    gaps: list[GapView] = field(default_factory=list)
    sources: list[WordsView] = field(default_factory=list)


@dataclass(frozen=True)
class MedicineView:
    """The medicine as its label names it."""

    name: str
    form: str
    unit: str
    strengths: str
    release: str
    may_split: str
    concentration: str
    prescriber: str
    before: str
    gaps: list[GapView] = field(default_factory=list)


@dataclass(frozen=True)
class EndView:
    """How it ends: stop, stay, review or "", with its date in words."""

    ends: str
    day: str
    questions: list[str] = field(default_factory=list)
    gaps: list[GapView] = field(default_factory=list)


@dataclass(frozen=True)
class DayView:
    """Days in a row that read alike: the first, the last ("" for one day alone), how many."""

    day: str
    last: str
    days: int
    status: str
    step: int
    doses: list[DoseView]


def show_day(day: date | None, reader: Reader) -> str:
    """A date in words: "Mon 7 Dec", with the year where it is not this one. "" for none."""
    if day is None:
        return ""
    return format_date(day, "EEE d MMM" if day.year == reader.today.year else "EEE d MMM y", locale=reader.lang)


def medicine_view(plan: Plan, gaps: Iterable[GapView] = ()) -> MedicineView:
    """The medicine and what belongs to the whole plan."""
    m = plan.medication
    before = "; ".join(_history(h.from_, h.to, h.text) for h in plan.history)
    return MedicineView(
        m.name or "",
        m.form or "",
        m.unit or "",
        ", ".join(show_amount(s) for s in m.strengths),
        m.release,
        m.may_split,
        m.concentration or "",
        plan.prescriber or "",
        before,
        list(gaps),
    )


def step_view(
    plan: Plan,
    n: int,
    reader: Reader,
    *,
    starts: Sequence[date | None] | None = None,
    mark: str = "",
    questions: Iterable[str] = (),
    gaps: Iterable[GapView] = (),
    sources: Iterable[WordsView] = (),
) -> StepView:
    """Step n (from 1) of a plan; `starts` where holds moved the dates."""
    step, m = plan.steps[n - 1], plan.medication
    days = list(starts) if starts is not None else [one.starts_on for one in plan.steps]
    start, following = days[n - 1], days[n] if n < len(days) else None
    if n == len(days) and plan.ends == "stop" and plan.last_day is not None and starts is None:
        following = plan.last_day + timedelta(days=1)
    length = (following - start).days if start and following else 0
    return StepView(
        n,
        show_day(start, reader),
        step.starts_when or "",
        max(length, 0),
        _plain_day(step.until, reader),
        step.every_days,
        [LineView(i if step.cycle else 0, doses_view(day, m.unit)) for i, day in enumerate(step.cycle or (step.doses,), 1)],
        _total(step, m),
        m.unit or "",
        [needed_view(a, m.unit) for a in step.as_needed],
        step.note or "",
        mark,
        list(questions),
        list(gaps),
        list(sources),
    )


def doses_view(doses: Iterable[Dose | Due], unit: str | None) -> list[DoseView]:
    """The doses of a day, in order of time."""
    return [
        DoseView(
            d.at or "",
            _amount(d.amount),
            unit or "",
            d.volume or "",
            [PartView(show_amount(p.count), show_amount(p.strength)) for p in d.parts],
        )
        for d in sorted(doses, key=lambda d: time_order(d.at))
    ]


def needed_view(line: AsNeeded, unit: str | None) -> NeededView:
    """One as-needed line."""
    return NeededView(
        _amount(line.amount),
        unit or "",
        line.for_ or "",
        _number(line.at_most),
        _number(line.per_hours),
        line.as_written or "",
    )


def end_view(plan: Plan, reader: Reader, questions: Iterable[str] = (), gaps: Iterable[GapView] = ()) -> EndView:
    """How the plan ends."""
    day = {"stop": plan.last_day, "review": plan.review_on}.get(plan.ends or "")
    return EndView(plan.ends or "", show_day(day, reader), list(questions), list(gaps))


def day_views(days: Iterable[Day], unit: str | None, reader: Reader) -> list[DayView]:
    """Days read back, those in a row that read alike as one."""
    views: list[DayView] = []
    for _, alike in groupby(days, key=lambda d: (d.status, d.step, d.revision, d.doses)):
        row = list(alike)
        last = show_day(row[-1].date, reader) if len(row) > 1 else ""
        doses = doses_view(row[0].doses, unit)
        views.append(DayView(show_day(row[0].date, reader), last, len(row), row[0].status, row[0].step or 0, doses))
    return views


def _total(step: Step, medication: Medication) -> str:
    """What a day comes to, a plain sum of one medicine; "" where a day's sum would say something else."""
    if medication.form == "patch" or step.cycle or step.every_days != 1 or not step.doses:
        return ""
    return _amount(daily_total(step))


def _amount(amount: Decimal | None) -> str:
    return "" if amount is None else show_amount(amount)


def _number(number: int | None) -> str:
    return "" if number is None else str(number)


def _history(from_: str | None, to: str | None, text: str) -> str:
    when = " - ".join(one for one in (from_, to) if one)
    return f"{text} ({when})" if when else text


def _plain_day(text: str | None, reader: Reader) -> str:
    try:
        return show_day(date.fromisoformat(text or ""), reader)
    except ValueError:
        return text or ""
