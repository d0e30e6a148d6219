"""Which browsers ring: subscriptions that belong to a login session, at push services that are known."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

import pytest

from taper_app.data.engine import session_scope
from taper_app.domain.errors import Conflict, Refusal
from taper_app.services import accounts, pushing, subscribing
from taper_app.services.errors import TooManySubscriptions
from taper_app.settings import settings
from tests.services.push_service import Browser, PushService
from tests.services.ringers import EIGHT, remind, sign_in, subscribe, tick
from tests.services.world import NOW, Person, counts, sign_up


def test_signing_out_ends_the_ringing(service: PushService, ana: Person, phone: Browser) -> None:
    """The subscription goes with its login session."""
    with session_scope() as session:
        accounts.sign_out(session, ana.token)
    assert counts()["push_subscription"] == 0
    tick(EIGHT)
    assert service.came == []


def test_a_session_that_ended_by_its_age_rings_no_more(service: PushService, ana: Person, phone: Browser) -> None:
    """A phone that nobody used for more than 30 days is silent."""
    tick(EIGHT + timedelta(days=40))
    assert service.came == []


def test_deleting_the_account_leaves_nothing(service: PushService, ana: Person, phone: Browser) -> None:
    """Reminders, subscriptions, ringings and quiet hours go with the account."""
    remind(ana, ("dose", "08:00"), quiet=("22:00", "07:00"))
    tick(EIGHT)
    with session_scope() as session:
        accounts.delete_account(session, ana.actor, EIGHT)
    assert set(counts().values()) == {0}


def test_a_shared_browser_rings_for_one_account(service: PushService, ana: Person, phone: Browser) -> None:
    """When somebody else signs in and subscribes on the same browser, the first account rings there no more."""
    bea = sign_up("bea")
    subscribe(bea, phone)
    tick(EIGHT)
    assert service.came == []
    assert counts()["push_subscription"] == 1


def test_a_sixth_phone_is_refused(service: PushService, ana: Person, phone: Browser) -> None:
    """Five phones ring; the sixth is told so by name, and subscribing again on the first is fine."""
    for n in range(4):
        subscribe(ana, service.browser(f"n{n}"), sign_in(ana))
    with pytest.raises(TooManySubscriptions):
        subscribe(ana, service.browser("n5"), sign_in(ana))
    subscribe(ana, service.browser("one-again"))
    assert counts()["push_subscription"] == 5


@pytest.mark.parametrize(
    ("endpoint", "allowed"),
    [
        ("https://fcm.googleapis.com/fcm/send/abc", True),
        ("https://updates.push.services.mozilla.com/wpush/v2/abc", True),
        ("https://web.push.apple.com/abc", True),
        ("https://wns2-par02p.notify.windows.com/w/?token=abc", True),
        ("https://fcm.googleapis.com:443/x", True),
        ("http://fcm.googleapis.com/x", False),
        ("https://fcm.googleapis.com:8443/x", False),
        ("https://fcm.googleapis.com.evil.example/x", False),
        ("https://evil.example/fcm.googleapis.com", False),
        ("https://evilpush.services.mozilla.com/x", False),
        ("https://user@fcm.googleapis.com/x", False),
        ("https://fcm.googleapis.com@evil.example/x", False),
        ("https://evil.example\\@fcm.googleapis.com/x", False),
        ("https://169.254.169.254/latest", False),
        ("https://127.0.0.1%2f.push.apple.com/x", False),
        ("https://evil.example,.push.apple.com/x", False),
        ("https://.push.apple.com/x", False),
        ("https://WEB.push.apple.com./x", True),
        ("http://127.0.0.1:22/", False),
        ("https://localhost/x", False),
        ("http://localhost:8123/x", True),
        ("http://push.example:8123/x", False),
        ("https://push.example:8123/x", True),
        ("https://[::1/x", False),
        ("https://fcm.googleapis.com:99999/x", False),
        ("file:///etc/passwd", False),
        ("", False),
        ("https://fcm.googleapis.com/" + "x" * 3000, False),
    ],
)
def test_only_known_push_services_are_called(monkeypatch: pytest.MonkeyPatch, endpoint: str, allowed: bool) -> None:
    """An endpoint anywhere else is refused, so nobody can make the server call an address of their choice."""
    monkeypatch.setattr(settings(), "push_hosts", "localhost:8123, push.example:8123")
    assert pushing.is_allowed(endpoint) is allowed


@pytest.mark.parametrize(
    ("place", "value", "field"),
    [
        ("endpoint", "https://evil.example/x", "endpoint"),
        ("endpoint", None, "endpoint"),
        ("p256dh", "AAAA", "keys.p256dh"),
        ("p256dh", "B" * 87, "keys.p256dh"),
        ("p256dh", "!", "keys.p256dh"),
        ("auth", "AAAA", "keys.auth"),
        ("auth", 5, "keys.auth"),
        ("keys", None, "keys"),
    ],
)
def test_a_subscription_is_looked_at(service: PushService, place: str, value: Any, field: str) -> None:
    """What no browser would send is refused with the name of its field."""
    ana = sign_up()
    body = json.loads(json.dumps(service.browser().subscription))
    (body["keys"] if place in ("p256dh", "auth") else body)[place] = value
    with session_scope() as session, pytest.raises(Refusal) as found:
        subscribing.subscribe(session, ana.actor, ana.token, body, NOW)
    assert found.value.field == field
    assert not isinstance(found.value, Conflict)
