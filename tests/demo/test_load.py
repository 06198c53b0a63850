"""Loading the sample shop: everything once, on either database."""

from datetime import UTC, date, datetime

from scripts.demo.load import Counts, load_sample_shop
from scripts.demo.people import FIRST_ID
from scripts.demo.sample_shop import SampleShop
from storage.database import Database
from storage.records import ConsentKind


async def test_all_of_it_is_there_after_loading(
    database: Database, shop: SampleShop, today: date
) -> None:
    counts = await load_sample_shop(database, today=today)
    assert (counts.stores, counts.products, counts.coupons, counts.shoppers) == (40, 600, 100, 50)
    async with database.reading() as work:
        assert {store.id: store for store in await work.stores.all()} == {
            store.id: store for store in shop.stores
        }
        assert {each.id: each for each in await work.products.all()} == {
            product.id: product for product in shop.products
        }
        assert await work.policies.all() == sorted(
            shop.policies, key=lambda policy: (policy.id, policy.valid_from)
        )
        assert tuple(await work.shoppers.demo()) == shop.shoppers
        bought = await work.purchases.of_shopper(FIRST_ID, limit=10_000)
        assert len(bought) == sum(each.shopper_id == FIRST_ID for each in shop.purchases)


async def test_ana_finds_her_order_coupons_and_consents(database: Database, today: date) -> None:
    await load_sample_shop(database, today=today)
    async with database.reading() as work:
        orders = await work.orders.of_shopper(FIRST_ID)
        assert orders[0].code == "K7-2291"
        saved = {coupon.code for coupon in await work.coupons.saved_by(FIRST_ID)}
        assert saved == {"WARM15", "GIFT5"}
        consents = await work.consents.current(FIRST_ID)
        assert consents[ConsentKind.LOCATION].is_granted
        noon = datetime(today.year, today.month, today.day, 17, tzinfo=UTC)
        assert "WARM15" in {coupon.code for coupon in await work.coupons.valid_at(noon)}


async def test_loading_twice_changes_nothing(database: Database, today: date) -> None:
    await load_sample_shop(database, today=today)
    assert await load_sample_shop(database, today=date(2027, 1, 5)) == Counts()
    async with database.reading() as work:
        assert len(await work.stores.all()) == 40
