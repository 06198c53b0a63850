"""Brings the schema up to date: Alembic, in process, in a thread and an event loop of its own.

A thread, because Alembic reads its revision files and works synchronously; a loop of its own, because the
drivers are asynchronous. Works on one transaction, so that a crash half-way leaves the old schema.
"""

import asyncio
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, text
from sqlalchemy.ext.asyncio import AsyncEngine

from storage.engines import build_engine, for_writing
from storage.errors import SchemaTooNew, StorageError

_SCRIPTS = Path(__file__).parent / "migrations"
_LOCK_ID = 0x636F6E63  # "conc": two processes that start at once migrate one after the other


async def migrate(url: str, revision: str = "head") -> None:
    """Upgrade the schema of the database to `revision`.

    Raises:
        SchemaTooNew: the database knows a revision that this release does not.
    """
    await asyncio.to_thread(_migrate_in_thread, url, revision)


async def is_up_to_date(url: str) -> bool:
    """Tell whether the schema of the database is that of this release.

    Raises:
        SchemaTooNew: the database knows a revision that this release does not.
    """
    return await asyncio.to_thread(_compare_in_thread, url)


def _compare_in_thread(url: str) -> bool:
    return asyncio.run(_compare(build_engine(url, for_migration=True)))


async def _compare(engine: AsyncEngine) -> bool:
    try:
        async with engine.connect() as connection:
            return await connection.run_sync(_has_newest)
    finally:
        await engine.dispose()


def _has_newest(connection: Connection) -> bool:
    scripts = ScriptDirectory.from_config(_config(connection))
    _refuse_newer(connection, scripts)
    heads = MigrationContext.configure(connection).get_current_heads()
    return set(heads) == set(scripts.get_heads())


def _migrate_in_thread(url: str, revision: str) -> None:
    asyncio.run(_migrate(build_engine(url, for_migration=True), revision))


async def _migrate(engine: AsyncEngine, revision: str) -> None:
    try:
        async with for_writing(engine).begin() as connection:
            await connection.run_sync(_upgrade, revision)
    finally:
        await engine.dispose()


def _upgrade(connection: Connection, revision: str) -> None:
    if connection.dialect.name == "postgresql":
        connection.execute(text(f"SELECT pg_advisory_xact_lock({_LOCK_ID})"))
    config = _config(connection)
    _refuse_newer(connection, ScriptDirectory.from_config(config))
    command.upgrade(config, revision)
    _check_references(connection)


def _config(connection: Connection) -> Config:
    config = Config()
    config.set_main_option("script_location", str(_SCRIPTS))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    return config


def _refuse_newer(connection: Connection, scripts: ScriptDirectory) -> None:
    known = {script.revision for script in scripts.walk_revisions()}
    unknown = set(MigrationContext.configure(connection).get_current_heads()) - known
    if unknown:
        message = (
            f"The database was made by a newer release (schema {', '.join(sorted(unknown))}). "
            "Update the program, or restore a backup from before."
        )
        raise SchemaTooNew(message)


def _check_references(connection: Connection) -> None:
    """Do what foreign_keys=ON would have done; a migration runs without it."""
    if connection.dialect.name != "sqlite":
        return
    broken = connection.exec_driver_sql("PRAGMA foreign_key_check").all()
    if broken:
        tables = ", ".join(sorted({row[0] for row in broken}))
        raise StorageError(f"The migration would leave rows without their owner in: {tables}.")
