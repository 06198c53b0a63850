"""From Telegram's updates to handled ones: stored first, in order for each chat, tried three times, never lost.

An update is committed to the inbox before it is acknowledged, then works through its chat's lane. It does not know what
handlers do with it; they commit their effects and the inbox item in one transaction through the desk.
"""

import asyncio
import json
import logging
import random
import traceback
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta

from bot.clock import Clock
from bot.errors import UnreadableUpdateError
from bot.health import Health
from bot.lanes import Lanes
from bot.rate_limits import Backoff
from bot.received import is_awaited, is_stale_question, language_of, read_update
from bot.setting_sections import IngestSettings
from knowledge.amounts import locale_for
from knowledge.language import Sentence, told
from knowledge.nearby.places import Places
from storage.database import Database
from storage.errors import DatabaseUnavailable, StorageError
from storage.records import InboxItem, Outgoing
from storage.work import Work

log = logging.getLogger(__name__)

Handle = Callable[[InboxItem, asyncio.Event], Awaitable[None]]
_HALF_AN_HOUR_S = 1800


@dataclass(frozen=True, slots=True)
class Apologies:
    """What is said when an update cannot be answered, and when its answer would come too late."""

    failed: Sentence
    late: Sentence


@dataclass(frozen=True, slots=True)
class IngestParts:
    """What ingest works with.

    `handle` brings one inbox item to the handlers and returns when they are through; its event is set once a newer
    message of the same chat waits.
    """

    database: Database
    places: Places
    health: Health
    handle: Handle
    now: Clock
    apologies: Apologies
    bot_id: int


