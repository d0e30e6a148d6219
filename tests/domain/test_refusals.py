"""Each named refusal, once, where API.md asks for it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime

import pytest

from taper_app.domain import errors
from taper_app.domain.events import Activated, Event, Ledger
from taper_app.domain.ledger import append, require_draft, status
from taper_app.domain.schedule import schedule, timeline
from taper_app.domain.timeline import segment_on
from tests.builders import activated, closed, dose, held, ledger, on, plan, resumed, revised, started, step

UNDATED = (step(1, "30"), step(None, "15", starts_when="when the box is empty"))

CASES: list[tuple[str, Callable[[], Ledger], Event, type[errors.Refusal], str]] = [
    ("a draft takes no events", lambda: Ledger(plan()), held(2), errors.IsDraft, "is_draft"),
    ("activation happens once", ledger, activated(), errors.NotDraft, "not_draft"),
    ("a hold needs an active day", ledger, held(0), errors.NotActive, "not_active"),
    ("no hold in a hold", lambda: ledger(plan(), held(3)), held(5), errors.HoldOpen, "hold_open"),
    (
        "no hold before the last resumption",
        lambda: ledger(plan(), held(3), resumed(9)),
        held(8),
        errors.OutOfOrder,
        "out_of_order",
    ),
    (
        "no hold before the latest revision",
        lambda: ledger(plan(), revised(9, step(9, "20"))),
        held(8),
        errors.OutOfOrder,
        "out_of_order",
    ),
    ("nothing to resume", ledger, resumed(3), errors.NoOpenHold, "no_open_hold"),
    (
        "no resumption before the hold",
        lambda: ledger(plan(), held(5)),
        resumed(4),
        errors.ResumeBeforeHold,
        "resume_before_hold",
    ),
    (
        "a revision ends the hold",
        lambda: ledger(plan(), held(5), revised(8, step(8, "20"))),
        resumed(9),
        errors.NoOpenHold,
        "no_open_hold",
    ),
    (
        "a revision at the hold voids it",
        lambda: ledger(plan(), held(5), revised(5, step(5, "20"))),
        resumed(9),
        errors.NoOpenHold,
        "no_open_hold",
    ),
    (
        "a revision starts on its own day",
        ledger,
        revised(9, step(10, "20")),
        errors.NotEffectiveOn,
        "not_effective_on",
    ),
    ("a revision has no blanks", ledger, revised(9, step(9, dose(None))), errors.PlanBlank, "no_amount"),
    ("no step waits", ledger, started(20), errors.NoUndatedStep, "no_undated_step"),
    (
        "no step starts in a hold",
        lambda: ledger(plan(*UNDATED), held(5)),
        started(9),
        errors.HoldOpen,
        "hold_open",
    ),
    (
        "a step starts after the one before",
        lambda: ledger(plan(*UNDATED)),
        started(1),
        errors.NotAfterStep,
        "not_after_step",
    ),
    (
        "no step starts before the last resumption",
        lambda: ledger(plan(*UNDATED), held(5), resumed(9)),
        started(8),
        errors.OutOfOrder,
        "out_of_order",
    ),
    (
        "no step starts after the end",
        lambda: ledger(plan(*UNDATED), closed(9)),
        started(9),
        errors.NotActive,
        "not_active",
    ),
    (
        "what is ended is not closed",
        lambda: ledger(plan(ends="stop", last=20)),
        closed(21),
        errors.NotActive,
        "not_active",
    ),
    (
        "an instant has a zone",
        ledger,
        replace(held(3), recorded_at=datetime(2026, 1, 1)),  # noqa: DTZ001  # the very thing refused
        errors.Invalid,
        "instant_without_zone",
    ),
]


@pytest.mark.parametrize(("_name", "before", "event", "kind", "code"), CASES, ids=[c[0] for c in CASES])
def test_refused_by_name(
    _name: str, before: Callable[[], Ledger], event: Event, kind: type[errors.Refusal], code: str
) -> None:
    """Each rule of the ledger refuses with its own class and code, and leaves the ledger as it was."""
    made = before()
    kept = made.events
    with pytest.raises(kind) as caught:
        append(made, event)
    assert caught.value.code == code
    assert made.events == kept


def test_activation_names_each_blank() -> None:
    """Activation is refused while there is a blank, naming each one by its field."""
    draft = Ledger(
        plan(
            step(5, dose(None, "08:00"), dose("10", None)),
            step(5, "15"),
            step(None),
            ends=None,
        )
    )
    with pytest.raises(errors.PlanBlank) as caught:
        append(draft, activated())
    assert [(b.field, b.code) for b in caught.value.blanks] == [
        ("steps.0.doses.0.amount", "no_amount"),
        ("steps.0.doses.1.at", "no_time"),
        ("steps.1.starts_on", "not_rising"),
        ("steps.2.starts_on", "no_start"),
        ("steps.2.doses", "no_doses"),
        ("ends", "no_end"),
    ]
    assert caught.value.kind == "invalid"


@pytest.mark.parametrize(
    ("made", "blank"),
    [
        (plan(ends="stop"), ("last_day", "no_last_day")),
        (plan(ends="stop", last=10), ("last_day", "last_day_too_early")),
        (plan(ends="review"), ("review_on", "no_review_date")),
        (replace(plan(), steps=()), ("steps", "no_steps")),
        (replace(plan(), medication=replace(plan().medication, unit=None)), ("medication.unit", "no_unit")),
        (replace(plan(), medication=replace(plan().medication, name=None)), ("medication.name", "no_name")),
    ],
)
def test_one_blank(made: object, blank: tuple[str, str]) -> None:
    """An end without its date, no steps, no unit and no name each keep a plan a draft."""
    with pytest.raises(errors.PlanBlank) as caught:
        append(Ledger(made), activated())  # type: ignore[arg-type]
    assert [(b.field, b.code) for b in caught.value.blanks] == [blank]


def test_a_window_holds_800_days() -> None:
    """800 days are answered, 801 are refused, and so is a window that runs backwards."""
    assert len(schedule(ledger(), date(2026, 1, 1), date(2028, 3, 10))) == 800
    with pytest.raises(errors.WindowTooLong):
        schedule(ledger(), date(2026, 1, 1), date(2028, 3, 11))
    with pytest.raises(errors.Invalid, match="window_backwards"):
        schedule(ledger(), date(2026, 1, 2), date(2026, 1, 1))


def test_only_a_draft_is_rewritten() -> None:
    """An active plan is neither rewritten nor deleted."""
    require_draft(Ledger(plan()))
    with pytest.raises(errors.NotDraft):
        require_draft(ledger())


def test_status_by_date() -> None:
    """A plan is a draft until activated, active before it begins and on hold, and ended after its end."""
    stop = plan(ends="stop", last=20)
    assert status(Ledger(stop), on(30)) == "draft"
    assert [status(ledger(stop), on(n)) for n in (-5, 1, 20, 21)] == ["active", "active", "active", "ended"]
    assert status(ledger(stop, held(15)), on(30)) == "active"
    assert status(ledger(stop, closed(5)), on(5)) == "ended"


def test_a_hold_wins_over_the_end() -> None:
    """A held step stays past the last day; resumed without a shift the old end counts again."""
    stop = plan(ends="stop", last=20)
    on_hold = ledger(stop, held(15))
    assert segment_on(timeline(on_hold), on(40)).status == "held"
    assert segment_on(timeline(append(on_hold, resumed(30))), on(30)).status == "ended"
    shifted = append(on_hold, resumed(30, shift=True))
    assert segment_on(timeline(shifted), on(35)).status == "active"
    assert segment_on(timeline(shifted), on(36)).status == "ended"


def test_resumption_on_the_day_of_the_hold_cancels_it() -> None:
    """A hold that is resumed on its own first day leaves no trace in the schedule."""
    assert schedule(ledger(plan(), held(5), resumed(5, shift=True)), on(1), on(30)) == schedule(
        ledger(), on(1), on(30)
    )


def test_the_running_step_keeps_its_rhythm() -> None:
    """A dose every three days keeps its days through a hold, and a later step moves with its start."""
    every = plan(step(1, "50", every_days=3), step(11, "25", every_days=3))
    made = ledger(every, held(6), resumed(10, shift=True))
    due = [(d.date - on(1)).days + 1 for d in schedule(made, on(1), on(24)) if d.doses]
    assert due == [1, 4, 7, 10, 13, 15, 18, 21, 24]


def test_activation_has_no_date() -> None:
    """A plan activated in the middle counts its earlier days."""
    late = append(Ledger(plan()), Activated(recorded_at=datetime.fromisoformat("2026-12-24T10:00:00+01:00")))
    assert schedule(late, on(1), on(20)) == schedule(ledger(), on(1), on(20))
