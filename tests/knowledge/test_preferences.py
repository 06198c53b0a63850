import pytest

from knowledge.preferences import (
    HIGHEST,
    LOWEST,
    NEUTRAL,
    Taste,
    attribute_shares,
    sustainability_weights,
)
from storage.records import Sustainability
from tests.builders import product

VEGAN, ORGANIC = Sustainability.VEGAN, Sustainability.ORGANIC
VEGAN_ONE = product("v", sustainability=frozenset({VEGAN}))
PLAIN = product("p", sustainability=frozenset())
FEW_ARE = dict.fromkeys(Sustainability, 0.2)


def test_nothing_bought_teaches_nothing() -> None:
    weights = sustainability_weights([], FEW_ARE)
    assert weights == dict.fromkeys(Sustainability, NEUTRAL)


def test_what_is_bought_more_than_by_chance_weighs_more() -> None:
    weights = sustainability_weights([VEGAN_ONE] * 10, FEW_ARE)
    assert weights[VEGAN] > NEUTRAL > weights[ORGANIC]


def test_what_everything_has_teaches_nothing() -> None:
    everywhere = {**FEW_ARE, VEGAN: 1.0}
    assert sustainability_weights([VEGAN_ONE] * 50, everywhere)[VEGAN] == pytest.approx(NEUTRAL)


def test_more_purchases_are_trusted_more() -> None:
    by_count = [sustainability_weights([VEGAN_ONE] * n, FEW_ARE)[VEGAN] for n in (1, 5, 50, 500)]
    assert by_count == sorted(by_count)
    assert by_count[0] < by_count[-1]


@pytest.mark.parametrize(("bought", "share"), [(VEGAN_ONE, 0.0), (PLAIN, 1.0)])
def test_weights_stay_within_their_range(bought: object, share: float) -> None:
    weights = sustainability_weights([bought] * 1_000, dict.fromkeys(Sustainability, share))  # type: ignore[list-item]
    assert all(LOWEST <= weight <= HIGHEST for weight in weights.values())
    assert weights[VEGAN] in (pytest.approx(HIGHEST, abs=0.1), LOWEST)


def test_shares_count_each_purchase() -> None:
    assert attribute_shares([VEGAN_ONE, VEGAN_ONE, PLAIN, PLAIN])[VEGAN] == 0.5
    assert attribute_shares([])[VEGAN] == 0.0


def test_taste_counts_products_and_categories() -> None:
    other = product("tea", category="drinks")
    taste = Taste.learned_from([VEGAN_ONE, VEGAN_ONE, other], FEW_ARE)
    assert (taste.products["v"], taste.products["tea"], taste.categories["drinks"]) == (2, 1, 3)
