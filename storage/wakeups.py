"""Wakes whoever sends messages, after every commit that added some: in this process, and in every other that listens.

PostgreSQL carries a notice with the commit itself, to the connections that listen in the same schema. A listener that
loses its connection asks for another and then wakes once, since it may have missed something. SQLite has no notices; a
number in its log tells that anything was written, and a listener reads that number ten times a second. It is no promise:
whoever is woken also looks from time to time.
"""

import asyncio
import sqlite3
import uuid
from collections.abc import Callable
from typing import Any

import asyncpg
from sqlalchemy import func, select
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

CHANNEL = "concierge_outbox"
AGAIN_AFTER_S = 1.0
# Reading the number takes some 0.1 ms, on a page in shared memory (sqlite.org/pragma.html#pragma_data_version, 2026-11-22).
LOOK_EVERY_S = 0.1
_LOST = (OSError, SQLAlchemyError, sqlite3.Error, asyncpg.PostgresError, asyncpg.InterfaceError)


class Wakeups:
    """The callbacks of one open database, and its ear for other processes."""

    def __init__(self, engine: AsyncEngine) -> None:
        self._engine = engine
        self._has_notices = engine.dialect.name == "postgresql"
        self._callbacks: list[Callable[[], None]] = []
        self._listening: asyncio.Task[None] | None = None
        # A notice comes back to the process that sent it; by this it is known, and not heard twice.
        self._own = uuid.uuid4().hex

    def add(self, callback: Callable[[], None]) -> None:
        """Have `callback` called after every commit that added outgoing messages."""
        self._callbacks.append(callback)

    def listen(self) -> None:
        """Begin to listen to other processes; wakes once when that has begun."""
        if self._listening is None:
            self._listening = asyncio.create_task(self._listen(), name="outbox notices")

    def wake(self) -> None:
        """Wake everybody in this process."""
        for callback in self._callbacks:
            callback()

    async def tell_others(self, connection: AsyncConnection) -> None:
        """Send a notice to other processes, which leaves with the commit of this transaction."""
        if self._has_notices:
            notice = func.pg_notify(CHANNEL, func.current_schema() + " " + self._own)
            await connection.execute(select(notice))

    async def close(self) -> None:
        """Stop listening."""
        if self._listening is not None:
            self._listening.cancel()
            await asyncio.gather(self._listening, return_exceptions=True)

    async def _listen(self) -> None:
        """Listen on one connection after the other, until cancelled."""
        while True:
            try:
                await (self._listen_once() if self._has_notices else self._watch())
            except _LOST:
                await asyncio.sleep(AGAIN_AFTER_S)

    async def _watch(self) -> None:
        """Wake whenever anything was written to the SQLite file, until that cannot be told."""
        async with self._engine.connect() as connection:
            wire: Any = (await connection.get_raw_connection()).driver_connection
            cursor, seen = wire.cursor(), None
            while True:
                # Not through SQLAlchemy, which would begin a transaction: inside one the number stands still.
                await cursor.execute("PRAGMA data_version")
                ((version,),) = await cursor.fetchall()
                if version != seen:
                    seen = version
                    self.wake()
                await asyncio.sleep(LOOK_EVERY_S)

    async def _listen_once(self) -> None:
        """Listen until the connection is lost."""
        lost = asyncio.Event()
        async with self._engine.connect() as connection:
            wire: Any = (await connection.get_raw_connection()).driver_connection
            schema = await wire.fetchval("SELECT current_schema()")

            def hear(*notice: object) -> None:
                told_schema, _, sender = str(notice[-1]).partition(" ")
                if told_schema == schema and sender != self._own:
                    self.wake()

            wire.add_termination_listener(lambda _: lost.set())
            try:
                await wire.add_listener(CHANNEL, hear)
                self.wake()
                await lost.wait()
            finally:
                # Nobody else may get a connection that listens.
                await connection.invalidate()
