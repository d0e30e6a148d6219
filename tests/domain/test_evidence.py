"""Pain beside the plan, held against what anybody could count by hand."""

from __future__ import annotations

import itertools
import statistics
from collections import Counter
from datetime import date, timedelta
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from taper_app.domain.evidence import Summary, align, bins, by_step, clip, level_changes, middle, pain_by_day, summarise
from taper_app.domain.facts import Facts, read_facts
from taper_app.domain.overview import MOST_POINTS, overview, series, window
from taper_app.domain.patterns import patterns
from taper_app.domain.stairs import Stair, stairs
from tests.builders import closed, entry, held, ledger, on, plan, records, resumed, step
from tests.domain.strategies import ledgers

DAY = timedelta(days=1)
KINDS = ("thermal", "mechanical", "tactile", "clothing")


@st.composite
def logs(draw: st.DrawFn) -> Facts:
    """Check-ins and flares on the days 1 to 60; some are taken out again."""
    lines = []
    for n in range(draw(st.integers(0, 25))):
        day = draw(st.integers(1, 60))
        if draw(st.booleans()):
            lines.append(entry("check_in", f"{n}", day=day, pain=draw(st.none() | st.integers(0, 10))))
        else:
            data = {
                "severity_now": draw(st.none() | st.integers(0, 10)),
                "allodynia": draw(st.lists(st.sampled_from(KINDS), unique=True)),
                "places": draw(st.lists(st.sampled_from(["head", "neck", "skin"]), max_size=3)),
                "spread": draw(st.sampled_from(["", "same_place", "wider", "new_place"])),
            }
            lines.append(entry("flare", f"{n}", day=day, **data))
        if not draw(st.integers(0, 4)):
            lines.append(entry("note", f"{n}x", day=61, changes=f"{n}", retracted=True))
    return read_facts(records(*lines))


@given(st.lists(st.integers(0, 10), min_size=1, max_size=30))
def test_the_middle_is_the_median(values: list[int]) -> None:
    """To a tenth, between the lowest and the highest."""
    found = summarise(values)
    assert found is not None and float(found.middle) == statistics.median(values) == float(middle(values))
    assert found.low == min(values) <= found.middle <= max(values) == found.high and found.count == len(values)


def test_of_nothing_there_is_no_summary() -> None:
    """None, and not a nought."""
    assert summarise([]) is None


@given(ledgers(), logs(), st.integers(1, 40), st.integers(0, 30))
def test_steps_add_up(book: object, facts: Facts, first: int, more: int) -> None:
    """Every day of the window lies on at most one stair; what is on the stairs is what happened on their days."""
    laid = stairs(book)  # type: ignore[arg-type]
    a, b = on(first), on(first + more)
    steps = by_step(laid, facts.within(a, b), a, b)
    days = [one.stair.first + n * DAY for one in steps for n in range(one.days)]
    assert len(days) == len(set(days)) and all(a <= day <= b for day in days)
    covered, pain = set(days), pain_by_day(facts)
    assert sum(one.logged for one in steps) == len(covered & pain.keys())
    flares = [one for one in facts.flares if one.day in covered]
    assert sum(one.flares for one in steps) == len(flares)
    assert sum((Counter(one.allodynia) for one in steps), Counter()) == Counter(kind for one in flares for kind in one.allodynia)
    assert sum(one.wider + one.new_place for one in steps) == sum(one.spread in ("wider", "new_place") for one in flares)
    assert all(one.logged <= one.days and (one.pain is None) == (one.logged == 0) for one in steps)
    assert all(one.pain.low <= one.pain.middle <= one.pain.high for one in steps if one.pain)


@given(ledgers(), logs())
def test_a_line_never_crosses_a_neighbouring_change(book: object, facts: Facts) -> None:
    """Every day of a line belongs to the stairs on the two sides of its change; it holds what was logged, nothing else."""
    laid = stairs(book)  # type: ignore[arg-type]
    changes = level_changes(laid, on(60))
    pain = pain_by_day(facts)
    found = align(changes, pain)
    assert len(found.changes) == len(found.lines) and len(found.changes) + found.silent == len(changes)
    for change, line in zip(found.changes, found.lines, strict=True):
        for offset, value in line:
            day = change.on + offset * DAY
            assert pain[day] == value and -7 <= offset <= 14
            level = next((one.level for one in reversed(laid) if one.first <= day), "before the plan")
            assert level == (change.after if offset >= 0 else change.before)
    assert found.logged == sum(one.pain.count for one in found.days)


