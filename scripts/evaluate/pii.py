"""How much personal data the scrubber leaves in clear, how much else it hides, and how long it takes.

Input: {"id", "text"} and, where the right answers are known, "spans": [{"start", "end", "label"}].
Prediction: {"id", "spans": [{"start", "end", "type"}]}; positions count characters, the end is excluded,
types are those of knowledge.privacy.spans.Kind: NAME ADDRESS PHONE EMAIL CARD IBAN SSN ID IP ORDER SECRET URL TYPED

Figures:
  leak      share of letters and digits in sensitive gold spans left in clear (which labels: masking.SENSITIVE)
  overmask  share of letters and digits outside every gold span that are hidden
  recall    by class, share of gold spans hidden whole
  p50_ms, p99_ms  time for one text

`--mode names` asks for names alone, in chatty text: the only sensitive label is PERSON, the only type NAME.
"""

import argparse
import json
import time
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TextIO

from knowledge.privacy.spans import Kind
from scripts.evaluate.maskers import PERSONAL, Masker, presidio, product
from scripts.evaluate.masking import SENSITIVE, Masked, Tally
from scripts.evaluate.reading import GoldSpan, Id, gold_spans, predictions, read_rows
from scripts.evaluate.reporting import Figures, percentile, print_table, rounded, watched

LABELS: Mapping[str, Collection[str]] = {"all": SENSITIVE, "names": ("PERSON",)}
# What we are asked for, as Presidio is: in chatty text for names alone.
KINDS: Mapping[str, Collection[Kind]] = {"all": tuple(Kind), "names": (Kind.NAME,)}
# What Presidio is asked for; None: for everything it knows.
ASKED: Mapping[str, Mapping[str, Collection[str] | None]] = {
    "all": {"presidio": PERSONAL, "presidio_all": None},
    "names": {"presidio": ("PERSON",)},
}
OURS = "concierge"
WARM_UP = ("I'm cold, call me on +1 202 555 0143", "My name is Ana, 12 Main Street")


@dataclass(frozen=True, slots=True)
class Case:
    """One text; gold is None when nobody says what is personal in it."""

    id: Id
    text: str
    gold: tuple[GoldSpan, ...] | None


@dataclass(frozen=True, slots=True)
class Contender:
    """A masker and what it did so far."""

    name: str
    find: Masker
    tally: Tally
    taken_s: list[float] = field(default_factory=list)

    def mask(self, case: Case) -> list[Masked]:
        """Find what is personal in a text, timed and counted."""
        begun_s = time.perf_counter()
        found = self.find(case.text)
        self.taken_s.append(time.perf_counter() - begun_s)
        if case.gold is not None:
            self.tally.add(case.text, case.gold, found)
        return found


def add_options(parser: argparse.ArgumentParser) -> None:
    """Declare what the command line takes."""
    parser.add_argument("--data", type=Path, required=True, metavar="FILE", help=".jsonl[.gz]")
    parser.add_argument("--out", type=Path, metavar="FILE", help="gets the predictions")
    parser.add_argument("--mode", choices=tuple(LABELS), default="all", help="what must be hidden")
    parser.add_argument("--rules-alone", action="store_true", help="without the learned tagger")
    parser.add_argument("--with-presidio", action="store_true", help="measure Presidio beside it")


def measure(options: argparse.Namespace) -> Figures:
    """Mask every text with each contender in turn, write our predictions, print the table.

    Raises:
        EvaluateError: the data is bad, the predictions cannot be written, or the peer is missing.
        ModelFolderMissingError: the tagger's model is missing.
    """
    cases = read_cases(options.data)
    labels = LABELS[options.mode]
    ours = product(KINDS[options.mode], rules_alone=options.rules_alone)
    contenders = [Contender(OURS, ours, Tally(labels))]
    if options.with_presidio:
        asked_for = presidio()
        contenders += [
            Contender(name, asked_for(entities), Tally(labels))
            for name, entities in ASKED[options.mode].items()
        ]
    with predictions(options.out, data=options.data) as out:
        run(cases, contenders, out)
    print_table(*table(contenders))
    own, *peers = map(figures, contenders)
    named = zip((peer.name for peer in contenders[1:]), peers, strict=True)
    return {"task": "pii", "mode": options.mode, "cases": len(cases), **own, **dict(named)}


def read_cases(path: Path) -> list[Case]:
    """Read the texts.

    Raises:
        BadFile: the file, a line or a field cannot be used, or an id stands there twice.
    """
    cases: dict[Id, Case] = {}
    for row in read_rows(path):
        text = row.text("text")
        case = Case(row.id(), text, gold_spans(row, len(text)))
        if case.id in cases:
            raise row.bad(f"id {case.id!r} stands there twice")
        cases[case.id] = case
    return list(cases.values())


def run(cases: Sequence[Case], contenders: Sequence[Contender], out: TextIO | None) -> None:
    """Let all contenders mask each text before the next, so that they meet the same machine.

    The first contender's findings are the predictions.
    """
    for contender in contenders:
        for text in WARM_UP:
            contender.find(text)
    for case in watched(cases, "pii"):
        ours, *_ = [contender.mask(case) for contender in contenders]
        if out is not None:
            spans = [span._asdict() for span in ours]
            out.write(json.dumps({"id": case.id, "spans": spans}, ensure_ascii=False) + "\n")


def figures(contender: Contender) -> Figures:
    """Give a contender's figures; without gold, speed alone."""
    tally = contender.tally
    quality: Figures = {
        "leak": rounded(tally.leak),
        "overmask": rounded(tally.overmask),
        "recall": {kind: rounded(share) for kind, share in sorted(tally.recall.items())},
    }
    speed: Figures = {
        "p50_ms": rounded(1e3 * percentile(contender.taken_s, 0.5)),
        "p99_ms": rounded(1e3 * percentile(contender.taken_s, 0.99)),
    }
    has_gold = bool(tally.sensitive or tally.outside)
    return {**quality, **speed} if has_gold else speed


def table(contenders: Sequence[Contender]) -> tuple[list[str], list[list[object]]]:
    """Give head and rows: one line a figure, one column a contender."""
    spans = contenders[0].tally.spans
    columns = [figures(contender) for contender in contenders]
    rows: list[list[object]] = [
        [name, *(column[name] for column in columns)]
        for name in ("leak", "overmask", "p50_ms", "p99_ms")
        if name in columns[0]
    ]
    for kind in sorted(contenders[0].tally.recall):
        shares = [contender.tally.recall[kind] for contender in contenders]
        rows.append([f"recall {kind} ({spans[kind]:,})", *shares])
    return ["", *(contender.name for contender in contenders)], rows
