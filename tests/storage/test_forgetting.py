from datetime import date

from sqlalchemy import select

from storage import tables
from storage.database import Database
from storage.orders import NOBODY
from storage.records import (
    AuditEntry,
    ConsentKind,
    Invitation,
    Nudge,
    Person,
    Role,
    Signal,
    SignalKind,
    Turn,
)
from storage.work import Work
from tests.builders import (
    NOON,
    coupon,
    order,
    outgoing,
    product,
    purchase,
    shopper,
    store,
    suggestion,
)

TODAY = date(2026, 11, 21)


async def fill(work: Work, shopper_id: int) -> None:
    await work.shoppers.add_many([shopper(shopper_id)])
    await work.consents.decide(
        shopper_id, ConsentKind.NUDGES, is_granted=True, version=1, now=NOON
    )
    await work.coupons.save(shopper_id, "WARM15", NOON)
    await work.coupons.redeem("WARM15", shopper_id, f"order-{shopper_id}", NOON)
    await work.orders.place(order(f"order-{shopper_id}", shopper_id))
    await work.purchases.add_many([purchase(shopper_id), purchase(shopper_id)])
    await work.signals.add(Signal(shopper_id, "choc", SignalKind.VIEW, NOON))
    await work.suggestions.add(suggestion(shopper_id))
    visit_id = await work.visits.enter(shopper_id, "cafe", NOON)
    await work.nudges.add(Nudge(shopper_id, "cafe", "WARM15", visit_id, 1, NOON))
    await work.dialogues.add(Turn(shopper_id, "shopper", "I'm cold", NOON))
    await work.usage.increment(shopper_id, "turns", TODAY)
    await work.people.grant(Person(shopper_id, Role.ADMIN, None, NOON))
    await work.people.invite(
        f"code {shopper_id}", Invitation(Role.STAFF, "cafe", shopper_id, NOON)
    )
    await work.audit.add(AuditEntry(f"shopper:{shopper_id}", "stop", str(shopper_id), NOON))
    item = await work.inbox.add(shopper_id % 10, 1, shopper_id, "{}", NOON)
    assert item is not None
    await work.inbox.set_aside(item, "unreadable")
    await work.outbox.add(outgoing(shopper_id), NOON)


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
        counts = await work.shoppers.forget(forgotten)
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
        "dialogues": 1,
        "usage": 1,
        "roles": 1,
        "orders": 1,
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
        await work.shoppers.forget(7)
        assert await work.orders.get("K7-2291") == order(shopper_id=NOBODY)


async def test_update_being_handled_is_erased_when_done(database: Database) -> None:
    async with database.work() as work:
        item = await work.inbox.add(1, 5, 7, '{"text": "/forget"}', NOON)
        assert item is not None
        await work.shoppers.forget(7)
        await work.inbox.done(item)
        rows = (await work._connection.execute(select(tables.inbox))).mappings().all()
        assert [(row["chat_id"], row["payload"]) for row in rows] == [(None, None)]
        assert await work.inbox.add(1, 5, 7, '{"text": "/forget"}', NOON) is None


async def test_forgetting_nobody_changes_nothing(database: Database) -> None:
    async with database.work() as work:
        assert set((await work.shoppers.forget(7)).values()) == {0}
