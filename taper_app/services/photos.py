"""Photos of the paper beside a plan. They are kept and shown; nobody and nothing reads a dose from them."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from taper_app.data.engine import Session
from taper_app.data.repositories import sources
from taper_app.data.tables import PlanPhoto
from taper_app.domain.access import Actor
from taper_app.services.errors import PhotoMissing, TooManyPhotos
from taper_app.services.ledgers import load
from taper_app.services.owning import changed, own_account
from taper_app.services.pictures import Picture
from taper_app.services.tokens import new_id

MEDIA_TYPE: Final = "image/jpeg"
# So many that all of them fit into an export that an import takes again (20 MB).
MOST_OF_A_PLAN, MOST_OF_AN_ACCOUNT = 6, 24


@dataclass(frozen=True)
class PhotoView:
    """A photo in a list."""

    id: str
    width: int
    height: int
    created_at: datetime


def may_add(session: Session, actor: Actor, plan_id: str) -> None:
    """Whether one more photo may stand beside the plan: asked before the work of looking at it. Raises as add_photo."""
    _room(session, own_account(session, actor).id, plan_id)


def add_photo(session: Session, actor: Actor, plan_id: str, picture: Picture, now: datetime) -> PhotoView:
    """Keep a picture beside a plan, a draft or an ended one too. Raises PlanMissing, TooManyPhotos."""
    account = own_account(session, actor, "write")
    plan_id = _room(session, account.id, plan_id)
    row = PlanPhoto(
        account_id=account.id,
        id=new_id(),
        plan_id=plan_id,
        media_type=MEDIA_TYPE,
        width=picture.width,
        height=picture.height,
        body=picture.body,
        created_at=now,
    )
    sources.add(session, row)
    changed(session, account.id)
    return PhotoView(row.id, row.width, row.height, row.created_at)


def list_photos(session: Session, actor: Actor, plan_id: str) -> list[PhotoView]:
    """The photos beside a plan, in the order they came. Raises PlanMissing."""
    account = own_account(session, actor)
    plan, _ = load(session, account.id, plan_id)
    lines = sources.photo_lines(session, account.id)
    return [PhotoView(one.id, one.width, one.height, one.created_at) for one in lines if one.plan_id == plan.id]


def photo_body(session: Session, actor: Actor, plan_id: str, photo_id: str) -> tuple[str, bytes]:
    """The media type and the picture. Raises PlanMissing, PhotoMissing."""
    row = _photo(session, own_account(session, actor).id, plan_id, photo_id)
    return row.media_type, row.body


def remove_photo(session: Session, actor: Actor, plan_id: str, photo_id: str) -> None:
    """Take a photo away for good. Raises PlanMissing, PhotoMissing."""
    account = own_account(session, actor, "write")
    row = _photo(session, account.id, plan_id, photo_id)
    sources.remove_photo(session, account.id, row.id)
    changed(session, account.id)


def _room(session: Session, account_id: str, plan_id: str) -> str:
    plan, _ = load(session, account_id, plan_id)
    lines = sources.photo_lines(session, account_id)
    if sum(one.plan_id == plan.id for one in lines) >= MOST_OF_A_PLAN:
        raise TooManyPhotos("too_many_photos")
    if len(lines) >= MOST_OF_AN_ACCOUNT:
        raise TooManyPhotos("too_many_photos_in_all")
    return plan.id


def _photo(session: Session, account_id: str, plan_id: str, photo_id: str) -> PlanPhoto:
    plan, _ = load(session, account_id, plan_id)
    may_be = 0 < len(photo_id) <= 64 and photo_id.isascii() and photo_id.isprintable()
    row = sources.photo(session, account_id, photo_id.lower()) if may_be else None
    if row is None or row.plan_id != plan.id:
        raise PhotoMissing()
    return row
