"""`needs` from a file of wishes to predictions and figures; who chooses is a stand-in."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from scripts.evaluate import needs
from scripts.evaluate.__main__ import main
from scripts.evaluate.errors import BadFile

ROWS: list[dict[str, Any]] = [
    {"id": 1, "query": "warm", "query_type": {"Negated": 0, "Plain": 1}, "options": {"x": "hot soup", "y": "ice"}, "answer": "x"},
    {"id": "b", "intention": "cool", "options": {"p": "a stove", "q": "a fan"}, "answer": "q"},
]  # fmt: skip


def data(folder: Path, rows: Sequence[dict[str, Any]]) -> Path:
    path = folder / "data.jsonl"
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return path


def contenders() -> list[needs.Contender]:
    first = needs.Contender("ours", lambda _, texts: 0)
    return [first, needs.Contender("peer", lambda _, texts: len(texts) - 1)]


def test_predictions_are_written_and_answers_counted(tmp_path: Path) -> None:
    cases, chosen = needs.read_cases(data(tmp_path, ROWS)), contenders()
    with (tmp_path / "out.jsonl").open("w") as out:
        needs.run(cases, chosen, out)
    lines = [json.loads(line) for line in (tmp_path / "out.jsonl").read_text().splitlines()]
    # The first of the texts in their order: "hot soup", "a fan".
    assert lines == [{"id": 1, "answer": "x"}, {"id": "b", "answer": "q"}]
    assert needs.figures(chosen[0])["accuracy"] == 1.0
    assert needs.figures(chosen[0])["by_type"] == {"Plain": 1.0}
    assert needs.figures(chosen[1])["accuracy"] == 0.0
    _, rows = needs.table(chosen)
    assert rows[0] == ["accuracy (2)", 1.0, 0.0]


def test_without_answers_only_speed_is_told(tmp_path: Path) -> None:
    blind = [{k: v for k, v in row.items() if k != "answer"} for row in ROWS]
    chosen = contenders()
    needs.run(needs.read_cases(data(tmp_path, blind)), chosen, None)
    assert set(needs.figures(chosen[0])) == {"p50_ms", "p95_ms"}
    assert [row[0] for row in needs.table(chosen)[1]] == ["p50_ms", "p95_ms"]


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        ({"options": []}, "options"),
        ({"options": {"x": 3}}, "options"),
        ({"answer": "z"}, "none of the options"),
        ({"query": None}, "query"),
        ({"query_type": [1]}, "query_type"),
    ],
)
def test_bad_line_is_named(tmp_path: Path, change: dict[str, Any], problem: str) -> None:
    with pytest.raises(BadFile, match=f"line 1.*{problem}"):
        needs.read_cases(data(tmp_path, [ROWS[0] | change]))


@pytest.mark.slow
def test_shipped_choice_beats_the_cosine_on_denied_things(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    options = {"x": "Stew with lamb and barley", "y": "Stew with beans and barley"}
    row = {"id": 1, "query": "a stew but no lamb", "options": options, "answer": "y"}
    assert main(["needs", "--data", str(data(tmp_path, [row]))]) == 0
    figures = json.loads(capsys.readouterr().out.splitlines()[-1])
    assert figures["accuracy"] == 1.0
    assert figures["minilm"]["accuracy"] == 0.0
