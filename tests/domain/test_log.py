"""Entries, doses beside the schedule, the guard, and who may see what."""

from __future__ import annotations

import itertools
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from taper_app.domain.access import Caregiver, Patient, Stranger, kinds_for, require
from taper_app.domain.doses import day_doses, logged_in_24h, no_longer_due, unplanned
from taper_app.domain.entries import Entry, fold
from taper_app.domain.errors import Forbidden, Missing
from taper_app.domain.safety import guard
from taper_app.domain.schedule import schedule
from tests.builders import (
    PLAN_ID,
    closed,
    dose_entry,
    entry,
    held,
    ledger,
    needed,
    on,
    plan,
    records,
    resumed,
    step,
)

RESCUE = plan(step(1, "30", as_needed=(needed("5", at_most=2, per_hours=24),)))


def reasons(made: object, *entries: Entry, day: int) -> list[str]:
    found = guard(made, records(*entries), PLAN_ID, on(day))  # type: ignore[arg-type]
    return [r.code for r in found.reasons] if found else []


@given(st.permutations(range(6)))
def test_any_order_of_arrival_folds_alike(order: list[int]) -> None:
    """Devices that sync in any order agree on every record."""
    written = [
        entry("flare", "a", hour=1, severity_now=5, note="x"),
        entry("flare", "b", hour=2, changes="a", severity_now=6),
        entry("flare", "c", hour=3, changes="a", severity_now=7, note=None),
        entry("check_in", "d", hour=3, changes="a", spread="wider"),
        entry("note", "e", hour=1, note="other"),
        entry("note", "f", hour=9, changes="e", retracted=True),
    ]
    flare, note = fold([written[i] for i in order])
    assert (flare.kind, flare.data) == ("flare", {"severity_now": 7, "spread": "wider"})
    assert [e.id for e in flare.history] == ["a", "b", "c", "d"]
    assert note.retracted and note.data == {"note": "other"}


def test_a_change_waits_for_its_first_entry() -> None:
    """A change that arrives before its first entry shows nothing until that arrives."""
    change = entry("note", "b", hour=2, changes="a", note="new")
    assert fold([change]) == []
    assert fold([change, entry("note", "a", note="old")])[0].data == {"note": "new"}


def test_one_id_is_one_entry() -> None:
    """The same id twice is one entry, whatever the second body says."""
    assert [r.data for r in fold([entry(note="first"), entry(note="second")])] == [{"note": "first"}]


def test_changes_are_ordered_by_instant() -> None:
    """The instant counts and not how it is written: an earlier moment in a later-looking zone comes first."""
    first = entry("note", "a", note="0")
    one = replace(entry("note", "z", changes="a", note="1"), at=datetime(2026, 11, 2, 12, tzinfo=UTC))
    two = replace(
        entry("note", "b", changes="a", note="2"),
        at=datetime(2026, 11, 2, 13, tzinfo=timezone(timedelta(hours=2))),
    )
    assert fold([first, one, two])[0].data == {"note": "1"}


def test_a_day_with_its_log() -> None:
    """Each due dose shows what was logged for it; what was not logged is open."""
    made = ledger(plan(step(1, "30", "30", "30", "30")))
    (day,) = schedule(made, on(3), on(3))
    log = records(
        dose_entry("taken", 3, "08:00"),
        dose_entry("taken", 3, "09:00", id="x"),
        dose_entry("taken", 3, "09:00", id="y"),
        dose_entry("skipped", 3, "10:00"),
        dose_entry("taken", 3, "21:00"),
        dose_entry("taken", 3, None),
    )
    assert [d.state for d in day_doses(day, log, PLAN_ID)] == ["taken", "twice", "skipped", "open"]
    assert [d.state for d in day_doses(day, log, "another plan")] == ["open"] * 4
    assert len(unplanned(day, log, PLAN_ID)) == 1
    assert [r.data["due"]["at"] for r in no_longer_due(day, log, PLAN_ID)] == ["21:00"]


