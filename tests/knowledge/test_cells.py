import asyncio
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from knowledge.search import cells as in_cells
from knowledge.search import holdings as in_holdings
from knowledge.search.base import Vectors
from knowledge.search.cells import Cells
from knowledge.search.holdings import Holdings, Mask
from knowledge.search.index import VectorIndex
from knowledge.search.upkeep import Upkeep

COUNT, DIMENSIONS, AISLES = 9_000, 16, 60
NAMES = [f"p{number}" for number in range(COUNT)]


def unit(vectors: NDArray[np.float64] | Vectors) -> Vectors:
    return np.asarray(vectors / np.linalg.norm(vectors, axis=-1, keepdims=True), dtype=np.float32)


def drawn() -> Vectors:
    draw = np.random.default_rng(1)
    centres = draw.normal(size=(AISLES, DIMENSIONS))
    return unit(
        centres[draw.integers(AISLES, size=COUNT)] + 0.5 * draw.normal(size=(COUNT, DIMENSIONS))
    )


VECTORS = drawn()


@pytest.fixture
def mapped(monkeypatch: pytest.MonkeyPatch) -> Holdings:
    monkeypatch.setattr(in_cells, "_COMPARED", 4_000)
    held = Holdings()
    held.put(NAMES, VECTORS)
    held.arrange(NAMES, NAMES)
    held.draw(Cells.around(VECTORS[:3_000], 90))
    while held.place(at_most=4_000):
        pass
    return held


def exact(query: Vectors, mask: Mask) -> set[int]:
    return set(np.argsort(-np.where(mask, VECTORS @ query, -2.0))[:10].tolist())


def test_each_vector_lies_in_the_cell_with_the_nearest_centre() -> None:
    cells = Cells.around(VECTORS, 30)
    sketches = cells.sketch(VECTORS)
    assert cells.of(sketches).tolist() == (sketches @ cells.centres.T).argmax(axis=1).tolist()
    assert np.bincount(cells.of(sketches), minlength=30).min() > 0


def test_cells_of_nothing_are_none() -> None:
    cells = Cells.around(VECTORS, 30)
    assert cells.of(cells.sketch(VECTORS[:0])).tolist() == []


def test_sketches_keep_what_sets_vectors_apart() -> None:
    draw = np.random.default_rng(3)
    # A hundred directions that matter, and three hundred that hardly do.
    wide = unit(draw.normal(size=(2_000, 400)) * np.repeat([1.0, 0.05], [100, 300]))
    cells = Cells.around(wide, 30)
    sketches = cells.sketch(wide)
    assert 4 * sketches.shape[1] <= wide.shape[1]
    assert np.abs(sketches @ sketches[0] - wide @ wide[0]).max() < 0.15


ALL = np.ones(COUNT, dtype=np.bool_)


def near_one(cells: Cells, number: int, allowed: Mask) -> set[int]:
    sketches = cells.sketch(VECTORS)
    numbers = np.flatnonzero(allowed)
    return set(numbers[cells.near(sketches[number], cells.of(sketches)[numbers])].tolist())


def test_what_lies_near_is_part_of_all_and_holds_the_nearest(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(in_cells, "_COMPARED", 4_000)
    near = near_one(Cells.around(VECTORS, 90), 5, ALL)
    assert exact(VECTORS[5], ALL) <= near
    assert 4_000 <= len(near) < COUNT


def test_enough_is_found_where_little_near_is_allowed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(in_cells, "_COMPARED", 1_000)
    far = np.flatnonzero(np.argsort(np.argsort(VECTORS @ VECTORS[5])) < 3_000)
    allowed = np.zeros(COUNT, dtype=np.bool_)
    allowed[far] = True
    near = near_one(Cells.around(VECTORS, 90), 5, allowed)
    assert near <= set(far.tolist())
    assert len(near) >= 1_000


def test_where_few_are_allowed_all_are_near() -> None:
    allowed = np.random.default_rng(4).random(COUNT) < 0.01
    assert near_one(Cells.around(VECTORS, 90), 5, allowed) == set(np.flatnonzero(allowed).tolist())


def test_with_a_map_a_filter_still_finds_the_nearest(mapped: Holdings) -> None:
    mask = np.random.default_rng(2).random(COUNT) < 0.7
    right = sum(
        len(set(mapped.scan(query, mask, 10)[0].tolist()) & exact(query, mask))
        for query in VECTORS[:50]
    )
    assert right >= 0.97 * 500


def test_an_entry_that_came_after_the_map_is_found(mapped: Holdings) -> None:
    new = unit(np.full(DIMENSIONS, 1.0, dtype=np.float32))
    mapped.put(["new"], new[None, :])
    mapped.arrange([*NAMES[1:], "new"], [*NAMES[1:], "new"])
    mapped.forget([NAMES[0]])
    numbers, cosines = mapped.scan(new, np.ones(COUNT, dtype=np.bool_), 1)
    assert (numbers.tolist(), cosines.tolist()) == ([COUNT - 1], pytest.approx([1.0], abs=1e-5))


def test_few_entries_need_no_map() -> None:
    held = Holdings()
    held.put(NAMES, VECTORS)
    held.arrange(NAMES, NAMES)
    assert held.cells_wanted == 0


async def test_upkeep_draws_a_map_when_there_are_many_entries(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(in_holdings, "_MAPPED", 700)

    async def encode(texts: Sequence[str]) -> Vectors:
        return VECTORS[[int(text) for text in texts]]

    index = await asyncio.to_thread(VectorIndex.in_folder, tmp_path)
    upkeep = Upkeep(index, "drawn", encode, asyncio.to_thread)
    texts = [str(number) for number in range(800)]
    version = await upkeep.bring_in_line("goods", NAMES[:800], texts)
    held = index.open("goods", version)
    assert held.cells_wanted == 0
    numbers, _ = held.scan(VECTORS[7], np.ones(800, dtype=np.bool_), 1)
    assert numbers.tolist() == [7]
