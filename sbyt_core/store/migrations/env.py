"""Run by Alembic for every upgrade: on the connection, and in the transaction, that `migrate` hands over."""

from alembic import context

from sbyt_core.store.schema import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    render_as_batch=True,  # SQLite changes a table by building it anew
)
with context.begin_transaction():
    context.run_migrations()
