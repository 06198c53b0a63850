"""Coupons and policies: scopes that exist, days around today, sentences that agree."""

import re
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

import pytest

from scripts.demo.coupons import coupons
from scripts.demo.sample_shop import SampleShop
from storage.records import Coupon

NEW_YORK = ZoneInfo("America/New_York")


def by_code(shop: SampleShop, code: str) -> Coupon:
    return next(coupon for coupon in shop.coupons if coupon.code == code)


def is_valid(coupon: Coupon, now: datetime) -> bool:
    in_time = coupon.valid_from <= now < coupon.valid_until
    return in_time and not coupon.is_paused and coupon.remaining != 0


@pytest.fixture
def noon(today: date) -> datetime:
    return datetime.combine(today, time(12), NEW_YORK)


def test_scopes_name_what_exists(shop: SampleShop) -> None:
    products = {product.id for product in shop.products}
    categories = {product.category for product in shop.products}
    stores = {store.id for store in shop.stores}
    for coupon in shop.coupons:
        assert coupon.product_ids <= products, coupon.code
        assert coupon.categories <= categories, coupon.code
        assert coupon.store_ids <= stores, coupon.code


def test_every_coupon_fits_something_on_a_shelf(shop: SampleShop) -> None:
    categories = {product.id: product.category for product in shop.products}
    for coupon in shop.coupons:
        assert any(
            (not coupon.store_ids or row.store_id in coupon.store_ids)
            and (not coupon.product_ids or row.product_id in coupon.product_ids)
            and (not coupon.categories or categories[row.product_id] in coupon.categories)
            for row in shop.stock
        ), coupon.code


def test_codes_are_unique_and_discounts_sane(shop: SampleShop) -> None:
    assert len({coupon.code for coupon in shop.coupons}) == 100
    for coupon in shop.coupons:
        assert re.fullmatch(r"[A-Z]+[0-9]*", coupon.code)
        assert 5 <= coupon.discount_percent <= 50
        assert coupon.valid_from < coupon.valid_until
        shown = re.search(r"(\d+) %", coupon.title)
        assert shown is None or int(shown[1]) == coupon.discount_percent


def test_most_are_valid_and_some_expired_early_paused_or_used_up(
    shop: SampleShop, noon: datetime
) -> None:
    assert 75 <= sum(is_valid(coupon, noon) for coupon in shop.coupons) <= 95
    assert any(coupon.valid_until < noon for coupon in shop.coupons)
    assert any(coupon.valid_from > noon for coupon in shop.coupons)
    assert any(coupon.is_paused for coupon in shop.coupons)
    assert any(coupon.remaining == 0 for coupon in shop.coupons)


def test_warm15_is_the_best_offer_for_hot_chocolate_at_downtown_cafe(
    shop: SampleShop, noon: datetime
) -> None:
    fitting = [
        coupon
        for coupon in shop.coupons
        if is_valid(coupon, noon)
        and (not coupon.store_ids or "downtown-cafe" in coupon.store_ids)
        and (not coupon.product_ids or "hot-chocolate" in coupon.product_ids)
        and (not coupon.categories or "hot drinks" in coupon.categories)
    ]
    best = max(fitting, key=lambda coupon: coupon.discount_percent)
    assert (best.code, best.discount_percent) == ("WARM15", 15)


@pytest.mark.parametrize("day", [date(2026, 11, day) for day in range(16, 23)])
def test_rolls_are_on_offer_until_a_sunday_at_least_a_week_ahead(day: date) -> None:
    last = next(each for each in coupons(day) if each.code == "ROLL20").valid_until
    last_day = last.astimezone(NEW_YORK).date()
    assert last_day.weekday() == 6
    assert 7 <= (last_day - day).days <= 13


def test_policies_have_numbered_sections_of_short_sentences(shop: SampleShop) -> None:
    for policy in shop.policies:
        assert policy.text.startswith(f"# {policy.title}\n")
        numbers = [
            int(number) for number in re.findall(r"^## (\d+)\. ", policy.text, re.MULTILINE)
        ]
        assert numbers == list(range(1, len(numbers) + 1))
        assert len(numbers) >= 4
        body = re.sub(r"^#.*$", "", policy.text, flags=re.MULTILINE)
        for sentence in re.split(r"(?<=[.?!])\s+", body.strip()):
            assert len(sentence) <= 220, sentence


@pytest.mark.parametrize(
    ("policy_id", "quote"),
    [
        ("returns", "Shoes can be returned within 30 days if the soles are clean."),
        ("returns", "You can return unused goods within 30 days of purchase."),
        ("pickup", "We keep a booking until the store closes on the same day."),
        ("pickup", "You pay in the store when you collect."),
        ("payment", "Orders are paid in the store when you collect them."),
        ("exchanges", "You can exchange unused goods for another size or color within 30 days"),
        ("gift-cards", "Gift cards never expire"),
        ("loyalty", "Coupons cannot be combined."),
        ("privacy", "Your position is kept in memory for at most 15 minutes"),
    ],
)
def test_policies_say_what_the_shop_does(shop: SampleShop, policy_id: str, quote: str) -> None:
    now = max((each.valid_from, each.text) for each in shop.policies if each.id == policy_id)
    assert quote in now[1]


def test_policies_are_in_force(shop: SampleShop, today: date) -> None:
    assert all(policy.valid_from <= today for policy in shop.policies)
