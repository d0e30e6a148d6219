"""Alerts to caregivers, end to end: real subscriptions and encryption, a push service on loopback; each exactly once."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from taper_app.data.engine import session_scope
from taper_app.data.repositories import care as rows
from taper_app.services import care, share_door, shares
from taper_app.services.errors import TooManyBrowsers
from tests.services.carers import Carer, alert, say
from tests.services.push_service import Browser, PushService
from tests.services.world import NOW, Person, at, counts, entry, flare, record, sign_up, uuid

MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
ALL = {"flare": 7, "quiet_days": 3, "company": True}
UNSPOKEN = ("flare", "pain", "morphine", "opioid", "dose", "medicine", "taper plan", "quiet", "company", "day", "7", "8")


@pytest.fixture
def person() -> Person:
    """Ana."""
    return sign_up()


@pytest.fixture
def sam(person: Person) -> Carer:
    """Sam, with every alert chosen and no browser yet."""
    sam = Carer(person, expires_at=(NOW + 90 * DAY).isoformat())
    sam.choose(alerts=ALL)
    return sam


@pytest.fixture
def browser(service: PushService, sam: Carer) -> Browser:
    """Sam's browser."""
    return sam.subscribe(service.browser())


def at_(minutes: int, n: int = 1, **data: Any) -> dict[str, Any]:
    """A flare written some minutes after NOW."""
    return entry(n, "flare", {"started_at": at(minutes / 60), **data}, at=at(minutes / 60))


def test_a_flare_rings_once_and_names_nothing(service: PushService, person: Person, sam: Carer, browser: Browser) -> None:
    """One at the number or above rings once, encrypted, with words that name no cause; one below does not."""
    record(person, at_(5, 1, severity_now=6), at_(6, 2, severity_now=3, severity_worst=8), now=NOW + 6 * MINUTE)
    for n in range(7, 60):
        alert(NOW + n * MINUTE)
    [(_, headers, body)] = service.came
    assert headers["content-encoding"] == "aes128gcm" and b"Ana" not in body
    [found] = service.read(browser)
    assert found["body"] == "Ana shared something with you. Open Taper."
    assert found["url"] == f"/shared?share={sam.id}"
    assert found["tag"] == headers["topic"]
    shown = f"{found['title']} {found['body']}".lower()
    assert not [word for word in UNSPOKEN if word in shown]
    assert sam.states() == [("flare", "sent")]


def test_a_flare_that_grows_rings(service: PushService, person: Person, browser: Browser) -> None:
    """A flare of 4 that is changed to 8 rings; a change of something else in an older one does not."""
    record(person, at_(1, 1, severity_now=4), now=NOW + MINUTE)
    alert(NOW + 2 * MINUTE)
    assert service.came == []
    record(person, entry(2, "flare", {"severity_now": 8}, at=at(0.1), changes=uuid(1)), now=NOW + 6 * MINUTE)
    alert(NOW + 7 * MINUTE)
    assert len(service.came) == 1


def test_what_is_old_rings_nobody(service: PushService, person: Person, browser: Browser) -> None:
    """Flares written before the alert was chosen, or months ago and brought in now, ring nobody; nor does a note on one."""
    months = NOW - 90 * DAY
    old = entry(1, "flare", {"started_at": months.isoformat(), "severity_now": 9}, at=months.isoformat())
    record(person, old, at_(-60, 2, severity_now=9), entry(3, "flare", {"note": "x"}, at=at(0.1), changes=uuid(1)), now=NOW + 6 * MINUTE)
    alert(NOW + 7 * MINUTE)
    assert service.came == []


def test_what_was_taken_back_before_sending_is_not_sent(service: PushService, person: Person, sam: Carer, browser: Browser) -> None:
    """A flare that is retracted, or a word that is unsaid, between the first try and the next is dropped."""
    record(person, at_(1, 1, severity_now=9), now=NOW + MINUTE)
    say(person, "company", NOW + MINUTE)
    service.answers = [503, 503]
    alert(NOW + 2 * MINUTE)
    assert len(service.came) == 2
    record(person, entry(2, "flare", {"retracted": True}, at=at(0.1), changes=uuid(1)), now=NOW + 6 * MINUTE)
    with session_scope() as session:
        care.unsay(session, person.actor, NOW)
    for n in range(7, 30):
        alert(NOW + n * MINUTE)
    assert len(service.came) == 2
    assert sam.states() == [("company", "dropped"), ("flare", "dropped")]


def test_company_rings_each_time_it_is_asked_for(service: PushService, person: Person, sam: Carer, browser: Browser) -> None:
    """ "I need company" goes to shares that have chosen it, once a press; "I'm OK" rings nobody."""
    Carer(person, label="Kim").subscribe(service.browser("kim"))
    say(person, "ok", NOW + MINUTE)
    say(person, "company", NOW + MINUTE)
    for n in (2, 3, 4):
        alert(NOW + n * MINUTE)
    say(person, "company", NOW + HOUR)
    alert(NOW + HOUR + MINUTE)
    assert [one["body"] for one in service.read(browser)] == ["Ana sent you a word. Open Taper."] * 2
    assert len(service.came) == 2


