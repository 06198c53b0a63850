import asyncio
from datetime import timedelta

import pytest
from sqlalchemy import insert, select, update

from storage.crypto import Cipher
from storage.database import Database
from storage.records import OutboxItem, OutboxStatus, Portion, Priority
from storage.tables import outbox
from storage.work import Work
from tests.builders import NOON, outgoing, shopper

SECOND = timedelta(seconds=1)
REPLY, ORDER, NUDGE, CAMPAIGN = Priority


def texts(items: list[OutboxItem]) -> list[str]:
    return [item.outgoing.arguments["text"] for item in items]


async def claim(work: Work, limit: int = 100) -> list[OutboxItem]:
    return await work.outbox.claim_due(NOON, limit)


async def test_message_comes_back_as_it_was_queued(database: Database) -> None:
    message = outgoing(
        7,
        priority=NUDGE,
        unique_key="7 cafe WARM15",
        send_before=NOON + SECOND,
        arguments={"chat_id": 7, "text": "Zoë 🙂", "reply_markup": {"inline_keyboard": [[1]]}},
    )
    async with database.work() as work:
        item_id = await work.outbox.add(message, NOON)
        assert await claim(work) == [
            OutboxItem(item_id or 0, message, OutboxStatus.SENDING, attempts=0, due_at=NOON)
        ]


async def test_unique_key_is_taken_once(database: Database) -> None:
    async with database.work() as work:
        assert await work.outbox.add(outgoing(unique_key="once"), NOON) is not None
        assert await work.outbox.add(outgoing(unique_key="once"), NOON) is None
        assert await work.outbox.add(outgoing(), NOON) is not None
        assert await work.outbox.add(outgoing(), NOON) is not None


async def test_priorities_leave_in_order(database: Database) -> None:
    async with database.work() as work:
        for chat, priority in enumerate((CAMPAIGN, NUDGE, ORDER, REPLY)):
            await work.outbox.add(outgoing(chat, priority, priority=priority), NOON)
        assert texts(await claim(work, 2)) == [REPLY, ORDER]
        assert texts(await claim(work, 2)) == [NUDGE, CAMPAIGN]


async def test_chat_has_one_message_in_flight_and_keeps_its_order(database: Database) -> None:
    async with database.work() as work:
        for text in ("one", "two", "three"):
            await work.outbox.add(outgoing(7, text), NOON)
        await work.outbox.add(outgoing(8, "other chat"), NOON)
        first, other = await claim(work)
        assert texts([first, other]) == ["one", "other chat"]
        assert await claim(work) == []
        await work.outbox.sent(first.id, 42, NOON)
        assert texts(await claim(work)) == ["two"]


async def test_message_waiting_to_be_tried_again_holds_those_behind_it(database: Database) -> None:
    async with database.work() as work:
        await work.outbox.add(outgoing(7, "one"), NOON)
        await work.outbox.add(outgoing(7, "two"), NOON)
        (first,) = await claim(work)
        await work.outbox.retry(first.id, NOON + SECOND)
        assert await claim(work) == []
        assert await work.outbox.next_due_at() == NOON + SECOND
        (again,) = await work.outbox.claim_due(NOON + SECOND, 10)
        assert (again.id, again.attempts) == (first.id, 1)


async def test_reply_overtakes_a_nudge_of_its_chat(database: Database) -> None:
    async with database.work() as work:
        await work.outbox.add(outgoing(7, "nudge", priority=NUDGE), NOON)
        await work.outbox.add(outgoing(7, "reply", priority=REPLY), NOON)
        assert texts(await claim(work)) == ["reply"]


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


@pytest.mark.parametrize("outcome", ["sent", "drop", "unknown"])
async def test_finished_message_is_erased(database: Database, outcome: str) -> None:
    async with database.work() as work:
        item_id = await work.outbox.add(outgoing(text="secret"), NOON) or 0
        await claim(work)
        if outcome == "sent":
            await work.outbox.sent(item_id, 42, NOON)
        elif outcome == "drop":
            await work.outbox.drop(item_id, "chat not found")
        else:
            await work.outbox.unknown(item_id)
        row = (await work._connection.execute(select(outbox))).mappings().one()
        assert row["arguments"] is None
        assert row["message_id"] == (42 if outcome == "sent" else None)
        assert await claim(work) == []


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


async def test_crash_repeats_replies_and_orders_and_never_nudges(database: Database) -> None:
    async with database.work() as work:
        for chat, priority in enumerate(Priority):
            await work.outbox.add(outgoing(chat, priority, priority=priority), NOON)
        await claim(work)
        settled = await work.outbox.recover(NOON)
        assert settled == {OutboxStatus.WAITING: 2, OutboxStatus.UNKNOWN: 2}
        assert texts(again := await claim(work)) == [REPLY, ORDER]
        assert [item.attempts for item in again] == [1, 1]


async def test_counts_name_every_status(database: Database) -> None:
    async with database.work() as work:
        assert await work.outbox.counts() == dict.fromkeys(OutboxStatus, 0)
        await work.outbox.add(outgoing(7), NOON)
        await work.outbox.add(outgoing(7), NOON)
        await claim(work)
        counts = await work.outbox.counts()
        assert (counts[OutboxStatus.WAITING], counts[OutboxStatus.SENDING]) == (1, 1)


async def test_next_due_ignores_what_cannot_be_claimed(database: Database) -> None:
    async with database.work() as work:
        assert await work.outbox.next_due_at() is None
        await work.outbox.add(outgoing(7, "in flight"), NOON)
        await work.outbox.add(outgoing(7, "behind"), NOON)
        await claim(work)
        assert await work.outbox.next_due_at() is None
        await work.outbox.add(outgoing(8, priority=CAMPAIGN), NOON + 2 * SECOND)
        await work.outbox.add(outgoing(9, priority=NUDGE), NOON + SECOND)
        assert await work.outbox.next_due_at() == NOON + SECOND


async def test_old_finished_rows_go_and_free_their_key(database: Database) -> None:
    async with database.work() as work:
        await work.outbox.add(outgoing(7, unique_key="once"), NOON - SECOND)
        (item,) = await claim(work)
        await work.outbox.sent(item.id, 1, NOON)
        await work.outbox.add(outgoing(8), NOON - SECOND)
        assert await work.outbox.delete_before(NOON) == 1
        assert await work.outbox.add(outgoing(7, unique_key="once"), NOON) is not None


async def test_message_to_a_chat_without_a_shopper_is_fine(database: Database) -> None:
    group = -1_001_234_567_890
    async with database.work() as work:
        await work.shoppers.add_many([shopper(7)])
        await work.outbox.add(outgoing(group), NOON)
        assert [item.outgoing.chat_id for item in await claim(work)] == [group]


async def test_keyed_messages_are_found_with_their_number(database: Database) -> None:
    async with database.work() as work:
        sent = await work.outbox.add(outgoing(7, unique_key="card"), NOON)
        assert sent is not None
        await claim(work)
        await work.outbox.sent(sent, 55, NOON)
        await work.outbox.add(outgoing(8, unique_key="waiting"), NOON)
        assert await work.outbox.keyed(["card", "waiting", "none"]) == {
            "card": 55,
            "waiting": None,
        }


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
