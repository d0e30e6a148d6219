"""What goes back and forth between the patient and a caregiver, and alerts to a caregiver's browser."""

from datetime import datetime

from sqlalchemy import Column, ForeignKey, Index, Text, UniqueConstraint
from sqlmodel import Field, SQLModel

from taper_app.data.tables.base import instant, text


def _share(*, key: bool = False) -> str:
    column = Column(Text(), ForeignKey("share.id", ondelete="CASCADE"), primary_key=key, nullable=False, index=not key)
    found: str = Field(sa_column=column)
    return found


class ShareCare(SQLModel, table=True):
    """What the patient chose for one share; no row: nothing. `since` is when the alerts were chosen: none is sent for before."""

    __tablename__ = "share_care"

    share_id: str = _share(key=True)
    replies: bool = False
    muted: bool = False
    flare: int | None = None
    quiet_days: int | None = None
    company: bool = False
    since: datetime = instant()


class ShareReply(SQLModel, table=True):
    """A heart or a short word of a caregiver's. A cleared one has lost its words and only counts until its day is over."""

    __tablename__ = "share_reply"

    id: str = Field(sa_column=Column(Text(), primary_key=True))
    share_id: str = _share()
    at: datetime = instant()
    kind: str = text()
    body: str = text()
    cleared: bool = False


class CareMessage(SQLModel, table=True):
    """What the patient says to all open shares, the last of each kind; `id` is new each time."""

    __tablename__ = "care_message"

    account_id: str = Field(sa_column=Column(Text(), ForeignKey("account.id", ondelete="CASCADE"), primary_key=True))
    kind: str = Field(sa_column=Column(Text(), primary_key=True))
    id: str = text()
    at: datetime = instant()


class CarePush(SQLModel, table=True):
    """Where the browser of one opening of a share is reached; it goes with the opening."""

    __tablename__ = "care_push"

    token_hash: str = Field(sa_column=Column(Text(), ForeignKey("share_opening.token_hash", ondelete="CASCADE"), primary_key=True))
    share_id: str = _share()
    endpoint: str = text()
    p256dh: str = text()
    auth: str = text()
    created_at: datetime = instant()


class CareSending(SQLModel, table=True):
    """One alert of one share, and what became of it: `state` is open, sent, missed or dropped.

    The unique key is the claim, as with `ReminderSending`: `ref` is the flare, the message, or the last day before a silence.
    """

    __tablename__ = "care_sending"
    __table_args__ = (UniqueConstraint("share_id", "kind", "ref"), Index("ix_care_sending_state_again_at", "state", "again_at"))

    id: str = Field(sa_column=Column(Text(), primary_key=True))
    share_id: str = Field(sa_column=Column(Text(), ForeignKey("share.id", ondelete="CASCADE"), nullable=False))
    kind: str = text()
    ref: str = text()
    due_at: datetime = instant()
    again_at: datetime = instant()
    tries: int = 0
    waiting: str | None = Field(default=None, sa_column=Column(Text(), nullable=True))
    rang: bool = False
    state: str = text()
