"""`basket` from a purchase log to predictions and figures, on households that we made up."""

import json
from pathlib import Path

import numpy as np
import pyarrow as pa
import pytest
from pyarrow import parquet

from scripts.evaluate.__main__ import main
from scripts.evaluate.basket.history import history_of
from scripts.evaluate.basket.learning import learn
from scripts.evaluate.columns import Kind, read_columns
from scripts.evaluate.errors import BadFile

DAY_NS = 86_400 * 10**9
Line = tuple[int, int, int, float]


def log(path: Path, lines: list[Line]) -> Path:
    households, baskets, products, days = zip(*lines, strict=True)
    times = pa.array([int(day * DAY_NS) for day in days], pa.timestamp("ns"))
    columns = [households, baskets, products, times]
    parquet.write_table(pa.table(columns, names=list(COLUMNS)), path)
    return path


COLUMNS = ("household_id", "basket_id", "product_id", "transaction_timestamp")


def households(count: int = 40, days: int = 70) -> list[Line]:
    """Each buys bread of its own twice a week, and once, long ago, a dozen things that everybody bought then."""
    lines: list[Line] = []
    for household in range(count):
        lines += [(household, 1_000, -each, 0.0) for each in range(1, 13)]
        lines += [
            (household, day, 100 + household, float(day + household % 7))
            for day in range(1, days, 4)
        ]
    return lines


def arrays(lines: list[Line]) -> list[np.ndarray]:
    return [np.array(column) for column in zip(*lines, strict=True)]


def test_habits_come_first_and_everything_is_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    history = log(tmp_path / "h.parquet", households())
    future = log(tmp_path / "f.parquet", [(each, 1, 100 + each, 90.0) for each in range(40)])
    out = tmp_path / "out.jsonl"
    words = ["basket", "--history", str(history), "--future", str(future), "--out", str(out)]
    assert main(words) == 0
    told = [json.loads(line) for line in out.read_text().splitlines()]
    assert [each["household_id"] for each in told] == list(range(40))
    assert all(each["items"][0] == 100 + each["household_id"] for each in told)
    assert {len(set(each["items"])) for each in told} == {10}
    figures = json.loads(capsys.readouterr().out.splitlines()[-1])
    assert (figures["recall_10"], figures["repeat_recall_10"]) == (1.0, 1.0)
    assert "explore_recall_10" not in figures  # nobody bought anything new


def test_without_answers_only_speed_is_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    history = log(tmp_path / "h.parquet", [(1, 1, 5, 3.0), (2, 1, 6, 4.0)])
    assert main(["basket", "--history", str(history), "--out", str(tmp_path / "o")]) == 0
    figures = json.loads(capsys.readouterr().out.splitlines()[-1])
    assert "us_per_shopper" in figures
    assert not any("recall" in name for name in figures)
    assert [json.loads(line) for line in (tmp_path / "o").read_text().splitlines()] == [
        {"household_id": 1, "items": [5, 6]},
        {"household_id": 2, "items": [6, 5]},
    ]


def test_trips_stand_in_order_without_repeats() -> None:
    lines = [(2, 7, 30, 5.0), (1, 9, 10, 8.0), (1, 3, 20, 9.0), (1, 9, 10, 8.1), (1, 9, 15, 8.0)]
    history = history_of(*arrays(lines))
    first, second = history
    assert first.days.tolist() == [8.0, 9.0]
    assert [history.product_ids[each].tolist() for each in first.products] == [[10, 15], [20]]
    assert [history.product_ids[each].tolist() for each in second.products] == [[30]]


def test_what_was_known_on_a_day_and_what_came_next() -> None:
    history = history_of(*arrays([(1, 1, 5, 1.0), (1, 2, 6, 2.0), (2, 1, 7, 3.0)]))
    past = history.before(2.0)
    assert [len(trips.days) for trips in past] == [1, 0]
    following = history.next_after(2.0)
    assert [
        None if each is None else history.product_ids[each].tolist() for each in following
    ] == [
        [6],
        [7],
    ]


def test_few_baskets_teach_nothing() -> None:
    weights = learn(history_of(*arrays(households(count=2))))
    assert np.count_nonzero(weights.values) == 1


@pytest.mark.parametrize(
    ("column", "values", "problem"),
    [
        ("product_id", ["soap"], "product_id must hold a whole number"),
        ("product_id", pa.array([None], pa.int64()), "product_id must hold a whole number"),
        ("other", [1], "no column"),
    ],
)
def test_bad_column_is_named(
    tmp_path: Path, column: str, values: list[object], problem: str
) -> None:
    path = tmp_path / "bad.parquet"
    parquet.write_table(pa.table({column: values}), path)
    with pytest.raises(BadFile, match=problem):
        read_columns(path, {"product_id": Kind.NUMBER})


def test_csv_is_read_like_parquet(tmp_path: Path) -> None:
    path = tmp_path / "log.csv"
    path.write_text("id,at,more\n3,1970-01-02,x\n4,1970-01-03,y\n")
    columns = read_columns(path, {"id": Kind.NUMBER, "at": Kind.TIME})
    assert (columns["id"].tolist(), columns["at"].tolist()) == ([3, 4], [1.0, 2.0])


def test_files_that_are_no_table_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "log.parquet"
    with pytest.raises(BadFile, match="cannot be read"):
        read_columns(path, {"id": Kind.NUMBER})
    path.write_text("no table")
    with pytest.raises(BadFile, match="neither Parquet nor CSV"):
        read_columns(path, {"id": Kind.NUMBER})
