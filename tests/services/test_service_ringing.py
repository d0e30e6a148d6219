"""Ringing, end to end: real subscriptions, real encryption, a push service on loopback; each reminder exactly once."""

from __future__ import annotations

import base64
import json
import threading
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from py_vapid import Vapid02

from taper_app.data.engine import session_scope
from taper_app.services import accounts, pushing, reminders, ringing
from taper_app.services.errors import InQuietHours, NoMoreSnoozes, ReminderMissing
from taper_app.services.pushing import Outcome, Push
from tests.services.push_service import Browser, PushService
from tests.services.ringers import EIGHT, remind, sign_in, snooze, states, subscribe, tick
from tests.services.world import NOW, Person, active_plan, counts, draft, plan_body, sign_up

MINUTE = timedelta(minutes=1)
UNSPOKEN = ("morphine", "opioid", "dose", "mg", "tablet", "pain", "medicine", "taper plan", "60", "osei")


class Killed(BaseException):
    """The process was killed here."""


def test_a_reminder_reaches_the_phone_encrypted(service: PushService, ana: Person, phone: Browser) -> None:
    """The phone alone can read it; the service sees an hour to live, urgency, a topic; the words name nothing."""
    tick(EIGHT - timedelta(seconds=1))
    assert service.came == []
    tick(EIGHT + timedelta(seconds=5))
    [(_, headers, body)] = service.came
    assert headers["content-encoding"] == "aes128gcm"
    assert (headers["ttl"], headers["urgency"]) == ("3595", "high")
    assert b"reminder" not in body and b"Taper" not in body
    [found] = service.read(phone)
    assert set(found) == {"title", "body", "tag", "url", "token", "again", "actions"}
    assert (found["title"], found["body"], found["url"]) == ("A reminder from Taper", "Something to look at today.", "/")
    assert [one["action"] for one in found["actions"]] == ["done", "later"]
    assert found["tag"] == headers["topic"] and len(headers["topic"]) == 32
    shown = " ".join([found["title"], found["body"], *(one["title"] for one in found["actions"])]).lower()
    assert not [word for word in UNSPOKEN if word in shown]
    assert states(ana) == ["sent"]


def test_the_push_is_signed_by_this_server(service: PushService, phone: Browser) -> None:
    """The VAPID token is for this push service, names a contact, ends within a day, and verifies with the key browsers get."""
    tick(EIGHT)
    [(_, headers, _body)] = service.came
    assert Vapid02.verify(headers["authorization"])
    fields = dict(part.split("=", 1) for part in headers["authorization"].removeprefix("vapid ").split(","))
    assert fields["k"] == pushing.public_key()
    claims = json.loads(base64.urlsafe_b64decode(fields["t"].split(".")[1] + "=="))
    assert claims["aud"] == f"http://{service.netloc}"
    assert claims["sub"] == "mailto:taper@localhost"
    assert timedelta() < datetime.fromtimestamp(claims["exp"], UTC) - datetime.now(UTC) < timedelta(days=1)


def test_it_rings_once_however_often_somebody_looks(service: PushService, phone: Browser) -> None:
    """Looking every minute for an hour and a half, and again on the next day, rings once a day."""
    for n in range(90):
        tick(EIGHT + n * MINUTE)
    assert len(service.came) == 1
    tick(EIGHT + timedelta(days=1))
    assert len(service.came) == 2


def test_every_phone_of_the_account_rings(service: PushService, ana: Person, phone: Browser) -> None:
    """Two browsers ring, a third that never asked does not, and nobody else's does."""
    sign_in(ana)
    tablet = subscribe(ana, service.browser("tablet"), sign_in(ana))
    bea = sign_up("bea")
    subscribe(bea, service.browser("bea"))
    tick(EIGHT)
    assert sorted(path for path, _, _ in service.came) == ["/push/one", "/push/tablet"]
    assert service.read(phone)[0]["token"] == service.read(tablet)[0]["token"]


