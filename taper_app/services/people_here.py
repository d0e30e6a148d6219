"""The people whose shares one browser has open: each apart, by the tokens of its share cookie."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from taper_app.data.engine import Session
from taper_app.data.repositories import accounts, shares
from taper_app.services.errors import NotSignedIn
from taper_app.services.share_door import Looking, authenticate_share, name_for
from taper_app.services.tokens import hash_token


@dataclass(frozen=True)
class Here:
    """One share that is open in this browser, with its token."""

    token: str = field(repr=False)
    looking: Looking
    display_name: str


def people_here(session: Session, tokens: Sequence[str], now: datetime) -> list[Here]:
    """The shares that these tokens still open, in their order; whatever is over is not among them."""
    found: list[Here] = []
    for token in tokens:
        looking = authenticate_share(session, token, now)
        account = accounts.by_id(session, looking.actor.account_id) if looking else None
        if looking and account:
            found.append(Here(token, looking, name_for(looking, account.display_name)))
    return found


def choose(session: Session, tokens: Sequence[str], share_id: str | None, now: datetime) -> Here:
    """The share with this id among those open here, or without an id the one opened last.

    Raises NotSignedIn, also where the one opened last is over: nobody is shown another person unasked.
    """
    found = people_here(session, tokens if share_id else tokens[:1], now)
    here = next((one for one in found if not share_id or one.looking.actor.share_id == share_id), None)
    if here is None:
        raise NotSignedIn()
    return here


def close_here(session: Session, token: str) -> None:
    """This browser forgets a share: its token opens nothing any more, and no alert goes to it."""
    shares.close_opening(session, hash_token(token))
