"""What the tables are made of: columns that several have, and named constraints."""

from typing import Any

from sqlalchemy import Column, ForeignKey, MetaData, Text
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


def instant(*, null: bool = False) -> Any:
    """A UTC instant."""
    return Field(default=None, sa_column=Column(Instant(), nullable=null))


def text() -> Any:
    """A text that is always there."""
    return Field(sa_column=Column(Text(), nullable=False))


def account_key() -> Any:
    """Whose row this is; everything of an account goes with it."""
    return Field(sa_column=Column(Text(), ForeignKey("account.id", ondelete="CASCADE"), nullable=False, index=True))