@pytest.mark.parametrize(
    ("body", "on", "rings"),
    [
        ({}, "2026-11-19", False),
        ({}, "2026-11-20", True),
        ({"ends": "stop", "last_day": "2026-12-12"}, "2026-12-12", True),
        ({"ends": "stop", "last_day": "2026-12-12"}, "2026-12-13", False),
    ],
)
def test_doses_ring_within_the_plan_only(service: PushService, body: dict[str, Any], on: str, rings: bool) -> None:
    """Not before the first day, not after the last."""
    early = datetime(2026, 11, 18, tzinfo=UTC)
    ana = sign_up(now=early)
    active_plan(ana, plan_body(**body), now=early)
    remind(ana, ("dose", "08:00"), now=early)
    subscribe(ana, service.browser(), now=early)
    tick(datetime.fromisoformat(f"{on}T08:00-05:00"))
    assert len(service.came) == rings
    assert states(ana) == (["sent"] if rings else ["silent"])


def test_drafts_ring_for_nobody_and_check_ins_need_no_plan(service: PushService) -> None:
    """With only a draft the dose reminder is silent and the check-in rings."""
    ana = sign_up()
    draft(ana)
    remind(ana, ("dose", "08:00"), ("check_in", "08:00"))
    phone = subscribe(ana, service.browser())
    tick(EIGHT)
    [found] = service.read(phone)
    assert (found["body"], found["url"]) == ("A minute for how you feel?", "/check-in")


def test_nothing_rings_in_quiet_hours(service: PushService, ana: Person) -> None:
    """A reminder whose time lies in the quiet hours is silent that day, and rings once they are taken out."""
    remind(ana, ("dose", "08:00"), quiet=("22:00", "08:01"))
    subscribe(ana, service.browser())
    tick(EIGHT)
    tick(EIGHT + 2 * MINUTE)
    assert service.came == []
    remind(ana, ("dose", "08:00"), now=EIGHT + 3 * MINUTE)
    tick(EIGHT + timedelta(days=1))
    assert len(service.came) == 1


def test_a_new_time_does_not_ring_for_earlier(service: PushService, ana: Person, phone: Browser) -> None:
    """Setting 8:00 at ten past eight rings tomorrow; so does subscribing at ten past eight."""
    remind(ana, ("dose", "08:05"), now=EIGHT + 10 * MINUTE)
    tick(EIGHT + 11 * MINUTE)
    bea = sign_up("bea")
    remind(bea, ("check_in", "08:00"))
    subscribe(bea, service.browser("bea"), now=EIGHT + 10 * MINUTE)
    tick(EIGHT + 11 * MINUTE)
    assert service.came == []


def test_a_reminder_that_is_kept_does_not_ring_again(service: PushService, ana: Person, phone: Browser) -> None:
    """Changing another time sends the whole list anew; the one that has rung stays as it was."""
    tick(EIGHT)
    with session_scope() as session:
        reminders.add_reminders(session, ana.actor, [("check_in", "20:00")], EIGHT + MINUTE)
    tick(EIGHT + 2 * MINUTE)
    assert len(service.came) == 1


def test_a_phone_that_moved_still_rings(service: PushService, ana: Person, phone: Browser) -> None:
    """A browser that subscribes again a moment after eight, at another endpoint, rings there for eight."""
    moved = subscribe(ana, service.browser("moved"), now=EIGHT + timedelta(seconds=5))
    tick(EIGHT + timedelta(seconds=10))
    assert len(service.read(moved)) == len(service.came) == 1


def test_another_zone_rings_by_its_own_clock(service: PushService, ana: Person, phone: Browser) -> None:
    """East of here, where 8:00 has passed, it rings tomorrow and was not missed; back west a date rings no second time."""
    at_noon = EIGHT - timedelta(hours=2)
    with session_scope() as session:
        accounts.change_settings(session, ana.actor, {"zone": "Europe/Vienna"}, at_noon)
    tick(at_noon + MINUTE)
    assert (service.came, states(ana)) == ([], [])
    tick(datetime(2026, 11, 25, 7, 0, tzinfo=UTC))
    assert len(service.came) == 1
    with session_scope() as session:
        accounts.change_settings(session, ana.actor, {"zone": "America/New_York"}, datetime(2026, 11, 25, 8, 0, tzinfo=UTC))
    tick(EIGHT + timedelta(days=1))
    assert len(service.came) == 1
    tick(EIGHT + timedelta(days=2))
    assert len(service.came) == 2


