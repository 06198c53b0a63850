from dataclasses import replace
from datetime import date

import pytest
from babel import Locale

from knowledge.catalogue import Catalogue
from knowledge.geography.store_index import StoreIndex
from knowledge.reasons import Known, reasons
from storage.records import Sustainability
from tests.builders import product, store, suggestion
from tests.english import ENGLISH

CATALOGUE = Catalogue(
    index=StoreIndex([store()]),
    products={"choc": product(category="hot-drinks")},
    policies=[],
    version="1",
    words={},
    shares=dict.fromkeys(Sustainability, 0.0),
)
TODAY = date(2026, 11, 20)


def told(
    times_bought: int = 3,
    band_m: int | None = 50,
    locale: Locale = ENGLISH,
    **contributions: float,
) -> str:
    offered = suggestion(contributions=contributions, coupon_code="WARM15", distance_band_m=band_m)
    return reasons(offered, CATALOGUE, locale, known=Known(times_bought), near_m=1_500.0)


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


@pytest.mark.parametrize(
    ("band_m", "text"),
    [
        (50, "Mostly because Downtown Café is close to you."),
        (500, "Mostly because Downtown Café is close to you."),
        (1_000, "Mostly because Downtown Café is within a walk."),
        (2_500, "Nothing else fitted better."),
        (None, "Nothing else fitted better."),
    ],
)
def test_store_is_close_only_when_it_is(band_m: int | None, text: str) -> None:
    assert told(band_m=band_m, distance=0.3) == text


@pytest.mark.parametrize(
    ("times", "text"),
    [
        (0, "Nothing else fitted better."),
        (1, "Mostly because you bought hot drinks before."),
        (2, "Mostly because you bought hot drinks before."),
        (3, "Mostly because you often buy hot drinks."),
    ],
)
def test_often_is_said_from_the_third_purchase_on(times: int, text: str) -> None:
    assert told(times_bought=times, habit=0.1) == text


@pytest.mark.parametrize(
    ("every_days", "text"),
    [
        (1.2, "Mostly because you usually buy hot drinks every day."),
        (5.8, "Mostly because you usually buy hot drinks every 6 days."),
        (90.0, "Mostly because you often buy hot drinks."),
    ],
)
def test_a_habit_is_told_with_its_interval(every_days: float, text: str) -> None:
    offered = suggestion(contributions={"habit": 0.1})
    known = Known(4, every_days=every_days)
    assert reasons(offered, CATALOGUE, ENGLISH, known=known, near_m=1_500.0) == text


def test_that_others_buy_it_is_told_as_that() -> None:
    assert told(popularity=0.1) == "Mostly because others often buy it at Downtown Café."


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
    text = reasons(gone, CATALOGUE, ENGLISH, known=Known(3), near_m=1_500.0)
    assert text == "Mostly because the store is close to you. Also: you often buy things like it."


def test_reasons_are_told_in_the_language_of_who_asks() -> None:
    text = told(locale=Locale("es"), habit=0.4, preference=0.3, distance=0.2, fit=0.1, coupon=0.05)
    assert text == (
        "Sobre todo porque sueles comprar hot drinks. Además: es un producto de comercio justo y vegano, "
        "como los que sueles elegir; Downtown Café está cerca de ti; encaja con lo que escribiste; "
        "WARM15 descuenta algo."
    )


def test_nothing_is_made_up_of_a_product_that_is_made_like_any_other() -> None:
    plain = replace(CATALOGUE, products={"choc": product(sustainability=frozenset())})
    offered = suggestion(contributions={"preference": 0.3})
    text = reasons(offered, plain, ENGLISH, known=Known(0), near_m=1_500.0)
    assert text == "Nothing else fitted better."
