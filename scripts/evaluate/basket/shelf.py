"""What all households together tell of each product: how many buy it, lately, in large baskets, again and again."""

from dataclasses import dataclass

import numpy as np

from scripts.evaluate.basket.history import History

FIGURES = ("popular_lately", "rising", "in_small_baskets", "comes_back", "kept_buying")
_LATELY_DAYS, _USUALLY_DAYS = 14.0, 90.0
_RATIO = _LATELY_DAYS / _USUALLY_DAYS
_DOUBT = (
    20.0  # trips: a product that few bought comes back as rarely as one of which that is known
)


@dataclass(frozen=True, slots=True)
class Shelf:
    """`figures` (len(FIGURES), products) float64 by product code; `favourites` are codes, popular lately first."""

    figures: np.ndarray
    favourites: np.ndarray

    @classmethod
    def of(cls, history: History, now: float) -> "Shelf":
        """Count over everybody's trips before `now`, a day since 1970."""
        products, count = history.products, len(history.product_ids)
        ages = np.repeat(now - history.days, history.sizes)
        lines = np.bincount(products, minlength=count)
        lately = np.bincount(products, 0.5 ** (ages / _LATELY_DAYS), minlength=count)
        usually = np.bincount(products, 0.5 ** (ages / _USUALLY_DAYS), minlength=count)
        shares = np.repeat(1.0 / np.maximum(history.sizes, 1), history.sizes)
        in_small = np.bincount(products, shares, minlength=count) / np.maximum(lines, 1)
        again, chances, kept, buyers = _comings_back(history, count)
        figures = (
            np.log1p(lately),
            np.log((lately + 1) / (usually * _RATIO + 1)),
            np.log(np.maximum(in_small, 1e-3)),
            np.log((again + 0.5) / (chances + _DOUBT)),
            kept / np.maximum(buyers, 1),
        )
        return cls(np.stack(figures), np.argsort(-lately, kind="stable"))


def _comings_back(
    history: History, count: int
) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """Give for each product how often it was bought again, and of how many trips after a household's first.

    Then how many households bought it more than once, and how many at all.
    """
    trip = np.repeat(np.arange(len(history.days)), history.sizes)
    household = history.trip_households[trip]
    pairs, first, times = np.unique(
        household * count + history.products, return_index=True, return_counts=True
    )
    whose, product = np.divmod(pairs, count)
    # Lines are in the order of trips, so the first line of a pair is its first trip.
    after = history.trips_from[whose + 1] - 1 - trip[first]
    return (
        np.bincount(product, times - 1, minlength=count),
        np.bincount(product, after, minlength=count),
        np.bincount(product, times > 1, minlength=count),
        np.bincount(product, minlength=count),
    )
