from datetime import date

import pytest

from knowledge.catalogue import Catalogue
from knowledge.reasons import reasons
from storage.records import Sustainability
from tests.builders import product, store, suggestion

CATALOGUE = Catalogue(
    stores={"cafe": store()},
    products={"choc": product(category="hot-drinks")},
    policies={},
    version="1",
    words={},
    shares=dict.fromkeys(Sustainability, 0.0),
)
TODAY = date(2026, 11, 20)


def told(**contributions: float) -> str:
    return reasons(
        suggestion(contributions=contributions, coupon_code="WARM15"),
        CATALOGUE,
    )


def test_weightiest_reason_comes_first() -> None:
    text = told(fit=0.3, distance=0.34, coupon=0.05)
    assert text == (
        "Mostly because Downtown Café is close to you. "
        "Also: it fits what you wrote; WARM15 takes something off."
    )


def test_single_reason_stands_alone() -> None:
    assert told(fit=0.8, distance=0.0) == "Mostly because it fits what you wrote."


def test_what_decided_nothing_is_not_told() -> None:
    assert "often" not in told(fit=0.8, habit=0.001)


def test_traits_are_named_as_people_say_them() -> None:
    assert "it is fair trade and vegan, which you often choose" in told(preference=0.1)


def test_categories_are_words() -> None:
    assert "you often buy hot drinks" in told(habit=0.1)


@pytest.mark.parametrize("contributions", [{}, {"fit": 0.0}])
def test_no_reason_is_said_honestly(contributions: dict[str, float]) -> None:
    assert told(**contributions) == "Nothing else fitted better."


def test_goods_and_store_that_are_gone_do_not_matter() -> None:
    gone = suggestion(
        product_id="old", store_id="old", contributions={"distance": 0.3, "habit": 0.1}
    )
    text = reasons(gone, CATALOGUE)
    assert text == "Mostly because the store is close to you. Also: you often buy things like it."
