"""Trees over the points of stores: the one door to scipy. Rows and metres in, rows and metres out.

Stores whose radii differ by less than twofold share a tree, so that one that reaches far does not widen every search.
Points lie in space (knowledge/geography/distance.py), so the date line and the poles are nothing special.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import dist

import numpy as np
from numpy.typing import NDArray
from scipy.spatial import cKDTree

from knowledge.geography.distance import Point, Points, points
from storage.records import Store

_NEIGHBOURS = 8  # seldom do more stores reach one place (ours)
_ROUNDING_M = 0.001  # a search is this much wider than what is kept of it

Rows = NDArray[np.intp]
Metres = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class StoreTree:
    """Some stores: `rows` are their places among all, `radii_m` how far they reach, in the order of the tree.

    A last radius belongs to no store: scipy gives this number where it found none.
    """

    tree: cKDTree
    points: Points
    rows: Rows
    radii_m: Metres
    widest_m: float

    def within(self, here: Point, radius_m: float) -> tuple[Rows, Metres]:
        """Give the rows of the stores within a straight line of so many metres, and how far each is."""
        near = np.asarray(self.tree.query_ball_point(here, radius_m), np.intp)
        return self.rows[near], np.linalg.norm(self.points[near] - here, axis=1)

    def nearest(self, here: Point, count: int) -> tuple[Rows, Metres]:
        """Give the rows of so many nearest stores, all if there are fewer, and how far each is."""
        straight_m, near = self.tree.query(here, range(1, min(count, len(self.rows)) + 1))
        return self.rows[near], straight_m

    def reaching(self, here: Point) -> Iterator[tuple[int, float]]:
        """Give the rows of the stores that reach a point, and how far each is."""
        for at in self.tree.query_ball_point(here, self.widest_m + _ROUNDING_M):
            straight_m = dist(here, self.points[at])
            if straight_m <= self.radii_m[at]:
                yield int(self.rows[at]), straight_m

    def reaching_each(self, here: Points) -> tuple[Rows, Rows, Metres]:
        """Give which stores reach which of many points: the points' numbers, the rows, how far each is."""
        numbers, wanted = np.arange(len(here)), _NEIGHBOURS
        found: list[tuple[Rows, Rows, Metres]] = []
        while len(numbers):
            straight_m, near = self.tree.query(
                here[numbers], wanted, distance_upper_bound=self.widest_m + _ROUNDING_M
            )
            is_crowded = np.isfinite(straight_m[:, -1])  # all places are taken: there may be more
            does_reach = (straight_m <= self.radii_m[near]) & ~is_crowded[:, None]
            at, rank = np.nonzero(does_reach)
            found.append((numbers[at], self.rows[near[at, rank]], straight_m[at, rank]))
            numbers, wanted = numbers[is_crowded], wanted * 8
        return joined(found)


def joined(parts: Sequence[tuple[Rows, Rows, Metres]]) -> tuple[Rows, Rows, Metres]:
    """Put findings one after the other."""
    nothing = (np.empty(0, np.intp), np.empty(0, np.intp), np.empty(0))
    numbers, rows, metres = zip(nothing, *parts, strict=True)
    return np.concatenate(numbers), np.concatenate(rows), np.concatenate(metres)


def trees_over(stores: Sequence[Store]) -> tuple[StoreTree, ...]:
    """Build the trees, one for each class of radii; a second for a million stores."""
    rows_of = defaultdict[int, list[int]](list)
    for row, store in enumerate(stores):
        rows_of[int(store.radius_m).bit_length()].append(row)
    return tuple(_tree(stores, rows) for rows in rows_of.values())


def _tree(stores: Sequence[Store], rows: Sequence[int]) -> StoreTree:
    theirs = [stores[row] for row in rows]
    places = points([each.latitude for each in theirs], [each.longitude for each in theirs])
    # Neighbours side by side in memory: among a million stores a search is a third quicker for it.
    order = cKDTree(places).indices
    rows_in_order, tree = np.asarray(rows, np.intp)[order], cKDTree(places[order])
    radii_m = np.asarray([*(theirs[at].radius_m for at in order), -np.inf])
    widest_m = float(radii_m.max())
    return StoreTree(tree, tree.data, rows_in_order, radii_m, widest_m)
