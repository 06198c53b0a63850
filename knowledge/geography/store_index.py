"""The stores by where they are: which are around a place, or nearest to it.

A snapshot, like the catalogue it belongs to: when stores change, a new one takes its place. It stays quick at a million
stores: trees find the few that may matter, and distances are exact enough for a fence (knowledge/geography/distance.py).
"""

from collections.abc import Iterable, Mapping, Sequence

import numpy as np

from knowledge.geography.distance import over_ground_m, point, points
from knowledge.geography.store_trees import joined, trees_over
from storage.records import Store


class StoreIndex:
    """One snapshot of the stores and of where they are; nothing in it ever changes."""

    __slots__ = ("_rows", "_trees", "stores")

    def __init__(self, stores: Iterable[Store]) -> None:
        """Build it; a million stores take seconds, so not on the event loop."""
        self.stores: Mapping[str, Store] = {store.id: store for store in stores}
        rows = list(self.stores.values())
        self._rows = np.empty(len(rows), object)  # as an array, of which many are taken at once
        self._rows[:] = rows
        self._trees = trees_over(rows)

    def around(self, latitude: float, longitude: float) -> list[tuple[Store, float]]:
        """Give the stores whose own radius reaches a place in degrees, with metres, in the order they were given."""
        here = point(latitude, longitude)
        found = sorted(pair for tree in self._trees for pair in tree.reaching(here))
        return [(self._rows[row], metres) for row, metres in found]

    def around_each(
        self, latitudes: Sequence[float], longitudes: Sequence[float]
    ) -> list[tuple[int, Store, float]]:
        """Give what is `around` each of many places: number of the place, store, metres; in no order.

        Asks the trees about all at once: 1 µs a place and less where there are hundreds, a tenth of one by one.
        """
        here = points(latitudes, longitudes)
        numbers, rows, metres = joined([tree.reaching_each(here) for tree in self._trees])
        stores = self._rows[rows].tolist()
        return list(zip(numbers.tolist(), stores, metres.tolist(), strict=True))

    def within(
        self, latitude: float, longitude: float, radius_m: float
    ) -> list[tuple[Store, float]]:
        """Give the stores at most so far from a place in degrees, with metres, in the order they were given."""
        here = point(latitude, longitude)
        found: list[tuple[int, float]] = []
        for tree in self._trees:
            # The way over ground is longer than the straight one, so this leaves none out.
            rows, straight_m = tree.within(here, radius_m)
            found += zip(rows.tolist(), map(over_ground_m, straight_m.tolist()), strict=True)
        return [(self._rows[row], far) for row, far in sorted(found) if far <= radius_m]

    def nearest(self, latitude: float, longitude: float, count: int) -> list[tuple[Store, float]]:
        """Give so many stores nearest to a place in degrees, with metres, the nearest first; fewer if there are."""
        here = point(latitude, longitude)
        found: list[tuple[float, int]] = []
        for tree in self._trees if count > 0 else ():
            rows, straight_m = tree.nearest(here, count)
            found += zip(straight_m.tolist(), rows.tolist(), strict=True)
        return [(self._rows[row], over_ground_m(far)) for far, row in sorted(found)[:count]]
