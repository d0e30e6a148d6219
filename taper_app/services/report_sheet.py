"""The clinician's page in words: the same text on the screen and in the PDF. Counts, middles and ranges; never a verdict."""

from dataclasses import dataclass
from typing import Final

from taper_app.domain.evidence import StepPain
from taper_app.domain.overview import Overview
from taper_app.domain.taken import StepTaken
from taper_app.services.report import PlanReport, Report, StepRow
from taper_app.services.report_blocks import PLANS, Block, blocks
from taper_app.services.report_words import QUESTION, Writer, short

# How many steps fit on one sheet, for one plan and for each of two; and how long a medicine's name may be.
STEPS = {1: 12, 2: 4}
TITLE = 40


@dataclass(frozen=True)
class Stat:
    """A number that is read first, with its label."""

    label: str
    value: str
    more: str = ""


@dataclass(frozen=True)
class Table:
    """Rows of text under a caption, the newest. `earlier[n]` says what is not shown when n more of the oldest are left out."""

    caption: str
    head: list[str]
    rows: list[list[str]]
    earlier: list[str]


NO_TABLE: Final = Table("", [], [], [])


@dataclass(frozen=True)
class PlanSheet:
    """One plan: its medicine, the picture in words, and its steps; without a plan the picture alone. What is not shown is empty."""

    title: str
    line: str
    picture: str
    key: str
    table: Table


@dataclass(frozen=True)
class Sheet:
    """The whole page."""

    lang: str
    title: str
    lead: str
    stats: list[Stat]
    asks: str
    questions: list[str]
    plans: list[PlanSheet]
    more_plans: str
    no_room: str
    blocks: list[Block]
    foot: str


def sheet(found: Report, lang: str = "en") -> Sheet:
    """The page in words."""
    w = Writer(lang)
    shown = found.plans[:PLANS]
    plans = [_plan(w, found, plan, STEPS[len(shown)]) for plan in shown]
    if found.chart is not None:
        plans = [PlanSheet("", "", _picture(w, found, None), _key(w, found.chart, ""), NO_TABLE)]
    more = len(found.plans) - len(shown)
    return Sheet(
        lang=lang,
        title=w.t("sheet.title", name=short(found.name, TITLE)) if found.name else w.t("sheet.title_no_name"),
        lead=w.t("sheet.lead", day=w.day(found.today)),
        stats=_stats(w, found),
        asks=w.t("sheet.asks") if found.questions else "",
        questions=[short(one.text, QUESTION) for one in found.questions],
        plans=plans,
        more_plans=w.tn("sheet.more_plans", more) if more else "",
        no_room=w.t("sheet.no_room"),
        blocks=blocks(w, found),
        foot=w.t("sheet.foot"),
    )


def charts(found: Report) -> list[tuple[Overview | None, str]]:
    """What the chart of each plan of the sheet is drawn from, with the plan's unit."""
    if not found.plans:
        return [(found.chart, "")] if found.chart is not None else []
    return [(plan.chart, plan.medication.unit or "") for plan in found.plans[:PLANS]]


def picture_words(w: Writer) -> tuple[str, str]:
    """What is written inside a chart: on a hold, and above the scale of pain."""
    return w.t("sheet.picture_held"), w.t("sheet.pain")


def _key(w: Writer, chart: Overview | None, unit: str) -> str:
    """How to read the chart."""
    if chart is None:
        return ""
    found = [w.t("sheet.key.bins" if chart.pain.bins else "sheet.key.days")]
    if chart.stairs:
        found.append(w.t("sheet.key.stairs", unit=unit))
    if chart.flares:
        found.append(w.t("sheet.key.flares"))
    return " ".join(found)


def _stats(w: Writer, found: Report) -> list[Stat]:
    days = Stat(w.t("sheet.period"), w.span(found.first, found.last), w.tn("sheet.days", found.days))
    logged = Stat(w.t("sheet.logged"), w.t("sheet.of", n=found.logged, of=found.days), w.t("sheet.logged_more"))
    pain = Stat(w.t("sheet.pain"), w.summary(found.pain), w.tn("sheet.pain_more", found.pain.count) if found.pain else w.t("sheet.nothing"))
    stats = [days, logged, pain]
    if found.flares is not None:
        worst = found.flares.worst
        more = w.t("sheet.worst", n=w.number(worst.high)) if worst else "" if found.flares.count else w.t("sheet.nothing")
        stats.append(Stat(w.t("sheet.flares"), str(found.flares.count or w.t("sheet.none")), more))
    return stats


