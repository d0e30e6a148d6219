"""The trail: who did it and to what, counted wrong tries; and the database refuses to change a line of it."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

# A line goes only with its account: by the time the cascade comes, the account's row is not there any more.
_SQLITE = (
    """CREATE TRIGGER audit_no_update BEFORE UPDATE ON audit
    BEGIN SELECT RAISE(ABORT, 'audit is append-only'); END""",
    """CREATE TRIGGER audit_no_delete BEFORE DELETE ON audit WHEN EXISTS (SELECT 1 FROM account WHERE id = OLD.account_id)
    BEGIN SELECT RAISE(ABORT, 'audit is append-only'); END""",
)
_POSTGRES = (
    """CREATE FUNCTION audit_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        IF TG_OP = 'DELETE' THEN
            IF NOT EXISTS (SELECT 1 FROM account WHERE id = OLD.account_id) THEN RETURN OLD; END IF;
        END IF;
        RAISE EXCEPTION 'audit is append-only';
    END $$""",
    "CREATE TRIGGER audit_no_change BEFORE UPDATE OR DELETE ON audit FOR EACH ROW EXECUTE FUNCTION audit_append_only()",
    "CREATE TRIGGER audit_no_truncate BEFORE TRUNCATE ON audit FOR EACH STATEMENT EXECUTE FUNCTION audit_append_only()",
)
_SQLITE_DOWN = ("DROP TRIGGER audit_no_update", "DROP TRIGGER audit_no_delete")
_POSTGRES_DOWN = (
    "DROP TRIGGER audit_no_change ON audit",
    "DROP TRIGGER audit_no_truncate ON audit",
    "DROP FUNCTION audit_append_only()",
)


def upgrade() -> None:
    """Up."""
    op.add_column("audit", sa.Column("actor", sa.Text(), nullable=False, server_default="self"))
    op.add_column("audit", sa.Column("subject", sa.Text(), nullable=True))
    op.create_table(
        "wrong_tries",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("account_id", sa.Text(), nullable=False),
        sa.Column("began_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_wrong_tries_account_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_wrong_tries")),
    )
    op.create_index("ix_wrong_tries_account_id", "wrong_tries", ["account_id"])
    _run(_POSTGRES if _is_server() else _SQLITE)


def downgrade() -> None:
    """Down."""
    _run(_POSTGRES_DOWN if _is_server() else _SQLITE_DOWN)
    op.drop_table("wrong_tries")
    op.drop_column("audit", "subject")
    op.drop_column("audit", "actor")


def _is_server() -> bool:
    return op.get_bind().dialect.name == "postgresql"


def _run(statements: tuple[str, ...]) -> None:
    for one in statements:
        op.get_bind().exec_driver_sql(one)
