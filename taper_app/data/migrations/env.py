"""Alembic's way in: runs on the connection that `data.engine.migrate` hands over."""

from alembic import context

from taper_app.data.tables import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    # SQLite changes a column only by copying the table.
    render_as_batch=True,
)
with context.begin_transaction():
    context.run_migrations()
