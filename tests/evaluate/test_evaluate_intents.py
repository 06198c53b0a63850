"""Scoring intents: cases read, readers compared, predictions written. The reader here is a toy."""

import io
import json
from pathlib import Path

import pytest

from knowledge.search.toy import ToyEmbedder
from knowledge.understanding import Examples, Understanding
from scripts.evaluate.errors import BadFile
from scripts.evaluate.intents import Case, Tally, read_cases, read_mapping, run, table

TOY = ToyEmbedder()
EXAMPLES = Examples.shipped()
READER = Understanding(EXAMPLES, TOY.encode(EXAMPLES.texts))


def written(folder: Path, name: str, text: str) -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def data(folder: Path, *rows: dict[str, object]) -> Path:
    return written(folder, "data.jsonl", "\n".join(map(json.dumps, rows)))


def test_predictions_and_figures_of_a_reader() -> None:
    cases = [
        Case("a", "where is my order", "order_status"),
        Case("b", "what's the capital of Peru", "out_of_scope"),
        Case("c", "I want to kill myself", "out_of_scope"),
        Case("d", "play some music", "order_status"),
        Case("e", "hello", None),
    ]
    out = io.StringIO()
    (tally,), speed = run(cases, TOY, {"toy": READER}, out)
    told = {row["id"]: row["intent"] for row in map(json.loads, out.getvalue().splitlines())}
    assert told == {
        "a": "order_status",
        "b": "out_of_scope",
        "c": "out_of_scope",
        "d": "out_of_scope",
        "e": "smalltalk",
    }
    figures = tally.figures()
    assert (figures["accuracy"], figures["out_of_scope_recall"]) == (0.75, 1.0)
    assert figures["false_alarms"] == 0.5
    assert figures["macro_f1"] == pytest.approx((2 / 3 + 4 / 5) / 2, abs=1e-4)
    assert set(speed) == {"p50_ms", "p99_ms", "reading_p50_ms"}
    head, rows = table([tally], speed)
    assert head == ["", "toy"]
    assert ["recall order_status (2)", 0.5] in rows


def test_labels_are_mapped_and_some_are_not_scored(tmp_path: Path) -> None:
    mapping = read_mapping(
        written(tmp_path, "m.tsv", "label\tintent\nbuy\torder_place\nx\tnot scored\n")
    )
    rows = [{"id": 1, "text": "a", "intent": "buy"}, {"id": 2, "text": "b", "intent": "x"}]
    cases = read_cases(data(tmp_path, *rows, {"id": 3, "text": "c"}), mapping)
    assert [case.gold for case in cases] == ["order_place", None, None]


@pytest.mark.parametrize(
    ("row", "problem"),
    [
        ({"id": 1, "text": "a", "intent": "dance"}, "none of ours"),
        ({"id": 1}, "field text"),
        ({"text": "a"}, "field id"),
    ],
)
def test_bad_row_is_named(tmp_path: Path, row: dict[str, object], problem: str) -> None:
    with pytest.raises(BadFile, match=problem):
        read_cases(data(tmp_path, row), None)


def test_bad_mapping_is_named(tmp_path: Path) -> None:
    with pytest.raises(BadFile, match="line 2"):
        read_mapping(written(tmp_path, "m.tsv", "label\tintent\nbuy\tdance\n"))
    with pytest.raises(BadFile, match="cannot be read"):
        read_mapping(tmp_path / "missing.tsv")


def test_nothing_there_gives_no_figure() -> None:
    assert set(Tally("none").figures().values()) == {None}
