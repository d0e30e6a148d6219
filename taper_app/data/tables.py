"""The tables. Rows stay inside `data` and `services`; what a service hands out is a frozen view.

JSON is kept as text, byte for byte as it was written. Ids that a client or an import may bring (plans, entries) are
unique within an account only.
"""

from datetime import datetime
from typing import Any

from sqlalchemy import Column, ForeignKey, ForeignKeyConstraint, Index, LargeBinary, MetaData, Text, UniqueConstraint
from sqlmodel import Field, SQLModel

from taper_app.data.types import Instant

# Named constraints, so that a migration can name them again.
SQLModel.metadata.naming_convention = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s",
    "pk": "pk_%(table_name)s",
}
metadata: MetaData = SQLModel.metadata


def _instant(*, null: bool = False) -> Any:
    return Field(default=None, sa_column=Column(Instant(), nullable=null))


def _text() -> Any:
    return Field(sa_column=Column(Text(), nullable=False))


def _account() -> Any:
    # Everything of an account goes with it.
    return Field(sa_column=Column(Text(), ForeignKey("account.id", ondelete="CASCADE"), nullable=False, index=True))


class Account(SQLModel, table=True):
    """A person with a plan. `login` is folded; `safety` is JSON {people, after_hours}."""

    id: str = Field(sa_column=Column(Text(), primary_key=True))
    login: str = Field(sa_column=Column(Text(), nullable=False, unique=True))
    password_hash: str = _text()
    recovery_hash: str = _text()
    display_name: str = _text()
    zone: str = _text()
    safety: str = _text()
    created_at: datetime = _instant()


class LoginSession(SQLModel, table=True):
    """One signed-in browser. Ending it deletes the row."""

    __tablename__ = "login_session"

    id: str = Field(sa_column=Column(Text(), primary_key=True))
    account_id: str = _account()
    token_hash: str = Field(sa_column=Column(Text(), nullable=False, unique=True))
    label: str = _text()
    created_at: datetime = _instant()
    last_seen_at: datetime = _instant()


class Plan(SQLModel, table=True):
    """A plan as first written (`body` is domain.wire's JSON). `is_draft` until it is activated."""

    account_id: str = Field(sa_column=Column(Text(), ForeignKey("account.id", ondelete="CASCADE"), primary_key=True))
    id: str = Field(sa_column=Column(Text(), primary_key=True))
    is_draft: bool
    body: str = _text()
    created_at: datetime = _instant()


class PlanEvent(SQLModel, table=True):
    """One line of a plan's ledger, never changed; `n` counts from 1 in its plan."""

    __tablename__ = "plan_event"
    __table_args__ = (ForeignKeyConstraint(["account_id", "plan_id"], ["plan.account_id", "plan.id"], ondelete="CASCADE"),)

    account_id: str = Field(sa_column=Column(Text(), primary_key=True))
    plan_id: str = Field(sa_column=Column(Text(), primary_key=True))
    n: int = Field(primary_key=True)
    body: str = _text()
    recorded_at: datetime = _instant()


class Entry(SQLModel, table=True):
    """One entry as a device wrote it.

    `seq` is the order of arrival in the account (for cursors, never exported); `at_written` keeps the offset that the
    device wrote; `ends` says whether it sets (True) or clears (False) the end of a flare.
    """

    __table_args__ = (
        UniqueConstraint("account_id", "seq"),
        Index("ix_entry_account_id_at", "account_id", "at"),
        Index("ix_entry_account_id_kind_at", "account_id", "kind", "at"),
        Index("ix_entry_account_id_changes", "account_id", "changes"),
    )

    account_id: str = Field(sa_column=Column(Text(), ForeignKey("account.id", ondelete="CASCADE"), primary_key=True))
    id: str = Field(sa_column=Column(Text(), primary_key=True))
    seq: int
    kind: str = _text()
    at: datetime = _instant()
    at_written: str = _text()
    zone: str = _text()
    data: str = _text()
    changes: str | None = Field(default=None, sa_column=Column(Text(), nullable=True))
    ends: bool | None = None
    recorded_at: datetime = _instant()


class Share(SQLModel, table=True):
    """A link for a caregiver. Only the hash of its token is kept; `scopes` is a JSON list.

    A revoked one stays as a line (`ended_at`), so that the patient can still see who looked.
    """

    id: str = Field(sa_column=Column(Text(), primary_key=True))
    account_id: str = _account()
    label: str = _text()
    scopes: str = _text()
    token_hash: str = Field(sa_column=Column(Text(), nullable=False, unique=True))
    created_at: datetime = _instant()
    expires_at: datetime = _instant()
    ended_at: datetime | None = _instant(null=True)


