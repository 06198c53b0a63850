"""Sizes, colours and prices, in the words people have for them."""

import pytest

from knowledge.constraints import Coloured, SpokenNames, constraints_in
from knowledge.constraints.colours import is_shade

SHOP = SpokenNames(
    coloured=Coloured(frozenset({"oatmeal", "mustard", "navy"}), frozenset({"sweater", "beanie"}))
)


@pytest.mark.parametrize(
    ("text", "cents"),
    [
        ("a scarf under twenty", 2000),
        ("wine glasses not above thirty five", 3500),
        ("I've got fifteen to spend on a present", 1500),
        ("no more than a hundred and twenty dollars", 12000),
        ("less than three fifty", 350),
        ("a ceiling of 30", 3000),
        ("nineteen bucks tops", 1900),
        ("cap is forty", 4000),
    ],
)
def test_price_in_words_is_a_ceiling(text: str, cents: int) -> None:
    assert constraints_in(text).max_price_cents == cents


@pytest.mark.parametrize(
    ("text", "size"),
    [
        ("winter boots, I take a 42", "42"),
        ("I'm a 9 in running shoes, UK", "uk 9"),
        ("trail shoes for a 44 foot", "44"),
        ("a raincoat, small, not yellow", "s"),
        ("my size is 38, sandals", "38"),
        ("I need a small present", None),
        ("for a large family", None),
        ("a present for a 40 year old", None),
    ],
)
def test_size_is_read_as_it_is_said(text: str, size: str | None) -> None:
    assert constraints_in(text).size == size


@pytest.mark.parametrize(
    ("text", "colours"),
    [
        ("an oatmeal sweater", {"oatmeal"}),
        ("the oatmeal one", {"oatmeal"}),
        ("oatmeal with apples", set()),
        ("mustard yellow beanie", {"mustard"}),
        ("a jar of mustard", set()),
        ("a checked shirt", {"check"}),
    ],
)
def test_colour_of_this_shop_is_read_before_what_comes_in_colours(
    text: str, colours: set[str]
) -> None:
    assert constraints_in(text, SHOP).colours == colours


def test_navy_is_a_blue_and_blue_no_navy() -> None:
    assert is_shade("navy", frozenset({"blue"}))
    assert not is_shade("blue", frozenset({"navy"}))
