"""A coarse map of very many vectors, to find those near a question without looking at all of them.

Needed only where a filter leaves tens of thousands: too many to look at each, too few for Chroma to meet
enough of them. A sketch of a vector is its share in the few directions in which vectors differ most (principal
axes): a quarter of the numbers, read in a quarter of the time, and good enough to choose what is looked at
closely. Each vector lies in the cell whose centre its sketch is nearest to (k-means); whoever asks compares the
sketches of what is allowed in the nearest cells.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from knowledge.search.base import Vectors

Cell = NDArray[np.intp]  # as numpy wants its indices, which saves a conversion each time

_AT_ONCE = (
    2_000  # sketches compared with all centres at a time; keeps the products of both in the cache
)
_ROUNDS = 5  # of k-means; more move the centres, and the recall, hardly at all
_SKETCH = 96  # numbers a sketch has, at most
# So many are compared, if as many are allowed. Measured by bench_search: with this, recall at ten stays above
# 0.95 for a million products, even where the nearest centres are not those of the nearest vectors.
_COMPARED = 20_000


@dataclass(frozen=True, slots=True)
class Cells:
    """The map: the axes of sketches, shape (dim, sketch), and the sketched centres, shape (cells, sketch)."""

    axes: Vectors
    centres: Vectors

    @classmethod
    def around(cls, sample: Vectors, count: int) -> "Cells":
        """Draw a map of `count` cells from a sample, unit vectors of shape (n, dim); takes seconds."""
        _, axes = np.linalg.eigh(
            sample.T @ sample
        )  # the last are those that vectors differ in most
        axes = np.ascontiguousarray(axes[:, -_SKETCH:])
        sketches = sample @ axes
        chosen = np.random.default_rng(0).choice(len(sample), count, replace=False)
        cells = cls(axes, sketches[chosen])
        for _ in range(_ROUNDS):
            cells = cls(axes, _means(sketches, cells.of(sketches), cells.centres))
        return cells

    def sketch(self, vectors: Vectors) -> Vectors:
        """Sketch vectors, shape (n, dim) or (dim,); the product of two sketches is nearly their cosine."""
        return np.asarray(vectors @ self.axes)

    def of(self, sketches: Vectors) -> Cell:
        """Give the cell of each sketch, shape (n,)."""
        found = [
            np.argmax(sketches[start : start + _AT_ONCE] @ self.centres.T, axis=1)
            for start in range(0, len(sketches), _AT_ONCE)
        ]
        return np.concatenate(found) if found else np.empty(0, dtype=np.intp)

    def near(self, sketch: Vectors, lying: Cell) -> NDArray[np.bool_]:
        """Choose what lies near a question's sketch: a mask over what lies in these cells, shape (n,).

        Taken are the nearest cells until they hold enough vectors.
        """
        nearest_first = np.argsort(-(self.centres @ sketch))
        held = np.bincount(lying, minlength=len(self.centres))[nearest_first]
        last = int(np.searchsorted(np.cumsum(held), _COMPARED))
        is_near = np.zeros(len(self.centres), dtype=np.bool_)
        is_near[nearest_first[: last + 1]] = True
        return np.asarray(is_near[lying])


def _means(sketches: Vectors, cell_of: Cell, before: Vectors) -> Vectors:
    """Move each centre to the middle of its sketches; one that has none stays where it was."""
    sums = np.zeros_like(before)
    np.add.at(sums, cell_of, sketches)
    lengths = np.linalg.norm(sums, axis=1, keepdims=True)
    return np.where(lengths > 0.0, sums / np.maximum(lengths, 1e-9), before)
