"""Alembic's entry: runs the revisions on the connection that storage.migrate hands over.

There is no offline mode and no URL here: the program migrates its own database when it starts.
"""

from alembic import context
from sqlalchemy import Connection

from storage.tables import metadata


def _run(connection: Connection) -> None:
    context.configure(
        connection=connection,
        target_metadata=metadata,
        render_as_batch=connection.dialect.name == "sqlite",
        # SQLite can, once the driver's own BEGIN is off; Alembic assumes that it cannot.
        transactional_ddl=True,
    )
    with context.begin_transaction():
        context.run_migrations()


_run(context.config.attributes["connection"])
