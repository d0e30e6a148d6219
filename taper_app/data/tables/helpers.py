"""Second adults who help to enter."""

from datetime import datetime

from sqlalchemy import Column, ForeignKey, Text
from sqlmodel import Field, SQLModel

from taper_app.data.tables.base import account_key, instant, text


class HelperGrant(SQLModel, table=True):
    """That somebody may enter for an account, from the asking to the end.

    Only the hash of its code is kept, and only until it was used. It works once `confirmed_at` is set, and until `ended_at`.
    `kinds` is a JSON list. It goes with either of the two accounts.
    """

    __tablename__ = "helper_grant"

    id: str = Field(sa_column=Column(Text(), primary_key=True))
    account_id: str = account_key()
    label: str = text()
    kinds: str = text()
    code_hash: str | None = Field(default=None, sa_column=Column(Text(), nullable=True, unique=True))
    helper_id: str | None = Field(
        default=None, sa_column=Column(Text(), ForeignKey("account.id", ondelete="CASCADE"), nullable=True, index=True)
    )
    created_at: datetime = instant()
    expires_at: datetime = instant()
    accepted_at: datetime | None = instant(null=True)
    confirmed_at: datetime | None = instant(null=True)
    ended_at: datetime | None = instant(null=True)