def test_a_browser_that_is_gone_is_dropped(service: PushService, ana: Person, phone: Browser) -> None:
    """410 takes the subscription out, and the other phone still rings."""
    subscribe(ana, service.browser("tablet"), sign_in(ana))
    service.answers = [410]
    tick(EIGHT)
    assert len(service.came) == 2
    assert counts()["push_subscription"] == 1
    assert states(ana) == ["sent"]


@pytest.mark.parametrize("status", [503, 429, 500])
def test_a_busy_push_service_is_asked_again(service: PushService, ana: Person, phone: Browser, status: int) -> None:
    """After 503 or 429 it waits, longer each time, and rings once when the service is back."""
    service.answers = [status, status]
    tick(EIGHT)
    tick(EIGHT + timedelta(seconds=20))
    assert (len(service.came), states(ana)) == (1, ["open"])
    tick(EIGHT + timedelta(seconds=31))
    tick(EIGHT + timedelta(seconds=70))
    assert len(service.came) == 2
    tick(EIGHT + timedelta(seconds=100))
    tick(EIGHT + timedelta(minutes=20))
    assert (len(service.came), states(ana)) == (3, ["sent"])


def test_only_the_phone_that_was_not_reached_is_tried_again(service: PushService, ana: Person, phone: Browser) -> None:
    """Two phones, one busy: the next try goes to that one alone."""
    subscribe(ana, service.browser("tablet"), sign_in(ana, NOW + MINUTE), NOW + MINUTE)
    service.answers = [503]
    tick(EIGHT)
    tick(EIGHT + MINUTE)
    assert [path for path, _, _ in service.came] == ["/push/one", "/push/tablet", "/push/one"]


def test_an_hour_late_is_too_late(service: PushService, ana: Person, phone: Browser) -> None:
    """Nobody is woken for a time that has passed: it is noted as missed, and the screen says so."""
    tick(EIGHT + 61 * MINUTE)
    assert service.came == []
    with session_scope() as session:
        assert [one.at for one in reminders.get_reminders(session, ana.actor, EIGHT).missed] == [EIGHT]


def test_a_push_service_that_stays_away_is_given_up(service: PushService, ana: Person, phone: Browser) -> None:
    """Retries end with the hour; the reminder is noted as missed."""
    service.answers = [503] * 100
    for n in range(90):
        tick(EIGHT + n * MINUTE)
    assert 6 <= len(service.came) <= 12
    assert states(ana) == ["missed"]
    assert len(service.came) == 100 - len(service.answers)


def test_a_service_that_points_elsewhere_is_not_followed(service: PushService, ana: Person, phone: Browser) -> None:
    """A redirect leads to no second address."""
    service.answers = [307]
    tick(EIGHT)
    assert [path for path, _, _ in service.came] == ["/push/one"]


def test_a_push_that_is_refused_is_not_repeated(service: PushService, ana: Person, phone: Browser) -> None:
    """400 is the end of this ringing, not of the subscription."""
    service.answers = [400]
    tick(EIGHT)
    tick(EIGHT + 10 * MINUTE)
    assert (len(service.came), counts()["push_subscription"], states(ana)) == (1, 1, ["missed"])


@pytest.mark.parametrize("before_it_left", [True, False])
def test_a_process_that_dies_loses_and_doubles_nothing(
    service: PushService, ana: Person, phone: Browser, before_it_left: bool
) -> None:
    """Killed between claim and send, or between send and note: the next process rings, and the phone shows it once."""

    def dying(push: Push) -> Outcome:
        if not before_it_left:
            pushing.send(push)
        raise Killed

    with pytest.raises(Killed):
        tick(EIGHT, dying)
    assert states(ana) == ["open"]
    # Nobody else takes it while the first may still be at it.
    tick(EIGHT + MINUTE)
    assert len(service.came) == (0 if before_it_left else 1)
    tick(EIGHT + 3 * MINUTE)
    tick(EIGHT + 9 * MINUTE)
    assert states(ana) == ["sent"]
    assert len(service.came) == (1 if before_it_left else 2)
    assert len({found["tag"] for found in service.read(phone)}) == 1
    assert len({headers["topic"] for _, headers, _ in service.came}) == 1


