from datetime import timedelta

import pytest

from knowledge.preferences import (
    HALF_LIFE,
    HIGHEST,
    LOWEST,
    NEUTRAL,
    STRENGTHS,
    Deed,
    Taste,
    attribute_shares,
    deeds_of,
    sustainability_weights,
)
from storage.records import Product, Signal, SignalKind, Sustainability
from tests.builders import NOON, product, purchase

VEGAN, ORGANIC = Sustainability.VEGAN, Sustainability.ORGANIC
VEGAN_ONE = product("v", sustainability=frozenset({VEGAN}))
PLAIN = product("p", sustainability=frozenset())
FEW_ARE = dict.fromkeys(Sustainability, 0.2)


def deeds(
    count: int,
    kind: SignalKind = SignalKind.PURCHASE,
    of: Product = VEGAN_ONE,
    ago: timedelta = timedelta(),
) -> list[Deed]:
    return [Deed(of, kind, NOON - ago)] * count


def vegan(done: list[Deed], share: float = 0.2) -> float:
    return sustainability_weights(done, {**FEW_ARE, VEGAN: share}, NOON)[VEGAN]


def test_nothing_done_teaches_nothing() -> None:
    assert sustainability_weights([], FEW_ARE, NOON) == dict.fromkeys(Sustainability, NEUTRAL)


def test_what_is_bought_more_than_by_chance_weighs_more() -> None:
    weights = sustainability_weights(deeds(10), FEW_ARE, NOON)
    assert weights[VEGAN] > NEUTRAL > weights[ORGANIC]


def test_what_everything_has_teaches_nothing() -> None:
    assert vegan(deeds(50), share=1.0) == pytest.approx(NEUTRAL)


def test_more_deeds_are_trusted_more() -> None:
    by_count = [vegan(deeds(n), share=0.6) for n in (1, 5, 50, 500)]
    assert by_count == sorted(set(by_count))


def test_an_act_says_as_much_as_it_is_strong() -> None:
    by_strength = sorted(STRENGTHS, key=lambda kind: STRENGTHS[kind])
    weights = [vegan(deeds(3, kind)) for kind in by_strength]
    assert weights == sorted(weights)
    assert [weight > NEUTRAL for weight in weights] == [STRENGTHS[k] > 0 for k in by_strength]


def test_what_is_brought_back_undoes_its_purchase_and_more() -> None:
    assert vegan([*deeds(1), *deeds(1, SignalKind.RETURNED)]) < NEUTRAL


def test_what_was_done_long_ago_says_less() -> None:
    assert deeds(1, ago=HALF_LIFE)[0].strength(NOON) == pytest.approx(0.75)
    assert NEUTRAL < vegan(deeds(5, ago=3 * HALF_LIFE)) < vegan(deeds(5))
    recent, old = deeds(5, of=PLAIN), deeds(5, ago=2 * HALF_LIFE)
    assert vegan([*recent, *old]) < vegan([*deeds(5), *deeds(5, of=PLAIN, ago=2 * HALF_LIFE)])


@pytest.mark.parametrize("kind", list(SignalKind))
@pytest.mark.parametrize("share", [0.0, 0.5, 1.0])
def test_weights_stay_within_their_range(kind: SignalKind, share: float) -> None:
    for goods in (VEGAN_ONE, PLAIN):
        done = deeds(1_000, kind, goods)
        weights = sustainability_weights(done, dict.fromkeys(Sustainability, share), NOON)
        assert all(LOWEST <= weight <= HIGHEST for weight in weights.values())


def test_shares_count_each_product() -> None:
    assert attribute_shares([VEGAN_ONE, VEGAN_ONE, PLAIN, PLAIN])[VEGAN] == 0.5
    assert attribute_shares([])[VEGAN] == 0.0


def test_taste_counts_the_days_on_which_products_and_categories_were_bought() -> None:
    other = product("tea", category="drinks")
    days = [NOON - timedelta(days=each) for each in (0, 90)]
    done = [Deed(VEGAN_ONE, SignalKind.PURCHASE, day) for day in days]
    done += [*deeds(1, of=other), *deeds(4, SignalKind.VIEW)]
    taste = Taste.learned_from(done, FEW_ARE, NOON)
    assert taste.products == {"v": pytest.approx(1.5), "tea": 1.0}
    assert taste.categories == {"drinks": pytest.approx(1.5)}
    assert (taste.times_bought("drinks"), taste.times_bought("books")) == (2, 0)
    assert taste.habits["v"].times == 2


def test_a_purchase_counts_once_though_it_is_a_signal_as_well() -> None:
    signals = [Signal(7, "v", kind, NOON) for kind in (SignalKind.PURCHASE, SignalKind.VIEW)]
    bought = [purchase(product_id="v"), purchase(product_id="gone")]
    done = deeds_of(bought, [*signals, Signal(7, "gone", SignalKind.VIEW, NOON)], {"v": VEGAN_ONE})
    assert [(each.product.id, each.kind) for each in done] == [
        ("v", SignalKind.PURCHASE),
        ("v", SignalKind.VIEW),
    ]
