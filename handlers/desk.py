"""Where one update is worked on: its effects, its replies and "inbox item done" are one transaction.

It knows no decisions. Handlers open at most one work here, so that a crash leaves all or nothing.
"""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime

from knowledge.aloud import Listener
from storage.database import Database
from storage.records import Outgoing
from storage.work import Work


class Desk:
    """The desk for one inbox item.

    `received_at` is the machine's time, for what is not shop time; `listener` is who waits for the answer.
    """

    def __init__(
        self,
        *,
        database: Database,
        inbox_id: int,
        received_at: datetime,
        listener: Listener | None = None,
    ) -> None:
        self._database = database
        self._inbox_id = inbox_id
        self.received_at = received_at
        self.listener = listener

    @asynccontextmanager
    async def work(self) -> AsyncIterator[Work]:
        """Open a work in which the inbox item is done; nothing stays unless commit() was called."""
        async with self._database.work() as work:
            await work.inbox.done(self._inbox_id)
            yield work

    @asynccontextmanager
    async def reading(self) -> AsyncIterator[Work]:
        """Open a work that only reads."""
        async with self._database.reading() as work:
            yield work

    async def send(self, *messages: Outgoing) -> None:
        """Send messages when there is nothing else to change."""
        async with self.work() as work:
            await self.enqueue(work, *messages)
            await work.commit()

    async def enqueue(self, work: Work, *messages: Outgoing) -> None:
        """Add messages to a work of this desk, due at once."""
        for message in messages:
            await work.outbox.add(message, self.received_at)
