"""A push to a browser: encrypted for it alone, signed by this server, and only to a push service that is known."""

import base64
import binascii
import json
import logging
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from functools import lru_cache
from typing import Any, Literal
from urllib.parse import SplitResult, urlsplit

import requests
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from py_vapid import Vapid02  # type: ignore[import-untyped]  # it brings no types
from pywebpush import WebPushException, webpush  # type: ignore[import-untyped]  # it brings no types

from taper_app.data.keys import load_push_key
from taper_app.settings import settings

# The services of Chrome and Edge on Android, of Firefox, of Apple, of Windows. A name with a dot in front stands for its hosts.
KNOWN_HOSTS = ("fcm.googleapis.com", ".push.services.mozilla.com", ".push.apple.com", ".notify.windows.com")
LOOPBACK = ("localhost", "127.0.0.1", "[::1]")
MOST_LETTERS = 2000
_HOST = re.compile(r"[a-z0-9-]+(?:\.[a-z0-9-]+)+")
# Seconds to connect, and to wait for the answer.
_TIMEOUT = (5, 10)
# How long the one who took something to tell has it to itself: longer than all its pushes can last.
LEASE = timedelta(minutes=2)
FIRST_WAIT, LONGEST_WAIT = timedelta(seconds=30), timedelta(minutes=10)
_log = logging.getLogger(__name__)

# "sent"; "gone": this browser is no longer there; "again": worth another try; "refused": this push will never be taken.
Outcome = Literal["sent", "gone", "again", "refused"]


@dataclass(frozen=True)
class Push:
    """What goes out. The endpoint is a secret of the browser's, so it is in no repr and no log."""

    endpoint: str = field(repr=False)
    p256dh: str = field(repr=False)
    auth: str = field(repr=False)
    payload: Mapping[str, Any] = field(repr=False)
    topic: str
    ttl: int


Send = Callable[[Push], Outcome]


@dataclass(frozen=True)
class Taken:
    """What is to be told, in the hands of this process: the try it is, whether it rang before, and its pushes, each by whose it is."""

    tries: int
    rang: bool
    pushes: Mapping[str, Push]


@dataclass(frozen=True)
class Told:
    """What became of it: whose browser is gone, whose waits for another try and how long, and whether it has rung anywhere by now."""

    gone: tuple[str, ...]
    waiting: tuple[str, ...]
    wait: timedelta
    rang: bool


def tell(taken: Taken, send: Send) -> Told:
    """Send all the pushes of one; the trouble of one browser keeps none from the others. Outside any transaction."""
    outcomes = {whose: _sent(push, send) for whose, push in taken.pushes.items()}
    gone, waiting = (tuple(whose for whose, found in outcomes.items() if found == wanted) for wanted in ("gone", "again"))
    wait = min(FIRST_WAIT * 2 ** (taken.tries - 1), LONGEST_WAIT)
    return Told(gone, waiting, wait, taken.rang or "sent" in outcomes.values())


def send(push: Push) -> Outcome:
    """Send it now: network, so never inside a transaction and never on the event loop."""
    if not is_allowed(push.endpoint):
        return "refused"
    with requests.Session() as browser:
        # A push service never sends a push elsewhere; following would lead past the list of hosts.
        browser.max_redirects = 0
        try:
            webpush(
                {"endpoint": push.endpoint, "keys": {"p256dh": push.p256dh, "auth": push.auth}},
                data=json.dumps(push.payload, ensure_ascii=False),
                vapid_private_key=_vapid(),
                vapid_claims={"sub": contact()},
                ttl=push.ttl,
                headers={"Topic": push.topic, "Urgency": "high"},
                timeout=_TIMEOUT,
                requests_session=browser,
            )
        except WebPushException as error:
            return _outcome(error.status_code or 0)
        except requests.RequestException:
            return "again"
    return "sent"


def public_key() -> str:
    """The key that a browser subscribes with: an uncompressed point in URL-safe base64."""
    point = _vapid().public_key.public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
    return base64.urlsafe_b64encode(point).decode().rstrip("=")


def contact() -> str:
    """Whom a push service may write to: what the host set, or the public address."""
    if settings().contact:
        return settings().contact
    host = urlsplit(settings().public_url).hostname if settings().is_https else None
    return f"https://{host}" if host else "mailto:taper@localhost"


def is_allowed(endpoint: str) -> bool:
    """Whether an endpoint is at a known push service: otherwise a stranger could make this server call any address."""
    try:
        url = urlsplit(endpoint)
        port = url.port
    except ValueError:
        return False
    plain = endpoint.isascii() and endpoint.isprintable() and " " not in endpoint and "\\" not in endpoint
    if not plain or len(endpoint) > MOST_LETTERS or url.username is not None or url.password is not None:
        return False
    host = (url.hostname or "").rstrip(".")
    listed = {one.strip() for one in settings().push_hosts.split(",") if one.strip()}
    if url.netloc in listed:
        return url.scheme == "https" or (url.scheme == "http" and _without_port(url) in LOOPBACK)
    # No percent sign, comma or quote: two readers of one address could find two hosts in it.
    known = _HOST.fullmatch(host) is not None and any(host == one or (one.startswith(".") and host.endswith(one)) for one in KNOWN_HOSTS)
    return known and url.scheme == "https" and port in (None, 443)


def is_public_key(text: str) -> bool:
    """Whether a browser's `p256dh` is a point on the curve."""
    try:
        ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), _decoded(text))
    except ValueError:
        return False
    return len(_decoded(text)) == 65


def is_secret(text: str) -> bool:
    """Whether a browser's `auth` is 16 bytes."""
    try:
        return len(_decoded(text)) == 16
    except ValueError:
        return False


def _sent(push: Push, send: Send) -> Outcome:
    try:
        return send(push)
    except Exception as error:  # noqa: BLE001 - one browser's trouble must not keep the others'
        # By its kind only: what it says can hold the endpoint.
        _log.error("a push failed: %s", type(error).__name__)
        return "again"


def _outcome(status: int) -> Outcome:
    if status in (404, 410):
        return "gone"
    return "again" if status in (0, 408, 425, 429) or status >= 500 else "refused"


@lru_cache(maxsize=1)
def _vapid() -> Vapid02:
    return Vapid02.from_raw(load_push_key(settings().data_dir).encode())


def _without_port(url: SplitResult) -> str:
    return url.netloc.rsplit(":", 1)[0] if url.port is not None else url.netloc


def _decoded(text: str) -> bytes:
    try:
        return base64.b64decode(text.rstrip("=") + "=" * (-len(text.rstrip("=")) % 4), altchars=b"-_", validate=True)
    except binascii.Error as error:
        raise ValueError(text) from error
