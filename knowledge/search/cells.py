"""A coarse map of very many vectors, to find those near a question without looking at all of them.

Needed only where a filter leaves tens of thousands: too many to look at each, too few for Chroma to meet
enough of them. Each vector lies in the cell with the nearest centre (k-means); whoever asks looks at what
is allowed in the nearest cells.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from knowledge.search.base import Vectors

Cell = NDArray[np.int32]

_AT_ONCE = (
    2_000  # vectors compared with all centres at a time; keeps the products of both in the cache
)
_ROUNDS = 5  # of k-means; more move the centres, and the recall, hardly at all
# Measured by bench_search: with these, recall at ten stays above 0.95 for a million products.
_CELLS, _FEWEST, _PART, _MOST = 32, 4_000, 32, 16_000


@dataclass(frozen=True, slots=True)
class Cells:
    """The map: unit centres, shape (cells, dim)."""

    centres: Vectors

    @classmethod
    def around(cls, sample: Vectors, count: int) -> "Cells":
        """Draw a map of `count` cells from a sample, unit vectors of shape (n, dim); takes seconds."""
        chosen = np.random.default_rng(0).choice(len(sample), count, replace=False)
        cells = cls(sample[chosen])
        for _ in range(_ROUNDS):
            cells = cls(_means(sample, cells.of(sample), cells.centres))
        return cells

    def of(self, vectors: Vectors) -> Cell:
        """Give the cell of each vector, shape (n,)."""
        found = [
            np.argmax(vectors[start : start + _AT_ONCE] @ self.centres.T, axis=1)
            for start in range(0, len(vectors), _AT_ONCE)
        ]
        return np.concatenate(found).astype(np.int32) if found else np.empty(0, dtype=np.int32)

    def near(self, query: Vectors, lying: Cell) -> NDArray[np.bool_]:
        """Choose what lies near a query: a mask over what lies in these cells, shape (n,).

        Taken are the nearest cells that hold anything: enough of them, since the nearest centre is not
        always that of the nearest vector, and enough vectors, but no more than can be looked at quickly.
        """
        nearest_first = np.argsort(-(self.centres @ query))
        held = np.bincount(lying, minlength=len(self.centres))[nearest_first]
        vectors, cells = np.cumsum(held), np.cumsum(held > 0)
        fewest = max(_FEWEST, len(lying) // _PART)
        is_enough = ((vectors >= fewest) & (cells >= _CELLS)) | (vectors >= _MOST)
        last = int(np.argmax(is_enough)) if is_enough[-1] else len(held) - 1
        is_near = np.zeros(len(self.centres), dtype=np.bool_)
        is_near[nearest_first[: last + 1]] = True
        return np.asarray(is_near[lying])


def _means(vectors: Vectors, cell_of: Cell, before: Vectors) -> Vectors:
    """Move each centre to the middle of its vectors; one that has none stays where it was."""
    sums = np.zeros_like(before)
    np.add.at(sums, cell_of, vectors)
    lengths = np.linalg.norm(sums, axis=1, keepdims=True)
    return np.where(lengths > 0.0, sums / np.maximum(lengths, 1e-9), before)
