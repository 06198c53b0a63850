from sqlalchemy import select

from storage import tables
from storage.database import Database
from storage.orders import NOBODY
from storage.records import OutboxStatus, Priority
from storage.work import Work
from tests.builders import NOON, coupon, order, outgoing, product, shopper, store
from tests.storage.filling import fill


async def every_row(work: Work) -> list[list[object]]:
    rows: list[list[object]] = []
    for table in tables.metadata.sorted_tables:
        rows += [list(row) for row in await work._connection.execute(select(table))]
    return rows


async def test_nothing_is_left_of_a_forgotten_shopper(database: Database) -> None:
    forgotten, other = 990_000_001, 990_000_002
    async with database.work() as work:
        await work.stores.add_many([store()])
        await work.products.add_many([product()])
        await work.coupons.add_many([coupon()])
        await fill(work, forgotten)
        await fill(work, other)
        counts = await work.shoppers.forget(forgotten, NOON)
        await work.commit()
    assert counts == {
        "consents": 1,
        "coupon_uses": 1,
        "saved_coupons": 1,
        "purchases": 2,
        "signals": 1,
        "suggestions": 1,
        "visits": 1,
        "nudges": 1,
        "receipts": 1,
        "reminders": 1,
        "dialogues": 1,
        "usage": 1,
        "vault": 1,
        "links": 1,
        "link_codes": 1,
        "presents": 1,
        "relatives": 1,
        "preferences": 1,
        "roles": 1,
        "orders": 1,
        "order_events": 1,
        "outbox": 1,
        "inbox": 1,
        "audit": 2,
        "shoppers": 1,
    }
    async with database.reading() as work:
        # The order's code above holds the id only because this test made it so.
        left = [row for row in await every_row(work) if "order-990000001" not in row]
        assert not any(str(forgotten) in str(cell) for row in left for cell in row)
        assert len(await work.purchases.of_shopper(other)) == 2
        assert len(await work.dialogues.latest(other)) == 1


async def test_order_of_a_forgotten_shopper_stays_without_the_person(database: Database) -> None:
    async with database.work() as work:
        await work.shoppers.add_many([shopper(7)])
        await work.orders.place(order(suggestion_id=3))
        await work.shoppers.forget(7, NOON)
        assert await work.orders.get("K7-2291") == order(shopper_id=NOBODY)


async def test_update_being_handled_is_erased_when_done(database: Database) -> None:
    async with database.work() as work:
        item = await work.inbox.add(1, 5, 7, '{"text": "/forget"}', NOON)
        assert item is not None
        await work.shoppers.forget(7, NOON)
        await work.inbox.done(item)
        rows = (await work._connection.execute(select(tables.inbox))).mappings().all()
        assert [(row["chat_id"], row["payload"]) for row in rows] == [(None, None)]
        assert await work.inbox.add(1, 5, 7, '{"text": "/forget"}', NOON) is None


async def test_forgetting_nobody_changes_nothing(database: Database) -> None:
    async with database.work() as work:
        assert set((await work.shoppers.forget(7, NOON)).values()) == {0}


async def test_row_of_last_words_goes_with_them(database: Database) -> None:
    async with database.work() as work:
        await work.shoppers.add_many([shopper(7)])
        await work.outbox.add(outgoing(7, "on its way"), NOON)
        (in_flight,) = await work.outbox.claim_due(NOON, 5)
        await work.shoppers.forget(7, NOON)
        await work.outbox.add(outgoing(7, "goodbye", is_farewell=True), NOON)
        await work.outbox.sent(in_flight.id, 1, NOON)
        (goodbye,) = await work.outbox.claim_due(NOON, 5)
        assert goodbye.outgoing.is_farewell
        assert (await work.outbox.counts())[OutboxStatus.SENDING] == 1
        await work.outbox.sent(goodbye.id, 2, NOON)
        assert set((await work.outbox.counts()).values()) == {0}


async def test_what_was_in_flight_to_a_forgotten_shopper_is_not_tried_again(
    database: Database,
) -> None:
    async with database.work() as work:
        await work.shoppers.add_many([shopper(7)])
        await work.outbox.add(outgoing(7, "an offer", priority=Priority.NUDGE), NOON)
        (in_flight,) = await work.outbox.claim_due(NOON, 5)
        await work.shoppers.forget(7, NOON)
        await work.outbox.add(outgoing(7, "goodbye", is_farewell=True), NOON)
        await work.outbox.retry(in_flight.id, NOON)
        (goodbye,) = await work.outbox.claim_due(NOON, 5)
        assert goodbye.outgoing.arguments["text"] == "goodbye"
        assert sum((await work.outbox.counts()).values()) == 1


async def test_last_words_that_cannot_be_said_leave_no_row(database: Database) -> None:
    async with database.work() as work:
        for text in ("dropped", "unknown", "of the chat", "hello"):
            last = outgoing(7, text, is_farewell=text != "hello")
            await work.outbox.add(last, NOON)
        (first,) = await work.outbox.claim_due(NOON, 5)
        await work.outbox.drop(first.id, "refused")
        (second,) = await work.outbox.claim_due(NOON, 5)
        await work.outbox.unknown(second.id)
        assert await work.outbox.drop_all_of_chat(7, "blocked") == 2
        counts = await work.outbox.counts()
        assert {status for status, count in counts.items() if count} == {OutboxStatus.DROPPED}
        assert sum(counts.values()) == 1


async def test_what_a_shopper_did_stays_in_the_log_without_them(database: Database) -> None:
    async with database.work() as work:
        await work.audit.note(7, "export", NOON, rows=12)
        (noted,) = await work.audit.latest(1)
        assert "7" not in noted.subject
        assert dict(noted.details) == {"rows": "12"}
        await work.shoppers.forget(7, NOON)
        (left,) = await work.audit.latest(1)
        assert (left.actor, left.action) == ("forgotten", "export")
