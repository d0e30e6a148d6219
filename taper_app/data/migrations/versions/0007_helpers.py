"""Second adults who help to enter, and their names beside what they wrote."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Up."""
    op.add_column("entry", sa.Column("by_id", sa.Text(), nullable=True))
    op.add_column("entry", sa.Column("by_name", sa.Text(), nullable=True))
    op.create_table(
        "helper_grant",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("account_id", sa.Text(), nullable=False),
        sa.Column("label", sa.Text(), nullable=False),
        sa.Column("kinds", sa.Text(), nullable=False),
        sa.Column("code_hash", sa.Text(), nullable=True),
        sa.Column("helper_id", sa.Text(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("accepted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("confirmed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_helper_grant_account_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["helper_id"], ["account.id"], name=op.f("fk_helper_grant_helper_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_helper_grant")),
        sa.UniqueConstraint("code_hash", name=op.f("uq_helper_grant_code_hash")),
    )
    op.create_index(op.f("ix_helper_grant_account_id"), "helper_grant", ["account_id"])
    op.create_index(op.f("ix_helper_grant_helper_id"), "helper_grant", ["helper_id"])


def downgrade() -> None:
    """Down."""
    op.drop_table("helper_grant")
    op.drop_column("entry", "by_name")
    op.drop_column("entry", "by_id")
