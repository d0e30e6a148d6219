"""JSON in: everything is read or refused by name, whatever it is."""

from __future__ import annotations

import copy
from contextlib import suppress
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from taper_app.domain.amounts import parse_amount, show_amount
from taper_app.domain.errors import Invalid, InvalidMany, NotConfirmed, Refusal
from taper_app.domain.event_wire import EVENT_TYPES
from taper_app.domain.events import Ledger
from taper_app.domain.wire import event_from_wire, event_to_wire, plan_from_wire, plan_to_wire
from tests.builders import scenario
from tests.domain.strategies import ledgers

LEAVES = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=20)
    | st.sampled_from(
        [
            "2026-02-29",
            "7.5",
            "-1",
            "NaN",
            "1e9",
            "morning",
            "24:00",
            "\x00",
            "\ud800",
            "9" * 5000,
            "stop",
            "mg",
            "patch",
        ]
    )
)
WORDS = (
    "medication name unit form strengths steps starts_on starts_when doses at amount parts strength count "
    "cycle every_days as_needed at_most per_hours ends last_day review_on history from to text type on "
    "effective_on recorded_at said_by"
)
KEYS = st.sampled_from(WORDS.split()) | st.text(max_size=5)
JSON = st.recursive(
    LEAVES,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(KEYS, inner, max_size=6),
    max_leaves=25,
)


@given(JSON)
def test_any_json_is_a_plan_or_a_refusal(value: object) -> None:
    """Reading any JSON value as a plan gives a plan or a refusal, and a plan comes back equal."""
    try:
        plan = plan_from_wire(value)
    except Refusal:
        return
    assert plan_from_wire(plan_to_wire(plan)) == plan


@given(JSON, st.none() | st.sampled_from(EVENT_TYPES))
def test_any_json_is_an_event_or_a_refusal(value: object, kind: str | None) -> None:
    """Reading any JSON value as an event gives an event or a refusal."""
    try:
        event = event_from_wire(
            value, kind=kind, recorded_at=datetime(2026, 11, 1, tzinfo=UTC) if kind else None
        )
    except Refusal:
        return
    assert event_from_wire(event_to_wire(event)) == event


@given(st.data())
def test_a_mutated_plan_is_a_plan_or_a_refusal(data: st.DataObject) -> None:
    """Replacing any one value of a good plan with any JSON value gives a plan or a refusal."""
    body: Any = copy.deepcopy(
        scenario(data.draw(st.sampled_from(["7_with_rescue_doses", "8_alternating"])))["plan"]
    )
    here = body
    for _ in range(data.draw(st.integers(0, 5))):
        keys = list(here) if isinstance(here, dict) else list(range(len(here)))
        deeper = [k for k in keys if isinstance(here[k], dict | list) and here[k]]
        if not deeper:
            break
        here = here[data.draw(st.sampled_from(deeper))]
    keys = list(here) if isinstance(here, dict) else list(range(len(here)))
    here[data.draw(st.sampled_from(keys))] = data.draw(JSON)
    with suppress(Refusal):
        plan_from_wire(body)


@given(ledgers())
def test_ledgers_come_back_equal(ledger: Ledger) -> None:
    """A ledger written as JSON reads back equal, event by event."""
    again = Ledger(
        plan_from_wire(plan_to_wire(ledger.plan)),
        tuple(event_from_wire(event_to_wire(e)) for e in ledger.events),
    )
    assert again == ledger


def changed(path: str, value: object) -> dict[str, Any]:
    body: Any = scenario("2_to_nothing")["plan"]
    here = body
    *way, last = path.split(".")
    for name in way:
        here = here[int(name)] if isinstance(here, list) else here[name]
    if isinstance(here, list):
        here[int(last)] = value
    else:
        here[last] = value
    return body  # type: ignore[no-any-return]


