"""The smaller parts of the clinician's page: the four patterns, changes, flares, PEG, body, and what was there before."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from taper_app.domain.counted import sides
from taper_app.domain.events import Closed, Event, Held, Resumed, Revised, StepStarted, event_date
from taper_app.domain.evidence import Aligned
from taper_app.domain.patterns import Patterns
from taper_app.services.report import PlanReport, Report
from taper_app.services.report_words import NAME, NAMED, TEXT, Writer, short

# What fits on one sheet: plans; of changes and the like the newest; weeks of pain and of PEG.
PLANS = 2
CHANGES, SAID, HISTORY, WEEKS = 5, 2, 2, 13


@dataclass(frozen=True)
class Line:
    """A label and what belongs to it."""

    label: str
    text: str


@dataclass(frozen=True)
class Block:
    """One part of the page. `note` says what it is not; a wide one takes the whole width of paper."""

    id: str
    title: str
    lines: list[Line]
    note: str = ""
    wide: bool = False


def blocks(w: Writer, found: Report) -> list[Block]:
    """The parts that were chosen, in the order of the page."""
    build: dict[str, Callable[[Writer, Report], Block]] = {
        "patterns": _patterns,
        "flares": _flares,
        "allodynia": _allodynia,
        "changes": _changes,
        "peg": _peg,
        "body": _body,
    }
    made = [make(w, found) for part, make in build.items() if found.has(part)]
    behind = _background(w, found)
    return [*made, *([behind] if behind.lines else [])]


def _block(w: Writer, part: str, lines: list[Line], note: str = "") -> Block:
    return Block(part, w.t(f"sheet.part.{part}"), lines, note, wide=part == "patterns")


def _patterns(w: Writer, found: Report) -> Block:
    both = found.patterns
    assert both is not None  # the part was chosen
    lines = [Line(w.t("sheet.pattern.spread"), _spread(w, both)), Line(w.t("sheet.pattern.severity"), _severity(w, both))]
    for name, around in (("after_rise", "rises"), ("fewer", "falls")):
        several = len(found.plans) > 1
        told = [_turns(w, name, plan, getattr(plan.patterns, around), named=several) for plan in found.plans[:PLANS]]
        lines.append(Line(w.t(f"sheet.pattern.{name}"), " ".join(told) or w.t("sheet.no_plan")))
    if found.has("condition"):
        lines.append(Line(w.t("sheet.cause"), _said(w, found, 1)))
    return _block(w, "patterns", lines, w.t("sheet.patterns_note"))


def _spread(w: Writer, both: Patterns) -> str:
    if not both.flares:
        return w.t("sheet.nothing")
    if not both.spread:
        return w.tn("sheet.spread_none", both.flares)
    answers = [one.spread for one in both.spread]
    told = {f"{name}_n": answers.count(name) for name in ("same_place", "wider", "new_place")}
    most = max((one.most for one in both.places), default=0)
    return w.t("sheet.spread", n=len(answers), of=both.flares, most=most, **told)


def _severity(w: Writer, both: Patterns) -> str:
    cut = both.severity[-WEEKS:]
    values = ", ".join(w.number(one.pain.middle) if one.pain else w.t("sheet.none") for one in cut)
    if not any(one.pain for one in cut):
        return w.t("sheet.nothing")
    longest = max((one.last - one.first).days for one in both.severity)
    size = "week" if longest < 7 else "month" if longest < 31 else "year"
    words = w.t(f"sheet.severity.{size}", values=values)
    return words if len(cut) == len(both.severity) else w.t("sheet.latest", n=len(cut), of=len(both.severity), words=words)


def _turns(w: Writer, name: str, plan: PlanReport, found: Aligned, *, named: bool) -> str:
    medicine = plan.medication.name or "" if named else ""
    count = len(found.changes) + found.silent
    before, after = sides(found)
    if not plan.laid:
        words = w.t("sheet.turns.none")
    elif not count:
        words = w.t(f"sheet.turns.{name}.zero")
    else:
        words = w.tn(f"sheet.turns.{name}", count)
        for side, one in (("before", before), ("after", after)):
            if one is not None:
                words = w.t("sheet.joined", one=words, two=w.tn(f"sheet.side.{side}", one.count, pain=w.summary(one)))
        if before is None and after is None:
            words = w.t("sheet.joined", one=words, two=w.t("sheet.nothing_near"))
    return w.t("sheet.of_plan", plan=short(medicine, 30), words=words) if medicine else w.t("sheet.sentence", words=words)


def _flares(w: Writer, found: Report) -> Block:
    one = found.flares
    assert one is not None  # the part was chosen
    if not one.count:
        return _block(w, "flares", [Line(w.t("sheet.flares"), w.t("sheet.nothing"))])
    count = w.t("sheet.with_open", n=one.count, open=one.open) if one.open else str(one.count)
    length = w.tn("sheet.length_of", one.minutes.count, length=w.lengths(one.minutes)) if one.minutes else w.t("sheet.no_end")
    worst = w.t("sheet.nothing")
    if one.worst:
        worst = w.tn("sheet.worst_of", one.worst.count, high=w.number(one.worst.high), summary=w.summary(one.worst))
    lines = [Line(w.t("sheet.flares"), count), Line(w.t("sheet.length"), length), Line(w.t("sheet.worst_label"), worst)]
    words = (("places", "places", one.places), ("triggers", "triggers", one.triggers), ("helped", "options", one.helped))
    lines += [Line(w.t(f"sheet.{name}"), w.counts(group, counts)) for name, group, counts in words]
    return _block(w, "flares", lines)


def _allodynia(w: Writer, found: Report) -> Block:
    before = w.t("sheet.not_asked")
    if found.baseline is not None:
        before = ", ".join(w.label("sheet.touch", one) for one in found.baseline.allodynia) or w.t("sheet.none_noted")
    lines = [Line(w.t("sheet.in_flares"), w.counts("sheet.touch", found.allodynia)), Line(w.t("sheet.before_plan"), before)]
    return _block(w, "allodynia", lines)


def _changes(w: Writer, found: Report) -> Block:
    told: list[tuple[date, Line]] = []
    for plan in found.plans:
        for event in plan.changes:
            on = event_date(event)
            assert on is not None  # the report keeps only events with a day
            what = _change(w, event)
            if len(found.plans) > 1:
                what = w.t("sheet.in_plan", plan=short(plan.medication.name or "", 30), words=what)
            told.append((on, Line(w.day(on), w.t("sheet.said_by", what=what, who=short(event.said_by, NAME)) if event.said_by else what)))
    told.sort(key=lambda one: one[0])
    lines = [line for _, line in told[-CHANGES:]] or [Line(w.t("sheet.changes"), w.t("sheet.no_changes"))]
    return _block(w, "changes", lines, w.tn("sheet.earlier_changes", len(told) - CHANGES) if len(told) > CHANGES else "")


def _change(w: Writer, event: Event) -> str:
    match event:
        case Held():
            return w.t("sheet.change.held")
        case Resumed():
            return w.t("sheet.change.resumed_later" if event.shift_later_dates else "sheet.change.resumed")
        case Revised():
            return w.t("sheet.change.revised")
        case StepStarted():
            return w.t("sheet.change.started")
        case Closed():
            return w.t("sheet.change.closed")
    raise AssertionError(event)  # an activation has no day


def _peg(w: Writer, found: Report) -> Block:
    pegs = found.pegs
    if not pegs:
        return _block(w, "peg", [Line(w.t("sheet.weekly"), w.t("sheet.nothing"))], w.t("sheet.peg_note"))
    lines = [Line(w.t("sheet.first"), w.t("sheet.peg_on", mean=w.number(pegs[0].mean), day=w.day(pegs[0].day)))]
    if len(pegs) > 1:
        lines.append(Line(w.t("sheet.last"), w.t("sheet.peg_on", mean=w.number(pegs[-1].mean), day=w.day(pegs[-1].day))))
        values = w.t("sheet.oldest_first", values=", ".join(w.number(one.mean) for one in pegs[-WEEKS:]))
        cut = len(pegs) > WEEKS
        lines.append(Line(w.t("sheet.weekly"), w.t("sheet.latest", n=WEEKS, of=len(pegs), words=values) if cut else values))
    return _block(w, "peg", lines, w.t("sheet.peg_note"))


def _body(w: Writer, found: Report) -> Block:
    text = w.tn("sheet.of_check_ins", found.check_ins, signs=w.counts("body", found.body, 7)) if found.check_ins else w.t("sheet.nothing")
    return _block(w, "body", [Line(w.t("sheet.signs"), text)])


def _background(w: Writer, found: Report) -> Block:
    lines: list[Line] = []
    if found.has("condition") and not found.has("patterns"):
        lines.append(Line(w.t("sheet.cause"), _said(w, found, SAID)))
    if found.has("health"):
        for name in ("conditions", "risks"):
            noted = getattr(found.health, name) if found.health else ()
            words = w.some([w.label(name, one) for one in noted], NAMED) or w.t("sheet.none_noted")
            lines.append(Line(w.t(f"sheet.{name}"), words))
    if found.has("before"):
        lines += _before(w, found)
    if found.naloxone is not None:
        lines.append(Line(w.t("sheet.naloxone"), w.t("sheet.place_known" if found.naloxone else "sheet.place_unknown")))
    return _block(w, "background", lines, w.t("sheet.health_note") if found.has("health") else "")


def _said(w: Writer, found: Report, most: int) -> str:
    told = []
    for one in found.said[-most:][::-1]:
        words = w.label("condition_states", one.state).lower()
        who = w.t("sheet.said_by", what=words, who=short(one.said_by, NAME)) if one.said_by else words
        told.append(w.t("sheet.dated", what=who, day=w.day(one.day)))
    return "; ".join(told) or w.t("sheet.none_noted")


def _before(w: Writer, found: Report) -> list[Line]:
    kept = [one for plan in found.plans[:PLANS] for one in plan.history]
    lines = []
    for one in kept[-HISTORY:]:
        ends = w.typed_span(one.from_ or "", one.to or "")
        text = short(one.text, TEXT)
        lines.append(Line(w.t("sheet.before_plan"), w.t("sheet.dated", what=text, day=ends) if ends else text))
    pain = found.baseline.pain if found.baseline else None
    lines.append(Line(w.t("sheet.pain_before"), w.t("sheet.of_ten", n=pain) if pain is not None else w.t("sheet.not_asked")))
    return lines
