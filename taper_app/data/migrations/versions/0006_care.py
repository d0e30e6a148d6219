"""What goes back and forth between a caregiver and the patient, and alerts to a caregiver's browser."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Up."""
    op.create_table(
        "share_care",
        sa.Column("share_id", sa.Text(), nullable=False),
        sa.Column("replies", sa.Boolean(), nullable=False),
        sa.Column("muted", sa.Boolean(), nullable=False),
        sa.Column("flare", sa.Integer(), nullable=True),
        sa.Column("quiet_days", sa.Integer(), nullable=True),
        sa.Column("company", sa.Boolean(), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        _of("share_care", "share_id", "share.id"),
        sa.PrimaryKeyConstraint("share_id", name=op.f("pk_share_care")),
    )
    op.create_table(
        "share_reply",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("share_id", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("cleared", sa.Boolean(), nullable=False),
        _of("share_reply", "share_id", "share.id"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_share_reply")),
    )
    op.create_index(op.f("ix_share_reply_share_id"), "share_reply", ["share_id"])
    op.create_table(
        "care_message",
        sa.Column("account_id", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        _of("care_message", "account_id", "account.id"),
        sa.PrimaryKeyConstraint("account_id", "kind", name=op.f("pk_care_message")),
    )
    op.create_table(
        "care_push",
        sa.Column("token_hash", sa.Text(), nullable=False),
        sa.Column("share_id", sa.Text(), nullable=False),
        sa.Column("endpoint", sa.Text(), nullable=False),
        sa.Column("p256dh", sa.Text(), nullable=False),
        sa.Column("auth", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        _of("care_push", "token_hash", "share_opening.token_hash"),
        _of("care_push", "share_id", "share.id"),
        sa.PrimaryKeyConstraint("token_hash", name=op.f("pk_care_push")),
    )
    op.create_index(op.f("ix_care_push_share_id"), "care_push", ["share_id"])
    op.create_table(
        "care_sending",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("share_id", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("ref", sa.Text(), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("again_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("waiting", sa.Text(), nullable=True),
        sa.Column("rang", sa.Boolean(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        _of("care_sending", "share_id", "share.id"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_care_sending")),
        sa.UniqueConstraint("share_id", "kind", "ref", name=op.f("uq_care_sending_share_id_kind_ref")),
    )
    op.create_index("ix_care_sending_state_again_at", "care_sending", ["state", "again_at"])


def downgrade() -> None:
    """Down."""
    for table in ("care_sending", "care_push", "care_message", "share_reply", "share_care"):
        op.drop_table(table)


def _of(table: str, column: str, to: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [to], name=op.f(f"fk_{table}_{column}"), ondelete="CASCADE")
