"""Put the sample shop into a database, once.

It speaks to storage's repositories only and prints nothing: whoever calls it tells the person.
"""

from dataclasses import dataclass
from datetime import date, time, timedelta

from scripts.demo.people import in_town
from scripts.demo.sample_shop import SampleShop, sample_shop
from storage.database import Database
from storage.sample import SampleKind
from storage.work import Work


@dataclass(frozen=True, slots=True)
class Counts:
    """How many of each were put in; all 0 when the database had stores already."""

    stores: int = 0
    products: int = 0
    stock: int = 0
    coupons: int = 0
    policies: int = 0
    shoppers: int = 0
    orders: int = 0
    purchases: int = 0


async def load_sample_shop(database: Database, *, today: date) -> Counts:
    """Load Maple Harbor as it is on `today` unless there are stores; all of it or nothing.

    Raises:
        StorageError: see storage/errors.py.
    """
    shop = sample_shop(today)
    async with database.work() as work:
        if await work.stores.all():
            return Counts()
        await _put_goods(work, shop)
        await _put_people(work, shop, today)
        await work.commit()
    return Counts(
        stores=len(shop.stores),
        products=len(shop.products),
        stock=len(shop.stock),
        coupons=len(shop.coupons),
        policies=len(shop.policies),
        shoppers=len(shop.shoppers),
        orders=len(shop.orders),
        purchases=len(shop.purchases),
    )


async def _put_goods(work: Work, shop: SampleShop) -> None:
    await work.stores.add_many(shop.stores)
    await work.products.add_many(shop.products)
    await work.stock.add_many(shop.stock)
    await work.coupons.add_many(shop.coupons)
    await work.policies.add_many(shop.policies)
    await work.sample.mark(
        {
            SampleKind.STORES: [each.id for each in shop.stores],
            SampleKind.PRODUCTS: [each.id for each in shop.products],
            SampleKind.COUPONS: [each.code for each in shop.coupons],
            SampleKind.POLICIES: [each.id for each in shop.policies],
        }
    )


async def _put_people(work: Work, shop: SampleShop, today: date) -> None:
    await work.shoppers.add_many(shop.shoppers)
    for consent in shop.consents:
        await work.consents.decide(
            consent.shopper_id,
            consent.kind,
            is_granted=consent.is_granted,
            version=consent.version,
            now=consent.decided_at,
        )
    last_week = in_town(today - timedelta(days=7), time(12))
    for shopper_id, code in shop.saved_coupons:
        await work.coupons.save(shopper_id, code, last_week)
    await work.orders.add_many(shop.orders)
    await work.purchases.add_many(shop.purchases)
