"""Second adults who help to enter, by the account helped and by their own."""

from datetime import datetime

from sqlmodel import Session, col, or_, select, update

from taper_app.data.tables import Account, HelperGrant


def add(session: Session, grant: HelperGrant) -> None:
    """Keep a new or changed grant."""
    session.add(grant)
    session.flush()


def of_account(session: Session, account_id: str) -> list[HelperGrant]:
    """All that the account ever asked for, oldest first."""
    query = select(HelperGrant).where(col(HelperGrant.account_id) == account_id)
    return list(session.exec(query.order_by(col(HelperGrant.created_at), col(HelperGrant.id))))


def of_helper(session: Session, helper_id: str) -> list[tuple[HelperGrant, Account]]:
    """What this helper has taken up and nobody has ended, each with the account helped, by when it was taken up."""
    query = (
        select(HelperGrant, Account)
        .join(Account, col(Account.id) == col(HelperGrant.account_id))
        .where(col(HelperGrant.helper_id) == helper_id, col(HelperGrant.ended_at).is_(None))
        .order_by(col(HelperGrant.accepted_at), col(HelperGrant.id))
    )
    return list(session.exec(query))


def by_id(session: Session, account_id: str, grant_id: str) -> HelperGrant | None:
    """One grant of the account."""
    query = select(HelperGrant).where(col(HelperGrant.id) == grant_id, col(HelperGrant.account_id) == account_id)
    return session.exec(query).first()


def by_code(session: Session, code_hash: str) -> HelperGrant | None:
    """The grant whose code was not used yet."""
    return session.exec(select(HelperGrant).where(col(HelperGrant.code_hash) == code_hash)).first()


def use_code(session: Session, grant: HelperGrant, helper_id: str, now: datetime) -> bool:
    """Use up the code for this helper; False when somebody else was faster."""
    done = session.exec(
        update(HelperGrant)
        .where(col(HelperGrant.id) == grant.id, col(HelperGrant.code_hash) == grant.code_hash)
        .values(code_hash=None, helper_id=helper_id, accepted_at=now)
    )
    session.refresh(grant)
    return bool(done.rowcount)


def confirmed(session: Session, account_id: str, helper_id: str) -> HelperGrant | None:
    """The grant by which this helper may enter for the account now."""
    query = select(HelperGrant).where(
        col(HelperGrant.account_id) == account_id,
        col(HelperGrant.helper_id) == helper_id,
        col(HelperGrant.confirmed_at).is_not(None),
        col(HelperGrant.ended_at).is_(None),
    )
    return session.exec(query.order_by(col(HelperGrant.confirmed_at))).first()


def confirmed_of(session: Session, account_id: str) -> list[HelperGrant]:
    """The grants by which helpers may enter for the account now."""
    return [one for one in of_account(session, account_id) if one.confirmed_at is not None and one.ended_at is None]


def beside(session: Session, account_id: str) -> set[str]:
    """The accounts on the other side of all that this one asked for or took up."""
    query = select(HelperGrant.account_id, HelperGrant.helper_id).where(
        or_(col(HelperGrant.account_id) == account_id, col(HelperGrant.helper_id) == account_id)
    )
    return {one for pair in session.exec(query) for one in pair if one and one != account_id}
