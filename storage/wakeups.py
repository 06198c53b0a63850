"""Wakes whoever sends messages, after every commit that added some: in this process, and on PostgreSQL in every other.

PostgreSQL carries a notice with the commit itself, to the connections that listen in the same schema. A listener that
loses its connection asks for another and then wakes once, since it may have missed something. It is no promise: whoever
is woken also looks from time to time. SQLite has no notices; there another process is found at that look.
"""

import asyncio
import uuid
from collections.abc import Callable
from typing import Any

import asyncpg
from sqlalchemy import func, select
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

CHANNEL = "concierge_outbox"
AGAIN_AFTER_S = 1.0


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
        if self._has_notices and self._listening is None:
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
                await self._listen_once()
            except (OSError, SQLAlchemyError, asyncpg.PostgresError, asyncpg.InterfaceError):
                await asyncio.sleep(AGAIN_AFTER_S)

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
