"""Reminders: what rings when, where, and what became of it."""

from datetime import datetime

from sqlalchemy import Column, ForeignKey, ForeignKeyConstraint, Index, Text, UniqueConstraint
from sqlmodel import Field, SQLModel

from taper_app.data.tables.base import account_key, instant, text


class Reminder(SQLModel, table=True):
    """A time at which the account wants to be reminded. `since` is when it was set: nothing rings for before."""

    account_id: str = Field(sa_column=Column(Text(), ForeignKey("account.id", ondelete="CASCADE"), primary_key=True))
    id: str = Field(sa_column=Column(Text(), primary_key=True))
    kind: str = text()
    at: str = text()
    since: datetime = instant()


class QuietHours(SQLModel, table=True):
    """When nothing rings, in the account's wall time; no row: it may ring always."""

    __tablename__ = "quiet_hours"

    account_id: str = Field(sa_column=Column(Text(), ForeignKey("account.id", ondelete="CASCADE"), primary_key=True))
    starts: str = text()
    ends: str = text()


class PushSubscription(SQLModel, table=True):
    """Where one signed-in browser is reached; it goes with its login session."""

    __tablename__ = "push_subscription"

    session_id: str = Field(sa_column=Column(Text(), ForeignKey("login_session.id", ondelete="CASCADE"), primary_key=True))
    account_id: str = account_key()
    endpoint: str = Field(sa_column=Column(Text(), nullable=False, unique=True))
    p256dh: str = text()
    auth: str = text()
    created_at: datetime = instant()


class ReminderSending(SQLModel, table=True):
    """One ringing of a reminder, and what became of it: `state` is open, sent, missed, silent or done.

    The unique key is the claim: a reminder rings once a wall date and snooze, whoever looks and however often. Who sends an
    open one first moves `again_at` ahead, so that nobody else takes it meanwhile. `waiting` is a JSON list of the sessions
    that still have to be reached, or null before the first try; `rang` says whether any was.
    """

    __tablename__ = "reminder_sending"
    __table_args__ = (
        ForeignKeyConstraint(["account_id", "reminder_id"], ["reminder.account_id", "reminder.id"], ondelete="CASCADE"),
        UniqueConstraint("account_id", "reminder_id", "on_date", "snooze"),
        Index("ix_reminder_sending_state_again_at", "state", "again_at"),
    )

    id: str = Field(sa_column=Column(Text(), primary_key=True))
    account_id: str = Field(sa_column=Column(Text(), nullable=False))
    reminder_id: str = Field(sa_column=Column(Text(), nullable=False))
    on_date: str = text()
    snooze: int
    due_at: datetime = instant()
    again_at: datetime = instant()
    tries: int = 0
    waiting: str | None = Field(default=None, sa_column=Column(Text(), nullable=True))
    rang: bool = False
    state: str = text()


class CalendarFeed(SQLModel, table=True):
    """The account's calendar link; only the hash of its token is kept."""

    __tablename__ = "calendar_feed"

    account_id: str = Field(sa_column=Column(Text(), ForeignKey("account.id", ondelete="CASCADE"), primary_key=True))
    token_hash: str = Field(sa_column=Column(Text(), nullable=False, unique=True))
    created_at: datetime = instant()
