"""Whenever somebody looks, whatever the push service says, and wherever a process dies: each date rings once or is noted as missed."""

from __future__ import annotations

from datetime import timedelta

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from taper_app.services import ringing
from taper_app.services.pushing import Outcome, Push
from tests.services import world
from tests.services.push_service import Browser
from tests.services.ringers import EIGHT, remind, states, subscribe

OUTCOMES = ("sent", "again", "dies")
looks = st.lists(st.tuples(st.integers(1, 90), st.sampled_from(OUTCOMES)), min_size=1, max_size=30)


class Killed(BaseException):
    """The process was killed here."""


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(looks)
def test_each_date_rings_once_or_is_missed(world_database: object, story: list[tuple[int, str]]) -> None:
    """One that was taken is never sent again; what nobody took in its hour is missed; a day in peace ends with a ring."""
    world.empty()
    ana = world.sign_up()
    remind(ana, ("check_in", "08:00"))
    subscribe(ana, Browser("https://fcm.googleapis.com/fcm/send/one"))
    taken: list[str] = []
    here = {"now": EIGHT - timedelta(minutes=30)}

    def look(minutes: int, outcome: str) -> None:
        here["now"] += timedelta(minutes=minutes)

        def send(push: Push) -> Outcome:
            tag = str(push.payload["tag"])
            # Nothing goes out again once it was noted, only after a death that nobody could note.
            assert tag not in taken
            if outcome.startswith("dies"):
                raise Killed
            if outcome == "again":
                return "again"
            taken.append(tag)
            return "sent"

        ringing.send_due_reminders(lambda: here["now"], send)

    for minutes, outcome in story:
        try:
            look(minutes, outcome)
        except Killed:
            assert outcome == "dies"
    # At last the server runs for a day in peace, and looks often enough.
    for _ in range(27):
        look(55, "sent")
    assert set(states(ana)) <= {"sent", "missed"}
    assert states(ana)[-1] == "sent"
    # What is older than three days is forgotten.
    assert states(ana).count("sent") <= len(taken)
