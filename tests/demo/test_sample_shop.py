"""The sample shop as a whole: its size, and that its parts refer to one another."""

import re
from dataclasses import replace
from datetime import date

import pytest

from scripts.demo.sample_shop import SampleShop, sample_shop

SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


def test_it_has_the_promised_size(shop: SampleShop) -> None:
    assert len(shop.stores) == 40
    assert len(shop.products) == 600
    assert len({product.category for product in shop.products}) == 12
    assert len(shop.coupons) == 100
    assert len({policy.id for policy in shop.policies}) == 12
    assert len(shop.shoppers) == 50
    assert 2_500 <= len(shop.stock) <= 4_000
    assert len(shop.purchases) > 2_000


def test_the_same_day_gives_the_same_shop(shop: SampleShop, today: date) -> None:
    assert sample_shop(today) == shop


def test_goods_and_stores_do_not_change_with_the_day(shop: SampleShop) -> None:
    other = sample_shop(date(2027, 3, 14))
    assert (other.products, other.stock) == (shop.products, shop.stock)
    usual, other_usual = (
        [replace(store, special_days=()) for store in each.stores] for each in (shop, other)
    )
    assert other_usual == usual


def test_ids_are_slugs_and_unique(shop: SampleShop) -> None:
    for records in (shop.stores, shop.products, shop.policies):
        assert all(SLUG.fullmatch(record.id) for record in records)
    for unique in (shop.stores, shop.products):
        assert len({record.id for record in unique}) == len(unique)
    versions = [(policy.id, policy.valid_from) for policy in shop.policies]
    assert len(set(versions)) == len(versions)


def test_every_product_can_be_bought_somewhere(shop: SampleShop) -> None:
    on_a_shelf = {row.product_id for row in shop.stock if row.quantity > 0}
    assert on_a_shelf == {product.id for product in shop.products}


def test_stock_names_each_shelf_once(shop: SampleShop) -> None:
    shelves = [(row.store_id, row.product_id) for row in shop.stock]
    assert len(set(shelves)) == len(shelves)
    assert {store_id for store_id, _ in shelves} == {store.id for store in shop.stores}
    assert all(0 <= row.quantity <= 200 for row in shop.stock)


def test_some_shelves_are_empty(shop: SampleShop) -> None:
    empty = sum(row.quantity == 0 for row in shop.stock)
    assert 0.02 < empty / len(shop.stock) < 0.12


def test_orders_refer_to_what_is_there(shop: SampleShop) -> None:
    sold = {(row.store_id, row.product_id) for row in shop.stock}
    shoppers = {shopper.id for shopper in shop.shoppers}
    codes = {coupon.code for coupon in shop.coupons}
    for order in shop.orders:
        assert (order.store_id, order.product_id) in sold
        assert order.shopper_id in shoppers
        assert order.coupon_code is None or order.coupon_code in codes
        assert order.placed_at <= order.changed_at


def test_every_status_of_an_order_occurs(shop: SampleShop) -> None:
    statuses = {order.status.value for order in shop.orders}
    assert statuses == {"placed", "ready", "collected", "cancelled", "returned"}


@pytest.mark.parametrize("day", [date(2026, 3, 8), date(2026, 11, 1), date(2028, 2, 29)])
def test_it_can_be_laid_out_on_days_that_trip_calendars(day: date) -> None:
    assert len(sample_shop(day).products) == 600
