"""GET /changes: server-sent events, "changed" and nothing more. Ends within a second of its session or share."""

from collections.abc import AsyncIterator
from datetime import datetime
from typing import Self

from fastapi import APIRouter, Request
from starlette.responses import StreamingResponse

from taper_app.api.context import caregivers_of, now_of
from taper_app.api.rounds import Rounds
from taper_app.data.bus import Subscription
from taper_app.data.engine import Session
from taper_app.services.cookies import session_token
from taper_app.services.errors import NotSignedIn
from taper_app.services.signing import authenticate, session_ends_at
from taper_app.services.tokens import hash_token

router = APIRouter(tags=["log"])
HEARTBEAT = 15.0
# How many streams one account or one share may hold. The server has a few thousand places for all.
MOST = 60


@router.get(
    "/changes",
    response_class=StreamingResponse,
    responses={200: {"content": {"text/event-stream": {}}, "description": "server-sent events"}},
)
async def changes(request: Request) -> StreamingResponse:
    """Says "changed" when there is something to fetch, to the patient or to an opened share."""
    listening = await _looks.look(request)
    if listening is None:
        raise NotSignedIn()
    return StreamingResponse(
        _events(request, listening),
        media_type="text/event-stream",
        headers={"Cache-Control": "no-store", "X-Accel-Buffering": "no"},
    )


class _Listening:
    """What a stream listens to, and until when it may."""

    def __init__(self, keys: frozenset[str], topics: tuple[str, ...], until: datetime) -> None:
        self.keys = keys
        self.topics = topics
        self.until = until


def _listening(request: Request, session: Session) -> _Listening | None:
    """The patient's account, the opened shares, or both where a browser has both cookies."""
    now = now_of(request)
    token = session_token(request.headers.get("cookie"))
    keys: set[str] = set()
    topics: list[str] = []
    ends: list[datetime] = []
    actor = authenticate(session, token, now)
    until = session_ends_at(session, token, now)
    if actor is not None and token is not None and until is not None:
        keys.add(actor.account_id)
        topics += [actor.account_id, hash_token(token)]
        ends.append(until)
    for here in caregivers_of(session, request, now):
        keys.add(here.looking.actor.share_id)
        topics.append(here.looking.actor.share_id)
        ends.append(here.looking.expires_at)
    return _Listening(frozenset(keys), tuple(topics), min(ends)) if keys else None


_looks = Rounds(_listening)
_places: dict[str, list["_Place"]] = {}


class _Place:
    """One stream's place among those of its account or share: a new one over the limit ends the oldest."""

    def __init__(self, keys: frozenset[str], subscription: Subscription) -> None:
        self._keys = keys
        self._subscription = subscription
        self.is_mine = True

    def __enter__(self) -> Self:
        for key in self._keys:
            line = _places.setdefault(key, [])
            line.append(self)
            for oldest in line[:-MOST]:
                oldest.give_up()
        return self

    def __exit__(self, *_: object) -> None:
        for key in self._keys:
            _places[key].remove(self)
            if not _places[key]:
                del _places[key]

    def give_up(self) -> None:
        """End this stream; it may be one that a phone left behind."""
        self.is_mine = False
        self._subscription.wake()


async def _events(request: Request, listening: _Listening) -> AsyncIterator[str]:
    with Subscription(*listening.topics) as subscription, _Place(listening.keys, subscription) as place:
        # Whatever changed between the first look and the subscription is caught by looking again.
        yield "retry: 1000\n\n"
        fresh: _Listening | None = await _looks.look(request)
        while fresh is not None and fresh.keys == listening.keys and place.is_mine:
            left = (fresh.until - now_of(request)).total_seconds()
            if await subscription.wait(max(0.05, min(HEARTBEAT, left))):
                fresh = await _looks.look(request)
                if fresh is not None and fresh.keys == listening.keys:
                    yield "event: changed\ndata: changed\n\n"
            else:
                fresh = await _looks.look(request)
                if fresh is not None:
                    yield ": still here\n\n"
    yield "event: ended\ndata: ended\n\n"
