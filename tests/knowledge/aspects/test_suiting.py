"""What a wish denies puts the things that are found in order, without any vectors."""

import pytest

from knowledge.aspects.reading import Reader
from knowledge.aspects.suiting import Suiting

SUITING = Suiting(Reader.shipped())


@pytest.mark.parametrize(
    ("wish", "better", "worse"),
    [
        ("a soup, not too spicy", "Carrot Soup", "Chili Soup. spicy"),
        ("a snack that is low in salt", "Pear Crisps", "Salted Crisps"),
        ("a spread without nuts", "Plum Jam", "Hazelnut Spread"),
        ("a lactose-free drink", "Lemonade", "Mocha. milk"),
    ],
)
def test_thing_without_what_is_denied_weighs_more(wish: str, better: str, worse: str) -> None:
    first, second = SUITING.weigh(wish, [better, worse])
    assert first > second


@pytest.mark.parametrize("wish", ["a soup", "a warm scarf", "out of eggs", "he won't sit down"])
def test_nothing_weighs_anything_where_no_goods_are_denied(wish: str) -> None:
    assert SUITING.weigh(wish, ["Carrot Soup", "Egg Salad"]) == [0.0, 0.0]


def test_no_things_have_no_weights() -> None:
    assert SUITING.weigh("no nuts", []) == []
