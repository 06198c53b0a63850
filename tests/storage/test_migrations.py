"""How the schema becomes that of the code; what happens to rows is in test_migrated_rows.py."""

import asyncio

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import Connection, inspect

from storage.database import Database
from storage.engines import build_engine
from storage.migrate import migrate
from storage.tables import metadata
from tests.migrated import OLDEST


def differences(connection: Connection) -> list[object]:
    context = MigrationContext.configure(connection, opts={"compare_type": True})
    return list(compare_metadata(context, metadata))


def names(connection: Connection) -> list[str]:
    return inspect(connection).get_table_names()


async def test_blank_database_becomes_the_schema_of_the_code(database_url: str) -> None:
    await migrate(database_url)
    engine = await asyncio.to_thread(build_engine, database_url)
    async with engine.connect() as connection:
        assert await connection.run_sync(differences) == []
    await engine.dispose()


async def test_two_processes_may_migrate_at_once(database_url: str) -> None:
    await asyncio.gather(migrate(database_url), migrate(database_url))
    engine = await asyncio.to_thread(build_engine, database_url)
    async with engine.connect() as connection:
        assert await connection.run_sync(differences) == []
    await engine.dispose()


async def test_migrating_twice_changes_nothing(database: Database) -> None:
    async with database.work() as work:
        await work.meta.set("a", "b")
        await work.commit()
    await database.migrate()
    async with database.reading() as work:
        assert await work.meta.get("a") == "b"


async def test_failed_migration_leaves_the_old_schema(
    database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    await migrate(database_url, OLDEST)

    def fail(connection: Connection) -> None:
        raise LookupError

    with monkeypatch.context() as patch:
        patch.setattr("storage.migrate._check_references", fail)
        with pytest.raises(LookupError):
            await migrate(database_url)
    engine = await asyncio.to_thread(build_engine, database_url)
    async with engine.connect() as connection:
        left = await connection.run_sync(names)
    await engine.dispose()
    assert "stores" in left
    assert "shoppers" not in left
