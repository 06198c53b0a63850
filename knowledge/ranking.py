"""Which candidate first: a transparent sum whose parts are kept, so that "Why this?" can tell (pure)."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from math import exp, log1p

from knowledge.candidates import Candidate
from knowledge.preferences import NEUTRAL, Taste

# Weights of the factors, each of which lies in 0–1, but for freshness, in −1–0: what was passed over stands back (ours;
# revisit with data).
WEIGHTS: Mapping[str, float] = {
    "fit": 1.6,
    "distance": 0.35,
    "coupon": 0.15,
    "habit": 0.20,
    "preference": 0.15,
    "popularity": 0.10,
    "freshness": 0.10,
}
_HALF_WAY_M = 400.0  # the distance factor falls to 1/e there: five minutes on foot
_BEST_DISCOUNT_PERCENT = 30.0
_STALE_AFTER = 3.0  # times passed over, less those that something was done with it (ours)
_LOOKED_AT = 8  # alternatives that are kept: what comes behind them hardly comes first (ours)
_MAY_BE_SHOWN = 5
_KNOWN_WELL = 10.0  # purchases of late: then a taste says more than what others buy (ours)
_NOT_DUE = 0.5  # of a habit is left right after the thing was bought (ours)
_FITS_AS_WELL = 0.12  # of similarity: the cheapest coffee is a coffee, not a biscuit for it (ours)


@dataclass(frozen=True, slots=True)
class Ranked:
    """A candidate with its score; `contributions` by factor add up to `score`.

    `relative_id` is whom a present is for, None where nobody the shopper told of is meant.
    `beside` are the contributions of the best other products, by id, where they were kept, and
    `propensity` how likely it was, 0-1, that lots put it where it is; None = it was ranked there.
    """

    candidate: Candidate
    contributions: Mapping[str, float]
    relative_id: int | None = None
    beside: Mapping[str, Mapping[str, float]] = field(default_factory=dict)
    propensity: float | None = None

    @property
    def score(self) -> float:
        """Give the sum of the contributions."""
        return sum(self.contributions.values())


def rank(
    candidates: Iterable[Candidate], taste: Taste, *, cheapest_first: bool = False
) -> list[Ranked]:
    """Order candidates, best first; equal scores by product id so that the order is always the same.

    With `cheapest_first` those that fit about as well as the best come first, by what is paid.
    """
    ranked = [Ranked(candidate, _contributions(candidate, taste)) for candidate in candidates]
    ranked.sort(key=lambda r: (-r.score, r.candidate.product.id))
    if not cheapest_first or not ranked:
        return ranked
    enough = max(each.candidate.similarity for each in ranked) - _FITS_AS_WELL
    fitting = [each for each in ranked if each.candidate.similarity >= enough]
    others = [each for each in ranked if each.candidate.similarity < enough]
    return sorted(fitting, key=lambda each: each.candidate.price_cents) + others


def keeping_alternatives(ranked: Sequence[Ranked]) -> list[Ranked]:
    """Give the same with the best others kept at each of the first, so that "Why?" can tell what else there was."""
    looked_at = [(each.candidate.product.id, each.contributions) for each in ranked[:_LOOKED_AT]]
    first = [
        replace(each, beside=_beside(looked_at, each.candidate.product.id))
        for each in ranked[:_MAY_BE_SHOWN]
    ]
    return [*first, *ranked[_MAY_BE_SHOWN:]]


def _beside(
    looked_at: Sequence[tuple[str, Mapping[str, float]]], own: str
) -> dict[str, Mapping[str, float]]:
    return {key: parts for key, parts in reversed(looked_at) if key != own}


def _contributions(candidate: Candidate, taste: Taste) -> dict[str, float]:
    factors = {
        "fit": _fit(candidate.similarity),
        "distance": _closeness(candidate.distance_m),
        "coupon": _coupon_value(candidate),
        "habit": _habit(candidate, taste),
        "preference": _preference(candidate, taste),
        "popularity": _popularity(candidate, taste),
        "freshness": _freshness(candidate, taste),
    }
    return {
        name: 0.0 if name in taste.unused else WEIGHTS[name] * value
        for name, value in factors.items()
    }


def _fit(similarity: float) -> float:
    """Stretch what occurs, about 0.35–1, over 0–1."""
    return min(max((similarity - 0.35) / 0.65, 0.0), 1.0)


def _closeness(distance_m: float | None) -> float:
    return 0.0 if distance_m is None else exp(-distance_m / _HALF_WAY_M)


def _coupon_value(candidate: Candidate) -> float:
    if candidate.coupon is None:
        return 0.0
    return min(candidate.coupon.discount_percent / _BEST_DISCOUNT_PERCENT, 1.0)


def _habit(candidate: Candidate, taste: Taste) -> float:
    """Let the product itself count more than its category; both saturate, and a rhythm says whether it is due."""
    product = 0.25 * log1p(taste.products.get(candidate.product.id, 0.0))
    category = 0.12 * log1p(taste.categories.get(candidate.product.category, 0.0))
    habit = taste.habits.get(candidate.product.id)
    if habit is not None and habit.every_days is not None:
        product *= _NOT_DUE + (1 - _NOT_DUE) * habit.due
    return min(product + category, 1.0)


def _freshness(candidate: Candidate, taste: Taste) -> float:
    """Give 0 for what is new to the shopper or dear to them, down to −1 for what they passed over again and again."""
    acted, passed = taste.tried.get(candidate.product.id, (0.0, 0.0))
    return -min(max(passed - acted, 0.0) / _STALE_AFTER, 1.0)


def _preference(candidate: Candidate, taste: Taste) -> float:
    """Average what the shopper's weights add over the neutral 1.0, for the attributes it has."""
    gains = [taste.weights[kind] - NEUTRAL for kind in candidate.product.sustainability]
    return min(max(sum(gains), 0.0), 1.0)


def _popularity(candidate: Candidate, taste: Taste) -> float:
    """Let what others buy there now count in full for who is new, and half for who bought often of late."""
    popular = taste.popular.get((candidate.store.id, candidate.product.id), 0.0)
    known = min(sum(taste.categories.values()) / _KNOWN_WELL, 1.0)
    return popular * (1.0 - 0.5 * known)
