"""How good a ranking is by what people said of some of its products (pure)."""

from collections.abc import Iterable, Mapping, Sequence
from math import log2
from statistics import fmean

TOP = 10

Ratings = Mapping[str, float]


def condensed_ndcg(ranking: Sequence[str], ratings: Ratings, *, doubling: bool = False) -> float:
    """Give nDCG@10 of a ranking without the products that nobody rated, 0–1.

    A rating is its own gain; with `doubling` the gain is 2 to its power, less 1. At least one rating is above 0.
    Source: https://doi.org/10.1145/1277741.1277756 (condensed lists), https://doi.org/10.1145/582415.582418 (nDCG).
    """
    ideal = sorted(ratings.values(), reverse=True)
    rated = [ratings[each] for each in ranking if each in ratings]
    return _gained(rated, doubling=doubling) / _gained(ideal, doubling=doubling)


def relevant_on_top(ranking: Sequence[str], ratings: Ratings) -> float:
    """Give which share of the first ten is known to be relevant, rated above 0; unrated ones count as not."""
    return sum(ratings.get(each, 0.0) > 0.0 for each in ranking[:TOP]) / TOP


def fused_by_rank(rankings: Iterable[Sequence[str]], *, k: int = 60) -> list[str]:
    """Give one ranking out of several by reciprocal rank fusion, a peer.

    Source: https://doi.org/10.1145/1571941.1572114 (2009), with its k.
    """
    scores: dict[str, float] = {}
    for ranking in rankings:
        for place, each in enumerate(ranking, 1):
            scores[each] = scores.get(each, 0.0) + 1.0 / (k + place)
    return sorted(scores, key=lambda each: (-scores[each], each))


def mean(values: Sequence[float]) -> float | None:
    """Give the mean; None of nothing."""
    return fmean(values) if values else None


def _gained(ratings: Sequence[float], *, doubling: bool) -> float:
    return sum(
        (2.0**rating - 1.0 if doubling else rating) / log2(place + 1)
        for place, rating in enumerate(ratings[:TOP], 1)
    )
