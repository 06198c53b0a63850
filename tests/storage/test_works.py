import asyncio
from datetime import date

import pytest

from storage.database import Database
from storage.errors import ReadOnlyWork
from tests.builders import NOON, outgoing, shopper

TODAY = date(2026, 11, 21)


async def test_work_without_commit_leaves_nothing(database: Database) -> None:
    async with database.work() as work:
        await work.shoppers.add_many([shopper(7)])
    async with database.reading() as work:
        assert await work.shoppers.get(7) is None


async def test_work_that_fails_leaves_nothing(database: Database) -> None:
    async def fail_half_way() -> None:
        async with database.work() as work:
            await work.shoppers.add_many([shopper(7)])
            raise LookupError

    with pytest.raises(LookupError):
        await fail_half_way()
    async with database.reading() as work:
        assert await work.shoppers.get(7) is None


async def test_what_follows_a_commit_needs_another(database: Database) -> None:
    async with database.work() as work:
        await work.meta.set("a", "kept")
        await work.commit()
        await work.meta.set("a", "lost")
    async with database.reading() as work:
        assert await work.meta.get("a") == "kept"


async def test_reading_refuses_to_commit(database: Database) -> None:
    async with database.reading() as work:
        with pytest.raises(ReadOnlyWork, match=r"work\(\)"):
            await work.commit()


async def test_reading_goes_on_while_another_work_writes(database: Database) -> None:
    async with database.work() as writing:
        await writing.meta.set("a", "not yet")
        async with database.reading() as reading:
            assert await reading.meta.get("a") is None
        await writing.commit()


async def test_reading_twice_in_one_work_sees_one_state(database: Database) -> None:
    async with database.reading() as reading:
        assert await reading.meta.get("a") is None
        async with database.work() as writing:
            await writing.meta.set("a", "new")
            await writing.commit()
        assert await reading.meta.get("a") is None


async def test_concurrent_increments_are_not_lost(database: Database) -> None:
    async with database.work() as work:
        await work.shoppers.add_many([shopper(7)])
        await work.commit()

    async def count_one() -> None:
        async with database.work() as work:
            await work.usage.increment(7, "turns", TODAY)
            await work.commit()

    await asyncio.gather(*(count_one() for _ in range(50)))
    async with database.reading() as work:
        assert await work.usage.count(7, "turns", TODAY) == 50


async def test_a_cancelled_work_frees_the_database(database: Database) -> None:
    is_inside = asyncio.Event()

    async def hang() -> None:
        async with database.work() as work:
            await work.meta.set("a", "never")
            is_inside.set()
            await asyncio.Event().wait()

    hanging = asyncio.create_task(hang())
    await is_inside.wait()
    hanging.cancel()
    await asyncio.gather(hanging, return_exceptions=True)
    async with database.work() as work:
        assert await work.meta.get("a") is None
        await work.meta.set("a", "free")
        await work.commit()


async def test_commit_with_outgoing_messages_calls_back_once(database: Database) -> None:
    calls: list[str] = []
    database.on_outbox(lambda: calls.append("woken"))
    async with database.work() as work:
        await work.outbox.add(outgoing(text="one"), NOON)
        await work.outbox.add(outgoing(text="two"), NOON)
        assert calls == []
        await work.commit()
    assert calls == ["woken"]


async def test_commit_without_outgoing_messages_wakes_nobody(database: Database) -> None:
    calls: list[str] = []
    database.on_outbox(lambda: calls.append("woken"))
    async with database.work() as work:
        await work.outbox.add(outgoing(unique_key="once"), NOON)
        await work.commit()
    async with database.work() as work:
        await work.outbox.add(outgoing(unique_key="once"), NOON)
        await work.outbox.claim_due(NOON, 1)
        await work.commit()
    async with database.work() as work:
        await work.outbox.add(outgoing(), NOON)
    assert calls == ["woken"]
