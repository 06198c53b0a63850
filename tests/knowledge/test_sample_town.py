from datetime import date
from typing import Any

import pytest

from knowledge.sample_town import Goods, OwnStores, lay_out, take_away, zone_of_longitude
from storage.database import Database
from storage.records import Policy, Stock
from storage.sample import SampleKind
from tests.builders import NOON, coupon, product, purchase, shopper, store

LAID = Goods(
    stores=[store("tea-room", name="Tea Room")],
    products=[product("tea", title="Tea")],
    stock=[Stock("tea-room", "tea", 4)],
    coupons=[coupon("TEA10")],
    policies=[Policy("returns", "Returns", "# Returns\n", date(2026, 1, 1))],
)


async def put(database: Database, goods: Goods = LAID) -> OwnStores | None:
    async with database.work() as work:
        own = await lay_out(work, goods)
        await work.commit()
    return own


async def contents(database: Database) -> dict[str, list[Any]]:
    async with database.reading() as work:
        return {
            "stores": await work.stores.all(),
            "products": await work.products.all(),
            "policies": await work.policies.all(),
        }


async def test_town_is_laid_out_and_marked(database: Database) -> None:
    assert await put(database) is None
    async with database.reading() as work:
        assert await work.sample.marks() == {
            SampleKind.STORES: {"tea-room"},
            SampleKind.PRODUCTS: {"tea"},
            SampleKind.COUPONS: {"TEA10"},
            SampleKind.POLICIES: {"returns"},
        }
        assert [each.id for each in await work.stores.all()] == ["tea-room"]


async def test_laid_again_it_moves(database: Database) -> None:
    await put(database)
    moved = store("tea-room", latitude=1.0, longitude=2.0)
    assert await put(database, Goods([moved], *_rest())) is None
    assert (await contents(database))["stores"] == [moved]


async def test_shop_with_stores_of_its_own_stays_as_it_is(database: Database) -> None:
    async with database.work() as work:
        await work.stores.add_many([store("own-a"), store("own-b")])
        await work.commit()
    before = await contents(database)
    assert await put(database) == OwnStores(2)
    assert await contents(database) == before


async def test_own_goods_of_the_same_id_are_neither_changed_nor_marked(database: Database) -> None:
    mine, offer = product("tea", title="My tea"), coupon("TEA10", discount_percent=5)
    async with database.work() as work:
        await work.products.add_many([mine])
        await work.coupons.add_many([offer])
        await work.commit()
    await put(database)
    async with database.work() as work:
        await take_away(work, NOON)
        await work.commit()
    async with database.reading() as work:
        assert await work.products.all() == [mine]
        assert await work.coupons.get("TEA10") == offer
        assert await work.stores.all() == []


async def test_taken_away_it_leaves_what_was_bought_and_the_people(database: Database) -> None:
    await put(database)
    sample, real = 2**52 + 1, 7
    async with database.work() as work:
        await work.shoppers.add_many([shopper(real), shopper(sample, is_demo=True)])
        await work.purchases.add_many([purchase(real, store_id="tea-room", product_id="tea")])
        assert await take_away(work, NOON) == 1
        await work.commit()
    assert await contents(database) == {"stores": [], "products": [], "policies": []}
    async with database.work() as work:
        assert await work.shoppers.get(sample) is None
        assert len(await work.purchases.of_shopper(real, limit=5)) == 1
        assert await take_away(work, NOON) == 0


@pytest.mark.parametrize(
    ("longitude", "zone"),
    [
        (0.0, "Etc/GMT"),
        (-7.4, "Etc/GMT"),
        (13.4, "Etc/GMT-1"),
        (-69.1, "Etc/GMT+5"),
        (151.2, "Etc/GMT-10"),
        (180.0, "Etc/GMT-12"),
        (-180.0, "Etc/GMT+12"),
    ],
)
def test_zone_goes_by_the_sun(longitude: float, zone: str) -> None:
    assert zone_of_longitude(longitude) == zone


def _rest() -> tuple[Any, ...]:
    return LAID.products, LAID.stock, LAID.coupons, LAID.policies
