"""`python -m scripts.evaluate pii` from the command line to its last line."""

import json
from pathlib import Path
from typing import Any

import pytest

from knowledge.privacy.spans import Kind
from scripts.evaluate.__main__ import main

TEXTS = [
    ("a", "My name is Ana Lopez, call +1 415 555 0132", [("Ana Lopez", "PERSON"), ("+1 415 555 0132", "PHONE_NUMBER")]),
    ("b", "card 4111 1111 1111 1111 please", [("4111 1111 1111 1111", "CREDIT_CARD")]),
    ("c", "is Oslo far from here?", [("Oslo", "GPE")]),
    ("d", "so says zzyzx", [("zzyzx", "PERSON")]),
]  # fmt: skip


def data(folder: Path, *, with_gold: bool = True) -> Path:
    path = folder / "data.jsonl"
    with path.open("w", encoding="utf-8") as file:
        for number, text, marked in TEXTS:
            spans = [
                {"start": text.index(part), "end": text.index(part) + len(part), "label": label}
                for part, label in marked
            ]
            row: dict[str, Any] = {"id": number, "text": text, "src": "ours"}
            file.write(json.dumps(row | ({"spans": spans} if with_gold else {})) + "\n")
    return path


def last_line(printed: str) -> dict[str, Any]:
    figures: dict[str, Any] = json.loads(printed.splitlines()[-1])
    return figures


def test_figures_and_predictions_of_texts_with_gold(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "out.jsonl"
    assert main(["pii", "--rules-alone", "--data", str(data(tmp_path)), "--out", str(out)]) == 0
    figures = last_line(capsys.readouterr().out)
    # 8 letters of Ana's name, 11 digits, 16 digits, and the 5 letters of a name that nothing gives away.
    assert figures["leak"] == round(5 / 40, 4)
    assert figures["overmask"] == 0.0
    assert figures["recall"] == {"CARD": 1.0, "NAME": 0.5, "PHONE": 1.0}
    assert 0 < figures["p50_ms"] <= figures["p99_ms"]
    lines = [json.loads(line) for line in out.read_text("utf-8").splitlines()]
    assert [line["id"] for line in lines] == ["a", "b", "c", "d"]
    assert lines[0]["spans"] == [
        {"start": 11, "end": 20, "type": "NAME"},
        {"start": 27, "end": 42, "type": "PHONE"},
    ]
    assert {span["type"] for line in lines for span in line["spans"]} <= set(Kind)


def test_without_gold_predictions_are_the_same_and_only_speed_is_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with_gold, without = tmp_path / "with.jsonl", tmp_path / "without.jsonl"
    main(["pii", "--rules-alone", "--data", str(data(tmp_path)), "--out", str(with_gold)])
    main(
        [
            "pii",
            "--rules-alone",
            "--data",
            str(data(tmp_path, with_gold=False)),
            "--out",
            str(without),
        ]
    )
    assert without.read_bytes() == with_gold.read_bytes()
    figures = last_line(capsys.readouterr().out)
    assert figures.keys() == {"task", "mode", "cases", "p50_ms", "p99_ms"}


def test_names_alone_are_scored_in_chatty_text(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    main(["pii", "--rules-alone", "--mode", "names", "--data", str(data(tmp_path))])
    figures = last_line(capsys.readouterr().out)
    assert figures["leak"] == round(5 / 13, 4)
    assert figures["recall"] == {"NAME": 0.5}


def test_bad_data_ends_with_one_sentence(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["pii", "--rules-alone", "--data", str(tmp_path / "none.jsonl")]) == 2
    printed = capsys.readouterr()
    assert printed.out == ""
    assert len(printed.err.splitlines()) == 1


def test_presidio_is_measured_beside_it(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    pytest.importorskip("presidio_analyzer", reason="the group bench is not installed")
    main(["pii", "--rules-alone", "--data", str(data(tmp_path)), "--with-presidio"])
    figures = last_line(capsys.readouterr().out)
    assert figures["presidio"]["recall"]["CARD"] == 1.0
    assert figures["presidio_all"]["leak"] <= figures["presidio"]["leak"]


def test_missing_presidio_is_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("scripts.evaluate.maskers.find_spec", lambda _package: None)
    assert main(["pii", "--rules-alone", "--data", str(data(tmp_path)), "--with-presidio"]) == 2
    assert capsys.readouterr().err.startswith("presidio_analyzer is not installed")


@pytest.mark.slow
def test_tagger_is_used_unless_rules_alone_are_asked_for(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "data.jsonl"
    text = "could you ask Robert whether it came"
    spans = [{"start": 14, "end": 20, "label": "PERSON"}]
    path.write_text(json.dumps({"id": 1, "text": text, "spans": spans}), encoding="utf-8")
    for more, leak in ([], 0.0), (["--rules-alone"], 1.0):
        assert main(["pii", "--data", str(path), *more]) == 0
        assert last_line(capsys.readouterr().out)["leak"] == leak


def test_missing_model_is_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("scripts.evaluate.maskers.MODEL", tmp_path)
    assert main(["pii", "--data", str(data(tmp_path))]) == 2
    assert "scripts/install" in capsys.readouterr().err
