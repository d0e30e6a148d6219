"""The keys of accounts, wrapped by the host's key. Without its row, nothing of an account can be read."""

from sqlalchemy import Column, ForeignKey, Text
from sqlmodel import Field, SQLModel

from taper_app.data.tables.base import text


class AccountKey(SQLModel, table=True):
    """What seals the texts of one account (data/sealing.py)."""

    __tablename__ = "account_key"

    account_id: str = Field(sa_column=Column(Text(), ForeignKey("account.id", ondelete="CASCADE"), primary_key=True))
    wrapped: str = text()
