"""Prices without a currency, sizes before the thing, and how a thing is made, as people write them."""

import pytest

from knowledge.constraints import constraints_in
from storage.records import Sustainability


@pytest.mark.parametrize(
    ("text", "most"),
    [
        ("a scarf under thirty", 3000),
        ("a gift, twenty at the very most", 2000),
        ("something sweet for less than three fifty", 350),
        ("no more than a twenty", 2000),
        ("my limit is 30", 3000),
        ("dinner, I can spend 14", 1400),
        ("anything beneath 7$", 700),
        ("10$ gift", 1000),
        ("under thirty minutes", None),
        ("up to ten people", None),
    ],
)
def test_price_is_read(text: str, most: int | None) -> None:
    assert constraints_in(text).max_price_cents == most


@pytest.mark.parametrize(
    ("text", "size"), [("women's 38 boots", "38"), ("a shirt, a small one", "s")]
)
def test_size_before_the_thing_is_no_count(text: str, size: str) -> None:
    limits = constraints_in(text)
    assert (limits.size, limits.quantity) == (size, None)


@pytest.mark.parametrize(
    ("text", "make"),
    [
        ("local honey", Sustainability.LOCAL),
        ("honey from around here", Sustainability.LOCAL),
        ("zero waste soap", Sustainability.PLASTIC_FREE),
        ("climate-neutral socks", Sustainability.CARBON_NEUTRAL),
        ("makeup not tested on bunnies", Sustainability.CRUELTY_FREE),
    ],
)
def test_make_is_read(text: str, make: Sustainability) -> None:
    assert constraints_in(text).sustainability == {make}


def test_local_shop_says_nothing_of_goods() -> None:
    assert not constraints_in("is there a local bakery").sustainability
