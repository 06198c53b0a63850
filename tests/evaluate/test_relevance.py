from math import log2

import pytest

from scripts.evaluate.relevance import condensed_ndcg, fused_by_rank, mean, relevant_on_top

RATINGS = {"a": 3.0, "b": 1.0, "c": 0.0}


@pytest.mark.parametrize(
    ("ranking", "ndcg"),
    [
        (["a", "b", "c"], 1.0),
        (["x", "a", "y", "b", "z", "c"], 1.0),
        (["c", "a", "b"], (3 / log2(3) + 1 / log2(4)) / (3 + 1 / log2(3))),
        (["c"], 0.0),
        ([], 0.0),
    ],
)
def test_unrated_products_are_skipped(ranking: list[str], ndcg: float) -> None:
    assert condensed_ndcg(ranking, RATINGS) == pytest.approx(ndcg)


def test_doubling_makes_the_best_count_more() -> None:
    assert condensed_ndcg(["b", "a"], RATINGS, doubling=True) == pytest.approx(
        (1 + 7 / log2(3)) / (7 + 1 / log2(3))
    )


def test_unrated_products_take_their_place_among_the_first_ten() -> None:
    assert relevant_on_top(["x", "a", "c", "b", *map(str, range(20))], RATINGS) == 0.2
    assert relevant_on_top([*map(str, range(10)), "a"], RATINGS) == 0.0


def test_what_both_rankings_have_comes_first() -> None:
    assert fused_by_rank([["a", "b"], ["c", "b"]]) == ["b", "a", "c"]


def test_mean_of_nothing_is_not_known() -> None:
    assert mean([]) is None
    assert mean([0.25, 0.75]) == 0.5
