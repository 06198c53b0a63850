"""`python -m scripts.evaluate replies`: what it asks, tells and refuses; no model."""

import argparse
import json
from pathlib import Path
from typing import Any

import pytest

from knowledge.llm.base import Prompt, Terms
from knowledge.llm.errors import CallFailed
from knowledge.llm.scripted import ScriptedModel
from knowledge.search.toy import ToyEmbedder
from scripts.evaluate.errors import BadFile
from scripts.evaluate.replies import add_options
from scripts.evaluate.replies.asking import Speaker
from scripts.evaluate.replies.cases import read_cases
from scripts.evaluate.replies.errors import ModelNotThere
from scripts.evaluate.replies.measuring import Engines, measured
from scripts.evaluate.reporting import Figures

CASES = Path(__file__).parents[2] / "scripts" / "evaluate" / "replies" / "data" / "cases.jsonl"
LINES: list[dict[str, Any]] = [
    {"id": "a", "message": "so thirsty", "need": "thirst", "facts": {"kind": "offer", "store": "Café No. 9", "distance_m": 43, "item": "Cold Brew 12 oz", "price_cents": 350, "currency": "USD", "coupon_code": "WARM15", "discount_percent": 15, "expires_on": "2026-12-24"}},
    {"id": 2, "message": "any deals?", "facts": {"kind": "coupons", "coupons": [{"coupon_code": "TEN10", "discount_percent": 10}]}},
    {"id": "c", "message": "", "facts": {"kind": "nudge", "store": "Green Grocer", "distance_m": 60, "item": "Bean Wrap", "price_cents": 620, "currency": "EUR", "reason": None}},
]  # fmt: skip


def written(folder: Path, lines: list[dict[str, Any]]) -> Path:
    path = folder / "cases.jsonl"
    path.write_text("\n".join(map(json.dumps, lines)), encoding="utf-8")
    return path


def run(
    folder: Path, speaker: Speaker, lines: list[dict[str, Any]]
) -> tuple[Figures, list[dict[str, Any]]]:
    parser = argparse.ArgumentParser()
    add_options(parser)
    out = folder / "out.jsonl"
    words = ["--data", str(written(folder, lines)), "--out", str(out), "--openings", "2"]
    told = measured(parser.parse_args(words), Engines(ToyEmbedder(), None, speaker))
    return told, [json.loads(line) for line in out.read_text("utf-8").splitlines()]


def test_templates_alone_are_asked_and_scored(tmp_path: Path) -> None:
    told, lines = run(tmp_path, Speaker(), LINES)
    assert [line["id"] for line in lines] == ["a", 2, "c"]
    assert all(line["source"] == "template" and line["ms"] >= 0 for line in lines)
    assert told["unsupported"] == told["missing"] == told["unsaid"] == 0
    assert told["model_share"] == 0
    assert told["openings_fit"] is None


def test_model_is_asked_again_after_a_draft_that_will_not_do(tmp_path: Path) -> None:
    seen: list[str] = []

    def write(prompt: Prompt, terms: Terms) -> str:
        seen.append(prompt.dynamic)
        fine = "Nice. " + " ".join(f"{{{name}}}" for name in terms.names) + "."
        if "thirsty" not in prompt.dynamic:
            return fine
        return "It is free." if len(seen) == 1 else fine

    told, lines = run(tmp_path, Speaker(lambda: ScriptedModel(write=write)), LINES)
    assert [line["source"] for line in lines] == ["model"] * 3
    assert told["model_share"] == 1.0
    assert told["model_share_at_first"] == round(2 / 3, 4)
    assert told["unsupported"] == 0
    assert not any("Café" in prompt for prompt in seen)


def test_model_that_cannot_be_loaded_is_told(tmp_path: Path) -> None:
    def load() -> ScriptedModel:
        raise CallFailed("No file there.")

    with pytest.raises(ModelNotThere, match="--model none"):
        run(tmp_path, Speaker(load), LINES)


@pytest.mark.parametrize(
    ("facts", "problem"),
    [
        (None, "field facts must be an object"),
        ({"kind": "poem"}, "kind must be one of"),
        ({"kind": "offer", "colour": "red"}, "called colour"),
        ({"kind": "offer", "store": ""}, "store must be a text"),
        ({"kind": "offer", "price_cents": "3"}, "price_cents must be a number"),
        ({"kind": "offer", "discount_percent": 150}, "at most 100"),
        ({"kind": "closed", "opens_at": "soon"}, "opens_at must be like"),
        ({"kind": "order_status", "status": "lost"}, "status must be like one of placed"),
        ({"kind": "options", "options": {}}, "options must be a list"),
        ({"kind": "options", "options": [{"price_cents": -1}]}, "from 0 on"),
    ],
)
def test_line_that_cannot_be_used_is_named(tmp_path: Path, facts: object, problem: str) -> None:
    path = written(tmp_path, [{"id": 1, "message": "x", "facts": facts}])
    with pytest.raises(BadFile, match=f"line 1: .*{problem}"):
        read_cases(path)


def test_own_cases_are_of_every_kind_and_of_many_needs() -> None:
    cases = read_cases(CASES)
    needs = [case.need for case in cases if case.need is not None]
    assert len(cases) == 500
    assert len(set(needs)) >= 60
    assert all(needs.count(need) >= 4 for need in set(needs))
    assert len({case.facts.kind for case in cases}) == 10
    messages = [case.message for case in cases if case.message]
    assert len(set(messages)) == len(messages)
