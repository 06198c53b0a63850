"""The benchmark of the fences: all are asked the same, must agree, and stores stand equally dense at every size."""

import gzip
import random
from pathlib import Path

import pytest

from knowledge.geography.store_index import StoreIndex
from scripts.bench import bench_fence
from scripts.bench.bench_fence import Disagreement, figures, measured
from scripts.bench.fence_town import COPIES, Place, drawn, read_places, replicated, stores_at
from scripts.evaluate.errors import BadFile

NOBODY = "postgresql://nobody@127.0.0.1:1/none"


@pytest.fixture(autouse=True)
def few_rounds(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in {"_ROUNDS": 4, "_TURN": 2, "_WARM_UP": 2, "_SHOPPERS": 20}.items():
        monkeypatch.setattr(bench_fence, name, value)


async def test_without_a_server_the_rest_is_measured_and_one_line_says_so(
    capsys: pytest.CaptureFixture[str],
) -> None:
    told = figures({200: await measured(drawn(200, seed=1), NOBODY)})
    assert told["over_postgis"] is None
    assert (told["over_linear"] or 0) > 0
    assert (told["inside_200"] or 0) > 0
    (line,) = capsys.readouterr().err.splitlines()
    assert "PostgreSQL" in line


async def test_nothing_is_told_where_stores_are_overlooked(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(StoreIndex, "around_each", lambda *_: [])
    with pytest.raises(Disagreement):
        await measured(drawn(200, seed=1), NOBODY)


def test_smallest_ratio_of_all_sizes_is_told() -> None:
    def rounds(ours_s: float, theirs_s: float) -> bench_fence.Taken:
        seconds = {"evaluations": ours_s, "processor": ours_s, "postgis": theirs_s}
        return bench_fence.Taken({who: [each] * 3 for who, each in seconds.items()}, [1.0])

    told = figures({1_000: rounds(0.5, 8), 1_000_000: rounds(1, 12)})
    assert (told["over_postgis"], told["million_over_thousand"]) == (12, 2)


def density(places: list[Place]) -> float:
    """Give how many stores a store has within reach, itself among them."""
    found = StoreIndex(stores_at(places)).around_each(*map(list, zip(*places, strict=True)))
    return len(found) / len(places)


def test_copies_stand_as_dense_as_what_they_copy() -> None:
    dice = random.Random(3)  # noqa: S311 - no secret
    known = [(40 + dice.uniform(0, 0.05), -75 + dice.uniform(0, 0.05)) for _ in range(300)]
    copies = replicated(known, COPIES * len(known), seed=1)
    assert len({*copies}) == COPIES * len(known)
    assert density(copies) == pytest.approx(density(known), rel=1e-6)


@pytest.mark.parametrize("count", [100, 5_000])
def test_drawn_towns_are_always_the_same_and_of_the_number_asked_for(count: int) -> None:
    places = drawn(count, seed=5)
    assert places == drawn(count, seed=5)
    assert len(places) == count


def test_places_are_read_gzipped_or_not(tmp_path: Path) -> None:
    text = "name,lat,lon\na,52.5,13.4\nb,,\nc,-33.9,151.2\n"
    plain, packed = tmp_path / "stores.csv", tmp_path / "stores.csv.gz"
    plain.write_text(text)
    packed.write_bytes(gzip.compress(text.encode()))
    assert read_places(plain) == read_places(packed) == [(52.5, 13.4), (-33.9, 151.2)]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("latitude,longitude\n52.5,13.4\n", "line 1: the first line must name the columns"),
        ("lat,lon\n52.5,13.4\nnorth,13.4\n", "line 3: lat and lon must be degrees"),
        (None, "No such file"),
    ],
)
def test_stores_that_cannot_be_read_are_told_in_a_sentence(
    tmp_path: Path, text: str | None, told: str
) -> None:
    file = tmp_path / "stores.csv"
    if text is not None:
        file.write_text(text)
    with pytest.raises(BadFile, match=told):
        read_places(file)
