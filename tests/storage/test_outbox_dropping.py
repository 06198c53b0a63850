"""Messages that never leave: those that are late, not wanted any more or not to be read."""

import pytest
from sqlalchemy import insert, select, update

from storage.crypto import Cipher
from storage.database import Database
from storage.records import OutboxItem, OutboxStatus, Priority
from storage.tables import outbox
from storage.work import Work
from tests.builders import NOON, outgoing
from tests.storage.queueing import CAMPAIGN, NUDGE, ORDER, REPLY, SECOND, claim, texts


async def test_late_message_is_dropped_unsent_and_the_next_one_leaves(database: Database) -> None:
    async with database.work() as work:
        await work.outbox.add(outgoing(7, "late", send_before=NOON), NOON - SECOND)
        await work.outbox.add(outgoing(7, "in time", send_before=NOON + SECOND), NOON - SECOND)
        assert texts(await claim(work, 1)) == ["in time"]
        counts = await work.outbox.counts()
        assert counts[OutboxStatus.DROPPED] == 1


async def add_late(work: Work, count: int) -> None:
    """Queue nudges that are late at noon, each to another chat, long before anything else."""
    await work.outbox.add(outgoing(1, priority=NUDGE, send_before=NOON), NOON - SECOND)
    row = dict((await work._connection.execute(select(outbox))).mappings().one())
    del row["id"]
    others = [row | {"chat_id": chat} for chat in range(2, count + 1)]
    await work._connection.execute(insert(outbox), others)


async def test_claim_gives_up_the_writer_where_many_are_late(database: Database) -> None:
    late = 4500
    async with database.work() as work:
        await add_late(work, late)
        await work.outbox.add(outgoing(7, "in time", priority=NUDGE), NOON)
        await work.commit()
    dropped = []
    items: list[OutboxItem] = []
    while not items:
        async with database.work() as work:
            items = await claim(work, 4)
            dropped.append(work.outbox.late)
            await work.commit()
    assert texts(items) == ["in time"]
    assert sum(dropped) == late
    assert 0 < max(dropped) < late / 2
    assert len(dropped) < 5


async def test_only_what_is_late_is_dropped(database: Database) -> None:
    async with database.work() as work:
        await add_late(work, 3)
        for chat, send_before in ((2, NOON + SECOND), (8, NOON + SECOND), (9, None)):
            in_time = outgoing(chat, str(chat), priority=NUDGE, send_before=send_before)
            await work.outbox.add(in_time, NOON - SECOND)
        later = outgoing(10, priority=CAMPAIGN, send_before=NOON)
        await work.outbox.add(later, NOON + SECOND)
        assert texts(await claim(work, 1)) == ["2"]
        assert work.outbox.late == 3
        counts = await work.outbox.counts()
        assert (counts[OutboxStatus.WAITING], counts[OutboxStatus.DROPPED]) == (3, 3)


async def test_unreachable_chat_loses_what_waits(database: Database) -> None:
    async with database.work() as work:
        for chat in (7, 7, 8):
            await work.outbox.add(outgoing(chat), NOON)
        assert await work.outbox.drop_all_of_chat(7, "blocked") == 2
        assert [item.outgoing.chat_id for item in await claim(work)] == [8]


@pytest.mark.parametrize(
    ("drops", "priority", "left"),
    [
        ("offers", NUDGE, OutboxStatus.DROPPED),
        ("offers", CAMPAIGN, OutboxStatus.DROPPED),
        ("offers", REPLY, OutboxStatus.WAITING),
        ("offers", ORDER, OutboxStatus.WAITING),
        ("all", NUDGE, OutboxStatus.DROPPED),
        ("all", REPLY, OutboxStatus.DROPPED),
    ],
)
async def test_what_was_dropped_in_flight_is_not_tried_again(
    database: Database, drops: str, priority: Priority, left: OutboxStatus
) -> None:
    async with database.work() as work:
        for chat in (7, 8):
            await work.outbox.add(outgoing(chat, priority=priority), NOON)
        first, other = await claim(work)
        drop = work.outbox.drop_all_of_chat if drops == "all" else work.outbox.drop_offers_of_chat
        is_meant = left is OutboxStatus.DROPPED
        assert await drop(7, "not wanted") == is_meant
        assert (await work.outbox.counts())[OutboxStatus.SENDING] == 2
        for item in (first, other):
            assert await work.outbox.retry(item.id, NOON)
        assert len(await claim(work)) == (1 if is_meant else 2)
        row = (await work._connection.execute(select(outbox).where(outbox.c.chat_id == 7))).one()
        assert (row.arguments is None) == is_meant


async def test_what_was_dropped_in_flight_and_arrived_is_sent(database: Database) -> None:
    async with database.work() as work:
        await work.outbox.add(outgoing(7, priority=NUDGE), NOON)
        (item,) = await claim(work)
        await work.outbox.drop_offers_of_chat(7, "paused by the shopper")
        assert await work.outbox.sent(item.id, 42, NOON)
        row = (await work._connection.execute(select(outbox))).one()
    assert (row.status, row.message_id, row.reason) == (OutboxStatus.SENT, 42, None)


async def test_reply_that_was_dropped_in_flight_is_not_repeated_after_a_crash(
    database: Database,
) -> None:
    async with database.work() as work:
        await work.outbox.add(outgoing(7), NOON)
        await claim(work)
        await work.outbox.drop_all_of_chat(7, "stopped by the shopper")
        settled = await work.outbox.recover(NOON)
        assert settled == {OutboxStatus.WAITING: 0, OutboxStatus.UNKNOWN: 1}
        assert await claim(work) == []


@pytest.mark.parametrize("broken", ["ciphertext", "JSON", "nothing"])
async def test_row_that_cannot_be_read_is_put_off_then_dropped_and_holds_up_no_other(
    database: Database, cipher: Cipher, broken: str
) -> None:
    change: dict[str, object] = {
        "ciphertext": {"arguments": "gAAAA nobody's"},
        "JSON": {"arguments": cipher.encrypt("{")},
        "nothing": {"arguments": None},
    }[broken]
    async with database.work() as work:
        poison = await work.outbox.add(outgoing(7, "poison"), NOON)
        await work._connection.execute(update(outbox).values(change))
        await work.outbox.add(outgoing(8, "fine"), NOON)
        assert texts(await claim(work, 1)) == ["fine"]
        for minutes in (5, 10):
            await work.outbox.add(outgoing(7, "behind"), NOON)
            later = await work.outbox.claim_due(NOON + minutes * 60 * SECOND, 10)
        assert [number for number, _ in work.outbox.unreadable] == [poison] * 3
        assert (await work.outbox.counts())[OutboxStatus.DROPPED] == 1
        assert texts(later) == ["behind"]
