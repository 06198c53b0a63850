import asyncio
from datetime import timedelta

import pytest

from storage.database import Database
from storage.errors import RowConflict
from storage.records import Consent, ConsentKind, Priority
from tests.builders import NOON, outgoing, shopper

LATER = NOON + timedelta(hours=1)


async def test_first_message_creates_a_reachable_shopper(database: Database) -> None:
    async with database.work() as work:
        created = await work.shoppers.load_or_create(7, "Ana", "en", NOON)
        assert created == (shopper(7), True)
        assert await work.shoppers.get(7) == shopper(7)


async def test_later_message_updates_what_telegram_says(database: Database) -> None:
    async with database.work() as work:
        await work.shoppers.load_or_create(7, "Ana", "en", NOON)
        loaded = await work.shoppers.load_or_create(7, "Anne", "fr", LATER)
        expected = shopper(7, first_name="Anne", language_code="fr", last_seen_at=LATER)
        assert loaded == (expected, False)
        assert await work.shoppers.get(7) == expected


async def test_wish_changes_after_what_was_written_down_upon_it(database: Database) -> None:
    async with database.work() as work:
        await work.shoppers.add_many([shopper(7)])
        await work.commit()

    async def pause() -> int:
        async with database.work() as work:
            await work.shoppers.pause(7, LATER)
            dropped = await work.outbox.drop_offers_of_chat(7, "paused")
            await work.commit()
            return dropped

    async with database.work() as work:
        await work.shoppers.take_turn(7)
        pausing = asyncio.create_task(pause())
        for _ in range(50):  # long enough for a pause that does not wait
            assert await work.shoppers.get(7) == shopper(7)
        await work.outbox.add(outgoing(7, priority=Priority.NUDGE), NOON)
        await work.commit()
    assert await pausing == 1


async def test_language_that_is_no_longer_told_stays(database: Database) -> None:
    async with database.work() as work:
        await work.shoppers.load_or_create(7, "Ana", "en", NOON)
        known, _ = await work.shoppers.load_or_create(7, "Ana", None, LATER)
        assert known.language_code == "en"
        assert await work.shoppers.get(7) == known


async def test_whoever_writes_is_reachable_again(database: Database) -> None:
    async with database.work() as work:
        await work.shoppers.load_or_create(7, "Ana", "en", NOON)
        await work.shoppers.mark_unreachable(7)
        assert await work.shoppers.get(7) == shopper(7, is_reachable=False)
        await work.shoppers.load_or_create(7, "Ana", "en", NOON)
        assert await work.shoppers.get(7) == shopper(7)


async def test_stop_holds_until_resumed(database: Database) -> None:
    async with database.work() as work:
        await work.shoppers.add_many([shopper(7)])
        await work.shoppers.stop(7, LATER)
        known, _ = await work.shoppers.load_or_create(7, "Ana", "en", NOON)
        assert known.stopped_at == LATER
        await work.shoppers.resume(7)
        assert await work.shoppers.get(7) == shopper(7)


async def test_time_zone_is_kept(database: Database) -> None:
    async with database.work() as work:
        await work.shoppers.add_many([shopper(7, time_zone="Europe/Berlin")])
        assert await work.shoppers.get(7) == shopper(7, time_zone="Europe/Berlin")


async def test_sample_shoppers_are_listed_apart(database: Database) -> None:
    largest = 2**62
    async with database.work() as work:
        await work.shoppers.add_many([shopper(7), shopper(largest, is_demo=True)])
        assert await work.shoppers.demo() == [shopper(largest, is_demo=True)]


async def test_same_id_twice_is_a_conflict(database: Database) -> None:
    async def add() -> None:
        async with database.work() as work:
            await work.shoppers.add_many([shopper(7)])
            await work.commit()

    await add()
    with pytest.raises(RowConflict):
        await add()


async def test_unknown_shopper_is_none(database: Database) -> None:
    async with database.reading() as work:
        assert await work.shoppers.get(7) is None
        assert await work.consents.current(7) == {}


async def test_latest_answer_to_each_question_counts(database: Database) -> None:
    location, nudges = ConsentKind.LOCATION, ConsentKind.NUDGES
    async with database.work() as work:
        await work.shoppers.add_many([shopper(7), shopper(8)])
        decide = work.consents.decide
        await decide(7, location, is_granted=True, version=1, now=NOON)
        await decide(7, nudges, is_granted=True, version=1, now=NOON)
        await decide(7, nudges, is_granted=False, version=2, now=LATER)
        await decide(8, location, is_granted=False, version=1, now=NOON)
        assert await work.consents.current(7) == {
            location: Consent(7, location, is_granted=True, version=1, decided_at=NOON),
            nudges: Consent(7, nudges, is_granted=False, version=2, decided_at=LATER),
        }
