"""Shares, the browsers that opened them, and who looked when."""

from datetime import datetime

from sqlmodel import Session, col, delete, select, update

from taper_app.data.tables import Share, ShareOpening, ShareView


def add(session: Session, share: Share) -> None:
    """Keep a new share."""
    session.add(share)
    session.flush()


def save(session: Session, share: Share) -> None:
    """Keep a changed share."""
    session.add(share)
    session.flush()


def by_id(session: Session, account_id: str, share_id: str) -> Share | None:
    """One share of the account."""
    query = select(Share).where(col(Share.id) == share_id, col(Share.account_id) == account_id)
    return session.exec(query).first()


def of_account(session: Session, account_id: str) -> list[Share]:
    """Shares of an account, newest first, ended ones among them."""
    query = select(Share).where(col(Share.account_id) == account_id)
    return list(session.exec(query.order_by(col(Share.created_at).desc(), col(Share.id))))


def by_token(session: Session, token_hash: str, *, hold: bool = False) -> Share | None:
    """The share of a link's token; `hold`: as it is now, and nobody changes it before this transaction ends."""
    query = select(Share).where(col(Share.token_hash) == token_hash)
    return session.exec(query.with_for_update().execution_options(populate_existing=True) if hold else query).first()


def claim_try(session: Session, share_id: str, most: int) -> bool:
    """Take one of the tries that a link's PIN has in its life; False when there is none left. Counted before it is looked at, in
    one statement, so that tries at the same moment are not more than `most` together.
    """
    query = update(Share).where(col(Share.id) == share_id, col(Share.pin_tries) < most)
    return session.exec(query.values(pin_tries=Share.pin_tries + 1)).rowcount == 1


def give_back_try(session: Session, share_id: str) -> None:
    """The PIN was right: that try counts for nothing."""
    query = update(Share).where(col(Share.id) == share_id, col(Share.pin_tries) > 0)
    session.exec(query.values(pin_tries=Share.pin_tries - 1))


def add_opening(session: Session, opening: ShareOpening) -> None:
    """Keep the cookie's hash of a browser that opened a share."""
    session.add(opening)
    session.flush()


def by_opening(session: Session, token_hash: str) -> tuple[ShareOpening, Share] | None:
    """The share that a browser's cookie opens."""
    query = select(ShareOpening, Share).where(col(ShareOpening.token_hash) == token_hash, col(Share.id) == col(ShareOpening.share_id))
    return session.exec(query).first()


def is_opened(session: Session, share_id: str) -> bool:
    """Whether any browser has opened the share with the link it has now."""
    return session.exec(select(ShareOpening).where(col(ShareOpening.share_id) == share_id).limit(1)).first() is not None


def close_openings(session: Session, share_id: str) -> None:
    """Every browser that opened the share loses it."""
    session.exec(delete(ShareOpening).where(col(ShareOpening.share_id) == share_id))


def close_opening(session: Session, token_hash: str) -> None:
    """One browser loses the share."""
    session.exec(delete(ShareOpening).where(col(ShareOpening.token_hash) == token_hash))


def add_view(session: Session, share_id: str, what: str, now: datetime) -> None:
    """Note that somebody looked."""
    session.add(ShareView(share_id=share_id, at=now, what=what))


def look(session: Session, token_hash: str, now: datetime) -> None:
    """Note when a browser looked last."""
    session.exec(update(ShareOpening).where(col(ShareOpening.token_hash) == token_hash).values(looked_at=now))


def views_of(session: Session, share_ids: list[str]) -> list[ShareView]:
    """Who looked when, newest first."""
    query = select(ShareView).where(col(ShareView.share_id).in_(share_ids))
    return list(session.exec(query.order_by(col(ShareView.at).desc(), col(ShareView.id).desc())))
