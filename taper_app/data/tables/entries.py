"""The log, and a diary that waits to be read into it."""

from datetime import datetime

from sqlalchemy import Column, ForeignKey, Index, Text, UniqueConstraint
from sqlmodel import Field, SQLModel

from taper_app.data.tables.base import instant, text


class Entry(SQLModel, table=True):
    """One entry as a device wrote it.

    `seq` is the order of arrival in the account (for cursors, never exported); `at_written` keeps the offset that the
    device wrote; `ends` says whether it sets (True) or clears (False) the end of a flare. `by_id` and `by_name` are the helper
    who wrote it, as called then; no key leads to their account, so the name stays when that is deleted.
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
    kind: str = text()
    at: datetime = instant()
    at_written: str = text()
    zone: str = text()
    data: str = text()
    changes: str | None = Field(default=None, sa_column=Column(Text(), nullable=True))
    ends: bool | None = None
    recorded_at: datetime = instant()
    by_id: str | None = Field(default=None, sa_column=Column(Text(), nullable=True))
    by_name: str | None = Field(default=None, sa_column=Column(Text(), nullable=True))


class ImportFile(SQLModel, table=True):
    """A pain diary that was sent and waits until its owner has said what its columns are. It goes after an hour."""

    __tablename__ = "import_file"

    account_id: str = Field(sa_column=Column(Text(), ForeignKey("account.id", ondelete="CASCADE"), primary_key=True))
    id: str = Field(sa_column=Column(Text(), primary_key=True))
    body: str = text()
    created_at: datetime = instant()
