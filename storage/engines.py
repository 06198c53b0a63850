"""Builds the SQLAlchemy engine for a database URL: pragmas, pool, how a transaction begins.

The one place that knows how SQLite and PostgreSQL differ in being opened. A PostgreSQL URL may name the
schema to live in: `postgresql+asyncpg://user@host/name?search_path=shop`.
"""

import asyncio
import tempfile
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, event, make_url
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine
from sqlalchemy.pool import NullPool

from storage import sqlite_driver
from storage.errors import DatabaseFolderNotWritable

_WRITES = "concierge_writes"

_SQLITE_PRAGMAS = (
    "journal_mode=WAL",
    "synchronous=NORMAL",
    "secure_delete=ON",
    "temp_store=MEMORY",
    "cache_size=-16000",
)
_POSTGRES_READING = {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True}
_POOL = {"pool_size": 5, "max_overflow": 5, "pool_timeout": 30}


def build_engine(url: str, *, for_migration: bool = False) -> AsyncEngine:
    """Build the engine of a `sqlite+aiosqlite` or `postgresql+asyncpg` URL; connects to nothing yet.

    A migration rebuilds tables on SQLite, which must not cascade, so it runs without foreign keys.

    Raises:
        ValueError: another kind of URL.
    """
    parsed = make_url(url)
    pool: dict[str, Any] = {"poolclass": NullPool} if for_migration else dict(_POOL)
    if parsed.drivername == "sqlite+aiosqlite":
        return _sqlite_engine(parsed, pool, has_foreign_keys=not for_migration)
    if parsed.drivername == "postgresql+asyncpg":
        return _postgres_engine(parsed, pool)
    message = f"Database URL starts with {parsed.drivername}; use sqlite+aiosqlite or postgresql+asyncpg."
    raise ValueError(message)


def for_writing(engine: AsyncEngine) -> AsyncEngine:
    """Give the engine, on the same pool, for transactions that write."""
    return engine.execution_options(**{_WRITES: True})


def for_reading(engine: AsyncEngine) -> AsyncEngine:
    """Give the engine, on the same pool, for transactions that see one state from first to last."""
    is_sqlite = engine.dialect.name == "sqlite"  # where that is how every transaction is
    return engine if is_sqlite else engine.execution_options(**_POSTGRES_READING)


async def truncate_log(engine: AsyncEngine) -> bool:
    """Empty SQLite's write-ahead log into the database; False when a reader still needs it, True on a server.

    secure_delete zeroes what is erased in the newest pages; older copies of them lie in the log until it is truncated.
    Source: sqlite.org/pragma.html#pragma_wal_checkpoint (2026-11-21).
    """
    if engine.dialect.name != "sqlite":
        return True
    async with engine.connect() as connection:
        # Not through SQLAlchemy, which would begin a transaction: a checkpoint cannot run inside one.
        wire: Any = (await connection.get_raw_connection()).driver_connection
        cursor = wire.cursor()
        await cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        ((is_busy, _, _),) = await cursor.fetchall()
    return not is_busy


def sqlite_path(url: str) -> Path | None:
    """Give the database file of an SQLite URL, None for a server."""
    parsed = make_url(url)
    is_sqlite = parsed.get_backend_name() == "sqlite"
    return Path(parsed.database) if is_sqlite and parsed.database else None


async def prepare_folder(url: str) -> None:
    """Make the folder of an SQLite file, readable by its owner only, and check that it takes files.

    Raises:
        DatabaseFolderNotWritable: names the folder.
    """
    path = sqlite_path(url)
    if path is not None:
        await asyncio.to_thread(_prepare_file, path)


def _prepare_file(path: Path) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=path.parent):
            pass  # SQLite writes its log beside the file, so the file alone being writable is not enough
        path.touch(mode=0o600)
    except OSError as error:
        message = f"The data folder {path.parent} cannot be written: {error.strerror}. Choose another or fix its rights."
        raise DatabaseFolderNotWritable(message) from None


def _sqlite_engine(url: URL, pool: dict[str, Any], *, has_foreign_keys: bool) -> AsyncEngine:
    path = Path(url.database or "")
    pragmas = (*_SQLITE_PRAGMAS, f"foreign_keys={'ON' if has_foreign_keys else 'OFF'}")

    async def connect(*_: Any, **__: Any) -> sqlite_driver.OneHopConnection:
        return await sqlite_driver.connect(path, pragmas)

    engine = create_async_engine(
        url, hide_parameters=True, connect_args={"async_creator_fn": connect}, **pool
    )

    def begin(connection: Connection) -> None:
        # A deferred transaction that turns writer fails at once when another has written meanwhile.
        is_writer = connection.get_execution_options().get(_WRITES, False)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if is_writer else "BEGIN")

    event.listen(engine.sync_engine, "begin", begin)
    return engine


def _postgres_engine(url: URL, pool: dict[str, Any]) -> AsyncEngine:
    # JIT pays off in long reports only; asyncpg's own catalogue look-ups suffer from it most.
    settings = {"application_name": "concierge", "jit": "off"}
    search_path = url.query.get("search_path")
    if isinstance(search_path, str):
        settings["search_path"] = search_path
        url = url.difference_update_query(["search_path"])
    return create_async_engine(
        url, hide_parameters=True, connect_args={"server_settings": settings}, **pool
    )
