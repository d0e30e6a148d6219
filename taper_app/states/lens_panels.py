"""The lens's panels in words: what was counted, the picture, and the same as rows. Facts only: no verdict, trend or cause."""

from datetime import date

from taper_app.domain.amounts import show_amount
from taper_app.domain.evidence import Aligned, StepPain, clip
from taper_app.domain.facts import Flare
from taper_app.domain.overview import Series
from taper_app.domain.stairs import Stair
from taper_app.figures import sketches
from taper_app.figures.sketch import Days
from taper_app.services.lens import LensView, PlanChoice
from taper_app.states.lens_views import Panel, Words, chart_view, number

# Lists of entries are as long as somebody reads; the counts are over all of them.
NEWEST = 100


def main_panel(view: LensView, words: Words) -> Panel:
    """Pain over the stairs of the plan."""
    found, unit = view.main, view.plan.unit if view.plan else ""
    if not found.logged and not found.stairs:
        return Panel(says=words.t("lens.none"))
    says = [words.tn("lens.days", found.days, logged=found.logged)]
    if found.level:
        low, middle, high = words.three(found.level)
        says.append(words.tn("lens.pain", found.level.count, low=low, middle=middle, high=high))
    says.append(words.tn("lens.flares", found.flare_count))
    if found.worst:
        says.append(words.t("lens.worst", n=found.worst.high))
    key = [words.t(f"lens.key.{_axis(view.plan)}", unit=unit) if found.stairs else words.t("lens.key.alone")]
    if found.pain.bins:
        key.append(words.t("lens.bins"))
    if any(count > 1 for _, count in found.flares):
        key.append(words.t("lens.marks"))
    chart = chart_view(sketches.pain_over_dose(found, unit, words.short, words.t("lens.paused"), words.t("lens.scale")))
    by_days = dict(found.flares)
    if found.pain.bins:
        names = ["days", "logged", "low", "middle", "high", "flares", "plan"]
        rows = [
            [words.span(one.first, one.last), str(one.logged), *words.three(one.pain), _count(by_days.get(one.first)),
             level_words(found.stairs, one.first, one.last, unit, words)]
            for one in found.pain.bins
        ]  # fmt: skip
    else:
        names, points = ["day", "pain", "flares", "plan"], dict(found.pain.points)
        rows = [
            [words.day(day), number(points.get(day)), _count(by_days.get(day)), level_words(found.stairs, day, day, unit, words)]
            for day in sorted({*points, *by_days})
        ]
    # The plan is in the picture on days without entries too.
    notes = [words.t("lens.level", day=words.day(one.first), level=_level(one, unit, words)) for one in found.stairs]
    return Panel(chart, " ".join(says), " ".join(key), heads(words, *names), rows, notes)


def _axis(plan: PlanChoice | None) -> str:
    if plan is None:
        return "alone"
    return "rate" if plan.rate else "dose" if plan.uneven else "day"


def level_words(stairs: tuple[Stair, ...], first: date, last: date, unit: str, words: Words) -> str:
    """What the plan had on these days: one level, or the first and the last."""
    found = clip(stairs, first, last)
    if not found:
        return ""
    one, two = _level(found[0], unit, words), _level(found[-1], unit, words)
    return one if one == two else words.t("lens.levels", one=one, two=two)


def _level(one: Stair, unit: str, words: Words) -> str:
    if one.status == "ended":
        return words.t("lens.ended")
    if one.level is None:
        return ""
    level = words.t("lens.amount", amount=show_amount(one.level), unit=unit)
    return words.t("lens.held", level=level) if one.status == "held" else level