def test_a_pause_is_no_change_and_an_end_is_one() -> None:
    """The level stays through a hold; the fall to nothing counts."""
    book = ledger(plan(step(1, "30"), step(11, "20")), held(5), resumed(8), closed(20))
    changes = level_changes(stairs(book), on(40))
    assert [(one.on, one.before, one.after, one.direction) for one in changes] == [
        (on(11), Decimal(30), Decimal(20), "down"), (on(20), Decimal(20), Decimal(0), "down"),
    ]  # fmt: skip


@given(st.integers(0, 9000), st.integers(1, 200))
def test_bins_cover_the_window_once(length: int, most: int) -> None:
    """No day is left out and none is counted twice, however long it is."""
    first, last = date(2019, 5, 13), date(2019, 5, 13) + length * DAY
    cut = bins(first, last, most)
    assert (cut[0][0], cut[-1][1]) == (first, last)
    assert all(one[0] <= one[1] for one in cut)
    assert all(one[1] + DAY == two[0] for one, two in itertools.pairwise(cut))
    assert len(cut) <= max(most, length // 365 + 2)


@given(ledgers(), logs())
def test_the_panels_agree_with_each_other(book: object, facts: Facts) -> None:
    """The four panels and the overview count the same days and the same flares."""
    laid, a, b = stairs(book), on(1), on(60)  # type: ignore[arg-type]
    found, whole = patterns(laid, facts, a, b), overview(laid, facts, a, b)
    assert (found.days, found.flares) == (whole.logged, whole.flare_count)
    assert sum(one.logged for one in found.severity) == len(whole.pain.points) == (whole.level.count if whole.level else 0)
    assert sum(one.flares for one in found.places) == found.flares == sum(count for _, count in whole.flares)
    assert sum(one.wider + one.new_place for one in found.places) == sum(one.spread != "same_place" for one in found.spread)
    assert all(one.places.get(place, 0) <= one.flares for one in found.places for place in one.places)


def test_many_days_are_drawn_as_stretches() -> None:
    """Up to the bound a point a day, beyond it stretches; every logged day is in exactly one."""
    values = {on(1) + n * DAY: Decimal(n % 11) for n in range(MOST_POINTS + 1)}
    few = series(values, on(1), on(MOST_POINTS))
    assert (len(few.points), few.bins) == (MOST_POINTS, ())
    many = series(values, on(1), on(MOST_POINTS + 1))
    assert many.points == () and sum(one.logged for one in many.bins) == MOST_POINTS + 1
    assert all(one.pain is None or isinstance(one.pain, Summary) for one in many.bins)


def test_a_day_without_entries_has_no_point() -> None:
    """It is left out, not drawn as nought."""
    facts = read_facts(records(entry("check_in", "a", day=1, pain=0), entry("check_in", "b", day=3, pain=4)))
    assert overview([], facts, on(1), on(4)).pain.points == ((on(1), Decimal("0")), (on(3), Decimal("4")))


@given(ledgers(), st.integers(-5, 70), st.sampled_from(["all", "month", "week", "step"]), st.integers(1, 30), st.integers(0, 40))
def test_a_window_lies_within_all_days_and_can_be_turned(book: object, at: int, zoom: str, first: int, more: int) -> None:
    """Turning later and later from the first stretch shows every day up to the last, in order, and ends."""
    laid, a, b = stairs(book), on(first), on(first + more)  # type: ignore[arg-type]
    found = window(zoom, on(at), laid, a, b)  # type: ignore[arg-type]
    assert a <= found.first <= found.last <= b
    seen = 0
    while found.later is not None:
        follows = window(found.zoom, found.later, laid, a, b)
        assert follows.last > found.last and follows.first <= found.last + DAY
        found, seen = follows, seen + 1
        assert seen < 100
    assert found.last == b
    while found.earlier is not None:
        before = window(found.zoom, found.earlier, laid, a, b)
        assert before.first < found.first and before.last >= found.first - DAY
        found = before


@given(ledgers(), st.integers(1, 40), st.integers(0, 30))
def test_clipped_stairs_lie_in_the_window(book: object, first: int, more: int) -> None:
    """Each has two ends inside it and the level it had."""
    laid: list[Stair] = stairs(book)  # type: ignore[arg-type]
    cut = clip(laid, on(first), on(first + more))
    assert all(on(first) <= one.first <= (one.last or date.max) <= on(first + more) for one in cut)
    assert {(one.level, one.status) for one in cut} <= {(one.level, one.status) for one in laid}
