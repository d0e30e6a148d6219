"""Each account gets a key of its own, and its texts are sealed with it; going back opens them."""

from collections.abc import Callable
from typing import Any

import sqlalchemy as sa
from alembic import op
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from taper_app.data import sealing

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

# As it was then: table, the account's column, the rest of the primary key, the columns that are sealed.
SEALED = (
    ("account", "id", ("id",), ("display_name", "safety")),
    ("entry", "account_id", ("id",), ("data",)),
    ("import_file", "account_id", ("id",), ("body",)),
    ("plan", "account_id", ("id",), ("body",)),
    ("plan_event", "account_id", ("plan_id", "n"), ("body",)),
    ("plan_photo", "account_id", ("id",), ("body",)),
    ("plan_source", "account_id", ("plan_id",), ("body",)),
    ("share", "account_id", ("id",), ("label", "frozen_view")),
)
_BATCH = 500


def upgrade() -> None:
    """Up."""
    op.create_table(
        "account_key",
        sa.Column("account_id", sa.Text(), nullable=False),
        sa.Column("wrapped", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_account_key_account_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("account_id", name=op.f("pk_account_key")),
    )
    bind = op.get_bind()
    wrap = sealing.wrap_of(bind)
    for account_id in bind.execute(sa.text("SELECT id FROM account")).scalars().all():
        key = sealing.new_key()
        bind.execute(
            sa.text("INSERT INTO account_key (account_id, wrapped) VALUES (:id, :wrapped)"),
            {"id": account_id, "wrapped": wrap.close(account_id, key)},
        )
        _rewrite(bind, account_id, AESGCM(key), sealing.seal)


def downgrade() -> None:
    """Down."""
    bind = op.get_bind()
    wrap = sealing.wrap_of(bind)
    for account_id, wrapped in bind.execute(sa.text("SELECT account_id, wrapped FROM account_key")).all():
        _rewrite(bind, account_id, AESGCM(wrap.open(account_id, wrapped)), sealing.unseal)
    op.drop_table("account_key")


def _rewrite(bind: sa.Connection, account_id: str, key: AESGCM, change: Callable[[AESGCM, Any, bytes], Any]) -> None:
    for name, owner, ids, columns in SEALED:
        table = sa.table(name, *map(sa.column, {owner, *ids, *columns}))
        mine = table.c[owner] == account_id
        all_ids = bind.execute(sa.select(*(table.c[one] for one in ids)).where(mine)).all()
        for first in range(0, len(all_ids), _BATCH):
            for row_id in all_ids[first : first + _BATCH]:
                same = sa.and_(mine, *(table.c[one] == value for one, value in zip(ids, row_id, strict=True)))
                row = bind.execute(sa.select(*(table.c[one] for one in columns)).where(same)).one()
                places = [sealing.place(name, column, account_id, *row_id) for column in columns]
                changed = {one: change(key, value, where) for one, value, where in zip(columns, row, places, strict=True)}
                bind.execute(sa.update(table).where(same).values(**changed))
