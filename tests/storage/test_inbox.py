from datetime import timedelta

from sqlalchemy import select

from storage.database import Database
from storage.records import InboxItem, InboxStatus
from storage.tables import inbox
from tests.builders import NOON


async def test_same_update_of_one_bot_is_kept_once(database: Database) -> None:
    async with database.work() as work:
        assert await work.inbox.add(1, 100, 7, "{}", NOON) is not None
        assert await work.inbox.add(1, 100, 7, "{}", NOON) is None
        assert await work.inbox.add(2, 100, 7, "{}", NOON) is not None


async def test_waiting_updates_come_oldest_first(database: Database) -> None:
    async with database.work() as work:
        ids = [await work.inbox.add(1, n, 7, f'{{"n":{n}}}', NOON) for n in (30, 10, 20)]
        waiting = await work.inbox.waiting()
    assert [item.id for item in waiting] == ids
    assert waiting[0] == InboxItem(ids[0] or 0, 1, 30, 7, '{"n":30}', NOON)


async def test_every_claim_counts_an_attempt(database: Database) -> None:
    async with database.work() as work:
        item_id = await work.inbox.add(1, 1, None, "{}", NOON)
        assert item_id is not None
        for attempt in (1, 2, 3):
            claimed = await work.inbox.claim(item_id)
            assert claimed is not None
            assert claimed.attempts == attempt
        assert await work.inbox.claim(item_id + 1) is None


async def test_done_update_is_erased_and_still_recognised(database: Database) -> None:
    async with database.work() as work:
        item_id = await work.inbox.add(1, 1, 7, '{"text":"secret"}', NOON)
        assert item_id is not None
        await work.inbox.done(item_id)
        row = (await work._connection.execute(select(inbox))).mappings().one()
        assert (row["payload"], row["chat_id"], row["status"]) == (None, None, InboxStatus.DONE)
        assert await work.inbox.claim(item_id) is None
        assert await work.inbox.waiting() == []
        assert await work.inbox.add(1, 1, 7, "{}", NOON) is None


async def test_update_set_aside_no_longer_waits(database: Database) -> None:
    async with database.work() as work:
        item_id = await work.inbox.add(1, 1, 7, "{}", NOON)
        assert item_id is not None
        await work.inbox.set_aside(item_id, "failed three times")
        assert await work.inbox.claim(item_id) is None
        assert await work.inbox.waiting() == []


async def test_old_rows_go_unless_they_still_wait(database: Database) -> None:
    old, limit = NOON - timedelta(days=3), NOON - timedelta(days=2)
    async with database.work() as work:
        done = await work.inbox.add(1, 1, 7, "{}", old)
        waits = await work.inbox.add(1, 2, 7, "{}", old)
        recent = await work.inbox.add(1, 3, 7, "{}", NOON)
        await work.inbox.done(done or 0)
        await work.inbox.done(recent or 0)
        assert await work.inbox.delete_done_before(limit) == 1
        assert [item.id for item in await work.inbox.waiting()] == [waits]
        assert await work.inbox.add(1, 1, 7, "{}", NOON) is not None