class Ingest:
    """Takes batches of raw updates, and brings each to the handlers."""

    def __init__(self, parts: IngestParts, settings: IngestSettings) -> None:
        self._parts = parts
        self._settings = settings
        self._backoff = Backoff(base_s=0.2, cap_s=5.0)
        self._lanes = Lanes(
            self._work_off,
            parallel=settings.parallel_chats,
            waiting_limit=settings.waiting_updates,
        )

    @property
    def has_room(self) -> bool:
        """Whether `accept` would take a batch at once."""
        return self._lanes.has_room

    async def replay(self) -> int:
        """Queue what a former process did not finish, oldest first; gives how many. Call it before polling."""
        async with self._parts.database.reading() as work:
            items = await work.inbox.waiting()
        for item in items:
            hurried = is_awaited(json.loads(item.payload))
            self._lanes.put(_lane(item.chat_id, item.update_id), item.id, is_hurried=hurried)
        return len(items)

    async def accept(self, updates: Sequence[object]) -> None:
        """Store a batch in one transaction, then queue what is new in it. Waits while too much is queued.

        Raises:
            StorageError: nothing of the batch is stored; it must not be acknowledged.
        """
        if not updates:
            return
        await self._lanes.room()
        now = self._parts.now()
        received = [read_update(raw, now) for raw in updates]
        stored: list[tuple[int, int, bool]] = []
        async with self._parts.database.work() as work:
            for update in received:
                if update is None:
                    log.error("an update without a number was left out")
                    continue
                inbox_id = await work.inbox.add(
                    self._parts.bot_id, update.update_id, update.chat_id, update.payload, now
                )
                if inbox_id is None:
                    continue
                lane = _lane(update.chat_id, update.update_id)
                stored.append((lane, inbox_id, update.is_awaited))
                if update.fix is not None:
                    self._parts.places.hold(update.update_id, update.fix)
            await work.commit()
        for lane, inbox_id, hurried in stored:
            self._lanes.put(lane, inbox_id, is_hurried=hurried)

    async def close(self) -> bool:
        """Finish what runs, within the settings' time; the rest is replayed at the next start."""
        return await self._lanes.close(self._settings.drain_s)

    async def _work_off(self, inbox_id: int, overtaken: asyncio.Event) -> None:
        """Try an item until it is done or set aside. Never raises, but for being cancelled."""
        failures = outages = 0
        while True:
            try:
                if await self._try_once(inbox_id, outages, overtaken):
                    self._parts.health.report("handling", None)
                    return
            except StorageError as error:
                outages += 1
                self._parts.health.report("handling", f"no database ({type(error).__name__})")
            failures += 1
            await asyncio.sleep(self._backoff.wait_s(failures, random.random()))  # noqa: S311

    async def _try_once(self, inbox_id: int, outages: int, overtaken: asyncio.Event) -> bool:
        """Handle an item once; False: it failed and is to be tried again.

        What failed for want of the database, `outages` times, was no fault of the item's and costs it nothing.
        """
        most = self._settings.attempts + outages
        async with self._parts.database.work() as work:
            item = await work.inbox.claim(inbox_id)
            await work.commit()
        if item is None:
            return True
        if item.attempts > most:
            await self._set_aside(item, "the process died while handling it")
        elif self._is_late(item):
            await self._answer_late(item)
        else:
            return await self._handle(item, most, overtaken)
        return True

    async def _handle(self, item: InboxItem, most: int, overtaken: asyncio.Event) -> bool:
        try:
            await self._parts.handle(item, overtaken)
        except UnreadableUpdateError:
            await self._set_aside(item, "not readable")
        except DatabaseUnavailable:
            raise
        except Exception as error:  # noqa: BLE001  # the Telegram error router: log, try again, apologise
            # The error's own words may quote the shopper; where it happened and its kind are enough.
            where = "".join(traceback.format_tb(error.__traceback__))
            kind = type(error).__name__
            log.error(  # noqa: TRY400
                "update %d failed, attempt %d: %s\n%s", item.update_id, item.attempts, kind, where
            )
            if item.attempts < most:
                return False
            await self._set_aside(item, type(error).__name__)
        else:
            await self._finish(item)
        return True

    async def _finish(self, item: InboxItem) -> None:
        """Mark an item done that its handler had no reason to commit anything for, and forget its place."""
        self._parts.places.let_go(item.update_id)
        async with self._parts.database.work() as work:
            await work.inbox.done(item.id)
            await work.commit()

    def _is_late(self, item: InboxItem) -> bool:
        stale_after = timedelta(minutes=self._settings.stale_after_min)
        return is_stale_question(json.loads(item.payload), self._parts.now(), stale_after)

    async def _answer_late(self, item: InboxItem) -> None:
        """Say once in a chat that there was an outage, instead of answering questions of the past."""
        async with self._parts.database.work() as work:
            key, before = _late_keys(item)
            if not await work.outbox.keyed([before]):
                await self._apologise(work, item, self._parts.apologies.late, key)
            await work.inbox.done(item.id)
            await work.commit()
        log.info("update %d came too late for an answer", item.update_id)

    async def _set_aside(self, item: InboxItem, reason: str) -> None:
        """Give an item up, with one apology to the shopper and an alert in the log."""
        self._parts.places.let_go(item.update_id)
        async with self._parts.database.work() as work:
            if await work.inbox.claim(item.id) is None:
                return  # the handler failed after its commit: the shopper has the answer
            await work.inbox.set_aside(item.id, reason)
            await self._apologise(work, item, self._parts.apologies.failed, f"failed:{item.id}")
            await work.commit()
        log.error("ALERT: update %d set aside (%s); inbox row %d", item.update_id, reason, item.id)

    async def _apologise(self, work: Work, item: InboxItem, sentence: Sentence, key: str) -> None:
        """Put an apology into the outbox; people only, groups and channels are left in peace."""
        if item.chat_id is None or item.chat_id <= 0:
            return
        shopper = await work.shoppers.get(item.chat_id)
        language = language_of(json.loads(item.payload)) if shopper is None else shopper.language
        text = told(sentence, locale_for(language))
        arguments = {"chat_id": item.chat_id, "text": text}
        outgoing = Outgoing(item.chat_id, "sendMessage", arguments, unique_key=key)
        await work.outbox.add(outgoing, self._parts.now())


def _late_keys(item: InboxItem) -> tuple[str, str]:
    """Give what the apology for an item's half an hour goes by, and the one before: no outage ends on the clock's stroke."""
    half_hours = int(item.received_at.timestamp() // _HALF_AN_HOUR_S)
    return f"late:{item.chat_id}:{half_hours}", f"late:{item.chat_id}:{half_hours - 1}"


def _lane(chat_id: int | None, update_id: int) -> int:
    """Give the lane of an update; one without a chat waits for nobody."""
    return update_id if chat_id is None else chat_id
