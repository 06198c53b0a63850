"""When a saved thing is worth a word."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from knowledge.catalogue import Catalogue
from knowledge.geography.store_index import StoreIndex
from knowledge.reminding import ReminderRules
from knowledge.wished_for import Saved, Wishing, comebacks
from storage.records import Coupon
from tests.builders import NOON, coupon, product

KETTLE = product("kettle", title="Kettle", category="home", price_cents=4_000)
WINE = product("wine", title="Red Wine", category="wine", price_cents=2_000)
SAVED = Saved(KETTLE, 5, 4_000)
WISHING = Wishing([SAVED], {}, frozenset(), frozenset(), {"kettle", "wine"})
TEN = coupon("TEN", discount_percent=10, product_ids=frozenset({"kettle"}))
CATALOGUE = Catalogue(StoreIndex([]), {each.id: each for each in (KETTLE, WINE)}, [], "1", {}, {})


def told(*coupons: Coupon, **changes: Any) -> list[str]:
    wishing = replace(WISHING, **changes)
    found = comebacks(coupons, wishing, CATALOGUE, NOON, ReminderRules())
    return [each.about for each in found]


def test_a_coupon_for_the_thing_or_its_kind_brings_it_back() -> None:
    assert told(TEN) == ["kettle:TEN"]
    of_kind = coupon("HOME", discount_percent=15, categories=frozenset({"home"}))
    assert told(TEN, of_kind) == ["kettle:HOME"]


@pytest.mark.parametrize(
    ("was", "is_told"),
    [(4_000, False), (4_200, False), (4_211, True), (8_000, True), (None, False)],
)
def test_a_lower_price_brings_it_back_when_it_is_five_percent(
    was: int | None, *, is_told: bool
) -> None:
    assert told(saved=[replace(SAVED, was_cents=was)]) == ["kettle:4000"] * is_told


def test_what_saves_more_is_told() -> None:
    assert told(TEN, saved=[replace(SAVED, was_cents=8_000)]) == ["kettle:4000"]
    assert told(TEN, saved=[replace(SAVED, was_cents=4_300)]) == ["kettle:TEN"]


def test_it_is_told_once_and_again_for_another_reason() -> None:
    assert told(TEN, known={"kettle:TEN"}) == []
    more = replace(TEN, code="MORE")
    assert told(TEN, more, known={"kettle:TEN"}) == ["kettle:MORE"]


@pytest.mark.parametrize(
    "changes",
    [
        {"kept_codes": {"TEN"}},
        {"uses": {"TEN": 1}},
        {"on_shelves": frozenset()},
        {"saved": []},
    ],
    ids=["kept", "used up", "sold out", "taken off"],
)
def test_silence(changes: dict[str, Any]) -> None:
    assert told(TEN, **changes) == []


@pytest.mark.parametrize(
    "changes",
    [
        {"is_paused": True},
        {"remaining": 0},
        {"valid_until": NOON},
        {"valid_from": NOON + timedelta(days=1)},
        {"product_ids": frozenset()},
        {"title": "For your baby"},
    ],
)
def test_a_coupon_that_is_not_good_or_too_telling_is_none(changes: dict[str, Any]) -> None:
    assert told(replace(TEN, **changes)) == []


def test_what_is_kept_quiet_about_never_comes_back() -> None:
    of_wine = coupon("WINE", product_ids=frozenset({"wine"}))
    assert told(of_wine, saved=[Saved(WINE, 6, 9_000)]) == []
