from datetime import timedelta
from zoneinfo import ZoneInfo

from knowledge.popularity import counted, part_of_day, shares
from storage.records import Product, Store
from tests.builders import NOON, product, purchase, store

BERLIN = ZoneInfo("Europe/Berlin")
STORES = {each.id: each for each in (store(), store("chemist", category="pharmacy"))}
PRODUCTS = {each.id: each for each in (product(), product("pads", category="baby"))}


def test_part_of_day_goes_by_the_clock_there() -> None:
    assert part_of_day(NOON, ZoneInfo("UTC")) == 4
    assert part_of_day(NOON, ZoneInfo("America/New_York")) == 2


def test_each_shopper_counts_once_whatever_they_buy() -> None:
    bought = [
        purchase(7),
        purchase(7),
        purchase(8),
        purchase(8, purchased_at=NOON + timedelta(hours=6)),
    ]
    cells = counted(bought, PRODUCTS, STORES, BERLIN)
    assert cells == {(4, "cafe", "choc"): 2, (6, "cafe", "choc"): 1}


def test_nothing_sensitive_or_gone_is_counted() -> None:
    bought = [
        purchase(product_id="pads"),
        purchase(store_id="chemist"),
        purchase(product_id="gone"),
        purchase(store_id="gone"),
    ]
    products: dict[str, Product] = PRODUCTS
    stores: dict[str, Store] = STORES
    assert counted(bought, products, stores, BERLIN) == {}


def test_shares_are_of_the_most_popular_at_a_store() -> None:
    told = shares({("cafe", "choc"): 8, ("cafe", "tea"): 2, ("shop", "mug"): 3})
    assert told == {("cafe", "choc"): 1.0, ("cafe", "tea"): 0.25, ("shop", "mug"): 1.0}
    assert shares({}) == {}