@pytest.mark.parametrize(
    ("path", "value", "code"),
    [
        ("medication.unit", "grains", "unknown_unit"),
        ("medication.unit", "MG", "unknown_unit"),
        ("medication.form", "pill", "unknown_form"),
        ("medication.name", 7, "wrong_type"),
        ("medication.name", "a\x00b", "control_character"),
        ("medication.name", "a\ud800b", "control_character"),
        ("medication.name", "x" * 201, "too_long"),
        ("steps.0.starts_on", "2027-02-29", "not_a_date"),
        ("steps.0.starts_on", "2026-1-1", "not_a_date"),
        ("steps.0.starts_on", "0001-01-01", "date_out_of_range"),
        ("steps.0.doses.0.amount", 7.5, "wrong_type"),
        ("steps.0.doses.0.amount", True, "wrong_type"),
        ("steps.0.doses.0.amount", "-1", "not_an_amount"),
        ("steps.0.doses.0.amount", "0.0", "amount_not_above_zero"),
        ("steps.0.doses.0.amount", "NaN", "not_an_amount"),
        ("steps.0.doses.0.amount", "1e3", "not_an_amount"),
        ("steps.0.doses.0.amount", "7,5", "not_an_amount"),
        ("steps.0.doses.0.amount", "\u0667", "not_an_amount"),
        ("steps.0.doses.0.amount", "1234567", "amount_too_long"),
        ("steps.0.doses.0.amount", "0.00001", "amount_too_long"),
        ("steps.0.doses.0.at", "24:00", "not_a_time"),
        ("steps.0.doses.0.at", "8:00", "not_a_time"),
        ("steps.0.doses.1.at", "morning", "same_time_twice"),
        ("steps.0.doses.0.parts.0.count", 0.5, "wrong_type"),
        ("steps.0.doses.0.parts.0.count", None, "missing"),
        ("steps.0.every_days", 0, "out_of_range"),
        ("steps.0.every_days", 91, "out_of_range"),
        ("steps.0.cycle", [[], []], "cycle_and_doses"),
        ("steps.0.colour", "red", "unknown_key"),
        ("steps.0.starts_when", "soon", "date_and_starts_when"),
        ("steps", {}, "wrong_type"),
        ("ends", "fade", "unknown_end"),
    ],
)
def test_one_wrong_value_is_named(path: str, value: object, code: str) -> None:
    """One wrong value in a good plan is refused with its code and its field."""
    with pytest.raises(InvalidMany) as caught:
        plan_from_wire(changed(path, value))
    assert (path, code) in [(e.field, e.code) for e in caught.value.errors]


def test_a_date_after_an_open_one_is_refused() -> None:
    """After a step that waits for words, every later step waits too."""
    body = scenario("6_dates_unknown")["plan"]
    body["steps"][2] |= {"starts_on": "2026-12-01", "starts_when": None}
    with pytest.raises(InvalidMany) as caught:
        plan_from_wire(body)
    assert [(e.field, e.code) for e in caught.value.errors] == [("steps.2.starts_on", "dated_after_undated")]


def test_all_errors_at_once() -> None:
    """Every wrong value is named in one go, so that a form can show each beside its field."""
    body = changed("ends", "fade")
    body["medication"]["unit"] = "x"
    body["steps"][1]["doses"][0]["amount"] = "much"
    with pytest.raises(InvalidMany) as caught:
        plan_from_wire(body)
    assert {e.field for e in caught.value.errors} == {"ends", "medication.unit", "steps.1.doses.0.amount"}


def test_an_empty_draft_is_read() -> None:
    """A plan of blanks is a draft, not an error."""
    assert plan_from_wire({}).steps == ()
    assert plan_from_wire({"medication": None, "steps": [{"doses": [{}]}]}).steps[0].doses[0].amount is None


def test_an_activation_is_confirmed() -> None:
    """A plan is not activated without the words that it was confirmed with the prescriber."""
    for body in ({}, {"confirmed_with_prescriber": False}, {"confirmed_with_prescriber": "true"}):
        with pytest.raises(NotConfirmed):
            event_from_wire(body, kind="activated", recorded_at=datetime(2026, 1, 1, tzinfo=UTC))


def test_who_said_so_is_needed() -> None:
    """A hold without who said so is refused, and one without a reason is not."""
    now = datetime(2026, 1, 1, tzinfo=UTC)
    with pytest.raises(InvalidMany) as caught:
        event_from_wire({"from": "2026-11-05"}, kind="held", recorded_at=now)
    assert [(e.field, e.code) for e in caught.value.errors] == [("said_by", "missing")]
    assert (
        event_from_wire({"from": "2026-11-05", "said_by": "Dr. Osei"}, kind="held", recorded_at=now).reason
        is None
    )


@given(st.decimals("0.0001", "999999", places=4))
def test_amounts_come_back_equal(amount: Decimal) -> None:
    """An amount that is shown reads back as the same amount, without an exponent."""
    assert parse_amount(show_amount(amount)) == amount


@pytest.mark.parametrize(
    ("given_", "shown"), [("7.50", "7.5"), ("30.0", "30"), ("100", "100"), ("007.5", "7.5")]
)
def test_amounts_are_shown_plainly(given_: str, shown: str) -> None:
    """Amounts lose only zeros that say nothing."""
    assert show_amount(parse_amount(given_)) == shown
    assert show_amount(Decimal("1E+2")) == "100"


def test_an_unknown_unit_never_defaults() -> None:
    """A medication made by hand with an unknown unit is refused too."""
    from tests.builders import medication

    with pytest.raises(Invalid, match="unknown_unit"):
        medication(unit="tsp")
