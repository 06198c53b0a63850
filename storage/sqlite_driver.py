"""An aiosqlite connection that crosses to its thread once per statement instead of four times.

SQLAlchemy asks a cursor to be made, executed, fetched and closed; with plain aiosqlite each of these is a
message to the connection's thread and back, about 0.1 ms on a small machine. Here the first two cost
nothing, execute brings the rows along, and close is free. Handed to SQLAlchemy by its documented
`async_creator_fn`. Knows nothing of tables.

Source of the seam: docs.sqlalchemy.org, "Engine Configuration", async_creator_fn (2026-11-21).
"""

import asyncio
import sqlite3
from collections.abc import Iterable, Sequence
from functools import partial
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import aiosqlite

_BUSY_TIMEOUT_S = 5.0
_LOOK_AGAIN_S = 0.02
_STATEMENTS_CACHED = 256


class OneHopCursor:
    """What SQLAlchemy's adapter needs of a cursor; the rows are already here when execute returns."""

    __slots__ = ("_connection", "_rows", "arraysize", "description", "lastrowid", "rowcount")

    def __init__(self, connection: "OneHopConnection") -> None:
        self._connection = connection
        self._rows: list[Any] = []
        self.arraysize = 1
        self.description: Any = None
        self.lastrowid: int | None = None
        self.rowcount = -1

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        await self.close()

    async def execute(self, sql: str, parameters: Iterable[Any] = ()) -> Self:
        """Run one statement and fetch all its rows, in one crossing."""
        await self._connection.in_thread(self._execute_here, sql, parameters)
        return self

    async def executemany(self, sql: str, rows: Iterable[Iterable[Any]]) -> Self:
        """Run one statement for each row of parameters, in one crossing."""
        await self._connection.in_thread(self._execute_many_here, sql, rows)
        return self

    async def fetchall(self) -> list[Any]:
        """Give the rows fetched by execute."""
        rows, self._rows = self._rows, []
        return rows

    async def close(self) -> None:
        """Forget the rows; the real cursor was closed by execute."""
        self._rows = []

    def _execute_here(self, connection: sqlite3.Connection, sql: str, values: Any) -> None:
        cursor = connection.execute(sql, values)
        self._rows = cursor.fetchall() if cursor.description else []
        self._remember(cursor)

    def _execute_many_here(self, connection: sqlite3.Connection, sql: str, rows: Any) -> None:
        self._remember(connection.executemany(sql, rows))

    def _remember(self, cursor: sqlite3.Cursor) -> None:
        self.description, self.rowcount = cursor.description, cursor.rowcount
        self.lastrowid = cursor.lastrowid
        cursor.close()


class OneHopConnection(aiosqlite.Connection):
    """aiosqlite's connection with the cursor above, and no crossing to end what never began."""

    async def in_thread(self, function: Any, *arguments: Any) -> None:
        """Call `function(sqlite connection, *arguments)` in this connection's thread."""
        # aiosqlite has no public way to run a function of ours there; SQLAlchemy's dialect goes in likewise.
        await self._execute(function, self._conn, *arguments)  # type: ignore[no-untyped-call]

    def cursor(self) -> Any:
        """Make a cursor without crossing to the thread."""
        return OneHopCursor(self)

    async def rollback(self) -> None:
        """Roll back, if anything is open."""
        if self.in_transaction:
            await super().rollback()


async def connect(path: Path, pragmas: Sequence[str]) -> OneHopConnection:
    """Open the database file with the driver's own BEGIN off, and run the pragmas once.

    Raises:
        sqlite3.OperationalError: the file cannot be opened.
    """
    opener = partial(
        sqlite3.connect,
        path,
        timeout=_BUSY_TIMEOUT_S,
        isolation_level=None,
        cached_statements=_STATEMENTS_CACHED,
    )
    connection = OneHopConnection(opener, iter_chunk_size=64)
    # Otherwise a connection that was lost track of would keep the process from ending.
    connection._thread.daemon = True  # noqa: SLF001  as SQLAlchemy's own aiosqlite dialect does
    await connection
    try:
        await _run_when_free(connection, ";".join(f"PRAGMA {pragma}" for pragma in pragmas))
    except BaseException:
        await connection.close()
        raise
    return connection


async def _run_when_free(connection: OneHopConnection, script: str) -> None:
    """Run a script, again while another process has the file for itself.

    The change to WAL needs that, and SQLite's busy timeout does not wait for it.
    """
    loop = asyncio.get_running_loop()
    give_up_at_s = loop.time() + _BUSY_TIMEOUT_S
    while True:
        try:
            await connection.executescript(script)
            return
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode != sqlite3.SQLITE_BUSY or loop.time() > give_up_at_s:
                raise
        await asyncio.sleep(_LOOK_AGAIN_S)
