"""What opens an account beside its password: passkeys, the challenges they answer, and codes on paper."""

from datetime import datetime

from sqlalchemy import Column, ForeignKey, Integer, Text
from sqlmodel import Field, SQLModel

from taper_app.data.tables.base import account_key, instant, text


class Passkey(SQLModel, table=True):
    """A passkey of an account: its public half. `credential` and `public_key` are base64url."""

    id: str = Field(sa_column=Column(Text(), primary_key=True))
    account_id: str = account_key()
    credential: str = Field(sa_column=Column(Text(), nullable=False, unique=True))
    public_key: str = text()
    sign_count: int = Field(sa_column=Column(Integer(), nullable=False))
    name: str = text()
    created_at: datetime = instant()
    last_used_at: datetime | None = instant(null=True)


class Challenge(SQLModel, table=True):
    """What a passkey is asked to sign, once, by one browser. `account_id` is blank before anyone has signed in."""

    __tablename__ = "passkey_challenge"

    token_hash: str = Field(sa_column=Column(Text(), primary_key=True))
    account_id: str | None = Field(default=None, sa_column=Column(Text(), ForeignKey("account.id", ondelete="CASCADE"), index=True))
    purpose: str = text()
    challenge: str = text()
    created_at: datetime = instant()


class RecoveryCode(SQLModel, table=True):
    """One code of a printed sheet; the one of the sign-up is `Account.recovery_hash`."""

    __tablename__ = "recovery_code"

    code_hash: str = Field(sa_column=Column(Text(), primary_key=True))
    account_id: str = account_key()
    created_at: datetime = instant()
    used_at: datetime | None = instant(null=True)