def test_a_silence_rings_once_by_day(service: PushService, person: Person, sam: Carer, browser: Browser) -> None:
    """Three days without a shared entry ring once, not by night; what is not shared does not count; then it starts anew."""
    record(person, at_(1, 1, severity_now=1), now=NOW + MINUTE)
    for hours in range(24 * 6):
        now = NOW + timedelta(hours=hours)
        if hours % 24 == 0:
            note = entry(100 + hours, "note", {"text": "not shared"}, at=now.isoformat())
            record(person, note, now=now)
        alert(now)
        # The 26th begins at 5:00 UTC; nine o'clock in New York is 14:00 UTC.
        assert len(service.came) == (now >= NOW + 3 * DAY - HOUR), now
    assert service.read(browser)[0]["body"] == "There is a note about Ana. Open Taper."
    late = NOW + 6 * DAY
    record(person, entry(2, "flare", {"started_at": late.isoformat()}, at=late.isoformat()), now=late)
    for days in (1, 2, 3, 4):
        alert(late + days * DAY)
    assert len(service.came) == 2


def test_choosing_an_alert_does_not_ring_at_once(service: PushService, person: Person, browser: Browser) -> None:
    """An account that has been silent for long rings only after so many days from the choice."""
    alert(NOW + MINUTE)
    alert(NOW + 2 * DAY)
    assert service.came == []
    alert(NOW + 3 * DAY)
    assert len(service.came) == 1


@pytest.mark.parametrize("how", ["ended", "expired", "narrowed", "unchosen", "closed"])
def test_a_share_that_does_not_show_it_sends_nothing(
    service: PushService, person: Person, sam: Carer, browser: Browser, how: str
) -> None:
    """Between the claim and the next try: a share that ended, was narrowed, or has the alert no more sends nothing."""
    if how == "expired":
        with session_scope() as session:
            body = {"expires_at": (NOW + 3 * MINUTE).isoformat()}
            shares.change_share(session, person.actor, sam.id, body, NOW)
    record(person, at_(1, 1, severity_now=9), now=NOW + MINUTE)
    service.answers = [503]
    alert(NOW + 2 * MINUTE)
    with session_scope() as session:
        if how == "ended":
            shares.revoke_share(session, person.actor, sam.id, NOW + 2 * MINUTE)
        elif how == "narrowed":
            shares.change_share(session, person.actor, sam.id, {"scopes": ["plan_dates"]}, NOW + 2 * MINUTE)
        elif how == "unchosen":
            care.set_care(session, person.actor, sam.id, {"alerts": {"flare": None}}, NOW + 2 * MINUTE)
        elif how == "closed":
            care.unsubscribe(session, sam.token)
    for n in range(4, 60):
        alert(NOW + n * MINUTE)
    assert len(service.came) == 1
    if how == "ended":
        assert counts()["care_push"] == 0


def test_a_push_service_that_is_down_is_tried_again(service: PushService, person: Person, sam: Carer, browser: Browser) -> None:
    """Two refusals, then it is taken; a browser that is gone is forgotten."""
    record(person, at_(1, 1, severity_now=9), now=NOW + MINUTE)
    service.answers = [503, 503]
    for n in range(2, 12):
        alert(NOW + n * MINUTE)
    assert len(service.came) == 3 and sam.states() == [("flare", "sent")]
    service.answers = [410]
    say(person, "company", NOW + HOUR)
    alert(NOW + HOUR)
    assert counts()["care_push"] == 0


def test_five_browsers_a_share(service: PushService, person: Person, sam: Carer) -> None:
    """The sixth browser is refused; the same one twice is one place."""
    with session_scope() as session:
        token = shares.create_share(session, person.actor, {"label": "Kim"}, NOW).token
        cookies = [share_door.open_share(session, token, NOW).token for _ in range(6)]
    for n, cookie in enumerate(cookies[:5]):
        sam.token = cookie
        sam.subscribe(service.browser(str(n)))
        sam.subscribe(service.browser(str(n)))
    sam.token = cookies[5]
    with pytest.raises(TooManyBrowsers):
        sam.subscribe(service.browser("5"))
    with session_scope(write=False) as session:
        looking = sam.looking(session, NOW)
        assert len(rows.pushes(session, looking.actor.share_id)) == 5


def test_alerts_go_to_those_who_were_chosen_only(service: PushService, person: Person, sam: Carer, browser: Browser) -> None:
    """Another share of the same person without alerts, and another person's caregiver, hear nothing."""
    Carer(person, label="Kim").subscribe(service.browser("kim"))
    other = Carer(sign_up("bea"))
    other.choose(alerts=ALL)
    other.subscribe(service.browser("bea"))
    record(person, flare(1, severity_now=9))
    alert(NOW + MINUTE)
    assert [path for path, _, _ in service.came] == ["/push/one"]


def test_no_alert_tells_of_a_flare_from_before_what_is_shown(service: PushService, person: Person) -> None:
    """With "from now on" an older flare is on no page, so getting worse later it rings for nobody either."""
    record(person, at_(-60, 1, severity_now=3))
    sam = Carer(person, scopes=["flares"], back="now")
    sam.choose(alerts={"flare": 5})
    sam.subscribe(service.browser())
    record(person, entry(2, "flare", {"severity_now": 9}, changes=uuid(1), at=at(0.5)), now=NOW + 30 * MINUTE)
    alert(NOW + 31 * MINUTE)
    assert service.came == []
    record(person, at_(40, 3, severity_now=9), now=NOW + 40 * MINUTE)
    alert(NOW + 41 * MINUTE)
    assert len(service.came) == 1