def _plan(w: Writer, found: Report, plan: PlanReport, most: int) -> PlanSheet:
    said = w.t("plan_line.prescriber", name=short(plan.prescriber, 48)) if plan.prescriber else ""
    line = " · ".join(one for one in (w.medicine(plan.medication), said, w.t("sheet.over") if plan.status == "ended" else "") if one)
    title = short(plan.medication.name or w.t("plan_list.unnamed"), TITLE)
    picture = _picture(w, found, plan) if found.has("chart") else ""
    table = _steps(w, found, plan, title, most) if found.has("steps") or found.has("taken") else NO_TABLE
    return PlanSheet(title, line, picture, _key(w, plan.chart, plan.medication.unit or ""), table)


def _picture(w: Writer, found: Report, plan: PlanReport | None) -> str:
    """What the chart shows, for who cannot see it."""
    words = [w.t("sheet.picture", n=found.pain.count if found.pain else 0, of=found.days)]
    if found.pain:
        words.append(w.t("sheet.picture_pain", pain=w.summary(found.pain)))
    levels = [one.stair.level for one in plan.patterns.steps if one.stair.level is not None] if plan else []
    if plan and plan.laid:
        unit = plan.medication.unit or ""
        words.append(w.t("sheet.picture_stairs", first=w.number(levels[0]), last=w.number(levels[-1]), unit=unit))
    return " ".join(words)


def _steps(w: Writer, found: Report, plan: PlanReport, title: str, most: int) -> Table:
    pain, flares, taken = found.has("steps"), found.has("steps") and found.has("flares"), found.has("taken")
    touch = found.has("steps") and found.has("allodynia")
    columns = [
        ("dates", True), ("planned", True), ("pain", pain), ("days", pain), ("flares", flares), ("allodynia", touch), ("taken", taken)
    ]  # fmt: skip
    unit = plan.medication.unit or ""
    cut = max(len(plan.rows) - most, 0)
    return Table(
        w.t("sheet.steps_of", name=title) if len(found.plans) > 1 else w.t("sheet.steps"),
        [w.t(f"sheet.column.{name}") for name, on in columns if on],
        [[_cell(w, name, row, unit) for name, on in columns if on] for row in plan.rows[cut:]],
        [w.tn("sheet.earlier", n) if n else "" for n in range(cut, len(plan.rows))],
    )


def _cell(w: Writer, name: str, row: StepRow, unit: str) -> str:
    one: StepPain = row.pain
    match name:
        case "dates":
            return w.span(one.stair.first, one.stair.last or one.stair.first)
        case "planned":
            return w.planned(one.stair, row.step, unit)
        case "pain":
            return w.summary(one.pain)
        case "days":
            return w.t("sheet.of", n=one.logged, of=one.days)
        case "flares":
            return _flares(w, one)
        case "allodynia":
            kinds = [w.t("sheet.count", what=w.t(f"sheet.touch_short.{kind}"), n=n) for kind, n in sorted(one.allodynia.items())]
            return ", ".join(kinds) or w.t("sheet.none")
        case _:
            return _taken(w, row.taken)


def _flares(w: Writer, one: StepPain) -> str:
    if one.worst:
        return w.t("sheet.flares_worst", n=one.flares, worst=w.number(one.worst.high))
    return str(one.flares) if one.flares else w.t("sheet.none")


def _taken(w: Writer, one: StepTaken | None) -> str:
    """How many doses were logged as what. Silence is "nothing logged", never "missed"."""
    if one is None or not (one.due or one.unplanned):
        return w.t("sheet.none")
    words = [w.t("sheet.taken.taken", n=one.taken, of=one.due)] if one.due else []
    names = ("different", "skipped", "removed", "twice", "open", "unplanned")
    return ", ".join([*words, *(w.t(f"sheet.taken.{name}", n=n) for name in names if (n := getattr(one, name)))])
