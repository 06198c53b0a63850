"""Several people at one order, at once: one of them is first, and nothing counts twice."""

import asyncio
from datetime import timedelta

import pytest

from knowledge.counter import serve
from knowledge.holding import expire
from knowledge.order_rules import OrderAction
from storage.database import Database
from storage.records import OrderStatus, Person, Role, Stock
from tests.builders import NOON, coupon, order, product, shopper, store

EVE = Person(1, Role.STAFF, "cafe", NOON)
CODE = order().code


@pytest.fixture(autouse=True)
async def booked(database: Database) -> None:
    """One piece left on the shelf, one booked with a coupon and kept until noon."""
    async with database.work() as work:
        await work.shoppers.add_many([shopper(7)])
        await work.stores.add_many([store()])
        await work.products.add_many([product()])
        await work.stock.add_many([Stock("cafe", "choc", 1)])
        await work.coupons.add_many([coupon(remaining=5)])
        assert await work.coupons.redeem("WARM15", 7, CODE, NOON)
        await work.orders.place(order(coupon_code="WARM15", kept_until=NOON))
        await work.commit()


async def does(database: Database, action: OrderAction) -> bool:
    async with database.work() as work:
        change = await serve(work, EVE, CODE, action, NOON - timedelta(minutes=1))
        await work.commit()
    assert change is not None
    return change.is_new


async def expires(database: Database) -> bool:
    async with database.work() as work:
        is_new = await expire(work, CODE, NOON) is not None
        await work.commit()
    return is_new


@pytest.mark.parametrize("action", [OrderAction.REFUSE, OrderAction.HAND_OVER])
async def test_of_many_at_once_one_counts(database: Database, action: OrderAction) -> None:
    both = (does(database, action), expires(database))
    firsts = await asyncio.gather(*both, *(does(database, action) for _ in range(4)))
    assert sum(firsts) == 1
    async with database.reading() as work:
        after = await work.orders.get(CODE)
        purchases = await work.purchases.of_shopper(7)
        signals = await work.signals.of_shopper(7)
        left = await work.stock.quantities(["choc"], ["cafe"])
        uses = await work.coupons.uses(7)
        budget = await work.coupons.get("WARM15")
    assert after is not None
    assert budget is not None
    is_sold = after.status is OrderStatus.COLLECTED
    assert len(purchases) == len(signals) == int(is_sold)
    assert left == {("cafe", "choc"): 1 if is_sold else 2}
    assert uses == ({"WARM15": 1} if is_sold else {})
    assert budget.remaining == (4 if is_sold else 5)


async def test_what_a_colleague_promised_is_not_refused(database: Database) -> None:
    assert await does(database, OrderAction.READY)
    assert not await does(database, OrderAction.REFUSE)
    assert await does(database, OrderAction.HAND_OVER)