def test_taking_off_a_patch_is_no_second_dose() -> None:
    """A patch put on and the old one taken off are one dose; a retracted log counts for nothing."""
    (day,) = schedule(ledger(), on(3), on(3))
    log = [dose_entry("taken", 3, id="a"), dose_entry("removed", 3, id="b")]
    assert day_doses(day, records(*log), PLAN_ID)[0].state == "taken"
    gone = entry("dose", "c", day=4, changes="a", retracted=True)
    assert day_doses(day, records(*log, gone), PLAN_ID)[0].state == "removed"


def test_logged_in_24_hours() -> None:
    """Only unplanned doses that were taken in the last 24 hours are counted."""
    log = records(
        dose_entry("taken", 1, None, hour=8),
        dose_entry("taken", 1, None, hour=10),
        dose_entry("taken", 2, None, hour=7),
        dose_entry("skipped", 2, None, hour=6),
        dose_entry("taken", 2, hour=6),
    )
    assert logged_in_24h(log, PLAN_ID, datetime(2026, 11, 3, 9, tzinfo=UTC)) == 2


def test_guard_opens_above_the_step() -> None:
    """A dose logged above what the step says opens the guard; one as written or below does not."""
    made = ledger()
    assert reasons(made, dose_entry("different", 3, amount="45"), day=3) == ["above_step"]
    assert reasons(made, dose_entry("different", 3, amount="15"), day=3) == []
    assert reasons(made, dose_entry("taken", 3), day=3) == []
    assert reasons(made, dose_entry("taken", 3, None), day=3) == ["above_step"]
    assert reasons(made, dose_entry("different", 3, amount="45"), day=20) == []


def test_guard_and_as_needed_medicine() -> None:
    """As-needed doses open the guard only above their written amount or number."""
    made = ledger(RESCUE)
    three = [dose_entry("taken", 3, None, hour=h, amount="5") for h in (6, 9, 12)]
    assert reasons(made, *three[:2], day=3) == []
    assert reasons(made, *three, day=3) == ["above_step"]
    assert reasons(made, dose_entry("taken", 3, None, amount="10"), day=3) == ["above_step"]


def test_guard_opens_on_skipped_days() -> None:
    """Doses logged as skipped on two days running open the guard; a day between, or silence, does not."""
    made = ledger()
    assert reasons(made, dose_entry("skipped", 3), dose_entry("skipped", 4), day=4) == ["skipped_two_days"]
    assert reasons(made, dose_entry("skipped", 3), dose_entry("skipped", 5), day=5) == []
    assert reasons(made, day=9) == []


def test_guard_opens_after_a_long_hold_and_at_the_end() -> None:
    """Going on after seven days held opens the guard, after six it does not; the end opens it too."""
    assert reasons(ledger(plan(), held(3), resumed(10)), day=10) == ["resumed_after_hold"]
    assert reasons(ledger(plan(), held(3), resumed(9)), day=9) == []
    assert reasons(ledger(plan(), held(3)), day=30) == []
    assert reasons(ledger(plan(), closed(9)), day=9) == ["at_end"]
    assert reasons(ledger(plan(ends="stop", last=20)), day=20) == []


def test_a_caregiver_sees_the_scopes_and_changes_nothing() -> None:
    """A caregiver reads what is in scope; all else is forbidden, and another account looks unknown."""
    helper = Caregiver("s", "ana", frozenset({"flares"}))
    require(helper, "ana", "read", "flares")
    for action, scope in itertools.product(("read", "write"), ("plan", "doses", None)):
        with pytest.raises(Forbidden):
            require(helper, "ana", action, scope)  # type: ignore[arg-type]
    with pytest.raises(Forbidden):
        require(helper, "ana", "write", "flares")
    for actor in (Stranger(), Patient("ben"), Caregiver("s", "ben", frozenset({"flares"}))):
        with pytest.raises(Missing):
            require(actor, "ana", "read", "flares")
    require(Patient("ana"), "ana", "write")
    assert kinds_for(frozenset({"plan", "flares"})) == {"flare"}
