"""Whether replies say what their facts say: all that must be said, nothing else, and not always in the same words.

    python -m scripts.evaluate replies --data FILE [--out FILE] [--model none|default] [--openings N] [--doubts N]

Input: {"id", "message", "facts": {…}} as the measurement contract has it, and "need" where it is known what is wanted.
Prediction: {"id", "text", "source", "ms"}. Figures, counted by a check that shares nothing with the product's:
  unsupported           replies with a number, price, code, name, status, promise or claim that their facts do not hold
  missing               replies without a fact that their kind requires; unsaid: those with no text at all
  model_share           share in the model's words; model_share_at_first: share that its first draft gave
  words, repeated       mean length, and share of texts that came before word for word
  opened                share of offers with a need that do not begin with a fact at once
  openings_fit          share of openings closest to their own message among those of five needs
  neutral_openings      share of openings used word for word for three needs or more; distinct_neutral: how many
  p50_ms, p95_ms        time for one reply, masking and reading included
"""

import argparse
import asyncio
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TextIO

from bot.models import language_model
from bot.setting_sections import ModelSettings
from knowledge.facts import Kind
from knowledge.lexicon import shipped_lexicon
from knowledge.privacy.scrubber import Scrubber
from knowledge.privacy.tagging.base import TextTagger
from knowledge.privacy.tagging.tagger import Tagger
from knowledge.search.base import Embedder
from knowledge.search.embedder import SentenceEmbedder
from scripts.evaluate.maskers import MODEL
from scripts.evaluate.reading import predictions
from scripts.evaluate.replies import openings
from scripts.evaluate.replies.asking import Listener, Speaker, Told, ask_all, shop_names
from scripts.evaluate.replies.cases import read_cases
from scripts.evaluate.replies.errors import ModelNotThere
from scripts.evaluate.replies.openings import Opened, opening_of
from scripts.evaluate.replies.scores import Checked, checked, figures, table
from scripts.evaluate.reporting import Figures, print_table, rounded

_NONE, _DEFAULT = "none", "default"


@dataclass(frozen=True, slots=True)
class Engines:
    """What reads and what speaks; without a tagger names are masked by rules alone."""

    embedder: Embedder
    tagger: TextTagger | None
    speaker: Speaker


def add_options(parser: argparse.ArgumentParser) -> None:
    """Declare what the command line takes."""
    parser.add_argument("--data", type=Path, required=True, metavar="FILE", help=".jsonl[.gz]")
    parser.add_argument("--out", type=Path, metavar="FILE", help="gets the predictions")
    parser.add_argument(
        "--model", choices=(_NONE, _DEFAULT), default=_DEFAULT, help="none: the templates alone"
    )
    parser.add_argument("--openings", type=int, default=0, metavar="N", help="print so many")
    parser.add_argument(
        "--doubts", type=int, default=0, metavar="N", help="print so many replies that are wrong"
    )
    parser.add_argument("--seed", type=int, default=1, help="which messages openings are held to")


def measure(options: argparse.Namespace) -> Figures:
    """Say every case, write the predictions, print the table.

    Raises:
        EvaluateError: the data is bad, the predictions cannot be written, or the model is not there.
        ModelFolderMissingError: the search model is missing.
    """
    speaker = Speaker() if options.model == _NONE else _shipped()
    return measured(options, Engines(SentenceEmbedder(MODEL), Tagger(MODEL), speaker))


def measured(options: argparse.Namespace, engines: Engines) -> Figures:
    """Measure with engines that are there."""
    cases = read_cases(options.data)
    names = shop_names(cases)
    listener = Listener(Scrubber(keep=names, tagger=engines.tagger), engines.embedder)
    with predictions(options.out, data=options.data) as out:
        told = asyncio.run(ask_all(cases, listener, engines.speaker))
        _write(told, out)
    replies = [checked(each, names) for each in told]
    opened = _opened(told)
    print_table(*table(replies))
    _print_doubts(replies, options.doubts)
    _print_openings(opened, options.openings)
    beginnings = openings.figures(opened, engines.embedder, seed=options.seed)
    return {"task": "replies", **figures(replies), **beginnings}


def _shipped() -> Speaker:
    settings = ModelSettings()
    for path in (settings.path, Path(settings.adapter)):
        if not path.is_file():
            raise ModelNotThere(f"{path} is missing.")
    return Speaker(lambda: language_model(settings), shipped_lexicon())


def _opened(told: Iterable[Told]) -> list[Opened]:
    return [
        Opened(
            str(each.case.id),
            each.case.need,
            each.case.message,
            opening_of(each.text, each.case.facts),
        )
        for each in told
        if each.case.need is not None and each.case.facts.kind is Kind.OFFER
    ]


def _write(told: Iterable[Told], out: TextIO | None) -> None:
    if out is None:
        return
    for each in told:
        line = {
            "id": each.case.id,
            "text": each.text,
            "source": each.source,
            "ms": rounded(each.taken_s * 1000),
        }
        out.write(json.dumps(line, ensure_ascii=False) + "\n")


def _print_doubts(replies: Sequence[Checked], count: int) -> None:
    wrong = [each for each in replies if each.doubts or each.missing]
    for each in wrong[:count]:
        said = ", ".join(f"{doubt.sort} {doubt.said!r}" for doubt in each.doubts)
        left = ", ".join(each.missing)
        print(f"{each.told.case.id}: {each.told.text!r}")
        print(f"    unsupported: {said or '–'}; missing: {left or '–'}")


def _print_openings(opened: Sequence[Opened], count: int) -> None:
    for each in opened[:count]:
        print(f"{each.message!r} → {each.opening or '–'}")
    if count:
        for opening, times in openings.most_used(opened, count):
            print(f"{times:5}  {opening}")
