from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from knowledge.loaders.coupon_changes import Known, settled
from knowledge.loaders.coupon_fields import CouponDraft, Goods, Limit
from knowledge.loaders.problems import FieldError, Problem
from storage.records import Coupon
from tests.knowledge.loaders.names import SHOP

CHOCOLATE = Goods(product_ids=frozenset({"hot-chocolate"}))
NEW = CouponDraft("WARM15", 15, CHOCOLATE, last_day=date(2026, 12, 31))
EDIT = CouponDraft("WARM15")
USED_TWELVE_OF_200 = 12


def made(draft: CouponDraft, known: Known | None = None) -> Coupon:
    coupon = settled(draft, known, SHOP)
    assert isinstance(coupon, Coupon), coupon
    return coupon


@pytest.fixture
def known() -> Known:
    coupon = made(replace(NEW, limit=Limit(200)))
    return Known(replace(coupon, remaining=188), USED_TWELVE_OF_200)


def test_new_coupon_holds_from_today_through_its_last_day_in_the_shop() -> None:
    assert made(NEW) == Coupon(
        code="WARM15",
        title="15 % off Hot Chocolate",
        discount_percent=15,
        valid_from=datetime(2026, 11, 20, 5, tzinfo=UTC),
        valid_until=datetime(2027, 1, 1, 5, tzinfo=UTC),
        product_ids=frozenset({"hot-chocolate"}),
    )


@pytest.mark.parametrize("missing", ["percent", "goods", "last_day"])
def test_new_coupon_needs_discount_goods_and_end(missing: str) -> None:
    fields = {"percent": "discount", "goods": "for", "last_day": "until"}
    draft = replace(NEW, **{missing: None})  # type: ignore[arg-type]
    assert settled(draft, None, SHOP) == (FieldError(fields[missing], Problem.MISSING),)


@pytest.mark.parametrize(("limit", "remaining"), [(300, 288), (200, 188), (12, 0), (None, None)])
def test_new_limit_counts_what_is_used(
    known: Known, limit: int | None, remaining: int | None
) -> None:
    assert made(replace(EDIT, limit=Limit(limit)), known).remaining == remaining


def test_limit_below_what_is_used_is_refused(known: Known) -> None:
    (error,) = settled(replace(EDIT, limit=Limit(11)), known, SHOP)  # type: ignore[misc]
    assert error == FieldError("limit", Problem.LESS_THAN_USED, "11", ("12",))


def test_what_is_not_said_stays(known: Known) -> None:
    kept = replace(known.coupon, is_paused=True, per_shopper=4, store_ids=frozenset({"cafe"}))
    assert made(EDIT, Known(kept, 12)) == kept


@pytest.mark.parametrize(
    ("title", "after"),
    [
        ("15 % off Hot Chocolate", "20 % off Hot Chocolate"),
        ("Winter: 15% off", "Winter: 20% off"),
        ("Warm hands", "Warm hands"),
        ("115 % warmer", "115 % warmer"),
    ],
)
def test_title_follows_a_new_discount(known: Known, title: str, after: str) -> None:
    before = Known(replace(known.coupon, title=title), 12)
    assert made(replace(EDIT, percent=20), before).title == after


def test_title_nobody_chose_follows_what_the_coupon_is_for(known: Known) -> None:
    draft = replace(EDIT, goods=Goods(), store_ids=frozenset({"tea-room"}))
    assert made(draft, known).title == "15 % off everything at Tea Room"


def test_title_of_many_goods_stays_short() -> None:
    goods = Goods(frozenset({"latte", "cake-a", "hot-chocolate"}))
    assert made(replace(NEW, goods=goods)).title == "15 % off Cake and more"


@pytest.mark.parametrize(
    ("changes", "field", "problem"),
    [
        ({"last_day": date(2026, 11, 19)}, "until", Problem.PAST),
        ({"first_day": date(2026, 11, 19)}, "from", Problem.PAST),
        ({"first_day": date(2027, 1, 1)}, "until", Problem.BEFORE_FROM),
        ({"title": "30 % off"}, "title", Problem.OTHER_PERCENTAGE),
    ],
)
def test_what_does_not_go_together_is_refused(
    changes: dict[str, object], field: str, problem: Problem
) -> None:
    errors = settled(replace(NEW, **changes), None, SHOP)  # type: ignore[arg-type]
    assert isinstance(errors, tuple)
    assert [(error.field, error.problem) for error in errors] == [(field, problem)]


def test_today_is_a_last_day_still() -> None:
    assert made(replace(NEW, last_day=SHOP.today)).valid_until == datetime(
        2026, 11, 21, 5, tzinfo=UTC
    )


def test_time_of_day_stays_when_the_day_does(known: Known) -> None:
    odd = replace(
        known.coupon,
        valid_from=datetime(2026, 10, 1, 9, tzinfo=UTC),
        valid_until=datetime(2027, 1, 1, 4, 59, 59, tzinfo=UTC),
    )
    draft = replace(EDIT, first_day=date(2026, 10, 1), last_day=date(2026, 12, 31))
    assert made(draft, Known(odd, 0)) == odd


def test_coupon_ended_today_can_hold_until_tonight(known: Known) -> None:
    ended = replace(known.coupon, valid_until=SHOP.now)
    again = made(replace(EDIT, last_day=SHOP.today), Known(ended, 12))
    assert again.valid_until == datetime(2026, 11, 21, 5, tzinfo=UTC)
