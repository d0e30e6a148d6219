"""What came in beside plans: the words of drafts, photos, and diaries that wait for their columns."""

from datetime import datetime
from typing import NamedTuple

from sqlalchemy import select as sa_select
from sqlmodel import Session, col, delete, select, update

from taper_app.data.sealing import sealed
from taper_app.data.tables import ImportFile, PlanPhoto, PlanSource


class PhotoLine(NamedTuple):
    """A photo without its picture."""

    id: str
    plan_id: str
    media_type: str
    width: int
    height: int
    created_at: datetime


def add(session: Session, row: PlanSource | PlanPhoto | ImportFile) -> None:
    """Keep one."""
    session.add(row)
    session.flush()


def source_of(session: Session, account_id: str, plan_id: str) -> PlanSource | None:
    """The words a draft was read from."""
    return session.get(PlanSource, (account_id, plan_id))


def sources_of(session: Session, account_id: str) -> list[PlanSource]:
    """Of every plan that was read from words, by plan."""
    return list(session.exec(select(PlanSource).where(col(PlanSource.account_id) == account_id).order_by(col(PlanSource.plan_id))))


def remove_source(session: Session, account_id: str, plan_id: str) -> None:
    """Let go of the words a draft was read from."""
    session.exec(delete(PlanSource).where(col(PlanSource.account_id) == account_id, col(PlanSource.plan_id) == plan_id))
    session.expire_all()


def confirm(session: Session, account_id: str, plan_id: str, confirmed: str) -> None:
    """Keep which lines were ticked (a JSON list)."""
    mine = (col(PlanSource.account_id) == account_id, col(PlanSource.plan_id) == plan_id)
    session.exec(update(PlanSource).where(*mine).values(confirmed=confirmed))
    session.expire_all()


def rewrite(session: Session, account_id: str, plan_id: str, body: str) -> None:
    """Put other words about a draft in the place of those that were kept."""
    mine = (col(PlanSource.account_id) == account_id, col(PlanSource.plan_id) == plan_id)
    shut = sealed(session, PlanSource, "body", body, account_id, plan_id)
    session.exec(update(PlanSource).where(*mine).values(body=shut))
    session.expire_all()


def photos_of(session: Session, account_id: str) -> list[PlanPhoto]:
    """Every photo of the account with its picture, in the order they came."""
    query = select(PlanPhoto).where(col(PlanPhoto.account_id) == account_id)
    return list(session.exec(query.order_by(col(PlanPhoto.created_at), col(PlanPhoto.id))))


def photo_lines(session: Session, account_id: str) -> list[PhotoLine]:
    """Every photo of the account without its picture, in the order they came."""
    columns = [col(getattr(PlanPhoto, name)) for name in PhotoLine._fields]
    query = sa_select(*columns).where(col(PlanPhoto.account_id) == account_id)
    return [PhotoLine(*row) for row in session.execute(query.order_by(col(PlanPhoto.created_at), col(PlanPhoto.id)))]


def photo(session: Session, account_id: str, photo_id: str) -> PlanPhoto | None:
    """One photo of the account."""
    return session.get(PlanPhoto, (account_id, photo_id))


def remove_photo(session: Session, account_id: str, photo_id: str) -> None:
    """Take a photo away."""
    session.exec(delete(PlanPhoto).where(col(PlanPhoto.account_id) == account_id, col(PlanPhoto.id) == photo_id))


def import_file(session: Session, account_id: str, file_id: str, since: datetime) -> ImportFile | None:
    """A diary that waits, unless it is older than that."""
    found = session.get(ImportFile, (account_id, file_id))
    return found if found is not None and found.created_at >= since else None


def remove_import_files(session: Session, account_id: str) -> None:
    """Take away the account's waiting diaries."""
    session.exec(delete(ImportFile).where(col(ImportFile.account_id) == account_id))


def remove_old_import_files(session: Session, before: datetime) -> None:
    """Take away every account's waiting diaries from before."""
    session.exec(delete(ImportFile).where(col(ImportFile.created_at) < before))
