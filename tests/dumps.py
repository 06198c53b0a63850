"""Everything a database holds, to be compared with itself later."""

from typing import Any

from sqlalchemy import select

from storage.database import Database
from storage.tables import metadata

# What came in and went out is there in any case.
MESSAGES = frozenset({"inbox", "outbox"})


async def dump(database: Database) -> dict[str, list[Any]]:
    """Give every row of every table but those of messages, in a fixed order."""
    async with database.reading() as work:
        return {
            table.name: sorted(map(tuple, await work._connection.execute(select(table))), key=repr)
            for table in metadata.sorted_tables
            if table.name not in MESSAGES
        }
