"""How often the program knows what a message is about, and how long that takes.

Input: {"id", "text"} and, where the right answers are known, "intent": an intent of the product, or with
`--mapping` any label. The mapping is a table with tabs, its first line a head: label, then the intent of the
product or "not scored". Prediction: {"id", "intent"}, one of knowledge.understanding.Intent; what calls for care
(despair, illness, law, grief) is told as out_of_scope, which it is for a shop.

Figures:
  accuracy             share of the scored messages whose intent is found
  macro_f1             F1 of each intent that comes, averaged
  out_of_scope_recall  share of what is out of scope that is called so
  false_alarms         share of what is in scope that is called out of scope
  p50_ms, p99_ms       time for one message, its embedding included
  reading_p50_ms       the part of that beyond the embedding

The peer is the nearest of the program's example phrasings, by the same vectors.
"""

import argparse
import json
import time
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TextIO

from knowledge.search.base import Embedder
from knowledge.search.embedder import SentenceEmbedder
from knowledge.understanding import Examples, Intent, LearnedIntents, Understanding, texts_of
from scripts.evaluate.errors import BadFile
from scripts.evaluate.reading import Id, predictions, read_rows
from scripts.evaluate.reporting import Figures, percentile, print_table, rounded, watched

MODEL = Path(__file__).parents[2] / "models" / "all-MiniLM-L6-v2"
NOT_SCORED = "not scored"
_COLUMNS = 2


@dataclass(frozen=True, slots=True)
class Case:
    """One message; gold is None where nobody says what it is about, or it is not scored."""

    id: Id
    text: str
    gold: str | None


@dataclass(slots=True)
class Tally:
    """Counts one reader's answers by (gold, told)."""

    name: str
    pairs: Counter[tuple[str, str]] = field(default_factory=Counter)

    def figures(self) -> Figures:
        """Give the figures; those that nothing was there for are None."""
        gold, told = Counter[str](), Counter[str]()
        for (right, answer), count in self.pairs.items():
            gold[right] += count
            told[answer] += count
        hits = Counter({g: n for (g, answer), n in self.pairs.items() if g == answer})
        f1 = [2 * hits[label] / (gold[label] + told[label]) for label in gold]
        outside = Intent.OUT_OF_SCOPE.value
        inside = gold.total() - gold[outside]
        alarms = told[outside] - hits[outside]
        return {
            "accuracy": _share(hits.total(), gold.total()),
            "macro_f1": _share(sum(f1), len(f1)),
            "out_of_scope_recall": _share(hits[outside], gold[outside]),
            "false_alarms": _share(alarms, inside),
        }

    def recall(self) -> dict[str, tuple[int, float]]:
        """Give for each intent how many messages have it, and the share of them found."""
        gold = Counter[str]()
        for (right, _), count in self.pairs.items():
            gold[right] += count
        return {label: (n, self.pairs[label, label] / n) for label, n in sorted(gold.items())}


def add_options(parser: argparse.ArgumentParser) -> None:
    """Declare what the command line takes."""
    parser.add_argument("--data", type=Path, required=True, metavar="FILE", help=".jsonl[.gz]")
    parser.add_argument("--mapping", type=Path, metavar="TSV", help="label, tab, intent of ours")
    parser.add_argument("--out", type=Path, metavar="FILE", help="gets the predictions")


def measure(options: argparse.Namespace) -> Figures:
    """Read every message, write the predictions, print the table.

    Raises:
        EvaluateError: the data or the mapping is bad, or the predictions cannot be written.
        ModelFolderMissingError: the search model is missing.
    """
    mapping = None if options.mapping is None else read_mapping(options.mapping)
    cases = read_cases(options.data, mapping)
    embedder = SentenceEmbedder(MODEL)
    examples = Examples.shipped()
    vectors = embedder.encode(examples.texts)
    learned = LearnedIntents.shipped_for(embedder.fingerprint)
    readers = {
        "concierge": Understanding(examples, vectors, learned),
        "nearest": Understanding(examples, vectors),
    }
    with predictions(options.out, data=options.data) as out:
        tallies, speed = run(cases, embedder, readers, out)
    own, *peers = tallies
    if not own.pairs:
        print_table(["", own.name], [[name, value] for name, value in speed.items()])
        return {"task": "intents", "cases": len(cases), **speed}
    print_table(*table(tallies, speed))
    named = {peer.name: peer.figures() for peer in peers}
    return {"task": "intents", "cases": len(cases), **own.figures(), **speed, **named}


