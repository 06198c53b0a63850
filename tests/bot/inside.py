"""Ingest with what is around it: handlers that note, fail or die as told, and an outbox to look into."""

import asyncio
import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

from bot.errors import UnreadableUpdateError
from bot.health import Health
from bot.ingest import Apologies, Ingest, IngestParts
from bot.setting_sections import IngestSettings
from knowledge.language import Sentence
from knowledge.nearby.places import Places
from storage.database import Database
from storage.errors import DatabaseUnavailable
from storage.records import InboxItem, OutboxItem

NOW = datetime(2026, 11, 21, 10, 0, tzinfo=UTC)
APOLOGIES = Apologies(failed=Sentence("sorry, it failed"), late=Sentence("sorry, too late"))
BOT_ID = 42


def update(
    number: int, text: str = "hello", chat: int = 7, minutes_ago: int = 0
) -> dict[str, Any]:
    date = int((NOW - timedelta(minutes=minutes_ago)).timestamp())
    person = {"id": chat, "type": "private"}
    return {"update_id": number, "message": {"date": date, "chat": person, "text": text}}


class Handlers:
    """Handles items by noting their texts; fails or dies as often as told."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self.handled: list[str] = []
        self.failures: dict[str, int] = {}
        self.outages: dict[str, int] = {}
        self.unreadable: set[str] = set()
        self.silent: set[str] = set()
        self.overtaken: dict[str, asyncio.Event] = {}
        self.fails_after_commit = False
        self._changed = asyncio.Condition()

    async def __call__(self, item: InboxItem, overtaken: asyncio.Event) -> None:
        text = json.loads(item.payload)["message"]["text"]
        self.overtaken[text] = overtaken
        if text in self.unreadable:
            msg = "cannot read"
            raise UnreadableUpdateError(msg)
        if self.failures.get(text, 0) > 0:
            self.failures[text] -= 1
            msg = f"secret: {text}"
            raise RuntimeError(msg)
        if self.outages.get(text, 0) > 0:
            self.outages[text] -= 1
            msg = "disk full"
            raise DatabaseUnavailable(msg)
        if text not in self.silent:
            async with self._database.work() as work:
                await work.inbox.done(item.id)
                await work.commit()
        self.handled.append(text)
        async with self._changed:
            self._changed.notify_all()
        if self.fails_after_commit:
            raise RuntimeError

    async def until(self, reached: Callable[[], bool]) -> None:
        async with asyncio.timeout(60), self._changed:
            await self._changed.wait_for(reached)


class Inside:
    """Ingest with what is around it."""

    def __init__(self, database: Database, now: datetime = NOW) -> None:
        self.database = database
        self.places = Places()
        self.handlers = Handlers(database)
        self.ingest = Ingest(
            IngestParts(
                database=database,
                places=self.places,
                health=Health(),
                handle=self.handlers,
                now=lambda: now,
                apologies=APOLOGIES,
                bot_id=BOT_ID,
            ),
            IngestSettings(),
        )
        self._outbox = asyncio.Event()
        database.on_outbox(self._outbox.set)

    async def apologies(self, count: int) -> list[OutboxItem]:
        """Wait for apologies in the outbox, and take them."""
        found: list[OutboxItem] = []
        async with asyncio.timeout(60):
            while len(found) < count:
                await self._outbox.wait()
                self._outbox.clear()
                async with self.database.work() as work:
                    found += await work.outbox.claim_due(NOW + timedelta(days=1), 100)
                    await work.commit()
        return found

    async def waiting(self) -> list[InboxItem]:
        async with self.database.reading() as work:
            return await work.inbox.waiting()