def aligned_panel(found: Aligned, unit: str, words: Words, stem: str) -> Panel:
    """Changes laid over each other. `stem`: "lens.around", or "lens.rises" for those up."""
    count = len(found.changes)
    if not count:
        return Panel(says=words.t(f"{stem}.none"))
    says = [words.tn(f"{stem}.count", count), words.tn("lens.around.logged", found.logged)]
    if found.silent:
        says.append(words.tn("lens.around.silent", found.silent))
    ends = (words.t("lens.around.left"), words.t("lens.around.change"), words.t("lens.around.right"))
    changes = [
        words.t(
            "lens.around.line",
            n=n,
            day=words.day(one.on),
            before=words.t("lens.amount", amount=show_amount(one.before), unit=unit),
            after=words.t("lens.amount", amount=show_amount(one.after), unit=unit),
        )
        for n, one in enumerate(found.changes, 1)
    ]
    return Panel(
        chart_view(sketches.aligned(found, ends)),
        " ".join(says),
        words.t("lens.around.together") if found.together else words.tn("lens.around.lines", count),
        heads(words, "offset", "count", "low", "middle", "high"),
        [[f"{one.offset:+d}" if one.offset else "0", str(one.pain.count), *words.three(one.pain)] for one in found.days],
        changes[-NEWEST:],
    )


def spread_panel(view: LensView, words: Words) -> Panel:
    """Pattern 1: each flare with an answer to where it hurt beside before."""
    found = view.patterns.spread
    if not found:
        return Panel(says=f"{words.t('lens.look.spread_none')} {rests_on(view, words)}")
    rows = [_flare_row(one, words) for one in found[: -NEWEST - 1 : -1]]
    answers = (words.t("spread.same_place"), words.t("spread.wider"), words.t("spread.new_place"))
    return Panel(
        chart_view(sketches.spread(found, Days(view.patterns.first, view.patterns.last), words.short, answers)),
        f"{words.tn('lens.look.spread_rests', len(found))} {rests_on(view, words)}",
        "",
        heads(words, "day", "spread", "where"),
        rows,
        listed(len(found), words),
    )


def _flare_row(one: Flare, words: Words) -> list[str]:
    return [words.day(one.day), words.chips("spread", [one.spread]), words.chips("places", list(one.places))]


def severity_panel(view: LensView, words: Words) -> Panel:
    """Pattern 2: the days' pain in stretches."""
    bins = view.patterns.severity
    if not any(one.pain for one in bins):
        return Panel(says=f"{words.t('lens.look.severity_none')} {rests_on(view, words)}")
    series = Series(view.patterns.first, view.patterns.last, bins=bins)
    return Panel(
        chart_view(sketches.values_over_time(series, words.short)),
        rests_on(view, words),
        words.t("lens.look.severity_key"),
        heads(words, "days", "logged", "low", "middle", "high"),
        [[words.span(one.first, one.last), str(one.logged), *words.three(one.pain)] for one in bins],
    )


def steps_panel(view: LensView, words: Words) -> Panel:
    """Pattern 4: pain on each step of the plan."""
    steps, unit = view.patterns.steps, view.plan.unit if view.plan else ""
    with_pain = sum(one.pain is not None for one in steps)
    if not with_pain:
        return Panel(says=f"{words.t('lens.look.fewer_none')} {rests_on(view, words)}")
    axis = words.t("lens.look.fewer_axis", unit=unit)
    return Panel(
        chart_view(sketches.pain_by_step(steps, axis)),
        f"{words.tn('lens.look.fewer_rests', len(steps), logged=with_pain)} {rests_on(view, words)}",
        words.t("lens.look.fewer_key"),
        heads(words, "step", "days", "logged", "low", "middle", "high", "flares", "worst"),
        [_step_row(one, unit, words) for one in steps],
    )


def _step_row(one: StepPain, unit: str, words: Words) -> list[str]:
    last = one.stair.last or one.stair.first
    worst = number(one.worst.high) if one.worst else ""
    numbers = [f"{one.logged}/{one.days}", *words.three(one.pain), _count(one.flares), worst]
    return [_level(one.stair, unit, words), words.span(one.stair.first, last), *numbers]


def rests_on(view: LensView, words: Words) -> str:
    """How many days were logged, of all."""
    whole = view.whole
    return words.tn("lens.days", (whole.last - whole.first).days + 1, logged=view.patterns.days)


def heads(words: Words, *names: str) -> list[str]:
    """The heads of a table."""
    return [words.t(f"lens.col.{name}") for name in names]


def listed(count: int, words: Words, shown: int = NEWEST) -> list[str]:
    """That a list is not the whole."""
    return [words.t("lens.listed", shown=shown, n=count)] if count > shown else []


def _count(found: int | None) -> str:
    return str(found) if found else ""