def read_mapping(path: Path) -> dict[str, str]:
    """Read which label is which intent.

    Raises:
        BadFile: it cannot be read, or a line does not hold a label and one of our intents.
    """
    try:
        lines = path.read_text(encoding="utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise BadFile(path, f"cannot be read ({error})") from error
    known, found = {*Intent, NOT_SCORED}, dict[str, str]()
    for number, line in enumerate(lines[1:], 2):
        cells = [cell.strip() for cell in line.split("\t")]
        if not line.strip():
            continue
        if len(cells) != _COLUMNS or cells[1] not in known:
            problem = f'must be a label, a tab and an intent of ours or "{NOT_SCORED}"'
            raise BadFile(path, problem, line=number)
        found[cells[0]] = cells[1]
    return found


def read_cases(path: Path, mapping: Mapping[str, str] | None) -> list[Case]:
    """Read the messages.

    Raises:
        BadFile: the file, a line or a field cannot be used, an id stands there twice, or a label is unknown.
    """
    cases: dict[Id, Case] = {}
    for row in read_rows(path):
        label = row.text("intent") if "intent" in row.columns else None
        gold = label if mapping is None or label is None else mapping.get(label)
        if label is not None and gold not in {*Intent, NOT_SCORED}:
            raise row.bad(f"intent {label!r} is none of ours and stands in no mapping")
        case = Case(row.id(), row.text("text"), None if gold == NOT_SCORED else gold)
        if case.id in cases:
            raise row.bad(f"id {case.id!r} stands there twice")
        cases[case.id] = case
    return list(cases.values())


def run(
    cases: Sequence[Case],
    embedder: Embedder,
    readers: Mapping[str, Understanding],
    out: TextIO | None,
) -> tuple[list[Tally], Figures]:
    """Let every reader read each message, with the same vectors; the first one's answers are the predictions."""
    tallies = [Tally(name) for name in readers]
    whole_s, reading_s = list[float](), list[float]()
    embedder.encode(["I'm cold"])
    for case in watched(cases, "intents"):
        begun_s = time.perf_counter()
        texts = texts_of(case.text)
        vectors = embedder.encode(texts)
        embedded_s = time.perf_counter()
        told = []
        for reader in readers.values():
            told.append(_told(reader.read(texts, vectors).intent))
            if len(told) == 1:
                whole_s.append(time.perf_counter() - begun_s)
                reading_s.append(time.perf_counter() - embedded_s)
        if case.gold is not None:
            for tally, answer in zip(tallies, told, strict=True):
                tally.pairs[case.gold, answer] += 1
        if out is not None:
            out.write(json.dumps({"id": case.id, "intent": told[0]}, ensure_ascii=False) + "\n")
    return tallies, {
        "p50_ms": rounded(1e3 * percentile(whole_s, 0.5)),
        "p99_ms": rounded(1e3 * percentile(whole_s, 0.99)),
        "reading_p50_ms": rounded(1e3 * percentile(reading_s, 0.5)),
    }


def table(tallies: Sequence[Tally], speed: Figures) -> tuple[list[str], list[list[object]]]:
    """Give head and rows: one line a figure, one column a reader; speed is the first one's."""
    columns = [tally.figures() for tally in tallies]
    rows: list[list[object]] = [[name, *(c[name] for c in columns)] for name in columns[0]]
    nothing = [None] * (len(tallies) - 1)
    rows += [[name, value, *nothing] for name, value in speed.items()]
    shares = [tally.recall() for tally in tallies]
    for label, (count, _) in shares[0].items():
        rows.append([f"recall {label} ({count:,})", *(share[label][1] for share in shares)])
    return ["", *(tally.name for tally in tallies)], rows


def _told(intent: Intent) -> str:
    return (Intent.OUT_OF_SCOPE if intent is Intent.CARE else intent).value


def _share(part: float, whole: float) -> float | None:
    return rounded(part / whole) if whole else None
