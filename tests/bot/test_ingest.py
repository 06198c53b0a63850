import asyncio
import json
import logging
from collections.abc import AsyncIterator, Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from bot.errors import UnreadableUpdateError
from bot.health import Health
from bot.ingest import Apologies, Ingest, IngestParts
from bot.setting_sections import IngestSettings
from knowledge.nearby.places import Places
from storage.database import Database
from storage.errors import DatabaseUnavailable
from storage.records import InboxItem, InboxStatus, OutboxItem

NOW = datetime(2026, 11, 21, 10, 0, tzinfo=UTC)
APOLOGIES = Apologies(failed="sorry, it failed", late="sorry, too late")
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
        self.fails_after_commit = False
        self._changed = asyncio.Condition()

    async def __call__(self, item: InboxItem) -> None:
        text = json.loads(item.payload)["message"]["text"]
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


@pytest.fixture
async def inside(database: Database) -> AsyncIterator[Inside]:
    inside = Inside(database)
    yield inside
    await inside.ingest.close()


async def test_update_is_stored_before_accept_returns(inside: Inside) -> None:
    inside.handlers.failures["hello"] = 1
    await inside.ingest.accept([update(1)])
    (item,) = await inside.waiting()
    assert (item.bot_id, item.update_id, item.chat_id) == (BOT_ID, 1, 7)
    assert item.status is InboxStatus.WAITING
    await inside.handlers.until(lambda: inside.handlers.handled == ["hello"])


async def test_updates_of_a_chat_are_handled_in_order_and_once(inside: Inside) -> None:
    batch = [update(number, str(number)) for number in range(1, 21)]
    await inside.ingest.accept(batch[:10])
    await inside.ingest.accept(batch[5:])
    await inside.ingest.accept(batch)
    await inside.handlers.until(lambda: len(inside.handlers.handled) == 20)
    assert inside.handlers.handled == [str(number) for number in range(1, 21)]
    assert await inside.waiting() == []


async def test_one_bad_update_harms_nobody_else(inside: Inside) -> None:
    inside.handlers.unreadable.add("bad")
    batch = [update(1, "before"), update(2, "bad"), "no update", {}, update(3, "after")]
    await inside.ingest.accept(batch)
    await inside.handlers.until(lambda: inside.handlers.handled == ["before", "after"])
    (apology,) = await inside.apologies(1)
    assert apology.outgoing.arguments == {"chat_id": 7, "text": APOLOGIES.failed}
    assert await inside.waiting() == []


async def test_failing_update_is_tried_three_times_then_set_aside(
    inside: Inside, caplog: pytest.LogCaptureFixture
) -> None:
    inside.handlers.failures |= {"twice": 2, "always": 99}
    await inside.ingest.accept([update(1, "twice"), update(2, "always"), update(3, "after")])
    await inside.handlers.until(lambda: inside.handlers.handled == ["twice", "after"])
    assert len(await inside.apologies(1)) == 1
    assert inside.handlers.failures["always"] == 96
    assert "ALERT: update 2 set aside (RuntimeError)" in caplog.text


async def test_update_that_kills_the_process_is_set_aside_too(
    inside: Inside, database: Database
) -> None:
    async with database.work() as work:
        inbox_id = await work.inbox.add(BOT_ID, 1, 7, json.dumps(update(1, "killer")), NOW)
        await work.commit()
    assert inbox_id is not None
    for _ in range(3):
        async with database.work() as work:
            await work.inbox.claim(inbox_id)
            await work.commit()
    assert await inside.ingest.replay() == 1
    assert len(await inside.apologies(1)) == 1
    assert inside.handlers.handled == []


async def test_what_a_former_process_left_is_handled_before_what_comes(
    inside: Inside, database: Database
) -> None:
    async with database.work() as work:
        for number in (1, 2, 3):
            payload = json.dumps(update(number, str(number)))
            await work.inbox.add(BOT_ID, number, 7, payload, NOW)
        await work.commit()
    assert await inside.ingest.replay() == 3
    await inside.ingest.accept([update(3, "3"), update(4, "4")])
    await inside.handlers.until(lambda: inside.handlers.handled == ["1", "2", "3", "4"])


async def test_late_questions_get_one_apology_a_chat_and_orders_an_answer(inside: Inside) -> None:
    late = [update(n, f"I'm cold {n}", minutes_ago=11) for n in range(1, 4)]
    late += [update(4, "where is my order?", minutes_ago=90), update(5, "/stop", minutes_ago=90)]
    late += [update(6, "me too", chat=8, minutes_ago=11), update(7, "on time", minutes_ago=9)]
    await inside.ingest.accept(late)
    await inside.handlers.until(lambda: len(inside.handlers.handled) == 3)
    assert inside.handlers.handled == ["where is my order?", "/stop", "on time"]
    apologies = await inside.apologies(2)
    assert {item.outgoing.chat_id for item in apologies} == {7, 8}
    assert {item.outgoing.arguments["text"] for item in apologies} == {APOLOGIES.late}
    assert len(apologies) == 2


