"""What every State handler needs: who asks, now, and a session; and how a refusal becomes words beside a field."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, NamedTuple

import reflex as rx

from taper_app.data.engine import Session, session_scope
from taper_app.domain.access import Patient
from taper_app.domain.errors import Invalid, InvalidMany, Refusal
from taper_app.services.cookies import session_token
from taper_app.services.proving import require_fresh
from taper_app.services.signing import authenticate
from taper_app.services.words import refusal_words


class SignedOut(Exception):
    """The session of this page has ended."""


class Call(NamedTuple):
    """The arguments that services want first and last; `token` for those that ask for a proof themselves."""

    session: Session
    actor: Patient
    now: datetime
    token: str


@dataclass(frozen=True)
class FieldError:
    """One thing wrong: the id of its field, and words for the person who typed it."""

    id: str
    message: str


@contextmanager
def asking(state: rx.State, *, fresh: bool = False) -> Iterator[Call]:
    """Authenticate this event by the cookie of its handshake and open a transaction.

    `fresh`: only within ten minutes of signing in or proving it again; Raises ProveAgain, which a `Proving` screen asks about.
    Raises SignedOut when the session has ended. Commits when the block ends, rolls back when it raises.
    """
    now = datetime.now(UTC)
    token = session_token(state.router.headers.cookie)
    with session_scope() as session:
        actor = authenticate(session, token, now)
        if token is None or actor is None:
            raise SignedOut
        if fresh:
            require_fresh(session, token, now)
        yield Call(session, actor, now, token)


def form_of(form_data: object) -> Mapping[str, Any]:
    """The fields of a submitted form. A client may send anything in its place. Raises Invalid."""
    if not isinstance(form_data, Mapping):
        raise Invalid("wrong_type")
    return form_data


def problems(refusal: Refusal, lang: str = "en") -> list[FieldError]:
    """What was refused, in words, each with the id of its field (the wire path with "-" for ".", or "form")."""
    found = refusal.errors if isinstance(refusal, InvalidMany) else [refusal]
    return [FieldError(id=(one.field or "form").replace(".", "-"), message=refusal_words(lang, one)) for one in found]
