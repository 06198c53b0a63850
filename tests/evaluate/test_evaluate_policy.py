"""`python -m scripts.evaluate policy` over a few passages of our own; vectors are toys."""

import json
from pathlib import Path
from typing import Any

import pytest

from knowledge.search.toy import ToyEmbedder
from scripts.evaluate.__main__ import read_command_line
from scripts.evaluate.errors import BadFile
from scripts.evaluate.policy import measured
from scripts.evaluate.reporting import Figures

PASSAGES = [
    ("a-1", "a", "Shoes can be returned if the\nsoles are clean. Try them on indoors."),
    ("a-2", "a", "Delivery costs $4.50 for each parcel."),
    ("a-3", "a", "Gift cards never expire."),
    ("b-1", "b", "Shoes cannot be returned here at all."),
    ("b-2", "b", "Parcels arrive the next day."),
]
QUESTIONS = [
    ("q1", "a", "can shoes be returned if the soles are clean", "a-1"),
    ("q2", "a", "how much does delivery of a parcel cost", "a-2"),
    ("q3", "a", "do gift cards expire", "a-3"),
    ("q4", "b", "can shoes be returned here", "b-1"),
]


def written(folder: Path, *, gold: bool = True) -> tuple[Path, Path]:
    documents, questions = folder / "documents.jsonl", folder / "questions.jsonl"
    lines = [{"pid": pid, "site": site, "text": text} for pid, site, text in PASSAGES]
    documents.write_text("\n".join(map(json.dumps, lines)), encoding="utf-8")
    asked = [
        {"qid": qid, "site": site, "question": question} | ({"pid": pid} if gold else {})
        for qid, site, question, pid in QUESTIONS
    ]
    questions.write_text("\n".join(map(json.dumps, asked)), encoding="utf-8")
    return documents, questions


def run(folder: Path, *words: str, gold: bool = True) -> tuple[Figures, list[dict[str, Any]]]:
    documents, questions = written(folder, gold=gold)
    out = folder / "out.jsonl"
    files = ["--documents", str(documents), "--questions", str(questions), "--out", str(out)]
    figures = measured(read_command_line(["policy", *files, *words]), ToyEmbedder())
    return figures, [json.loads(line) for line in out.read_text("utf-8").splitlines()]


def test_passages_are_ranked_within_their_site_and_quoted_word_for_word(tmp_path: Path) -> None:
    figures, told = run(tmp_path)
    assert figures["recall_at_1"] == figures["recall_at_3"] == figures["mrr"] == 1.0
    assert figures["quoted"] == 1.0
    assert figures["abstained"] is None
    assert [line["qid"] for line in told] == ["q1", "q2", "q3", "q4"]
    texts = {pid: (site, text) for pid, site, text in PASSAGES}
    for line, (_, site, _, gold) in zip(told, QUESTIONS, strict=True):
        assert line["passages"][0] == gold
        assert {texts[pid][0] for pid in line["passages"]} == {site}
        assert (line["answer"] is None) is (line["quote"] is None)
        if line["quote"] is not None:
            assert any(line["quote"] in texts[pid][1] for pid in line["passages"][:3])
    assert told[0]["quote"] == "Shoes can be returned if the\nsoles are clean."
    assert "«Shoes can be returned if the soles are clean.»" in told[0]["answer"]


def test_without_their_passages_questions_are_not_answered(tmp_path: Path) -> None:
    figures, told = run(tmp_path, "--without-gold", "1")
    assert figures["documents"] == 1
    assert figures["recall_at_1"] is None
    assert figures["abstained"] == 1.0
    assert [line["answer"] for line in told] == [None] * 4
    assert figures["trade_off"]


def test_seed_chooses_what_is_taken_out(tmp_path: Path) -> None:
    left = {
        seed: [
            line["passages"] for line in run(tmp_path, "--without-gold", ".5", "--seed", seed)[1]
        ]
        for seed in ("1", "2", "3")
    }
    assert len({json.dumps(each) for each in left.values()}) > 1
    again = run(tmp_path, "--without-gold", ".5", "--seed", "2")[1]
    assert [line["passages"] for line in again] == left["2"]


def test_without_gold_column_predictions_are_the_same_and_only_speed_is_told(
    tmp_path: Path,
) -> None:
    with_gold = run(tmp_path)[1]
    figures, told = run(tmp_path, gold=False)
    assert told == with_gold
    assert set(figures) == {"task", "questions", "documents", "p50_ms", "p99_ms"}


def test_whole_documents_are_named_by_their_files(tmp_path: Path) -> None:
    documents, questions = tmp_path / "d.jsonl", tmp_path / "q.jsonl"
    text = "## 1. Area\n\nWe bring parcels to town.\n\n## 2. Cost\n\nIt costs $4.50.\n"
    documents.write_text(json.dumps({"doc": "shop/Delivery.md", "text": text}), encoding="utf-8")
    questions.write_text(json.dumps({"qid": 1, "question": "delivery?"}), encoding="utf-8")
    out = tmp_path / "out.jsonl"
    files = ["--documents", str(documents), "--questions", str(questions), "--out", str(out)]
    measured(read_command_line(["policy", *files]), ToyEmbedder())
    told = json.loads(out.read_text("utf-8"))
    assert told["passages"] == ["shop/Delivery.md"]
    assert told["quote"] is None or "Delivery, §" in told["answer"]


@pytest.mark.parametrize(
    ("files", "problem"),
    [
        (('{"text": "x"}', '{"qid": 1, "question": "x"}'), "needs a field pid or doc"),
        (('{"pid": "a"}', '{"qid": 1, "question": "x"}'), "field text must be a text"),
        (('{"pid": "a", "text": "x"}', '{"question": "x"}'), "field qid must be"),
        (('{"pid": "a", "text": "x"}\n{"pid": "a", "text": "y"}', '{"qid": 1, "question": "x"}'), "stands there twice"),
        (('{"pid": "a", "text": "x"}', '{"qid": 1, "question": "x"}\n{"qid": 1, "question": "y"}'), "stands there twice"),
    ],
)  # fmt: skip
def test_line_that_cannot_be_used_is_named(
    tmp_path: Path,
    files: tuple[str, str],
    problem: str,
) -> None:
    paths = [tmp_path / "d.jsonl", tmp_path / "q.jsonl"]
    for path, content in zip(paths, files, strict=True):
        path.write_text(content, encoding="utf-8")
    words = ["policy", "--documents", str(paths[0]), "--questions", str(paths[1])]
    with pytest.raises(BadFile, match=problem):
        measured(read_command_line(words), ToyEmbedder())
