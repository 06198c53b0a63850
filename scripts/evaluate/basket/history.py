"""A purchase log as arrays: households, their shopping trips in order, and what each trip brought home."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from scripts.evaluate.columns import Kind, read_columns

COLUMNS = {
    "household_id": Kind.NUMBER,
    "basket_id": Kind.NUMBER,
    "product_id": Kind.NUMBER,
    "transaction_timestamp": Kind.TIME,
}


@dataclass(frozen=True, slots=True)
class Trips:
    """One household's trips, oldest first: `days` (trips,) since 1970 and `products`, each trip's codes without repeats."""

    days: np.ndarray
    products: tuple[np.ndarray, ...]


@dataclass(frozen=True, slots=True)
class History:
    """All trips, by household and time. Products are codes, places in `product_ids`, which is sorted.

    `households` (households,) int64 are their ids, `trips_from` (households + 1,) where each one's trips begin in `days`
    (trips,) float64, and `lines_from` (trips + 1,) where each trip's products begin in `products` (lines,).
    """

    households: np.ndarray
    trips_from: np.ndarray
    days: np.ndarray
    lines_from: np.ndarray
    products: np.ndarray
    product_ids: np.ndarray

    def __iter__(self) -> Iterator[Trips]:
        """Give each household's trips."""
        for begin, end in zip(self.trips_from, self.trips_from[1:], strict=False):
            yield self._trips(int(begin), int(end))

    @property
    def ends_at(self) -> float:
        """Give the day of the last trip of all."""
        return float(self.days.max())

    @property
    def trip_households(self) -> np.ndarray:
        """Give the place of each trip's household (trips,)."""
        return np.repeat(np.arange(len(self.households)), np.diff(self.trips_from))

    @property
    def sizes(self) -> np.ndarray:
        """Give how many products each trip brought (trips,)."""
        return np.diff(self.lines_from)

    def before(self, day: float) -> "History":
        """Give what had happened when the day began; households without a trip stay, with none."""
        keep = self.days < day
        lines = np.repeat(keep, self.sizes)
        counts = np.bincount(self.trip_households[keep], minlength=len(self.households))
        return History(
            self.households,
            _offsets(counts),
            self.days[keep],
            _offsets(self.sizes[keep]),
            self.products[lines],
            self.product_ids,
        )

    def next_after(self, day: float) -> list[np.ndarray | None]:
        """Give what each household brought from its first trip that day or later, None for no such trip."""
        return [_first_from(trips, day) for trips in self]

    def _trips(self, begin: int, end: int) -> Trips:
        bounds = self.lines_from[begin : end + 1]
        first = bounds[0] if len(bounds) else 0
        lines = self.products[first : bounds[-1] if len(bounds) else 0]
        parts = np.split(lines, bounds[1:-1] - first) if end > begin else []
        return Trips(self.days[begin:end], tuple(parts))


def read_history(path: Path) -> History:
    """Read a purchase log.

    Raises:
        BadFile: it cannot be used.
    """
    columns = read_columns(path, COLUMNS)
    return history_of(*(columns[name] for name in COLUMNS))


def history_of(
    household_ids: np.ndarray, basket_ids: np.ndarray, product_ids: np.ndarray, days: np.ndarray
) -> History:
    """Put lines in order; a basket is one trip of one household, at the time of its first line."""
    households, household = np.unique(household_ids, return_inverse=True)
    known, product = np.unique(product_ids, return_inverse=True)
    by_basket = np.lexsort((product, basket_ids, household))
    household, product = household[by_basket], product[by_basket]
    basket_ids, days = basket_ids[by_basket], days[by_basket]
    is_new = np.ones(len(household), bool)
    is_new[1:] = (np.diff(household) != 0) | (np.diff(basket_ids) != 0)
    is_other = is_new.copy()
    is_other[1:] |= np.diff(product) != 0
    basket = np.cumsum(is_new) - 1
    begun = np.minimum.reduceat(days, np.flatnonzero(is_new))
    whose = household[is_new]
    order = np.lexsort((begun, whose))
    place = np.empty(len(order), np.int64)
    place[order] = np.arange(len(order))
    trip = place[basket[is_other]]
    by_trip = np.argsort(trip, kind="stable")
    return History(
        households,
        _offsets(np.bincount(whose, minlength=len(households))),
        begun[order],
        _offsets(np.bincount(trip, minlength=len(order))),
        product[is_other][by_trip],
        known,
    )


def _offsets(counts: np.ndarray) -> np.ndarray:
    return np.concatenate([[0], np.cumsum(counts)])


def _first_from(trips: Trips, day: float) -> np.ndarray | None:
    place = int(np.searchsorted(trips.days, day))
    return trips.products[place] if place < len(trips.days) else None