@pytest.mark.parametrize(
    ("received_min_ago", "expected"),
    [((61, 59), 1), ((60, 45, 31), 1), ((31, 29), 1), ((180, 60, 59), 2)],
)
async def test_backlog_gets_one_apology_whatever_the_clock_strikes(
    inside: Inside, received_min_ago: tuple[int, ...], expected: int
) -> None:
    async with inside.database.work() as work:
        for number, minutes in enumerate(received_min_ago, start=1):
            payload = json.dumps(update(number, "I'm cold", minutes_ago=minutes + 60))
            received_at = NOW - timedelta(minutes=minutes)
            await work.inbox.add(BOT_ID, number, 7, payload, received_at)
        await work.inbox.add(BOT_ID, 9, 7, json.dumps(update(9, "/last")), NOW)
        await work.commit()
    await inside.ingest.replay()
    await inside.handlers.until(lambda: inside.handlers.handled == ["/last"])
    async with inside.database.reading() as work:
        assert sum((await work.outbox.counts()).values()) == expected


async def test_no_coordinate_is_stored_and_its_fix_is_held(
    inside: Inside, database: Database
) -> None:
    inside.handlers.failures["here"] = 99
    shared = update(1, "here")
    shared["message"]["location"] = {"latitude": 40.7128, "longitude": -74.006}
    await inside.ingest.accept([shared])
    async with database.reading() as work:
        (item,) = await work.inbox.waiting()
    assert "40.7" not in item.payload
    fix = inside.places.held(1)
    assert fix is not None
    assert (fix.latitude, fix.longitude) == (40.7128, -74.006)


async def test_place_of_an_update_is_there_at_the_next_try_and_gone_when_it_is_done(
    inside: Inside,
) -> None:
    inside.handlers.failures["here"] = 1
    shared = update(1, "here")
    shared["message"]["location"] = {"latitude": 40.7128, "longitude": -74.006}
    await inside.ingest.accept([shared])
    assert inside.places.held(1) is not None
    await inside.handlers.until(lambda: inside.handlers.handled == ["here"])
    assert await inside.ingest.close()
    assert inside.places.held(1) is None


async def test_closing_leaves_what_did_not_start_for_the_next_process(inside: Inside) -> None:
    await inside.ingest.close()
    await inside.ingest.accept([update(1), update(2)])
    assert await inside.ingest.close()
    assert [item.update_id for item in await inside.waiting()] == [1, 2]
    assert inside.handlers.handled == []


async def test_groups_hear_no_apology(inside: Inside, caplog: pytest.LogCaptureFixture) -> None:
    inside.handlers.unreadable.add("bad")
    with caplog.at_level(logging.ERROR):
        await inside.ingest.accept([update(1, "bad", chat=-5), update(2, "good")])
        await inside.handlers.until(lambda: inside.handlers.handled == ["good"])
        assert await inside.ingest.close()
    async with inside.database.reading() as work:
        assert sum((await work.outbox.counts()).values()) == 0


async def test_database_outage_costs_no_attempt_and_loses_nothing(flaky: Any) -> None:
    inside = Inside(flaky)
    await inside.ingest.accept([update(1)])
    flaky.failures = 3
    await inside.handlers.until(lambda: inside.handlers.handled == ["hello"])
    assert await inside.ingest.close()
    assert await inside.waiting() == []


async def test_database_that_goes_away_in_the_midst_of_handling_costs_no_attempt(
    flaky: Any,
) -> None:
    inside = Inside(flaky)
    inside.handlers.outages["hello"] = 4
    await inside.ingest.accept([update(1)])
    await inside.handlers.until(lambda: inside.handlers.handled == ["hello"])
    assert await inside.ingest.close()
    async with inside.database.reading() as work:
        assert sum((await work.outbox.counts()).values()) == 0


async def test_failure_after_the_commit_is_nothing_to_be_sorry_for(inside: Inside) -> None:
    inside.handlers.fails_after_commit = True
    for number in (1, 2):
        await inside.ingest.accept([update(number, str(number))])
    await inside.handlers.until(lambda: len(inside.handlers.handled) == 2)
    assert await inside.ingest.close()
    assert inside.handlers.handled == ["1", "2"]
    async with inside.database.reading() as work:
        assert sum((await work.outbox.counts()).values()) == 0


async def test_update_that_nobody_commits_anything_for_is_done(inside: Inside) -> None:
    inside.handlers.silent.add("hello")
    await inside.ingest.accept([update(1)])
    await inside.handlers.until(lambda: inside.handlers.handled == ["hello"])
    assert await inside.ingest.close()
    assert await inside.waiting() == []
