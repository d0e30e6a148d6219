"""What leaves the services about accounts and shares: frozen, and nothing a page may not hold."""

from dataclasses import dataclass, field
from datetime import datetime


@dataclass(frozen=True)
class Person:
    """Somebody to call."""

    name: str
    phone: str


@dataclass(frozen=True)
class AccountView:
    """An account as its owner sees it."""

    id: str
    login: str
    display_name: str
    zone: str
    people: tuple[Person, ...]
    after_hours: str
    created_at: datetime


@dataclass(frozen=True)
class SignedIn:
    """A new login session. `token` goes into the cookie and nowhere else.

    `recovery_code` is "" but after sign-up and recovery: then it is shown this once.
    """

    account_id: str
    session_id: str
    # Secrets stay out of every repr, and so out of every log line.
    token: str = field(repr=False)
    expires_at: datetime
    recovery_code: str = field(default="", repr=False)


@dataclass(frozen=True)
class SessionView:
    """One signed-in browser."""

    id: str
    label: str
    created_at: datetime
    last_seen_at: datetime
    current: bool


@dataclass(frozen=True)
class PasskeyView:
    """A passkey of the account, by the name its owner gave it."""

    id: str
    name: str
    created_at: datetime
    last_used_at: datetime | None


@dataclass(frozen=True)
class CodesView:
    """How many recovery codes are still good, and when the printed ones were made; None without printed ones."""

    left: int
    made_at: datetime | None


@dataclass(frozen=True)
class ShareView:
    """A share as its owner sees it. `state` is open, paused, locked (too many wrong PINs), expired or ended; `back` now, 30_days or all."""

    id: str
    label: str
    scopes: tuple[str, ...]
    created_at: datetime
    expires_at: datetime
    state: str
    last_viewed_at: datetime | None
    back: str
    since: datetime | None
    by_hour: bool
    has_pin: bool
    tries_left: int
    frozen_at: datetime | None


@dataclass(frozen=True)
class NewShare:
    """A share just made. `url` is shown this once; `token` is the part after the #."""

    share: ShareView
    url: str = field(repr=False)
    token: str = field(repr=False)


@dataclass(frozen=True)
class LookView:
    """Somebody looked at a share: `what` is opened, looked or wrong_pin."""

    at: datetime
    what: str


@dataclass(frozen=True)
class OpenedShare:
    """A share opened in a browser. `token` goes into the share cookie and nowhere else."""

    token: str = field(repr=False)
    expires_at: datetime
