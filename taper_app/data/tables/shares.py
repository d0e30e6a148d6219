"""Links for caregivers: who opened them, who looked."""

from datetime import datetime

from sqlalchemy import Boolean, Column, ForeignKey, Integer, Text, false
from sqlmodel import Field, SQLModel

from taper_app.data.tables.base import account_key, instant, text


class Share(SQLModel, table=True):
    """A link for a caregiver. Only the hash of its token is kept; `scopes` is a JSON list.

    `back` is now (from `since` on), 30_days or all. `pin_tries` are the wrong ones in the life of this link. A frozen one shows
    `frozen_view` (JSON), what was to be seen at `frozen_at`, and nothing newer. A revoked one stays as a line (`ended_at`), so
    that the patient can still see who looked.
    """

    id: str = Field(sa_column=Column(Text(), primary_key=True))
    account_id: str = account_key()
    label: str = text()
    scopes: str = text()
    token_hash: str = Field(sa_column=Column(Text(), nullable=False, unique=True))
    created_at: datetime = instant()
    expires_at: datetime = instant()
    ended_at: datetime | None = instant(null=True)
    back: str = Field(default="30_days", sa_column=Column(Text(), nullable=False, server_default="30_days"))
    since: datetime | None = instant(null=True)
    by_hour: bool = Field(default=False, sa_column=Column(Boolean(), nullable=False, server_default=false()))
    pin_hash: str | None = Field(default=None, sa_column=Column(Text(), nullable=True))
    pin_tries: int = Field(default=0, sa_column=Column(Integer(), nullable=False, server_default="0"))
    paused_at: datetime | None = instant(null=True)
    frozen_at: datetime | None = instant(null=True)
    frozen_view: str | None = Field(default=None, sa_column=Column(Text(), nullable=True))


class ShareOpening(SQLModel, table=True):
    """One browser that opened a share: the hash of its cookie."""

    __tablename__ = "share_opening"

    token_hash: str = Field(sa_column=Column(Text(), primary_key=True))
    share_id: str = Field(sa_column=Column(Text(), ForeignKey("share.id", ondelete="CASCADE"), nullable=False, index=True))
    opened_at: datetime = instant()
    looked_at: datetime = instant()


class ShareView(SQLModel, table=True):
    """That a share was opened or looked at, for the patient to see."""

    __tablename__ = "share_view"

    id: int | None = Field(default=None, primary_key=True)
    share_id: str = Field(sa_column=Column(Text(), ForeignKey("share.id", ondelete="CASCADE"), nullable=False, index=True))
    at: datetime = instant()
    what: str = text()
