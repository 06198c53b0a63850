"""What is liked and what is not for somebody, read from what was said of them."""

import pytest

from knowledge import spanish
from knowledge.constraints import Constraints, Diet
from knowledge.constraints.goods import product_words
from knowledge.likings import Likings, likings_in
from knowledge.receivers import Limits
from storage.records import Product, Sustainability
from tests.builders import product

CANDLE = product(
    "candle", title="Soy Candle", category="home", sustainability=frozenset(), tags=()
)
BEESWAX = product("wax", title="Beeswax Candle", category="home", sustainability=frozenset())
SCARF = product("scarf", title="Wool Scarf", category="clothing", sustainability=frozenset())
CAKE = product(
    "cake",
    title="Walnut Cake",
    category="bakery",
    sustainability=frozenset(),
    attributes={"diet": "vegetarian", "allergens": "nuts, milk"},
)
VEGAN_BAR = product("bar", title="Dark Bar", category="chocolate", attributes={"diet": "vegan"})


@pytest.fixture(autouse=True, scope="module")
def vocabulary() -> None:
    spanish.prepare()


@pytest.mark.parametrize(
    ("tastes", "likes"),
    [
        ("candles, vegan", ("candles",)),
        ("chess and jazz, gluten free, no alcohol", ("chess", "jazz")),
        ("doesn't like wool, tea", ("tea",)),
        ("vegan chocolate", ("vegan chocolate",)),
        ("velas, vegana", ("candles",)),
        ("café, odia la lana", ("coffee",)),
        ("no le gustan las velas", ()),
        ("", ()),
    ],
)
def test_likes_are_what_is_neither_a_diet_nor_denied(tastes: str, likes: tuple[str, ...]) -> None:
    assert likings_in(tastes).likes == likes


@pytest.mark.parametrize(
    ("tastes", "goods", "is_allowed"),
    [
        ("vegan", CANDLE, True),
        ("vegan", BEESWAX, False),
        ("vegan", CAKE, False),
        ("vegan", VEGAN_BAR, True),
        ("vegetarian", CANDLE, True),
        ("hates wool", SCARF, False),
        ("odia la lana", SCARF, False),
        ("no le gustan las velas", CANDLE, False),
        ("allergic to nuts", CAKE, False),
        ("alérgica a las nueces", CAKE, False),
        ("allergic to nuts", CANDLE, True),
        ("candles", SCARF, True),
    ],
)
def test_limits_are_hard_and_a_diet_is_about_what_is_eaten(
    tastes: str, goods: Product, *, is_allowed: bool
) -> None:
    assert likings_in(tastes).limits.allow(goods, product_words(goods)) is is_allowed


def test_limits_of_several_remarks_add_up() -> None:
    said = likings_in("vegan, lactose intolerant, no wool").limits.said
    assert said.sustainability == {Sustainability.VEGAN}
    assert said.diets == {Diet.DAIRY_FREE}
    assert "wool" in said.excluded


def test_nothing_said_limits_nothing() -> None:
    assert likings_in("candles") == Likings(("candles",), ("candles",), Limits(Constraints()))
    assert likings_in("candles").limits.is_empty
