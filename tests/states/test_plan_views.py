"""A plan as the screens show it: every line in words that are ready, no sum that says something else."""

from datetime import date
from decimal import Decimal

import pytest

from taper_app.domain.ledger import preview_days
from taper_app.domain.wire import plan_from_wire
from taper_app.states.plan_views import Reader, day_views, end_view, medicine_view, show_day, step_view
from tests.builders import PLAN_ID, dose, held, ledger, medication, needed, on, plan, scenario, step

READER = Reader(date(2026, 11, 20))


def test_dates_are_said_with_the_year_only_where_it_is_another() -> None:
    """Mon 7 Dec this year; the year is named when it differs."""
    assert show_day(date(2026, 12, 7), READER) == "Mon 7 Dec"
    assert show_day(date(2027, 1, 1), READER) == "Fri 1 Jan 2027"
    assert show_day(None, READER) == ""


def test_a_step_is_told_with_its_length_and_its_plain_sum() -> None:
    """The first example: ten days, 165 mg a day, tablets as the label counts them."""
    view = step_view(plan_from_wire(scenario("1_tablets_by_time_of_day")["plan"]), 1, READER)
    assert (view.starts, view.days, view.total, view.unit) == ("Mon 2 Nov", 10, "165", "mg")
    first = view.lines[0].doses[0]
    assert (first.at, first.amount, first.parts[0].count, first.parts[0].strength) == ("morning", "60", "4", "15")


def test_the_last_step_of_a_plan_that_stops_has_a_length() -> None:
    """The last day is the last day with doses."""
    assert step_view(plan(step(1, "15"), ends="stop", last=10), 1, READER).days == 10
    assert step_view(plan(step(1, "15")), 1, READER).days == 0


@pytest.mark.parametrize("name", ["3_patch", "8_alternating"])
def test_no_daily_sum_where_days_differ(name: str) -> None:
    """A patch's rate and days that take turns have no "a day"."""
    assert step_view(plan_from_wire(scenario(name)["plan"]), 1, READER).total == ""


def test_no_daily_sum_while_an_amount_is_blank() -> None:
    """A sum of what is known would be wrong."""
    assert step_view(plan(step(1, dose(None), dose("15", "20:00"))), 1, READER).total == ""


def test_as_needed_is_shown_and_never_summed() -> None:
    """What may be taken is not part of the day."""
    view = step_view(plan(step(1, "15", as_needed=(needed("5", for_="strong pain", at_most=2),))), 1, READER)
    assert view.total == "15"
    assert (view.needed[0].amount, view.needed[0].purpose, view.needed[0].at_most) == ("5", "strong pain", "2")


def test_doses_stand_in_the_order_of_the_day() -> None:
    """Typed in any order, read in order of time."""
    view = step_view(plan(step(1, dose("1", "bedtime"), dose("2", "08:00"), dose("3", "noon"))), 1, READER)
    assert [d.at for d in view.lines[0].doses] == ["08:00", "noon", "bedtime"]


def test_the_end_in_words() -> None:
    """Each end carries its own date, and no other."""
    assert end_view(plan(ends="stop", last=3, review_on=on(5)), READER).day == "Wed 4 Nov"
    assert end_view(plan(ends="stay", last=3), READER).day == ""
    assert end_view(plan(ends=None), READER).ends == ""


def test_strengths_are_shown_as_written() -> None:
    """No trailing zeros, no rounding."""
    made = plan(medication=medication(strengths=(Decimal("7.50"), Decimal("100"))))
    assert medicine_view(made).strengths == "7.5, 100"


def test_days_that_read_alike_are_one_line_and_none_is_lost() -> None:
    """Fourteen days come back as fourteen, however they are gathered."""
    made = ledger(plan())
    views = day_views(preview_days(made, held(5), on(5)), "mg", READER)
    assert [(v.day, v.last, v.days, v.status) for v in views] == [("Fri 6 Nov", "Thu 19 Nov", 14, "held")]
    patch = ledger(plan_from_wire(scenario("3_patch")["plan"]))
    views = day_views(preview_days(patch, held(2), on(2)), "mcg/h", READER)
    assert sum(v.days for v in views) == 14
    assert {len(v.doses) for v in views} == {0, 1}
    assert PLAN_ID not in repr(views)
