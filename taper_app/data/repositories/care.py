"""What goes back and forth between patient and caregivers: choices, replies, messages, browsers, alerts."""

from datetime import datetime

from sqlmodel import Session, col, delete, select, update

from taper_app.data.tables import Account, CareMessage, CarePush, CareSending, Share, ShareCare, ShareReply


def chosen(session: Session, share_id: str) -> ShareCare | None:
    """What the patient chose for this share."""
    return session.get(ShareCare, share_id)


def choose(session: Session, row: ShareCare) -> None:
    """Keep what was chosen."""
    session.add(row)
    session.flush()


def with_alerts(session: Session, share_id: str | None = None) -> list[tuple[ShareCare, Share, Account]]:
    """Choices with an alert (of one share, or all) of shares that a browser is reached for, with share and account."""
    rows = select(ShareCare, Share, Account).where(col(Share.id) == col(ShareCare.share_id), col(Account.id) == col(Share.account_id))
    rows = rows.where(col(Share.ended_at).is_(None), col(ShareCare.share_id).in_(select(CarePush.share_id)))
    return list(session.exec(rows if share_id is None else rows.where(col(Share.id) == share_id)))


def add_reply(session: Session, reply: ShareReply) -> None:
    """Keep a new reply."""
    session.add(reply)
    session.flush()


def replies_since(session: Session, share_id: str, since: datetime) -> list[ShareReply]:
    """A share's replies since then, newest first, cleared ones among them."""
    query = select(ShareReply).where(col(ShareReply.share_id) == share_id, col(ShareReply.at) > since)
    return list(session.exec(query.order_by(col(ShareReply.at).desc(), col(ShareReply.id))))


def replies_of(session: Session, account_id: str) -> list[tuple[ShareReply, Share]]:
    """Replies that were not cleared, newest first, each with its share."""
    query = select(ShareReply, Share).where(col(Share.id) == col(ShareReply.share_id), col(Share.account_id) == account_id)
    query = query.where(col(ShareReply.cleared).is_(False))
    return list(session.exec(query.order_by(col(ShareReply.at).desc(), col(ShareReply.id))))


def reply(session: Session, account_id: str, reply_id: str) -> ShareReply | None:
    """One reply of the account's that was not cleared."""
    return next((one for one, _ in replies_of(session, account_id) if one.id == reply_id), None)


def clear(session: Session, row: ShareReply, keep: bool) -> None:
    """Take the words out; `keep`: it still counts for its day."""
    if keep:
        row.body, row.cleared = "", True
        session.add(row)
    else:
        session.delete(row)
    session.flush()


def say(session: Session, message: CareMessage) -> None:
    """Keep what was said; the last of its kind takes the place of the one before."""
    session.merge(message)
    session.flush()


def said(session: Session, account_id: str, since: datetime) -> list[CareMessage]:
    """What was said since then, newest first."""
    query = select(CareMessage).where(col(CareMessage.account_id) == account_id, col(CareMessage.at) > since)
    return list(session.exec(query.order_by(col(CareMessage.at).desc(), col(CareMessage.kind))))


def unsay(session: Session, account_id: str) -> None:
    """Take back what was said."""
    session.exec(delete(CareMessage).where(col(CareMessage.account_id) == account_id))


def pushes(session: Session, share_id: str) -> list[CarePush]:
    """Where a share's browsers are reached, oldest first."""
    query = select(CarePush).where(col(CarePush.share_id) == share_id)
    return list(session.exec(query.order_by(col(CarePush.created_at), col(CarePush.token_hash))))


def subscribe(session: Session, row: CarePush) -> None:
    """Keep where an opening's browser is reached; one place once a share."""
    session.exec(delete(CarePush).where(col(CarePush.token_hash) == row.token_hash))
    session.exec(delete(CarePush).where(col(CarePush.share_id) == row.share_id, col(CarePush.endpoint) == row.endpoint))
    session.add(row)
    session.flush()


def unsubscribe(session: Session, token_hash: str, endpoint: str | None = None) -> None:
    """Forget where an opening's browser is reached; with `endpoint` only if it is still that one."""
    query = delete(CarePush).where(col(CarePush.token_hash) == token_hash)
    session.exec(query if endpoint is None else query.where(col(CarePush.endpoint) == endpoint))


def is_noted(session: Session, share_id: str, kind: str, ref: str) -> bool:
    """Whether this alert was claimed already."""
    row = CareSending
    query = select(row.id).where(col(row.share_id) == share_id, col(row.kind) == kind, col(row.ref) == ref)
    return session.exec(query).first() is not None


def add_sending(session: Session, sending: CareSending) -> None:
    """Claim an alert. The unique key lets one through."""
    session.add(sending)
    session.flush()


def sendings_of(session: Session, share_id: str) -> list[CareSending]:
    """A share's alerts, newest first."""
    query = select(CareSending).where(col(CareSending.share_id) == share_id)
    return list(session.exec(query.order_by(col(CareSending.due_at).desc(), col(CareSending.id))))


def ready(session: Session, now: datetime) -> list[tuple[str, str]]:
    """(share, id) of the alerts that are to be sent now, the oldest first."""
    row = CareSending
    query = select(row.share_id, row.id).where(col(row.state) == "open", col(row.again_at) <= now)
    return [(share, one) for share, one in session.exec(query.order_by(col(row.due_at), col(row.id)))]


def take(session: Session, sending_id: str, now: datetime, until: datetime) -> CareSending | None:
    """Take one for sending: nobody else gets it before `until`. None when somebody else was first."""
    row = CareSending
    mine = (col(row.id) == sending_id, col(row.state) == "open", col(row.again_at) <= now)
    done = session.exec(update(row).where(*mine).values(again_at=until, tries=row.tries + 1))
    return session.exec(select(row).where(col(row.id) == sending_id)).first() if done.rowcount else None


def settle(session: Session, sending_id: str, **values: object) -> None:
    """Note what became of one that was taken."""
    session.exec(update(CareSending).where(col(CareSending.id) == sending_id, col(CareSending.state) == "open").values(values))
