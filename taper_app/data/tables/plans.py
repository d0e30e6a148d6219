"""Plans: as first written, their ledgers, the words they were read from, the photos beside them."""

from datetime import datetime

from sqlalchemy import Column, ForeignKey, ForeignKeyConstraint, LargeBinary, Text
from sqlmodel import Field, SQLModel

from taper_app.data.tables.base import instant, text


class Plan(SQLModel, table=True):
    """A plan as first written (`body` is domain.wire's JSON). `is_draft` until it is activated."""

    account_id: str = Field(sa_column=Column(Text(), ForeignKey("account.id", ondelete="CASCADE"), primary_key=True))
    id: str = Field(sa_column=Column(Text(), primary_key=True))
    is_draft: bool
    body: str = text()
    created_at: datetime = instant()


class PlanEvent(SQLModel, table=True):
    """One line of a plan's ledger, never changed; `n` counts from 1 in its plan."""

    __tablename__ = "plan_event"
    __table_args__ = (ForeignKeyConstraint(["account_id", "plan_id"], ["plan.account_id", "plan.id"], ondelete="CASCADE"),)

    account_id: str = Field(sa_column=Column(Text(), primary_key=True))
    plan_id: str = Field(sa_column=Column(Text(), primary_key=True))
    n: int = Field(primary_key=True)
    body: str = text()
    recorded_at: datetime = instant()


class PlanSource(SQLModel, table=True):
    """The words a draft was read from, to stand beside its lines in the read-back.

    `kind` is text or fhir; `body` is the JSON of domain.drafting; `confirmed` a JSON list of the line numbers ticked.
    """

    __tablename__ = "plan_source"
    __table_args__ = (ForeignKeyConstraint(["account_id", "plan_id"], ["plan.account_id", "plan.id"], ondelete="CASCADE"),)

    account_id: str = Field(sa_column=Column(Text(), primary_key=True))
    plan_id: str = Field(sa_column=Column(Text(), primary_key=True))
    kind: str = text()
    body: str = text()
    confirmed: str = text()
    created_at: datetime = instant()


class PlanPhoto(SQLModel, table=True):
    """A photo kept beside a plan: checked, written anew without its metadata, never read for doses."""

    __tablename__ = "plan_photo"
    __table_args__ = (ForeignKeyConstraint(["account_id", "plan_id"], ["plan.account_id", "plan.id"], ondelete="CASCADE"),)

    account_id: str = Field(sa_column=Column(Text(), primary_key=True))
    id: str = Field(sa_column=Column(Text(), primary_key=True))
    plan_id: str = text()
    media_type: str = text()
    width: int
    height: int
    body: bytes = Field(sa_column=Column(LargeBinary(), nullable=False))
    created_at: datetime = instant()
