from collections.abc import Collection
from pathlib import Path

import numpy as np
import pytest

from knowledge.search.base import Vectors
from knowledge.search.depth import neighbours_followed, neighbours_needed
from knowledge.search.holdings import Allowed, Mask
from knowledge.search.index import VectorIndex

COUNT, DIMENSIONS = 6_000, 24
NAMES = [f"p{number}" for number in range(COUNT)]


def drawn(count: int, seed: int) -> Vectors:
    vectors = np.random.default_rng(seed).normal(size=(count, DIMENSIONS))
    return np.asarray(vectors / np.linalg.norm(vectors, axis=1, keepdims=True), dtype=np.float32)


VECTORS, WISHES = drawn(COUNT, 1), drawn(8, 2)


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> VectorIndex:
    made = VectorIndex.in_folder(tmp_path_factory.mktemp("filters"))
    made.create("goods", "v1", COUNT)
    for start in range(0, COUNT, 2_000):
        stop = start + 2_000
        made.add("goods", "v1", NAMES[start:stop], VECTORS[start:stop])
    made.open("goods", "v1").arrange(NAMES, NAMES)
    return made


def nearest(wish: Vectors, allowed: Mask, count: int) -> list[str]:
    cosines = np.where(allowed, VECTORS @ wish, -2.0)
    return [NAMES[number] for number in np.argsort(-cosines)[:count]]


def share(part: float) -> Mask:
    return np.random.default_rng(5).random(COUNT) < part


@pytest.mark.parametrize("part", [0.3, 0.05, 0.001])
def test_few_allowed_entries_are_found_exactly(index: VectorIndex, part: float) -> None:
    allowed = share(part)
    count = min(10, int(allowed.sum()))
    answers = index.query("goods", "v1", WISHES, 10, allowed)
    for wish, hits in zip(WISHES, answers, strict=True):
        assert [hit.id for hit in hits] == nearest(wish, allowed, count)
        cosines = [float(VECTORS[NAMES.index(hit.id)] @ wish) for hit in hits]
        assert [hit.similarity for hit in hits] == pytest.approx(cosines, abs=1e-5)


def test_many_allowed_entries_are_found_by_chroma(index: VectorIndex) -> None:
    allowed = share(0.8)
    answers = index.query("goods", "v1", WISHES, 10, allowed)
    right = sum(
        len({hit.id for hit in hits} & set(nearest(wish, allowed, 10)))
        for wish, hits in zip(WISHES, answers, strict=True)
    )
    assert right >= 0.95 * 10 * len(WISHES)
    assert all(len(hits) == 10 for hits in answers)


def test_a_filter_against_the_question_still_finds_the_nearest_allowed(index: VectorIndex) -> None:
    near = VECTORS @ WISHES[0]
    allowed = np.asarray(near < np.quantile(near, 0.75))  # everything but what was asked for
    ((*hits,),) = index.query("goods", "v1", WISHES[:1], 10, allowed)
    assert [hit.id for hit in hits] == nearest(WISHES[0], allowed, 10)


def test_ids_say_the_same_as_a_mask(index: VectorIndex) -> None:
    allowed = share(0.01)
    ids: Collection[str] = [NAMES[number] for number in np.flatnonzero(allowed)]
    by_ids = index.query("goods", "v1", WISHES, 5, [*ids, "sold long ago"])
    assert by_ids == index.query("goods", "v1", WISHES, 5, allowed)
    assert by_ids == index.query("goods", "v1", WISHES, 5, frozenset(ids))


def test_a_kept_filter_is_for_the_order_that_is_asked(tmp_path: Path) -> None:
    made = VectorIndex.in_folder(tmp_path)
    made.create("goods", "v1", 3)
    made.add("goods", "v1", ["a", "b", "c"], np.eye(3, dtype=np.float32))
    held, kept = made.open("goods", "v1"), frozenset("b")
    for order in (["a", "b", "c"], ["b", "c", "a"]):
        held.arrange(order, order)
        ((hit,),) = made.query("goods", "v1", np.eye(3, dtype=np.float32)[:1], 3, kept)
        assert hit.id == "b"


@pytest.mark.parametrize("allowed", [frozenset[str](), np.zeros(COUNT, dtype=np.bool_)])
def test_nothing_allowed_is_nothing_found(index: VectorIndex, allowed: Allowed) -> None:
    assert index.query("goods", "v1", WISHES, 5, allowed) == [[] for _ in WISHES]


def test_a_mask_for_another_catalogue_is_refused(index: VectorIndex) -> None:
    with pytest.raises(ValueError, match="6000"):
        index.query("goods", "v1", WISHES, 5, np.ones(3, dtype=np.bool_))


def test_more_than_there_is_gives_what_there_is(tmp_path: Path) -> None:
    made = VectorIndex.in_folder(tmp_path)
    made.create("goods", "v1", 3)
    made.add("goods", "v1", ["a", "b", "c"], np.eye(3, dtype=np.float32))
    made.open("goods", "v1").arrange(["a", "b"], ["a", "b"])
    ((*hits,),) = made.query("goods", "v1", np.eye(3, dtype=np.float32)[2:], 10)
    assert {hit.id for hit in hits} == {"a", "b"}  # c is not in the order


@pytest.mark.parametrize(
    ("kept", "total", "needed"),
    [
        (600, 600, 10),  # no filter
        (300, 600, 0),  # so few are looked at one by one
        (500_000, 1_000_000, 37),
        (50_000, 1_000_000, 0),  # Chroma would walk too far
    ],
)
def test_chroma_is_asked_for_what_a_filter_will_leave(kept: int, total: int, needed: int) -> None:
    assert neighbours_needed(10, kept, total) == needed


def test_chroma_follows_more_neighbours_in_a_large_index() -> None:
    assert neighbours_followed(1_000_000) > neighbours_followed(600)
