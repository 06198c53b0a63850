"""What food is asked to be by an adjective, and what such a word denies."""

import pytest

from knowledge.constraints import Constraints, constraints_in, product_words
from storage.records import Product, Sustainability
from tests.builders import product


def food(title: str, **attributes: str) -> Product:
    return product(
        title=title,
        tags=(),
        description="Made today.",
        attributes={"diet": "vegan", "allergens": "none", **attributes},
    )


def allows(limits: Constraints, each: Product) -> bool:
    return limits.allow(each, product_words(each))


HOT = ("I'm starving and I want it HOT", "something hot to eat", "a hot lunch", "something warm")


@pytest.mark.parametrize("text", HOT)
def test_hot_food_is_hot(text: str) -> None:
    limits = constraints_in(text)
    assert allows(limits, food("Stew", temperature="hot"))
    assert allows(limits, food("Warm Stew"))
    assert not allows(limits, food("Stew", temperature="cold"))
    assert not allows(limits, food("Spread"))
    assert allows(limits, product(title="Gloves", category="gloves", attributes={}))


@pytest.mark.parametrize(
    "text", ["a hot dog", "it's hot today", "hot sauce", "I'm hot, a hat please"]
)
def test_hot_says_nothing_of_other_food(text: str) -> None:
    assert not constraints_in(text).properties


@pytest.mark.parametrize(
    "text", ["a mild curry", "a curry that won't blow my head off", "something milder"]
)
def test_mild_food_is_not_spicy(text: str) -> None:
    limits = constraints_in(text)
    assert not allows(limits, food("Curry", spicy="yes"))
    assert allows(limits, food("Curry", spicy="no"))


@pytest.mark.parametrize("text", ["still water", "nothing fizzy", "water without gas"])
def test_still_water_does_not_sparkle(text: str) -> None:
    limits = constraints_in(text)
    assert not allows(limits, food("Sparkling Water"))
    assert allows(limits, food("Spring Water"))


def test_fizzy_drink_sparkles() -> None:
    limits = constraints_in("a fizzy drink")
    assert allows(limits, food("Sparkling Water"))
    assert not allows(limits, food("Flat White"))


def test_thing_not_in_plastic_is_free_of_it() -> None:
    limits = constraints_in("toothpaste but not in a plastic tube")
    assert limits.sustainability == {Sustainability.PLASTIC_FREE}


def test_people_who_eat_no_meat_are_a_diet() -> None:
    limits = constraints_in("pizza for two veggies")
    assert not allows(limits, food("Pizza", diet="none"))
    assert not constraints_in("roasted veggies").diets


def test_reaction_to_food_is_an_allergy() -> None:
    assert constraints_in("no nuts for my toddler, he swells up").is_allergy
    assert not constraints_in("my ankle swells up").is_allergy


def test_kind_within_a_kind_is_denied_alone() -> None:
    limits = constraints_in("a game for two, no card games")
    assert limits.excluded == {"card"}


def test_candle_without_scent_is_allowed_to_who_wants_no_perfume() -> None:
    limits = constraints_in("a candle, no perfume")
    plain = product(
        title="Candle", tags=("scent",), category="candles", attributes={"scent": "none"}
    )
    sweet = product(title="Candle", tags=(), category="candles", attributes={"scent": "honey"})
    assert allows(limits, plain)
    assert not allows(limits, sweet)


def test_drink_that_must_not_be_cold_is_not() -> None:
    limits = constraints_in("a drink without ice, not cold")
    assert not allows(limits, food("Juice", temperature="cold"))
    assert allows(limits, food("Juice"))
    assert not constraints_in("I'm not cold, just hungry").properties


def test_thing_described_with_what_is_denied_is_not_allowed() -> None:
    limits = constraints_in("headphones, not wireless")
    set_ = product(
        title="Headphones", tags=(), description="Wireless, with a case.", attributes={}
    )
    wired = product(title="Headphones", tags=(), description="With a cable.", attributes={})
    assert not allows(limits, set_)
    assert allows(limits, wired)
