"""Several server processes over one database, one after the other and side by side: nothing is lost, nothing is doubled."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from taper_app.data import engine
from tests.services.carers import Carer, alert, say
from tests.services.push_service import Browser, PushService
from tests.services.ringers import EIGHT, remind, states, subscribe, tick
from tests.services.world import NOW, Person, sign_up

ROOT = Path(__file__).parents[2]
Start = Callable[..., subprocess.Popen[bytes]]


@pytest.fixture
def start(world_database: engine.Database, service: PushService) -> Start:
    """Starts a process that looks once over the database of this test."""
    writer = world_database.writer
    mine = {**os.environ, "TAPER_PUSH_HOSTS": service.netloc, "PYTHONPATH": str(ROOT)}
    # Its key lies in the folder that the database holds, on a server too.
    mine["TAPER_DATA"] = str(Path(world_database.held.name).parent)
    if writer.dialect.name != "sqlite":
        mine["DATABASE_URL"] = writer.url.render_as_string(hide_password=False)

    def run(what: str, now: datetime, dies: str = "") -> subprocess.Popen[bytes]:
        command = [sys.executable, "-m", "tests.services.look_once", what, now.isoformat(), *([dies] if dies else [])]
        return subprocess.Popen(command, env=mine, cwd=ROOT)

    return run


@pytest.mark.parametrize(("dies", "pushes"), [("before", 1), ("after", 2)])
@pytest.mark.promise(16)
def test_a_new_process_goes_on_where_one_died(
    service: PushService, ana: Person, phone: Browser, start: Start, dies: str, pushes: int
) -> None:
    """Dead before its push, the next process rings; dead after it, the phone gets the same tag twice and shows it once."""
    assert start("reminders", EIGHT, dies).wait(60) == 9
    assert states(ana) == ["open"]
    tick(EIGHT + timedelta(minutes=3))
    assert start("reminders", EIGHT + timedelta(minutes=6)).wait(60) == 0
    assert states(ana) == ["sent"]
    found = service.read(phone)
    assert (len(found), len({one["tag"] for one in found})) == (pushes, 1)


def test_processes_side_by_side_ring_once(service: PushService, start: Start) -> None:
    """Two processes look at the same moment: each of four phones rings once."""
    logins = ("ana", "bea", "cleo", "dora")
    for login in logins:
        person = sign_up(login)
        remind(person, ("check_in", "08:00"))
        subscribe(person, service.browser(login))
    running = [start("reminders", EIGHT) for _ in range(2)]
    assert [one.wait(60) for one in running] == [0, 0]
    assert sorted(path for path, _, _ in service.came) == [f"/push/{login}" for login in logins]


@pytest.mark.parametrize(("dies", "pushes"), [("before", 1), ("after", 2)])
def test_an_alert_survives_the_process_that_took_it(service: PushService, start: Start, dies: str, pushes: int) -> None:
    """Dead before its push, the next process alerts; dead after it, the browser gets the same tag twice and shows it once."""
    person = sign_up()
    sam = Carer(person)
    sam.choose(alerts={"company": True})
    browser = sam.subscribe(service.browser())
    say(person, "company", NOW)
    assert start("alerts", NOW, dies).wait(60) == 9
    assert sam.states() == [("company", "open")]
    alert(NOW + timedelta(minutes=3))
    assert start("alerts", NOW + timedelta(minutes=6)).wait(60) == 0
    assert sam.states() == [("company", "sent")]
    found = service.read(browser)
    assert (len(found), len({one["tag"] for one in found})) == (pushes, 1)


def test_processes_side_by_side_alert_once(service: PushService, start: Start) -> None:
    """Two processes look at the same moment: each of four caregivers is alerted once."""
    for login in ("ana", "bea", "cleo", "dora"):
        person = sign_up(login)
        sam = Carer(person)
        sam.choose(alerts={"company": True})
        sam.subscribe(service.browser(login))
        say(person, "company", NOW)
    running = [start("alerts", NOW) for _ in range(2)]
    assert [one.wait(60) for one in running] == [0, 0]
    assert len(service.came) == 4
