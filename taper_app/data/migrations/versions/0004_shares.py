"""Shares: how far back, a PIN, paused, frozen, and freshness by the hour where the patient chose it."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

# Links that are there show what they always showed.
_COLUMNS: tuple[sa.Column[Any], ...] = (
    sa.Column("back", sa.Text(), nullable=False, server_default="30_days"),
    sa.Column("since", sa.DateTime(timezone=True), nullable=True),
    sa.Column("by_hour", sa.Boolean(), nullable=False, server_default=sa.false()),
    sa.Column("pin_hash", sa.Text(), nullable=True),
    sa.Column("pin_tries", sa.Integer(), nullable=False, server_default="0"),
    sa.Column("paused_at", sa.DateTime(timezone=True), nullable=True),
    sa.Column("frozen_at", sa.DateTime(timezone=True), nullable=True),
    sa.Column("frozen_view", sa.Text(), nullable=True),
)


def upgrade() -> None:
    """Up."""
    for column in _COLUMNS:
        op.add_column("share", column._copy())


def downgrade() -> None:
    """Down."""
    for column in reversed(_COLUMNS):
        op.drop_column("share", column.name)
