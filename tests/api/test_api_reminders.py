"""Reminders over HTTP: the calendar link that needs no cookie, and a push to the phone that asks."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from icalendar import Calendar

from taper_app.api.ticking import ticking
from taper_app.services import pushing, ringing
from tests.api.phone import clock, phone, signed_up
from tests.services.push_service import PushService, allowed_push_service
from tests.services.world import NOW

LIST = {"reminders": [{"kind": "check_in", "at": "12:00"}]}


@pytest.fixture
def service(monkeypatch: pytest.MonkeyPatch) -> Iterator[PushService]:
    """A push service that the host allows."""
    with allowed_push_service(monkeypatch) as found:
        yield found


def link(client: Any) -> str:
    """The path of a new calendar link."""
    url: str = client.post("/api/v1/calendar", json={}).json()["url"]
    assert url.startswith("http://127.0.0.1:3000/calendar/") and url.endswith(".ics")
    return url.removeprefix("http://127.0.0.1:3000")


def test_a_calendar_program_needs_only_the_link() -> None:
    """Without any cookie the link gives a calendar that no cache keeps."""
    ana = signed_up()
    assert ana.put("/api/v1/reminders", json=LIST).status_code == 200
    answer = phone().get(link(ana))
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "text/calendar; charset=utf-8"
    assert answer.headers["cache-control"] == "no-store"
    assert len(Calendar.from_ical(answer.content).walk("VEVENT")) == 1
    assert ana.get("/api/v1/reminders").json()["has_calendar"] is True


def test_unknown_and_ended_links_look_the_same() -> None:
    """An ended link, a replaced one and rubbish get one and the same 404."""
    ana = signed_up()
    replaced, ended = link(ana), link(ana)
    assert ana.delete("/api/v1/calendar").status_code == 204
    paths = (replaced, ended, "/calendar/x.ics", "/calendar/x", "/calendar/%00.ics", f"/calendar/{'x' * 3000}.ics", ended[:-4])
    answers = [phone().get(path) for path in paths]
    assert {(one.status_code, one.text, one.headers["cache-control"]) for one in answers} == {(404, "Not found", "no-store")}
    assert ana.delete("/api/v1/calendar").status_code == 204


@pytest.mark.promise(7)
def test_the_link_is_in_no_log(caplog: pytest.LogCaptureFixture) -> None:
    """Whatever the answer, no log line holds the token."""
    caplog.set_level(logging.DEBUG)
    ana = signed_up()
    path = link(ana)
    phone().get(path)
    phone().get(path + "x")
    ours = [line for line in caplog.messages if path.split("/")[-1][:20] in line and not line.startswith("HTTP Request")]
    assert ours == []  # the test's own client writes "HTTP Request"


def test_a_phone_rings_when_asked(service: PushService) -> None:
    """Subscribed, the test push arrives; its words name nothing, and nothing can be answered to it."""
    ana = signed_up()
    browser = service.browser()
    assert ana.get("/api/v1/push/key").json() == {"key": pushing.public_key(), "here": False}
    assert ana.post("/api/v1/push/test").json()["error"]["code"] == "not_subscribed"
    assert ana.post("/api/v1/push/subscriptions", json=browser.subscription).status_code == 204
    assert ana.get("/api/v1/push/key").json()["here"] is True
    assert ana.post("/api/v1/push/test").status_code == 204
    [found] = service.read(browser)
    assert found["body"] == "This is how a reminder looks."
    assert ana.delete("/api/v1/push/subscriptions").status_code == 204
    assert ana.post("/api/v1/push/test").json()["error"]["code"] == "not_subscribed"


def test_a_test_that_does_not_go_out_says_so(service: PushService) -> None:
    """503 is told by name and may be tried again; 410 takes the subscription out."""
    ana = signed_up()
    ana.post("/api/v1/push/subscriptions", json=service.browser().subscription)
    service.answers = [503, 410]
    for _ in range(2):
        answer = ana.post("/api/v1/push/test")
        assert (answer.status_code, answer.json()["error"]["code"]) == (409, "push_failed")
    assert ana.get("/api/v1/push/key").json()["here"] is False


def test_later_and_done_come_from_the_notification(service: PushService) -> None:
    """The token in the push is what "later" and "done" send back."""
    ana = signed_up()
    browser = service.browser()
    ana.post("/api/v1/push/subscriptions", json=browser.subscription)
    ana.put("/api/v1/reminders", json=LIST)
    clock.now = NOW + timedelta(hours=2)  # 12:00 in New York
    ringing.send_due_reminders(clock, pushing.send)
    token = {"token": service.read(browser)[0]["token"]}
    assert ana.post("/api/v1/reminders/later", json=token).json() == {"at": "2026-11-23T17:15:00Z"}
    assert ana.post("/api/v1/reminders/done", json=token).status_code == 204
    assert signed_up("bea").post("/api/v1/reminders/done", json=token).status_code == 404


def test_signing_out_in_another_browser_ends_its_ringing(service: PushService) -> None:
    """Ending a session in Settings takes its subscription with it."""
    ana = signed_up()
    ana.post("/api/v1/push/subscriptions", json=service.browser().subscription)
    assert ana.delete("/api/v1/sessions/current").status_code == 204
    ringing.send_due_reminders(lambda: NOW + timedelta(hours=2), pushing.send)
    assert service.came == []


def test_the_server_looks_by_itself(service: PushService) -> None:
    """While the server runs, a reminder that has just come is sent without anybody asking; after a restart it is not sent again."""
    ana = signed_up()
    ana.post("/api/v1/push/subscriptions", json=service.browser().subscription)
    ana.put("/api/v1/reminders", json={"reminders": [{"kind": "check_in", "at": "10:30"}]})

    async def run() -> None:
        looked, loop = asyncio.Event(), asyncio.get_running_loop()

        def look() -> None:
            ringing.send_due_reminders(lambda: NOW + timedelta(minutes=31), pushing.send)
            loop.call_soon_threadsafe(looked.set)

        async with ticking(look):
            await asyncio.wait_for(looked.wait(), 10)

    asyncio.run(run())
    asyncio.run(run())
    assert len(service.came) == 1
