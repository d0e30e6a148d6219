"""The trail of what was done with an account, and how often somebody guessed."""

from datetime import datetime

from sqlalchemy import Column, Text
from sqlmodel import Field, SQLModel

from taper_app.data.tables.base import account_key, instant, text


class Audit(SQLModel, table=True):
    """What was done with the account: a code, who, and an instant; `subject` is an id. Never a value.

    The database itself refuses to change or take out a line while the account is there (migration 0004).
    """

    id: int | None = Field(default=None, primary_key=True)
    account_id: str = account_key()
    at: datetime = instant()
    what: str = text()
    actor: str = Field(default="self", sa_column=Column(Text(), nullable=False, server_default="self"))
    subject: str | None = Field(default=None, sa_column=Column(Text(), nullable=True))


class WrongTries(SQLModel, table=True):
    """Wrong passwords and codes of one hour, counted: the trail has one line for all of them, whose subject is this id."""

    __tablename__ = "wrong_tries"

    id: str = Field(sa_column=Column(Text(), primary_key=True))
    account_id: str = account_key()
    began_at: datetime = instant()
    tries: int
