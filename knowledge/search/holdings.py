"""What one version of the index holds, in memory: every entry's vector, and the order callers know them in.

Chroma finds the nearest of all entries; among the few that a filter leaves, looking at each is faster and
exact. Vectors lie in slots that are used again when an entry goes, so that a changed product costs one
row. It knows no Chroma.
"""

from collections.abc import Collection, Sequence
from hashlib import blake2b

import numpy as np
from numpy.typing import NDArray

from knowledge.search.base import Vectors
from knowledge.search.cells import Cell, Cells

Mask = NDArray[np.bool_]
Numbers = NDArray[np.int64]
Allowed = Mask | Collection[str]

_NOBODY = -1
# From here on a map pays; below, all that a filter leaves is looked at in a few milliseconds.
_MAPPED = 50_000
_ENTRIES_A_CELL = 333
_SAMPLE_A_CELL = 33
# Up to here each is looked at, map or not.
_LOOKED_AT = 4_000
_LOOKED_AT_CLOSELY = 300  # of those whose sketches were compared
_MASKS = 64  # kept, of filters that come again
_PLACED_AT_ONCE = 5_000  # a tenth of a second


def entry_key(entry_id: str, text: str) -> str:
    """Give the key of an entry: another text makes it another entry."""
    return f"{entry_id}#{blake2b(text.encode(), digest_size=6).hexdigest()}"


