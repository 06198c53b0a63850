import pytest
from sqlalchemy import select

from storage.database import Database
from storage.records import OutboxItem, OutboxStatus
from storage.tables import outbox
from tests.builders import NOON, outgoing, shopper
from tests.storage.queueing import CAMPAIGN, NUDGE, ORDER, REPLY, SECOND, claim, texts


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
