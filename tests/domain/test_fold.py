"""The schedule against the slow model, over random ledgers."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from taper_app.domain.errors import Refusal
from taper_app.domain.events import Event, Ledger, event_date, plan_of
from taper_app.domain.ledger import append, preview_days
from taper_app.domain.schedule import Day, schedule, segments
from tests.builders import on
from tests.domain import model
from tests.domain.strategies import events, ledgers, plans

FIRST, LAST = on(-10), on(320)


def as_model(day: Day) -> model.Line:
    return (day.status, day.revision, day.step, frozenset((d.at, d.amount) for d in day.doses))


@given(ledgers())
def test_schedule_equals_the_model(ledger: Ledger) -> None:
    """Every day of every ledger reads as a calendar does that each event in turn rewrites from its own date
    on.
    """
    book = model.replay(ledger, FIRST, LAST)
    for day in schedule(ledger, FIRST, LAST):
        assert as_model(day) == book.calendar[day.date], day.date


@given(ledgers(), events())
def test_refusals_equal_the_model(ledger: Ledger, event: Event) -> None:
    """An event is refused exactly when the rules say so, with the code they say."""
    expected = model.refusal(model.replay(ledger, FIRST, LAST), event)
    try:
        append(ledger, event)
        found = None
    except Refusal as refusal:
        found = refusal.code
    assert found == expected


@given(ledgers(), events())
def test_the_past_never_changes(ledger: Ledger, event: Event) -> None:
    """Days before an event's own date read the same after it as before it."""
    try:
        after = append(ledger, event)
    except Refusal:
        return
    day = event_date(event)
    assert day is not None
    last = day - timedelta(days=1)
    assert schedule(after, FIRST, last) == schedule(ledger, FIRST, last)


@given(ledgers())
def test_no_dose_is_made_up(ledger: Ledger) -> None:
    """Every dose that is due stands word for word in the step that the day names."""
    for day in schedule(ledger, FIRST, LAST):
        if day.step is None:
            assert day.doses == ()
            continue
        step = plan_of(ledger, day.revision).steps[day.step - 1]
        written = [*step.doses, *(dose for one in step.cycle for dose in one)]
        for due in day.doses:
            assert any(
                (due.at, due.amount, due.parts, due.volume) == (w.at, w.amount, w.parts, w.volume)
                for w in written
            )
            assert due.unit == "mg"


@given(ledgers(), events())
def test_preview_equals_what_follows(ledger: Ledger, event: Event) -> None:
    """The 14 days shown before anything is saved are the 14 days that are read once it is."""
    try:
        shown = preview_days(ledger, event, on(1))
    except Refusal:
        return
    day = event_date(event)
    assert day is not None
    assert shown == schedule(append(ledger, event), day, day + timedelta(days=13))


@given(ledgers(), st.integers(-10, 200), st.integers(0, 50))
def test_windows_agree(ledger: Ledger, start: int, length: int) -> None:
    """A day reads the same in whatever window it is asked for."""
    whole = schedule(ledger, FIRST, LAST)
    part = schedule(ledger, on(start), on(start + length))
    assert part == whole[start + 10 : start + length + 11]


@given(plans())
def test_draft_reads_as_if_active(plan: object) -> None:
    """A draft's schedule is the schedule it would have once active."""
    from taper_app.domain.plan import Plan
    from tests.builders import activated

    assert isinstance(plan, Plan)
    draft = Ledger(plan)
    assert schedule(draft, FIRST, LAST) == schedule(append(draft, activated()), FIRST, LAST)


@given(ledgers())
def test_segments_follow_one_another(ledger: Ledger) -> None:
    """Segments cover every day once: none is empty and none is missing."""
    line = segments(ledger)
    assert line[0].first == date.min and line[-1].last is None
    for one, two in pairwise(line):
        assert one.last is not None
        assert one.first <= one.last
        assert one.last + timedelta(days=1) == two.first
