"""Random plans and ledgers for the property tests: small, but with every kind of step and event."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any

from hypothesis import strategies as st

from taper_app.domain.errors import Refusal
from taper_app.domain.events import Event, Ledger
from taper_app.domain.ledger import append
from taper_app.domain.plan import Dose, Plan, Step
from taper_app.domain.schedule import timeline
from tests.builders import activated, closed, held, medication, on, resumed, revised, started

TIMES = ("08:00", "20:00", "noon", "bedtime")


@st.composite
def doses(draw: st.DrawFn, least: int = 1) -> tuple[Dose, ...]:
    times = draw(st.lists(st.sampled_from(TIMES), min_size=least, max_size=3, unique=True))
    # Every amount is drawn from many, so that a dose from the wrong step is seen.
    return tuple(Dose(at, Decimal(draw(st.integers(1, 999))) / 10) for at in times)


@st.composite
def steps(draw: st.DrawFn, first_day: int | None = None) -> tuple[Step, ...]:
    """One to four steps with rising dates; a tail of them may be undated."""
    count = draw(st.integers(1, 4))
    dated = count if draw(st.booleans()) else draw(st.integers(1, count))
    made, day = [], first_day if first_day is not None else draw(st.integers(1, 20))
    for k in range(count):
        shape = draw(st.sampled_from(["daily", "daily", "every", "cycle"]))
        cycle = tuple(draw(st.lists(doses(least=0), min_size=2, max_size=4))) if shape == "cycle" else ()
        if not any(cycle):
            cycle = ()
        made.append(
            Step(
                on(day) if k < dated else None,
                None if k < dated else "when the box is empty",
                doses=() if cycle else draw(doses()),
                every_days=draw(st.integers(2, 5)) if shape == "every" and not cycle else 1,
                cycle=cycle,
            )
        )
        day += draw(st.integers(1, 15))
    return tuple(made)


@st.composite
def ends(draw: st.DrawFn, of: tuple[Step, ...]) -> dict[str, Any]:
    """stop on a day after the last start, stay, or review."""
    how = draw(st.sampled_from(["stop", "stop", "stay", "review"]))
    last = max(s.starts_on for s in of if s.starts_on)
    after = (last - on(1)).days + 1 + draw(st.integers(0, 20))
    return {
        "ends": how,
        "last_day": on(after) if how == "stop" else None,
        "review_on": on(after) if how == "review" else None,
    }


@st.composite
def plans(draw: st.DrawFn) -> Plan:
    made = draw(steps())
    return Plan(medication(), "Dr. Osei", steps=made, **draw(ends(made)))


@st.composite
def events(draw: st.DrawFn) -> Event:
    """Any event on any day; whether it is accepted depends on the ledger."""
    day = draw(st.integers(1, 90))
    match draw(st.sampled_from(["hold", "hold", "resume", "resume", "revise", "start", "close"])):
        case "hold":
            return held(day)
        case "resume":
            return resumed(day, draw(st.booleans()))
        case "start":
            return started(day)
        case "close":
            # Late more often than not, or little would be left to test.
            return closed(day + 40)
        case _:
            made = draw(steps(first_day=day))
            return replace(revised(day, *made), **draw(ends(made)))


@st.composite
def likely(draw: st.DrawFn, ledger: Ledger) -> Event:
    """An event that fits what is recorded: holds within steps and on their first days, then resumptions."""
    line = timeline(ledger)
    if line.held_from is not None and draw(st.integers(0, 5)):
        day = (line.held_from - on(1)).days + 1
        return resumed(day + draw(st.integers(0, 15)), draw(st.booleans()))
    turns = [(s.first - on(1)).days + 1 for s in line.segments if s.status == "active"]
    if not turns or not draw(st.integers(0, 3)):
        return draw(events())
    day = draw(st.sampled_from(turns)) + draw(st.sampled_from([0, 0, 1, 2, 5]))
    if None in line.programme.starts and draw(st.booleans()):
        return started(day + draw(st.integers(1, 12)))
    return held(day)


@st.composite
def ledgers(draw: st.DrawFn, most: int = 7) -> Ledger:
    """A ledger as append let it grow: refused events are left out."""
    ledger = append(Ledger(draw(plans())), activated())
    for _ in range(draw(st.integers(0, most))):
        try:
            ledger = append(ledger, draw(likely(ledger)))
        except Refusal:
            continue
    return ledger