class Holdings:
    """Entries by key, each with its unit vector; those in the order carry a number, 0 to len(order) - 1."""

    def __init__(self, expected: int = 0) -> None:
        """Begin empty, with room for as many entries as are expected."""
        self._expected = expected
        self.ids: Sequence[str] = ()
        self.keys: Sequence[str] = ()
        self._slot_of: dict[str, int] = {}
        self._free: list[int] = []
        self._vectors: Vectors = np.empty((0, 0), dtype=np.float32)
        self._slots: Numbers = np.empty(0, dtype=np.int64)
        self._number_at: Numbers = np.empty(0, dtype=np.int64)
        self._number_of: dict[str, int] | None = None
        self._masks: dict[frozenset[str], Mask] = {}
        self._cells: Cells | None = None
        self._sketches: Vectors = np.empty((0, 0), dtype=np.float32)
        self._cell_at: Cell = np.empty(0, dtype=np.intp)
        self._cell_of: Cell | None = None

    def known(self) -> list[str]:
        """Give the keys of all entries, in the order or not."""
        return list(self._slot_of)

    def put(self, keys: Sequence[str], vectors: Vectors) -> None:
        """Add new entries with their vectors, shape (len(keys), dim); those known already stay."""
        fresh = [row for row, key in enumerate(keys) if key not in self._slot_of]
        self._make_room(len(fresh), vectors.shape[1])
        for row in fresh:
            slot = self._free.pop()
            self._slot_of[keys[row]] = slot
            self._vectors[slot] = vectors[row]
            self._cell_at[slot] = _NOBODY

    def forget(self, keys: Sequence[str]) -> None:
        """Take entries out; they must not be in the order."""
        for key in keys:
            self._free.append(self._slot_of.pop(key))

    def arrange(self, ids: Sequence[str], keys: Sequence[str]) -> None:
        """Say which entries are found from now on, by which ids and in which order."""
        self.ids, self.keys, self._number_of = ids, keys, None
        self._masks.clear()
        self._slots = np.fromiter((self._slot_of[key] for key in keys), np.int64, len(keys))
        self._number_at = np.full(len(self._vectors), _NOBODY, dtype=np.int64)
        self._number_at[self._slots] = np.arange(len(keys))
        if self._cell_of is not None:
            self.place(len(keys))

    def number(self, key: str) -> int:
        """Give the number of an entry, -1 when it is not in the order."""
        slot = self._slot_of.get(key)
        return (
            _NOBODY if slot is None or slot >= len(self._number_at) else int(self._number_at[slot])
        )

    def vectors(self, keys: Sequence[str]) -> Vectors:
        """Give the vectors of known entries, shape (len(keys), dim) float32."""
        return self._vectors[[self._slot_of[key] for key in keys]]

    def mask(self, allowed: Allowed) -> Mask:
        """Give what is allowed as a mask over the order, shape (len(order),).

        Raises:
            ValueError: A mask was made for another order.
        """
        if isinstance(
            allowed, frozenset
        ):  # a filter that is kept: its hash is known, its mask too
            if allowed not in self._masks:
                if len(self._masks) >= _MASKS:
                    del self._masks[next(iter(self._masks))]
                self._masks[allowed] = self._mask_of(allowed)
            return self._masks[allowed]
        if not isinstance(allowed, np.ndarray):
            return self._mask_of(allowed)
        if allowed.shape != (len(self.ids),):
            msg = f"The filter is for {allowed.shape} entries, the index has {len(self.ids)}."
            raise ValueError(msg)
        return allowed

    def _mask_of(self, wanted: Collection[str]) -> Mask:
        if self._number_of is None:
            self._number_of = {each: number for number, each in enumerate(self.ids)}
        mask = np.zeros(len(self.ids), dtype=np.bool_)
        mask[[self._number_of[each] for each in wanted if each in self._number_of]] = True
        return mask

    @property
    def cells_wanted(self) -> int:
        """Give how many cells a map should have; 0 where it is there, or too few entries to need one."""
        if self._cells is not None or len(self.keys) < _MAPPED:
            return 0
        return len(self.keys) // _ENTRIES_A_CELL

    def sample(self) -> Vectors:
        """Give as many vectors as a map is drawn from, shape (n, dim)."""
        count = self.cells_wanted * _SAMPLE_A_CELL
        chosen = np.random.default_rng(0).choice(len(self.keys), count, replace=False)
        return self._vectors[self._slots[np.sort(chosen)]]

    def draw(self, cells: Cells) -> None:
        """Take a map; it helps once all entries are placed on it."""
        self._sketches = np.zeros((len(self._vectors), cells.axes.shape[1]), dtype=np.float32)
        self._cells = cells

    def place(self, at_most: int = _PLACED_AT_ONCE) -> bool:
        """Place some entries on the map; tell whether others still wait."""
        if self._cells is None:
            return False
        waiting = self._slots[self._cell_at[self._slots] == _NOBODY]
        some = waiting[:at_most]
        self._sketches[some] = self._cells.sketch(self._vectors[some])
        self._cell_at[some] = self._cells.of(self._sketches[some])
        if len(waiting) > len(some):
            return True
        self._cell_of = self._cell_at[self._slots]
        return False

    def scan(self, query: Vectors, mask: Mask, count: int) -> tuple[Numbers, Vectors]:
        """Look at what is allowed: give the numbers and cosines of the nearest `count`, best first.

        It is looked at entirely, or, where there is a map, as far as it lies near.
        """
        numbers = np.flatnonzero(mask)
        if self._cells is not None and self._cell_of is not None and len(numbers) > _LOOKED_AT:
            sketch = self._cells.sketch(query)
            numbers = numbers[self._cells.near(sketch, self._cell_of[numbers])]
            rough = _cosines(self._sketches, self._slots[numbers], sketch)
            numbers = numbers[_highest(rough, max(_LOOKED_AT_CLOSELY, count))]
        cosines = _cosines(self._vectors, self._slots[numbers], query)
        best = _highest(cosines, count)
        order = np.argsort(-cosines[best], kind="stable")
        return numbers[best][order], cosines[best][order]

    def _make_room(self, wanted: int, dimensions: int) -> None:
        lacking = wanted - len(self._free)
        if lacking <= 0:
            return
        used = len(self._vectors)
        # A half more than needed: growing by what is needed would copy everything at each step.
        room = max(used + lacking, used + used // 2, self._expected)
        grown = np.zeros((room, dimensions), dtype=np.float32)
        grown[:used] = self._vectors.reshape(used, -1) if used else 0.0
        self._vectors = grown
        if self._cells is not None:
            more = np.zeros((room - used, self._sketches.shape[1]), dtype=np.float32)
            self._sketches = np.concatenate([self._sketches, more])
        self._cell_at = np.concatenate([self._cell_at, np.full(room - used, _NOBODY, np.intp)])
        self._free.extend(range(room - 1, used - 1, -1))


def _cosines(rows: Vectors, slots: Numbers, query: Vectors) -> Vectors:
    # Fetching scattered rows costs four times as much as reading past those not needed.
    if 4 * len(slots) > len(rows):
        return np.asarray((rows @ query)[slots])
    return np.asarray(rows[slots] @ query)


def _highest(values: Vectors, count: int) -> Numbers:
    """Give where the highest `count` values stand, in no order."""
    if count >= len(values):
        return np.arange(len(values))
    return np.argpartition(-values, count - 1)[:count]
