"""Accounts, their sessions, and invitations."""

from datetime import datetime

from sqlalchemy import Column, Text
from sqlmodel import Field, SQLModel

from taper_app.data.tables.base import account_key, instant, text


class Account(SQLModel, table=True):
    """A person with a plan. `login` is folded; `safety` is JSON {people, after_hours}.

    `recovery_hash` is the code given at sign-up or with the last recovery, blank once it is used or printed ones took its place.
    """

    id: str = Field(sa_column=Column(Text(), primary_key=True))
    login: str = Field(sa_column=Column(Text(), nullable=False, unique=True))
    password_hash: str = text()
    recovery_hash: str = text()
    display_name: str = text()
    zone: str = text()
    safety: str = text()
    created_at: datetime = instant()


class LoginSession(SQLModel, table=True):
    """One signed-in browser. Ending it deletes the row. `proved_at`: when its owner last showed who they are."""

    __tablename__ = "login_session"

    id: str = Field(sa_column=Column(Text(), primary_key=True))
    account_id: str = account_key()
    token_hash: str = Field(sa_column=Column(Text(), nullable=False, unique=True))
    label: str = text()
    created_at: datetime = instant()
    last_seen_at: datetime = instant()
    proved_at: datetime | None = instant(null=True)


class Invite(SQLModel, table=True):
    """An invitation to make an account, when the host wants one."""

    code_hash: str = Field(sa_column=Column(Text(), primary_key=True))
    created_at: datetime = instant()
    used_at: datetime | None = instant(null=True)
