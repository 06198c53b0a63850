"""How often the right one of a few things is chosen for a wish, and how long that takes.

Input: {"id", "query" or "intention", "options": {key: text}} and, where the right answers are known, "answer": key
and perhaps "query_type": {name: 0 or 1}.
Prediction: {"id", "answer": key}. Nothing else of a line is looked at; options are taken in the order of their
texts, so that the order in the file tells nothing.

Figures:
  accuracy         share of wishes with the right answer, for each query_type too
  p50_ms, p95_ms   time for one wish with its options
"""

import argparse
import json
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TextIO

import numpy as np

from knowledge.aspects.choosing import Chooser
from knowledge.aspects.reading import Reader
from knowledge.search.embedder import SentenceEmbedder
from scripts.evaluate.reading import Id, Row, predictions, read_rows
from scripts.evaluate.reporting import Figures, percentile, print_table, rounded, watched

MODEL = Path(__file__).parents[2] / "models" / "all-MiniLM-L6-v2"
WISHES = ("query", "intention")
ALL = "accuracy"
Choice = Callable[[str, Sequence[str]], int]


@dataclass(frozen=True, slots=True)
class Case:
    """One wish with its options by key; `answer` None = nobody knows. `types` are those that apply."""

    id: Id
    wish: str
    options: Mapping[str, str]
    answer: str | None
    types: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Contender:
    """Somebody who chooses: `choose` gives the place of the best text."""

    name: str
    choose: Choice
    taken_s: list[float] = field(default_factory=list)
    right: dict[str, list[bool]] = field(default_factory=dict)

    def answer(self, case: Case) -> str:
        """Choose a key, timed and counted."""
        keys = sorted(case.options, key=lambda key: (case.options[key], key))
        begun_s = time.perf_counter()
        place = self.choose(case.wish, [case.options[key] for key in keys])
        self.taken_s.append(time.perf_counter() - begun_s)
        if case.answer is not None:
            for name in (ALL, *case.types):
                self.right.setdefault(name, []).append(keys[place] == case.answer)
        return keys[place]


def add_options(parser: argparse.ArgumentParser) -> None:
    """Declare what the command line takes."""
    parser.add_argument("--data", type=Path, required=True, metavar="FILE", help=".jsonl[.gz]")
    parser.add_argument("--out", type=Path, metavar="FILE", help="gets the predictions")


def measure(options: argparse.Namespace) -> Figures:
    """Choose for every wish, ours and MiniLM alone; write our predictions, print the table.

    Raises:
        EvaluateError: the data is bad or the predictions cannot be written.
        ModelFolderMissingError: the embedding model is missing.
    """
    cases = read_cases(options.data)
    contenders = shipped()
    with predictions(options.out, data=options.data) as out:
        run(cases, contenders, out)
    print_table(*table(contenders))
    own, peer = map(figures, contenders)
    return {"task": "needs", "cases": len(cases), **own, contenders[1].name: peer}


def shipped() -> list[Contender]:
    """Give the product's choice and, as its peer, the cosine alone.

    Raises:
        ModelFolderMissingError: the embedding model is missing.
    """
    embedder = SentenceEmbedder(MODEL)
    chooser = Chooser(embedder, Reader.shipped())

    def by_cosine(wish: str, texts: Sequence[str]) -> int:
        vectors = embedder.encode([wish, *texts])
        return int(np.argmax(vectors[1:] @ vectors[0]))

    return [
        Contender("concierge", lambda wish, texts: int(np.argmax(chooser.scores(wish, texts)))),
        Contender("minilm", by_cosine),
    ]


def read_cases(path: Path) -> list[Case]:
    """Read the wishes.

    Raises:
        BadFile: the file, a line or a field cannot be used.
    """
    return [_case(row) for row in read_rows(path)]


def run(cases: Sequence[Case], contenders: Sequence[Contender], out: TextIO | None) -> None:
    """Let all choose for each wish; the first one's answers are the predictions."""
    for case in watched(cases, "needs"):
        ours, *_ = [contender.answer(case) for contender in contenders]
        if out is not None:
            out.write(json.dumps({"id": case.id, "answer": ours}, ensure_ascii=False) + "\n")


def figures(contender: Contender) -> Figures:
    """Give a contender's figures; without answers, speed alone."""
    right = contender.right
    quality: Figures = {}
    if right:
        quality[ALL] = rounded(_share(right[ALL]))
        quality["by_type"] = {k: rounded(_share(v)) for k, v in sorted(right.items()) if k != ALL}
    return quality | {
        "p50_ms": rounded(1e3 * percentile(contender.taken_s, 0.5)),
        "p95_ms": rounded(1e3 * percentile(contender.taken_s, 0.95)),
    }


def table(contenders: Sequence[Contender]) -> tuple[list[str], list[list[object]]]:
    """Give head and rows: one line a figure, one column a contender."""
    first = contenders[0].right
    names = [ALL, *sorted(set(first) - {ALL})] if first else []
    rows: list[list[object]] = [
        [f"{name} ({len(first[name]):,})", *(_share(each.right[name]) for each in contenders)]
        for name in names
    ]
    rows += [
        [name, *(figures(each)[name] for each in contenders)] for name in ("p50_ms", "p95_ms")
    ]
    return ["", *(each.name for each in contenders)], rows


def _case(row: Row) -> Case:
    column = next((name for name in WISHES if name in row.columns), WISHES[0])
    options, types = row.columns.get("options"), row.columns.get("query_type") or {}
    if not isinstance(options, dict) or not options:
        raise row.bad('field options must be {"key": "text", …}')
    if not all(isinstance(text, str) for text in options.values()):
        raise row.bad("each of options must be a text in quotes")
    if not isinstance(types, dict):
        raise row.bad('field query_type must be {"name": 0 or 1, …}')
    answer = row.columns.get("answer")
    if answer is not None and answer not in options:
        raise row.bad(f"answer {answer!r} is none of the options")
    applying = tuple(name for name, applies in types.items() if applies)
    return Case(row.id(), row.text(column), options, answer, applying)


def _share(right: Sequence[bool]) -> float:
    return sum(right) / len(right)