class ShareOpening(SQLModel, table=True):
    """One browser that opened a share: the hash of its cookie."""

    __tablename__ = "share_opening"

    token_hash: str = Field(sa_column=Column(Text(), primary_key=True))
    share_id: str = Field(sa_column=Column(Text(), ForeignKey("share.id", ondelete="CASCADE"), nullable=False, index=True))
    opened_at: datetime = _instant()
    looked_at: datetime = _instant()


class ShareView(SQLModel, table=True):
    """That a share was opened or looked at, for the patient to see."""

    __tablename__ = "share_view"

    id: int | None = Field(default=None, primary_key=True)
    share_id: str = Field(sa_column=Column(Text(), ForeignKey("share.id", ondelete="CASCADE"), nullable=False, index=True))
    at: datetime = _instant()
    what: str = _text()


class Audit(SQLModel, table=True):
    """What was done with the account itself: a code and an instant, never a value."""

    id: int | None = Field(default=None, primary_key=True)
    account_id: str = _account()
    at: datetime = _instant()
    what: str = _text()


class Invite(SQLModel, table=True):
    """An invitation to make an account, when the host wants one."""

    code_hash: str = Field(sa_column=Column(Text(), primary_key=True))
    created_at: datetime = _instant()
    used_at: datetime | None = _instant(null=True)


class Reminder(SQLModel, table=True):
    """A time at which the account wants to be reminded. `since` is when it was set: nothing rings for before."""

    account_id: str = Field(sa_column=Column(Text(), ForeignKey("account.id", ondelete="CASCADE"), primary_key=True))
    id: str = Field(sa_column=Column(Text(), primary_key=True))
    kind: str = _text()
    at: str = _text()
    since: datetime = _instant()


class QuietHours(SQLModel, table=True):
    """When nothing rings, in the account's wall time; no row: it may ring always."""

    __tablename__ = "quiet_hours"

    account_id: str = Field(sa_column=Column(Text(), ForeignKey("account.id", ondelete="CASCADE"), primary_key=True))
    starts: str = _text()
    ends: str = _text()


class PushSubscription(SQLModel, table=True):
    """Where one signed-in browser is reached; it goes with its login session."""

    __tablename__ = "push_subscription"

    session_id: str = Field(sa_column=Column(Text(), ForeignKey("login_session.id", ondelete="CASCADE"), primary_key=True))
    account_id: str = _account()
    endpoint: str = Field(sa_column=Column(Text(), nullable=False, unique=True))
    p256dh: str = _text()
    auth: str = _text()
    created_at: datetime = _instant()


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
    on_date: str = _text()
    snooze: int
    due_at: datetime = _instant()
    again_at: datetime = _instant()
    tries: int = 0
    waiting: str | None = Field(default=None, sa_column=Column(Text(), nullable=True))
    rang: bool = False
    state: str = _text()


class CalendarFeed(SQLModel, table=True):
    """The account's calendar link; only the hash of its token is kept."""

    __tablename__ = "calendar_feed"

    account_id: str = Field(sa_column=Column(Text(), ForeignKey("account.id", ondelete="CASCADE"), primary_key=True))
    token_hash: str = Field(sa_column=Column(Text(), nullable=False, unique=True))
    created_at: datetime = _instant()


class PlanSource(SQLModel, table=True):
    """The words a draft was read from, to stand beside its lines in the read-back.

    `kind` is text or fhir; `body` is the JSON of domain.drafting; `confirmed` a JSON list of the line numbers ticked.
    """

    __tablename__ = "plan_source"
    __table_args__ = (ForeignKeyConstraint(["account_id", "plan_id"], ["plan.account_id", "plan.id"], ondelete="CASCADE"),)

    account_id: str = Field(sa_column=Column(Text(), primary_key=True))
    plan_id: str = Field(sa_column=Column(Text(), primary_key=True))
    kind: str = _text()
    body: str = _text()
    confirmed: str = _text()
    created_at: datetime = _instant()


class PlanPhoto(SQLModel, table=True):
    """A photo kept beside a plan: checked, written anew without its metadata, never read for doses."""

    __tablename__ = "plan_photo"
    __table_args__ = (ForeignKeyConstraint(["account_id", "plan_id"], ["plan.account_id", "plan.id"], ondelete="CASCADE"),)

    account_id: str = Field(sa_column=Column(Text(), primary_key=True))
    id: str = Field(sa_column=Column(Text(), primary_key=True))
    plan_id: str = _text()
    media_type: str = _text()
    width: int
    height: int
    body: bytes = Field(sa_column=Column(LargeBinary(), nullable=False))
    created_at: datetime = _instant()


class ImportFile(SQLModel, table=True):
    """A pain diary that was sent and waits until its owner has said what its columns are. It goes after an hour."""

    __tablename__ = "import_file"

    account_id: str = Field(sa_column=Column(Text(), ForeignKey("account.id", ondelete="CASCADE"), primary_key=True))
    id: str = Field(sa_column=Column(Text(), primary_key=True))
    body: str = _text()
    created_at: datetime = _instant()
