import random

import pytest

from knowledge.candidates import Candidate
from knowledge.habits import Habit
from knowledge.preferences import Taste
from knowledge.ranking import WEIGHTS, Ranked, rank
from storage.records import Sustainability
from tests.builders import coupon, product, store

NO_TASTE = Taste({}, {}, dict.fromkeys(Sustainability, 1.0))


def candidate(product_id: str = "choc", **changes: object) -> Candidate:
    base = {"similarity": 0.6, "distance_m": 200.0, "coupon": None} | changes
    return Candidate(product(product_id), store(), **base)  # type: ignore[arg-type]


def first(better: Candidate, worse: Candidate, taste: Taste = NO_TASTE) -> str:
    orders = [rank(pair, taste) for pair in ([better, worse], [worse, better])]
    assert orders[0] == orders[1]
    return orders[0][0].candidate.product.id


def test_contributions_sum_to_the_score() -> None:
    dice = random.Random(7)  # noqa: S311
    taste = Taste({"choc": 3}, {"drinks": 9}, dict.fromkeys(Sustainability, 1.4))
    for _ in range(200):
        each = candidate(
            similarity=dice.uniform(-1, 1),
            distance_m=dice.choice([None, dice.uniform(0, 3_000)]),
            coupon=dice.choice([None, coupon(discount_percent=dice.randint(1, 100))]),
        )
        ranked = rank([each], taste)[0]
        assert ranked.score == pytest.approx(sum(ranked.contributions.values()))
        assert set(ranked.contributions) == set(WEIGHTS)
        for name, part in ranked.contributions.items():
            least = -WEIGHTS[name] if name == "freshness" else 0.0
            assert least <= part <= WEIGHTS[name]


def test_equal_scores_have_one_order_whatever_came_first() -> None:
    twins = [candidate(name) for name in "dbca"]
    for _ in range(5):
        random.Random(_).shuffle(twins)  # noqa: S311
        assert [r.candidate.product.id for r in rank(twins, NO_TASTE)] == ["a", "b", "c", "d"]


def test_better_fit_wins() -> None:
    assert first(candidate("z", similarity=0.8), candidate("a", similarity=0.5)) == "z"


def test_nearer_wins_when_all_else_is_equal() -> None:
    assert first(candidate("z", distance_m=40.0), candidate("a", distance_m=900.0)) == "z"


def test_known_distance_beats_an_unknown_one() -> None:
    assert first(candidate("z", distance_m=800.0), candidate("a", distance_m=None)) == "z"


def test_the_cheapest_is_the_cheapest_of_what_fits() -> None:
    def priced(name: str, cents: int, similarity: float, percent: int = 0) -> Candidate:
        goods = product(name, price_cents=cents)
        saving = coupon(discount_percent=percent) if percent else None
        return Candidate(goods, store(), similarity, 200.0, saving)

    mugs = [priced("dear", 900, 0.8), priced("fair", 700, 0.75), priced("saving", 800, 0.72, 25)]
    pad = priced("pad", 100, 0.5)
    ranked = rank([*mugs, pad], NO_TASTE, cheapest_first=True)
    assert [each.candidate.product.id for each in ranked] == ["saving", "fair", "dear", "pad"]
    assert rank([], NO_TASTE, cheapest_first=True) == []


def test_coupon_tips_the_scale() -> None:
    assert first(candidate("z", coupon=coupon()), candidate("a")) == "z"


def test_what_is_bought_often_wins() -> None:
    habit = Taste({"z": 8}, {}, NO_TASTE.weights)
    assert first(candidate("z"), candidate("a"), habit) == "z"


def test_what_is_due_comes_before_what_was_just_bought() -> None:
    due, fresh = (Habit(5, 4.0, every_days=6.0, last_days=days) for days in (6.0, 0.5))
    taste = Taste({"z": 4.0, "a": 4.0}, {}, NO_TASTE.weights, habits={"z": due, "a": fresh})
    assert first(candidate("z"), candidate("a"), taste) == "z"


def test_what_others_buy_there_helps_who_is_new_most() -> None:
    popular = {(store().id, "z"): 1.0}
    new = Taste({}, {}, NO_TASTE.weights, popular=popular)
    known = Taste({}, {"books": 50.0}, NO_TASTE.weights, popular=popular)
    assert first(candidate("z"), candidate("a"), new) == "z"
    parts = [
        rank([candidate("z")], taste)[0].contributions["popularity"] for taste in (new, known)
    ]
    assert parts == pytest.approx([0.10, 0.05])


def test_what_is_preferred_wins() -> None:
    taste = Taste({}, {}, {**NO_TASTE.weights, Sustainability.VEGAN: 1.8})
    plain = Candidate(product("a", sustainability=frozenset()), store(), 0.6, 200.0, None)
    assert first(candidate("z"), plain, taste) == "z"


def test_what_was_passed_over_stands_back_until_something_is_done_with_it() -> None:
    def known(acted: float) -> Taste:
        return Taste({}, {}, NO_TASTE.weights, tried={"a": (acted, 2.0)})

    assert first(candidate("z"), candidate("a"), known(acted=0.0)) == "z"
    assert first(candidate("a"), candidate("z"), known(acted=2.0)) == "a"


def test_factor_that_is_not_used_adds_nothing() -> None:
    unused = Taste({}, {}, NO_TASTE.weights, unused=frozenset({"distance"}))
    assert rank([candidate()], unused)[0].contributions["distance"] == 0.0


def test_nothing_outweighs_a_much_better_fit() -> None:
    fan = Taste({"a": 500}, {"drinks": 500}, dict.fromkeys(Sustainability, 2.0))
    wrong = candidate("a", similarity=0.36, distance_m=10.0, coupon=coupon(discount_percent=30))
    right = candidate("z", similarity=0.95, distance_m=700.0)
    assert first(right, wrong, fan) == "z"


def test_no_candidates_rank_to_nothing() -> None:
    assert rank([], NO_TASTE) == []


def test_score_without_contributions_is_zero() -> None:
    assert Ranked(candidate(), {}).score == 0
