"""More of the lens in words: places over time, what hurts that usually wouldn't, what was tried, the weeks."""

from collections import Counter

from taper_app.content.loader import data
from taper_app.domain.facts import Said, Tried
from taper_app.domain.overview import Series
from taper_app.domain.tried import OptionEvidence
from taper_app.figures import sketches
from taper_app.services.lens import LensView
from taper_app.states.lens_panels import NEWEST, heads, level_words, listed
from taper_app.states.lens_views import OptionPanel, Panel, Words, chart_view, number

# Rows of the picture; the table has every place.
PLACES = 6
# With fewer times than this the smallness is said.
FEW = 5
# Times listed for each option, and notes of what a clinician said.
TIMES, SAID = 20, 3


def top_places(view: LensView, words: Words) -> list[tuple[str, str]]:
    """The places named most often, each with its words."""
    total: Counter[str] = Counter()
    for one in view.patterns.places:
        total.update(one.places)
    ranked = sorted(total, key=lambda code: (-total[code], code))
    return [(code, words.chips("places", [code])) for code in ranked[:PLACES]]


def places_panel(view: LensView, words: Words) -> Panel:
    """Where it hurt, stretch by stretch, as the flares have it."""
    bins = [one for one in view.patterns.places if one.flares]
    rows = top_places(view, words)
    if not rows:
        return Panel(says=words.t("lens.where.none"))
    named = sum(bool(one.places) for one in view.facts.flares)
    table = [
        [words.span(one.first, one.last), str(one.flares),
         ", ".join(words.t("lens.where.count", place=words.chips("places", [code]), n=n) for code, n in _ranked(one.places)),
         str(one.wider or ""), str(one.new_place or "")]
        for one in bins
    ]  # fmt: skip
    return Panel(
        chart_view(sketches.places(view.patterns.places, rows, words.short)),
        words.tn("lens.where.rests", named),
        words.t("lens.where.words"),
        heads(words, "days", "flares", "where", "wider", "new_place"),
        table,
    )


def _ranked(found: object) -> list[tuple[str, int]]:
    counted = Counter(found)  # type: ignore[arg-type]  # a mapping of counts
    return sorted(counted.items(), key=lambda one: (-one[1], one[0]))


def allodynia_panel(view: LensView, words: Words) -> Panel:
    """Each kind by step of the plan, with what was there before it."""
    kinds = list(data("chips")["allodynia"])
    unit = view.plan.unit if view.plan else ""
    rows: list[list[str]] = []
    if (before := view.facts.baseline) is not None:
        said = {True: words.t("lens.where.before_yes"), False: words.t("lens.where.before_no")}
        rows.append([words.t("lens.where.before"), "", *[said[kind in before.allodynia] for kind in kinds], ""])
    counts = Counter(kind for one in view.facts.flares for kind in one.allodynia)
    if not counts:
        return Panel(says=words.t("lens.where.touch_none"), heads=_kind_heads(kinds, words), rows=rows)
    for one in view.patterns.steps:
        last = one.stair.last or one.stair.first
        level = level_words((one.stair,), one.stair.first, last, unit, words)
        span = words.span(one.stair.first, last)
        rows.append([level or span, str(one.flares), *[str(one.allodynia.get(kind, 0)) for kind in kinds], span])
    if not view.patterns.steps:
        span = words.span(view.whole.first, view.whole.last)
        rows.append([span, str(view.patterns.flares), *[str(counts[kind]) for kind in kinds], span])
    return Panel(says=words.t("lens.where.touch_lead"), heads=_kind_heads(kinds, words), rows=rows)


def _kind_heads(kinds: list[str], words: Words) -> list[str]:
    return [*heads(words, "step", "flares"), *[words.chips("allodynia", [kind]) for kind in kinds], *heads(words, "days")]


def weekly_panel(view: LensView, words: Words) -> Panel:
    """PEG, week by week. No line is drawn through the numbers."""
    pegs = view.facts.pegs
    if not pegs:
        return Panel(says=words.t("lens.weekly.none"))
    shown = weekly_series(view)
    return Panel(
        chart_view(sketches.values_over_time(shown, words.short)),
        words.tn("lens.weekly.count", len(pegs)),
        words.t("lens.bins") if shown.bins else words.t("lens.weekly.lead"),
        heads(words, "day", "average", "enjoyment", "activity", "mean"),
        [
            [words.day(one.day), str(one.average), str(one.enjoyment), str(one.activity), number(one.mean)]
            for one in pegs[: -NEWEST - 1 : -1]
        ],
        listed(len(pegs), words),
    )


def weekly_series(view: LensView) -> Series:
    """The weeks from the first that was answered on."""
    first, found = view.facts.pegs[0].day, view.weekly
    return Series(max(first, found.first), found.last, found.points, tuple(one for one in found.bins if one.last >= first))


def said_lines(view: LensView, words: Words) -> list[str]:
    """What the patient wrote that a clinician said of the cause, newest first."""
    found = view.patterns.said
    lines = [_said(one, words) for one in found[: -SAID - 1 : -1]]
    return [*lines, words.tn("lens.look.said_more", len(found) - SAID)] if len(found) > SAID else lines


def _said(one: Said, words: Words) -> str:
    known = {"state": words.chips("condition_states", [one.state]), "day": words.day(one.day)}
    return words.t("lens.look.said_by", **known, name=one.said_by) if one.said_by else words.t("lens.look.said_line", **known)


def tried_panels(view: LensView, words: Words) -> list[OptionPanel]:
    """Each option in the patient's numbers and words."""
    return [_option(one, words) for one in view.tried]


def _option(one: OptionEvidence, words: Words) -> OptionPanel:
    says = [words.tn("lens.tried.times", len(one.times), day=words.day(one.latest))]
    if one.minutes:
        says.append(words.tn("lens.tried.minutes", one.minutes.count, minutes=number(one.minutes.middle)))
    pain = words.t("lens.tried.no_pairs")
    if one.before and one.after:
        pain = words.tn("lens.tried.pairs", one.pairs, before=number(one.before.middle), after=number(one.after.middle))
        says.append(words.tn("lens.tried.few", one.pairs) if one.pairs < FEW else words.t("lens.tried.many"))
    return OptionPanel(
        words.chips("options", [one.option]),
        pain,
        " ".join(says),
        [_time(each, words) for each in one.times[:TIMES]],
        listed(len(one.times), words, TIMES),
    )


def _time(each: Tried, words: Words) -> list[str]:
    return [words.day(each.day), number(each.before), number(each.after), number(each.minutes), each.note]
