"""What is typed into the plan's forms becomes the wire's JSON, and what is wrong is refused by name beside its input."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from taper_app.domain.errors import InvalidMany
from taper_app.domain.wire import plan_from_wire, plan_to_wire
from taper_app.states import plan_forms as forms
from tests.builders import scenario, scenario_names


def refused(wire: dict[str, Any]) -> dict[str, str]:
    """The codes with which the domain refuses, by field; {} when it does not."""
    try:
        plan_from_wire({"medication": {"unit": "mg"}, **wire})
    except InvalidMany as refusal:
        return {one.field or "": one.code for one in refusal.errors}
    return {}


def step_refused(form: dict[str, str]) -> dict[str, str]:
    """The codes by the input that they stand beside."""
    parsed = forms.step(form, "mg")
    return {parsed.place(field.removeprefix("steps.0.")): code for field, code in refused({"steps": [parsed.wire]}).items()}


def fields_of(step: dict[str, Any]) -> dict[str, str]:
    """A step typed into the form, as the browser sends it."""
    rhythm = "cycle" if step["cycle"] else "every" if step["every_days"] > 1 else "every_day"
    form = {
        "starts_by": "date" if step["starts_on"] else "when",
        "starts_on": step["starts_on"] or "",
        "starts_when": step["starts_when"] or "",
        "until": step["until"] or "",
        "rhythm": rhythm,
        "every_days": str(step["every_days"]) if step["every_days"] > 1 else "",
        "note": step["note"] or "",
    }
    for d, doses in enumerate(step["cycle"] or [step["doses"]]):
        for i, dose in enumerate(doses):
            id = f"cycle-{d}-{i}" if step["cycle"] else f"doses-{i}"
            clock = ":" in dose["at"]
            form |= {f"{id}-at": "clock" if clock else dose["at"], f"{id}-time": dose["at"] if clock else ""}
            form |= {f"{id}-amount": dose["amount"], f"{id}-volume": dose["volume"] or ""}
            form |= {f"{id}-count-{part['strength']}": part["count"] for part in dose["parts"]}
    for i, line in enumerate(step["as_needed"]):
        form |= {f"as_needed-{i}-{name}": str(value or "") for name, value in line.items()}
    return form


@pytest.mark.parametrize("name", scenario_names())
def test_every_example_plan_can_be_typed(name: str) -> None:
    """The steps of each example, typed field by field, are the steps of the example."""
    plan = scenario(name)["plan"]
    unit = plan["medication"]["unit"]
    typed = [forms.step(fields_of(step), unit).wire for step in plan["steps"]]
    assert plan_to_wire(plan_from_wire(plan | {"steps": typed})) == plan_to_wire(plan_from_wire(plan))


def test_a_form_is_text_by_name_and_nothing_else() -> None:
    """What a socket can send beside a form reads as nothing typed."""
    for rubbish in (None, 3, "x", [], ["a", "b"], float("nan")):
        assert forms.typed(rubbish) == {}
    assert forms.typed({"a": "b", "c": 3, 4: "d", "e" * 90: "f", "g": None, "h": ["i"]}) == {"a": "b"}
    assert len(forms.typed({"a": "b" * 10**6})["a"]) == forms.MOST_TEXT
    assert len(forms.typed({str(n): "" for n in range(10_000)})) == forms.MOST_NAMES


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("30", "30"),
        ("30 mg", "30"),
        ("30mg", "30"),
        (" 7.5 ", "7.5"),
        ("", None),
        ("   ", None),
        ("30 mcg", "30 mcg"),
        ("30 MG", "30"),
        ("30 g", "30 g"),
        ("thirty", "thirty"),
        ("mg", "mg"),
        ("7,5", "7,5"),
    ],
)
def test_an_amount_loses_its_own_unit_only(text: str, read: str | None) -> None:
    """An amount in another unit stays as it was typed, so that it is refused and never converted."""
    assert forms.amount(text, "mg") == read


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("2", "2"),
        ("0.5", "0.5"),
        ("1/2", "0.5"),
        ("½", "0.5"),
        ("1 1/2", "1.5"),
        ("1½", "1.5"),
        ("1 ½", "1.5"),
        ("half", "0.5"),
        ("1/4", "0.25"),
        ("0", None),
        ("0.0", None),
        ("", None),
        ("11/2", "11/2"),
        ("3/2", "3/2"),
        ("two", "two"),
        ("-1", "-1"),
    ],
)
def test_a_count_may_be_a_fraction_as_labels_write_it(text: str, read: str | None) -> None:
    """Halves and quarters are read; what is not plainly one of them is left for the domain to refuse."""
    assert forms.count(text) == read


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("15", ["15"]),
        ("15, 30", ["15", "30"]),
        ("15,30", ["15", "30"]),
        ("15 mg and 30 mg", ["15", "30"]),
        ("15 30", ["15", "30"]),
        ("15 mg; 30 mcg", ["15", "30 mcg"]),
        ("", []),
        ("1,000", ["1,000"]),
        ("15,", ["15"]),
    ],
)
def test_strengths_are_read_as_labels_list_them(text: str, read: list[str]) -> None:
    """Several strengths in one line; a thousands comma is no second strength."""
    assert forms.strengths(text, "mg") == read


@pytest.mark.parametrize(
    ("field", "text", "code"),
    [
        ("doses-0-amount", "NaN", "not_an_amount"),
        ("doses-0-amount", "-5", "not_an_amount"),
        ("doses-0-amount", "1e3", "not_an_amount"),
        ("doses-0-amount", "30 mcg", "not_an_amount"),
        ("doses-0-amount", "0", "amount_not_above_zero"),
        ("doses-0-amount", "9" * 5000, "not_an_amount"),
        ("doses-0-amount", "1234567", "amount_too_long"),
        ("doses-0-time", "25:00", "not_a_time"),
        ("doses-0-count-15", "two", "not_an_amount"),
        ("starts_on", "2027-02-29", "not_a_date"),
        ("starts_on", "02/28/2027", "not_a_date"),
        ("starts_on", "1066-10-14", "date_out_of_range"),
        ("starts_on", "x" * 5000, "not_a_date"),
        ("note", "x" * 5000, "too_long"),
        ("until", "x" * 5000, "too_long"),
        ("as_needed-0-at_most", "two", "wrong_type"),
        ("as_needed-0-at_most", "0", "out_of_range"),
        ("as_needed-0-per_hours", "99999", "out_of_range"),
        ("as_needed-0-amount", "inf", "not_an_amount"),
    ],
)
def test_what_is_malformed_is_refused_beside_its_input(field: str, text: str, code: str) -> None:
    """One wrong value is one named refusal, at the input where it was typed."""
    found = step_refused({"starts_by": "date", "rhythm": "every_day", field: text})
    place = field.replace("-time", "-at")
    assert found == {place: code}


def test_29_february_of_a_leap_year_is_a_date() -> None:
    """29 February is accepted where it exists."""
    assert step_refused({"starts_by": "date", "starts_on": "2028-02-29"}) == {}


def test_blanks_are_kept_as_blanks() -> None:
    """A step in which hardly anything was typed is still a step of a draft."""
    wire = forms.step({"doses-0-at": "clock", "doses-0-time": "", "doses-0-amount": "15"}, "mg").wire
    assert wire["starts_on"] is None and wire["doses"] == [{"at": None, "amount": "15", "parts": [], "volume": None}]
    assert step_refused({}) == {}


def test_an_empty_row_is_no_dose_and_errors_keep_their_rows() -> None:
    """A row without text is passed over, and a refusal still names the row it was typed in."""
    found = step_refused({"doses-0-amount": "", "doses-1-amount": "x", "as_needed-3-at_most": "y"})
    assert found == {"doses-1-amount": "not_an_amount", "as_needed-3-at_most": "wrong_type"}


def test_the_part_of_the_day_wins_over_a_clock_time_that_is_hidden() -> None:
    """A time left behind in the field that is not shown any more is not read."""
    form = {"doses-0-at": "morning", "doses-0-time": "08:00", "doses-0-amount": "1"}
    assert forms.step(form, "mg").wire["doses"][0]["at"] == "morning"


def test_days_that_take_turns_are_read_only_while_they_do() -> None:
    """What was typed for a second day stays out when every day is alike."""
    rows = {"cycle-1-0-amount": "7.5", "cycle-1-0-at": "bedtime"}
    alike = forms.step({"rhythm": "every_day", "doses-0-amount": "10", "doses-0-at": "bedtime", **rows}, "mg").wire
    turns = forms.step({"rhythm": "cycle", "cycle-0-0-amount": "10", "cycle-0-0-at": "bedtime", **rows}, "mg").wire
    assert (len(alike["doses"]), alike["cycle"]) == (1, [])
    assert ([day[0]["amount"] for day in turns["cycle"]], turns["doses"]) == (["10", "7.5"], [])


def test_every_few_days_needs_its_number() -> None:
    """Nothing stands in for the number of days."""
    assert step_refused({"rhythm": "every", "every_days": ""}) == {"every_days": "wrong_type"}
    assert step_refused({"rhythm": "every", "every_days": "0"}) == {"every_days": "out_of_range"}
    assert forms.step({"rhythm": "every", "every_days": "3"}, None).wire["every_days"] == 3


def test_the_answer_about_the_start_decides_which_field_counts() -> None:
    """A date and a "when" are never both sent, once the question is answered."""
    both = {"starts_on": "2026-11-02", "starts_when": "when the box is empty"}
    assert forms.step(both | {"starts_by": "date"}, None).wire["starts_when"] is None
    assert forms.step(both | {"starts_by": "when"}, None).wire["starts_on"] is None


def test_the_end_keeps_only_its_own_date() -> None:
    """Stop has a last day, review a date of review, stay neither."""
    dates = {"last_day": "2026-12-01", "review_on": "2026-12-02"}
    assert forms.end({"ends": "stop", **dates}).wire == {"ends": "stop", "last_day": "2026-12-01", "review_on": None}
    assert forms.end({"ends": "review", **dates}).wire == {"ends": "review", "last_day": None, "review_on": "2026-12-02"}
    assert forms.end({"ends": "stay", **dates}).wire == {"ends": "stay", "last_day": None, "review_on": None}
    assert forms.end({}).wire == {"ends": None, "last_day": None, "review_on": None}
    assert refused(forms.end({"ends": "never"}).wire) == {"ends": "unknown_end"}


def test_going_on_does_not_answer_for_the_patient() -> None:
    """Whether the later dates move is unknown until it is answered."""
    assert forms.event({"on": "2026-11-25"}, "resume").wire["shift_later_dates"] is None
    assert forms.event({"shift_later_dates": "no"}, "resume").wire["shift_later_dates"] is False
    assert forms.event({"on": "2026-11-15"}, "hold").wire["from"] == "2026-11-15"


@given(st.dictionaries(st.text(max_size=30), st.text(max_size=60), max_size=12))
def test_no_form_breaks_the_parsers(form: dict[str, str]) -> None:
    """Whatever is sent becomes JSON that the domain reads or refuses by name."""
    for parsed in (forms.step(form, "mg"), forms.medicine(form), forms.end(form)):
        refused({"steps": [parsed.wire]} if "doses" in parsed.wire else parsed.wire)


@given(
    st.lists(st.sampled_from(["doses-0-at", "doses-9-amount", "cycle-0-0-amount", "rhythm", "as_needed-2-for", "doses-0-count-15"])),
    st.text(max_size=20),
)
def test_no_value_in_a_known_field_breaks_them_either(names: list[str], text: str) -> None:
    """Known names with odd values are read or refused, and every refusal finds a place."""
    assert all(isinstance(place, str) for place in step_refused(dict.fromkeys(names, text)))


def test_steps_are_put_in_changed_and_taken_out_by_number() -> None:
    """Numbers count from 1; a number beyond the end means the end."""
    steps = [{"n": 1}, {"n": 2}]
    assert forms.steps_with(steps, 2, {"n": 9}, new=True) == [{"n": 1}, {"n": 9}, {"n": 2}]
    assert forms.steps_with(steps, 2, {"n": 9}, new=False) == [{"n": 1}, {"n": 9}]
    assert forms.steps_with(steps, 99, {"n": 9}, new=True) == [{"n": 1}, {"n": 2}, {"n": 9}]
    assert forms.steps_without(steps, 1) == [{"n": 2}]
    assert forms.steps_without(steps, 0) == steps
