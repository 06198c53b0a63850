"""The last pieces and the last coupons, when a hundred shoppers want them at the same moment."""

import asyncio
from collections import Counter
from dataclasses import replace

from storage.database import Database
from storage.records import OrderStatus, Stock
from tests.builders import coupon, product, shopper, store, suggestion
from tests.crowd import Crowd

SHOPPERS = range(1, 101)


async def test_hundred_bookings_of_five_pieces_with_three_coupons(
    database: Database, migrated_url: str, data_key: str
) -> None:
    wishes = [suggestion(each, coupon_code="WARM15") for each in SHOPPERS]
    async with database.work() as work:
        await work.shoppers.add_many([shopper(each) for each in SHOPPERS])
        await work.stores.add_many([store()])
        await work.products.add_many([product()])
        await work.stock.add_many([Stock("cafe", "choc", 5)])
        await work.coupons.add_many([coupon(remaining=3)])
        ids = await work.suggestions.add_many(wishes)
        await work.commit()
    shown = tuple(replace(wish, id=key) for wish, key in zip(wishes, ids, strict=True))
    told = await asyncio.to_thread(Crowd(migrated_url, data_key, shown).books)
    assert told == Counter({"with coupon": 3, "full price": 2, "sold_out": 95})
    async with database.reading() as work:
        orders = [order for each in SHOPPERS for order in await work.orders.of_shopper(each)]
        left = await work.stock.quantities(["choc"], ["cafe"])
        budget = await work.coupons.get("WARM15")
        uses = [await work.coupons.uses(each) for each in SHOPPERS]
    assert len(orders) == 5
    assert {order.status for order in orders} == {OrderStatus.PLACED}
    assert sorted(order.price_cents for order in orders) == [298, 298, 298, 350, 350]
    assert left == {("cafe", "choc"): 0}
    assert budget is not None
    assert budget.remaining == 0
    assert sum(1 for each in uses if each) == 3