def test_a_bug_in_one_push_does_not_stop_the_others(service: PushService, ana: Person, phone: Browser) -> None:
    """An error that nobody foresaw leaves that phone for the next try, and the other one rings now."""
    subscribe(ana, service.browser("tablet"), sign_in(ana))

    def stumbling(push: Push) -> Outcome:
        if push.endpoint == phone.endpoint:
            raise ZeroDivisionError
        return pushing.send(push)

    tick(EIGHT, stumbling)
    tick(EIGHT + MINUTE)
    assert sorted(path for path, _, _ in service.came) == ["/push/one", "/push/tablet"]


def test_two_schedulers_ring_once(service: PushService) -> None:
    """Four threads look at the same moment, for three people with two reminders each: every phone rings once for each."""
    for login in ("ana", "bea", "cleo"):
        person = sign_up(login)
        remind(person, ("check_in", "08:00"), ("check_in", "07:59"))
        subscribe(person, service.browser(login))
    barrier = threading.Barrier(4)

    def look() -> None:
        barrier.wait()
        tick(EIGHT)

    threads = [threading.Thread(target=look) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(path for path, _, _ in service.came) == sorted(f"/push/{login}" for login in ("ana", "bea", "cleo") * 2)


def test_later_rings_again_three_times(service: PushService, ana: Person, phone: Browser) -> None:
    """Each "later" rings 15 minutes on; the third offers no other, and a fourth is refused; a second tap changes nothing."""
    tick(EIGHT)
    now = EIGHT
    for n in range(3):
        token = service.read(phone)[-1]["token"]
        at = snooze(ana, token, now + MINUTE)
        assert at == snooze(ana, token, now + 2 * MINUTE) == now + 16 * MINUTE
        tick(at - timedelta(seconds=1))
        assert len(service.came) == n + 1
        tick(at)
        now = at
    found = service.read(phone)
    assert [one["again"] for one in found] == [False, True, True, True]
    assert [one["action"] for one in found[-1]["actions"]] == ["done"]
    assert len({one["tag"] for one in found}) == 1
    with pytest.raises(NoMoreSnoozes):
        snooze(ana, found[-1]["token"], now)


def test_later_never_reaches_into_quiet_hours(service: PushService, ana: Person) -> None:
    """A "later" that would be in the quiet hours is refused by name."""
    remind(ana, ("dose", "08:00"), quiet=("08:10", "09:00"))
    phone = subscribe(ana, service.browser())
    tick(EIGHT)
    with pytest.raises(InQuietHours):
        snooze(ana, service.read(phone)[0]["token"], EIGHT + MINUTE)


def test_done_ends_it_and_logs_nothing(service: PushService, ana: Person, phone: Browser) -> None:
    """After "done" a "later" that was tapped on another phone rings no more, and the log has no entry."""
    tick(EIGHT)
    token = service.read(phone)[0]["token"]
    at = snooze(ana, token, EIGHT)
    with session_scope() as session:
        ringing.acknowledge(session, ana.actor, token)
    tick(at)
    assert len(service.came) == 1
    assert counts()["entry"] == 0


@pytest.mark.parametrize("token", [None, 7, "", "x", "\0", "ü", "x" * 500])
def test_a_token_that_is_not_there_is_refused(ana: Person, token: Any) -> None:
    """Anything but a token of one's own is unknown."""
    with pytest.raises(ReminderMissing):
        snooze(ana, token, NOW)


def test_a_token_of_somebody_else_is_unknown(service: PushService, ana: Person, phone: Browser) -> None:
    """Another account cannot put off or end a ringing."""
    tick(EIGHT)
    token = service.read(phone)[0]["token"]
    bea = sign_up("bea")
    with pytest.raises(ReminderMissing):
        snooze(bea, token, EIGHT)
    with session_scope() as session, pytest.raises(ReminderMissing):
        ringing.acknowledge(session, bea.actor, token)


def test_old_ringings_are_forgotten(service: PushService, ana: Person, phone: Browser) -> None:
    """After some days nothing is left that says when a phone rang."""
    tick(EIGHT)
    tick(EIGHT + timedelta(days=3, hours=-1))
    assert states(ana) == ["sent", "missed"]
    tick(EIGHT + timedelta(days=9))
    assert len(states(ana)) == 1
