"""Databases that a test finds migrated: a file that is copied for each, schemas that are emptied and lent again.

On PostgreSQL a migration takes a second, and hundreds of tests want a database. How one is migrated is tested in
storage/test_migrations.py, from blank.
"""

import asyncio
import uuid
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import asyncpg
from sqlalchemy import Insert, make_url

from storage.crypto import Cipher
from storage.database import Database
from storage.engines import build_engine, for_writing
from storage.migrate import migrate
from storage.tables import meta, metadata

OLDEST = "r0001"

# Ids begin with 1 in every test.
_IDS_BEGIN_AGAIN = (
    "SELECT setval(format('%I.%I', schemaname, sequencename)::regclass, 1, false)"
    " FROM pg_sequences WHERE schemaname = $1"
)


class Schemas:
    """Schemas of a PostgreSQL server, migrated and marked with a data key: as many as are wanted at a time."""

    def __init__(self, server_url: str, key: str) -> None:
        self._server_url = make_url(server_url)
        self._key = key
        self._free: list[str] = []
        self._marks: dict[str, list[Any]] = {}

    async def lend(self) -> str:
        """Give the name of a schema in which nothing is stored yet, a new one if none is free."""
        return self._free.pop() if self._free else await self._made()

    async def take_back(self, schema: str) -> None:
        """Empty a schema for the next test."""
        names = [table.name for table in reversed(metadata.sorted_tables)]
        server = await self.connect()
        try:
            async with server.transaction():
                for name in names:
                    await server.execute(f"DELETE FROM {schema}.{name}")  # noqa: S608 - our own names
                await server.execute(_IDS_BEGIN_AGAIN, schema)
                await server.executemany(
                    f"INSERT INTO {schema}.{meta.name} (key, value) VALUES ($1, $2)",  # noqa: S608 - our own names
                    self._marks[schema],
                )
        finally:
            await server.close()
        self._free.append(schema)

    async def drop_all(self) -> None:
        """Leave nothing on the server."""
        server = await self.connect()
        for schema in self._marks:
            await server.execute(f"DROP SCHEMA {schema} CASCADE")
        await server.close()

    async def connect(self) -> Any:
        """Open a connection to the server."""
        url = self._server_url.set(drivername="postgresql")
        return await asyncpg.connect(url.render_as_string(hide_password=False))

    def url_of(self, schema: str) -> str:
        """Give the URL of the database that lives in a schema."""
        own = self._server_url.update_query_dict({"search_path": schema})
        return own.render_as_string(hide_password=False)

    async def _made(self) -> str:
        schema = f"test_{uuid.uuid4().hex[:12]}"
        server = await self.connect()
        try:
            await server.execute(f"CREATE SCHEMA {schema}")
            self._marks[schema] = []
            await migrate_and_mark(self.url_of(schema), self._key)
            marks = await server.fetch(f"SELECT key, value FROM {schema}.{meta.name}")  # noqa: S608 - our own names
            self._marks[schema] = [tuple(mark) for mark in marks]
        finally:
            await server.close()
        return schema


def migrated_file(folder: Path, key: str) -> Path:
    """Make an SQLite database to copy. Blocks."""
    path = folder / "migrated.db"
    asyncio.run(migrate_and_mark(f"sqlite+aiosqlite:///{path}", key))
    return path


async def migrate_and_mark(url: str, key: str) -> None:
    """Bring a blank database to the newest schema, and leave the mark of the data key."""
    database = await Database.open(url, cipher=Cipher([key]))
    await database.migrate()
    await database.close()


@asynccontextmanager
async def grown_from(
    url: str, cipher: Cipher, revision: str, rows: Sequence[Insert]
) -> AsyncIterator[Database]:
    """Open a blank database that was migrated to a revision, got rows there, and was then brought up to date."""
    await migrate(url, revision)
    engine = await asyncio.to_thread(build_engine, url)
    async with for_writing(engine).begin() as connection:
        for row in rows:
            await connection.execute(row)
    await engine.dispose()
    database = await Database.open(url, cipher=cipher)
    await database.migrate()
    yield database
    await database.close()
