"""The sample shoppers: ids Telegram cannot issue, and a believable half a year."""

from collections import Counter
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from scripts.demo.people import FIRST_ID
from scripts.demo.sample_shop import SampleShop, sample_shop
from storage.records import ConsentKind, OrderStatus, Store, Sustainability

NEW_YORK = ZoneInfo("America/New_York")
TELEGRAM_ID_BITS = 52


def is_open(store: Store, at: datetime) -> bool:
    """Tell whether a store is open, by a rule of this test's own."""
    local = at.astimezone(NEW_YORK)
    for hours in store.hours:
        for day in (local.date(), local.date() - timedelta(days=1)):
            if day.weekday() != hours.weekday:
                continue
            opens = datetime.combine(day, hours.opens, NEW_YORK)
            closes = datetime.combine(day, hours.closes, NEW_YORK)
            if closes <= opens:
                closes += timedelta(days=1)
            if opens <= local < closes:
                return True
    return False


def test_ids_are_out_of_telegrams_reach(shop: SampleShop) -> None:
    ids = [shopper.id for shopper in shop.shoppers]
    assert ids == list(range(FIRST_ID, FIRST_ID + 50))
    assert min(ids) > 2**TELEGRAM_ID_BITS


def test_the_first_is_ana_and_all_are_marked(shop: SampleShop) -> None:
    assert shop.shoppers[0].first_name == "Ana"
    assert len({shopper.first_name for shopper in shop.shoppers}) == 50
    for shopper in shop.shoppers:
        assert shopper.is_demo
        assert shopper.time_zone == "America/New_York"
        assert shopper.created_at < shopper.last_seen_at


def test_all_agreed_to_location_and_half_to_nudges(shop: SampleShop) -> None:
    granted = Counter(consent.kind for consent in shop.consents if consent.is_granted)
    assert granted[ConsentKind.LOCATION] == 50
    assert 20 <= granted[ConsentKind.NUDGES] <= 30


def test_ana_keeps_two_coupons_and_an_order_waits_for_her(shop: SampleShop) -> None:
    ana = shop.shoppers[0].id
    assert [code for id_, code in shop.saved_coupons if id_ == ana] == ["WARM15", "GIFT5"]
    ready = [
        order
        for order in shop.orders
        if order.shopper_id == ana and order.status is OrderStatus.READY
    ]
    assert [(order.code, order.store_id) for order in ready] == [("K7-2291", "home-and-co")]


def test_ana_has_the_habits_she_is_known_for(shop: SampleShop) -> None:
    products = {product.id: product for product in shop.products}
    drinks: Counter[int] = Counter()
    pastry: Counter[int] = Counter()
    food = []
    for purchase in shop.purchases:
        if purchase.shopper_id == shop.shoppers[0].id:
            product = products[purchase.product_id]
            weekday = purchase.purchased_at.astimezone(NEW_YORK).weekday()
            drinks[weekday] += product.category == "hot drinks"
            pastry[weekday] += product.category == "bakery"
            food += [product] if "diet" in product.attributes else []
    assert all(drinks[weekday] >= 15 for weekday in range(5))
    assert pastry[5] >= 15
    assert drinks[5] == drinks[6] == 0
    vegan = sum(Sustainability.VEGAN in product.sustainability for product in food)
    assert vegan / len(food) > 0.9


def test_people_differ(shop: SampleShop) -> None:
    products = {product.id: product for product in shop.products}
    usual: dict[int, Counter[str]] = {}
    for purchase in shop.purchases:
        aisle = products[purchase.product_id].attributes["aisle"]
        usual.setdefault(purchase.shopper_id, Counter())[aisle] += 1
    assert len(usual) == 50
    assert len({count.most_common(1)[0][0] for count in usual.values()}) >= 8


@pytest.mark.parametrize("day", [date(2026, 11, 21), date(2027, 3, 16), date(2026, 7, 5)])
def test_purchases_are_of_things_sold_at_open_stores_in_half_a_year(day: date) -> None:
    shop = sample_shop(day)
    stores = {store.id: store for store in shop.stores}
    sold = {(row.store_id, row.product_id) for row in shop.stock}
    shoppers = {shopper.id for shopper in shop.shoppers}
    assert list(shop.purchases) == sorted(shop.purchases, key=lambda each: each.purchased_at)
    for purchase in shop.purchases:
        assert purchase.shopper_id in shoppers
        assert (purchase.store_id, purchase.product_id) in sold
        local_day = purchase.purchased_at.astimezone(NEW_YORK).date()
        assert 1 <= (day - local_day).days <= 182
        assert is_open(stores[purchase.store_id], purchase.purchased_at)


def test_collected_orders_are_in_the_purchase_log(shop: SampleShop) -> None:
    log = {(each.shopper_id, each.product_id, each.purchased_at) for each in shop.purchases}
    collected = [order for order in shop.orders if order.status is OrderStatus.COLLECTED]
    assert collected
    assert all((each.shopper_id, each.product_id, each.changed_at) in log for each in collected)
