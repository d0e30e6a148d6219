"""Which signed-in browsers ring. A subscription belongs to one login session and ends with it."""

from datetime import datetime

from taper_app.data.engine import Session
from taper_app.data.repositories import ringing
from taper_app.data.tables import PushSubscription
from taper_app.domain.access import Actor
from taper_app.domain.reading import Reader
from taper_app.services.errors import NotSubscribed, TooManySubscriptions
from taper_app.services.owning import changed, own_account
from taper_app.services.pushing import MOST_LETTERS, Push, is_allowed, is_public_key, is_secret
from taper_app.services.ringing import trial_payload
from taper_app.services.signing import is_over, session_of

MOST_SUBSCRIPTIONS = 5


def subscribe(session: Session, actor: Actor, token: str, body: object, now: datetime) -> None:
    """Ring on this session's browser: {endpoint, keys {p256dh, auth}}, as the browser gives it.

    Raises InvalidMany, TooManySubscriptions.
    """
    account = own_account(session, actor, "write")
    own = session_of(session, token, now)
    endpoint, p256dh, auth = read_subscription(body)
    others = [
        one
        for one, login in ringing.subscriptions(session, account.id)
        if one.session_id != own.id and one.endpoint != endpoint and not is_over(login, now)
    ]
    if len(others) >= MOST_SUBSCRIPTIONS:
        raise TooManySubscriptions()
    before = ringing.subscription(session, own.id)
    # A browser that moved still rings for what was due just before.
    since = before.created_at if before else now
    row = PushSubscription(
        session_id=own.id, account_id=account.id, endpoint=endpoint, p256dh=p256dh, auth=auth, created_at=since
    )
    ringing.subscribe(session, row)
    changed(session, account.id)


def read_subscription(body: object) -> tuple[str, str, str]:
    """(endpoint, p256dh, auth) of what a browser gives. Raises InvalidMany."""
    reader = Reader()
    # A browser adds `expirationTime`, which says nothing here.
    given = reader.mapping(body, ("endpoint", "keys", "expirationTime"), "")
    endpoint = reader.text(given.get("endpoint"), "endpoint", MOST_LETTERS, need=True)
    keys = reader.mapping(given.get("keys"), ("p256dh", "auth"), "keys")
    p256dh = reader.text(keys.get("p256dh"), "keys.p256dh", 100, need=True)
    auth = reader.text(keys.get("auth"), "keys.auth", 100, need=True)
    if endpoint and not is_allowed(endpoint):
        reader.wrong("unknown_push_service", "endpoint")
    if p256dh and not is_public_key(p256dh):
        reader.wrong("not_a_push_key", "keys.p256dh")
    if auth and not is_secret(auth):
        reader.wrong("not_a_push_key", "keys.auth")
    reader.done()
    assert endpoint and p256dh and auth
    return endpoint, p256dh, auth


def unsubscribe(session: Session, actor: Actor, token: str, now: datetime) -> None:
    """Do not ring on this session's browser any more; nothing happens when it does not."""
    account = own_account(session, actor, "write")
    ringing.unsubscribe(session, session_of(session, token, now).id)
    changed(session, account.id)


def is_subscribed(session: Session, actor: Actor, token: str, now: datetime) -> bool:
    """Whether this session's browser rings."""
    own_account(session, actor)
    return ringing.subscription(session, session_of(session, token, now).id) is not None


def own_push(session: Session, actor: Actor, token: str, now: datetime) -> Push:
    """A push to this session's browser that only tries whether it rings. Raises NotSubscribed."""
    own_account(session, actor)
    row = ringing.subscription(session, session_of(session, token, now).id)
    if row is None:
        raise NotSubscribed()
    return Push(row.endpoint, row.p256dh, row.auth, trial_payload(), topic="test", ttl=60)
