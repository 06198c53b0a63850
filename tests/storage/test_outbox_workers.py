"""Several workers at one outbox, and what is left by one that died."""

import asyncio

from storage.crypto import Cipher
from storage.database import Database
from storage.records import OutboxStatus, Portion, Priority
from tests.builders import NOON, outgoing
from tests.storage.queueing import ORDER, REPLY, SECOND, claim, texts


async def test_no_row_is_handed_to_two_workers(database: Database) -> None:
    chats = 30
    async with database.work() as work:
        for chat in range(chats):
            await work.outbox.add(outgoing(chat, "one"), NOON)
            await work.outbox.add(outgoing(chat, "two"), NOON)
        await work.commit()
    sent: list[tuple[int, str]] = []

    async def deliver() -> None:
        while True:
            async with database.work() as work:
                items = await claim(work, 3)
                await work.commit()
            if not items:
                return
            for item in items:
                sent.append((item.outgoing.chat_id, item.outgoing.arguments["text"]))
                async with database.work() as work:
                    await work.outbox.sent(item.id, None, NOON)
                    await work.commit()

    await asyncio.gather(*(deliver() for _ in range(6)))
    await deliver()  # what was behind a row in flight when the others found nothing
    assert sorted(sent) == sorted((chat, text) for chat in range(chats) for text in ("one", "two"))
    for chat in range(chats):
        assert [text for which, text in sent if which == chat] == ["one", "two"]


async def test_worker_does_not_wait_for_the_rows_of_another(
    postgres_url: str, cipher: Cipher
) -> None:
    database = await Database.open(postgres_url, cipher=cipher)
    await database.migrate()
    async with database.work() as work:
        await work.outbox.add(outgoing(7), NOON)
        await work.outbox.add(outgoing(8), NOON)
        await work.commit()
    async with asyncio.timeout(60), database.work() as one, database.work() as other:
        assert [item.outgoing.chat_id for item in await claim(one, 1)] == [7]
        assert [item.outgoing.chat_id for item in await claim(other, 2)] == [8]
    await database.close()


async def test_crash_repeats_replies_and_orders_and_never_nudges(database: Database) -> None:
    async with database.work() as work:
        for chat, priority in enumerate(Priority):
            await work.outbox.add(outgoing(chat, priority, priority=priority), NOON)
        await claim(work)
        settled = await work.outbox.recover(NOON)
        assert settled == {OutboxStatus.WAITING: 2, OutboxStatus.UNKNOWN: 2}
        assert texts(again := await claim(work)) == [REPLY, ORDER]
        assert [item.attempts for item in again] == [1, 1]


async def test_each_worker_gets_its_portion_of_the_chats(database: Database) -> None:
    chats = [-1_001, -12, 7, 8, 9, 10, 11]
    async with database.work() as work:
        for chat in chats:
            await work.outbox.add(outgoing(chat), NOON)
        portions = [
            await work.outbox.claim_due(NOON, 100, by=place + 1, portion=Portion(place, 3))
            for place in range(3)
        ]
    served = [sorted(item.outgoing.chat_id for item in items) for items in portions]
    assert served == [[-12, 9], [7, 10], [-1_001, 8, 11]]
    assert {item.claimed_by for item in portions[2]} == {3}


async def test_next_due_is_that_of_the_portion(database: Database) -> None:
    async with database.work() as work:
        await work.outbox.add(outgoing(8), NOON)
        await work.outbox.add(outgoing(7), NOON + SECOND)
        assert await work.outbox.next_due_at(Portion(1, 2)) == NOON + SECOND
        assert await work.outbox.next_due_at(Portion(2, 3)) == NOON
