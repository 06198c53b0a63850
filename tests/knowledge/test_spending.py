from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from knowledge.spending import last_months, spending, taken_off_cents
from storage.records import OrderStatus, Product, Purchase
from tests.builders import order, product, purchase

TOWN = ZoneInfo("America/New_York")
TODAY = date(2026, 11, 21)
GOODS = {
    each.id: each
    for each in (
        product("tea", category="hot drinks"),
        product("book", category="books"),
        product("wine", category="wine"),
        product("mug", category="home", currency="EUR"),
        *(product(f"thing-{n}", category=f"kind {n}") for n in range(6)),
    )
}


def bought(product_id: str, cents: int, month: int = 11, **changes: object) -> Purchase:
    at = datetime(2026, month, 10, 15, tzinfo=UTC)
    return purchase(product_id=product_id, price_cents=cents, purchased_at=at, **changes)


def test_months_go_back_over_new_year() -> None:
    assert last_months(date(2027, 2, 28), 4) == [
        date(2026, 11, 1), date(2026, 12, 1), date(2027, 1, 1), date(2027, 2, 1),
    ]  # fmt: skip


def test_what_was_spent_is_summed_by_month_and_kind_the_most_first() -> None:
    sums = spending(
        [bought("tea", 300, 10, quantity=2), bought("tea", 350), bought("book", 1_500)],
        GOODS, TOWN, TODAY,
    )  # fmt: skip
    assert sums is not None
    assert sums.parts == ("books", "hot drinks")
    assert sums.months[date(2026, 10, 1)] == (0, 600, 0)
    assert sums.months[date(2026, 11, 1)] == (1_500, 350, 0)
    assert (sums.by_part, sums.total_cents) == ((1_500, 950, 0), 2_450)
    assert len(sums.months) == 6


def test_a_month_begins_at_midnight_in_town() -> None:
    late = purchase(product_id="tea", purchased_at=datetime(2026, 11, 1, 3, tzinfo=UTC))
    sums = spending([late], GOODS, TOWN, TODAY)
    assert sums is not None
    assert sums.months[date(2026, 10, 1)] == (350, 0)


def test_what_is_kept_quiet_about_and_small_kinds_are_the_rest() -> None:
    small = [bought(f"thing-{n}", 100 + n) for n in range(6)]
    sums = spending([*small, bought("wine", 9_000)], GOODS, TOWN, TODAY)
    assert sums is not None
    assert sums.parts == ("kind 5", "kind 4", "kind 3", "kind 2", "kind 1")
    assert sums.by_part[-1] == 9_100


@pytest.mark.parametrize(
    "old", [bought("tea", 300, 5), bought("gone", 300)], ids=["before", "no longer sold"]
)
def test_nothing_in_six_months_is_no_spending(old: Purchase) -> None:
    assert spending([old], GOODS, TOWN, TODAY) is None


def test_only_the_usual_currency_is_summed() -> None:
    sums = spending(
        [bought("tea", 300), bought("tea", 300), bought("mug", 900)], GOODS, TOWN, TODAY
    )
    assert sums is not None
    assert (sums.currency, sums.total_cents) == ("USD", 600)


@pytest.mark.parametrize("price", [1, 199, 350, 12_345])
@pytest.mark.parametrize("percent", [5, 15, 33, 50, 99])
def test_what_a_coupon_took_off_is_known_to_the_cent(price: int, percent: int) -> None:
    paid = (price * (100 - percent) + 50) // 100  # as it is booked
    used = order(price_cents=paid, coupon_code="C", status=OrderStatus.COLLECTED)
    most = 100 / (100 - percent) / 2 + 1  # what was rounded away when it was paid
    assert abs(taken_off_cents([used], {"C": percent}) - (price - paid)) <= most


def test_only_what_was_collected_with_a_coupon_saved_anything() -> None:
    goods: Product = GOODS["tea"]
    collected = order(product_id=goods.id, price_cents=850, status=OrderStatus.COLLECTED)
    used = order("A1-0001", price_cents=850, coupon_code="C", status=OrderStatus.COLLECTED)
    given_up = order("A1-0002", price_cents=850, coupon_code="C", status=OrderStatus.CANCELLED)
    free = order("A1-0003", price_cents=0, coupon_code="ALL", status=OrderStatus.COLLECTED)
    unknown = order("A1-0004", price_cents=1, coupon_code="X", status=OrderStatus.COLLECTED)
    orders = [collected, used, given_up, free, unknown]
    assert taken_off_cents(orders, {"C": 15, "ALL": 100}) == 150
