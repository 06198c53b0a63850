import pytest

from knowledge.catalogue import Catalogue
from knowledge.counterfactual import (
    counterfactual,
    instead_without,
    place_when_taken,
    place_without,
    removable,
)
from knowledge.geography.store_index import StoreIndex
from storage.records import Suggestion, Sustainability
from tests.builders import product, store, suggestion
from tests.english import ENGLISH

CATALOGUE = Catalogue(
    index=StoreIndex([store()]),
    products={
        "choc": product(category="hot-drinks"),
        "tea": product("tea", title="Green Tea"),
        "soup": product("soup", title="Soup"),
    },
    policies=[],
    version="1",
    words={},
    shares=dict.fromkeys(Sustainability, 0.0),
)
TEA = {"fit": 1.0, "distance": 0.2, "habit": 0.0}


def shown(tea: dict[str, float] = TEA, **contributions: float) -> Suggestion:
    soup = {"fit": 0.4, "distance": 0.1}
    return suggestion(contributions=contributions, alternatives={"tea": tea, "soup": soup})


def told(offered: Suggestion, lately: int = 0) -> str:
    return counterfactual(offered, CATALOGUE, ENGLISH, bought_lately=lately)


def test_what_comes_first_without_a_reason_is_told() -> None:
    offered = shown(fit=1.0, distance=0.1, habit=0.3)
    assert instead_without(offered, "habit") == "tea"
    assert told(offered) == "Without what you bought before, I would have shown Green Tea."
    assert told(offered, 4) == (
        "Had you not bought hot drinks 4 × last month, I would have shown Green Tea."
    )


def test_the_weightiest_reason_that_decided_is_told() -> None:
    near = shown({"fit": 1.0, "distance": 0.05, "coupon": 0.1}, fit=1.0, distance=0.3, habit=0.02)
    assert told(near) == "If it didn't matter how near it is, I would have shown Green Tea."


@pytest.mark.parametrize(
    "offered",
    [
        shown(fit=1.5, distance=0.1, habit=0.3),
        shown(fit=0.9, distance=0.1, habit=0.1),
        suggestion(contributions={"fit": 0.9, "habit": 0.1}),
    ],
    ids=["would be first anyway", "was not the best", "nothing was beside it"],
)
def test_nothing_is_told_where_no_reason_decided(offered: Suggestion) -> None:
    assert told(offered) == ""


def test_what_was_asked_for_is_never_taken_away() -> None:
    offered = shown(fit=1.0, distance=0.2, habit=0.3, coupon=0.001)
    assert removable(offered) == ["habit", "distance"]


def test_place_falls_when_only_this_loses_what_a_reason_gave_it() -> None:
    offered = shown(fit=1.0, distance=0.1, habit=0.3)
    assert place_without(offered) == 0
    assert place_without(offered, "fit") == 0
    assert place_when_taken(offered, "fit") == 2
