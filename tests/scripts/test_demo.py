"""`make demo`: three believable months, on whatever day it is run."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from scripts import demo
from taper_app.data.engine import session_scope
from taper_app.domain.access import Patient
from taper_app.domain.events import Held, Resumed, Revised
from taper_app.services import plans, shares
from taper_app.services.entries import list_entries

NOW = datetime(2026, 11, 23, 18, 0, tzinfo=UTC)


def test_three_months_of_a_life_are_there(folder: Path) -> None:
    """At least 90 days with entries, 12 flares, a hold with its resumption, a revision, a share; the plan is half-way."""
    made = demo.fill(NOW)
    ana = Patient(made.account)
    with session_scope() as session:
        (line,) = plans.list_plans(session, ana, NOW)
        plan = plans.get_plan(session, ana, line.id, NOW)
        pages, cursor = [], None
        while True:
            page = list_entries(session, ana, cursor, 500)
            pages += page.entries
            cursor = page.next
            if cursor is None:
                break
        (share,) = shares.list_shares(session, ana, NOW)
    assert line.status == "active"
    assert {Held, Resumed, Revised} <= {type(event) for event in plan.events}
    assert len({entry.at[:10] for entry in pages}) >= 90
    assert len({entry.id for entry in pages if entry.kind == "flare" and entry.changes is None}) >= 12
    assert share.state == "open"
    current = plan.current.steps
    assert current[0].starts_on
    assert current[0].starts_on <= NOW.date() < (plan.current.last_day or date.min)


@pytest.mark.parametrize(
    "now",
    [
        datetime(2027, 3, 14, 7, 30, tzinfo=UTC),  # the hour that is not there
        datetime(2026, 11, 1, 5, 30, tzinfo=UTC),  # the hour that is there twice
        datetime(2028, 2, 29, 4, 59, tzinfo=UTC),
        datetime(2027, 1, 1, 5, 0, tzinfo=UTC),
    ],
    ids=str,
)
def test_any_day_will_do(folder: Path, now: datetime) -> None:
    """The demo is made around today, whatever the calendar says."""
    assert demo.fill(now).logins == ("ana", "sam")


def test_a_database_with_somebody_in_it_is_left_alone(folder: Path) -> None:
    """A second demo is refused, and nothing is added."""
    made = demo.fill(NOW)
    with pytest.raises(SystemExit, match="empty"):
        demo.fill(NOW + timedelta(days=1))
    with session_scope() as session:
        assert len(plans.list_plans(session, Patient(made.account), NOW)) == 1
