"""`python -m scripts.train_phrasing`: trains the adapter that writes replies, and measures it on needs it never saw.

Learns on two cores in about an hour, with what `pip install --constraint scripts/setup/constraints.txt --group train`
brings besides. Shows its progress and saves it every 20 steps: what is interrupted goes on there with the same
command. Ends with the adapter as a GGUF file, the words it was trained on, its card, and one JSON object.
"""

import argparse
import json
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from knowledge.errors import ModelFolderMissingError
from knowledge.lexicon import lexicon_with
from scripts.evaluate.errors import EvaluateError
from scripts.evaluate.reporting import Figures
from scripts.train_phrasing.asked import asked
from scripts.train_phrasing.card import digest, write_card
from scripts.train_phrasing.converting import convert, converter_in
from scripts.train_phrasing.errors import TrainingError
from scripts.train_phrasing.examples import Need, Writer, frames, needs
from scripts.train_phrasing.measuring import measure
from scripts.train_phrasing.training import RANK, Progress, Training
from scripts.train_phrasing.wordlist import trained_words
from scripts.train_tagger.values.drawing import seeded

_MEGABYTE = 1e6


@dataclass(frozen=True, slots=True)
class Order:
    """What is to be learned upon which weights, and where it goes."""

    steps: int
    seed: int
    weights: Path
    out: Path
    work: Path

    @property
    def adapter(self) -> Path:
        """Give where the adapter goes."""
        return self.out / "phrasing.gguf"


def main(words: Sequence[str] | None = None) -> int:
    """Train as the command line says; return 0, or 2 after one line that says what to do."""
    try:
        report = train(_order(words))
    except (TrainingError, EvaluateError, ModelFolderMissingError, OSError) as error:
        print(error, file=sys.stderr)
        return 2
    print(json.dumps(report), flush=True)
    return 0


def train(order: Order) -> Figures:
    """Learn, write adapter, words and card, and give the figures of the held-out needs.

    Raises:
        TrainingError: the data are damaged, or a tool is missing.
    """
    converter = converter_in(order.work)
    known = needs()
    pairs = [pair for need in known if not need.held_out for pair in need.pairs]
    learned = _learn(order, pairs)
    order.out.mkdir(parents=True, exist_ok=True)
    convert(converter, order.work / "trained", order.adapter)
    words = trained_words(pairs)
    (order.out / "words.txt").write_text("\n".join(words) + "\n", encoding="utf-8")
    figures = measure(known, order.weights, order.adapter, lexicon_with(words))
    write_card(order.out / "card.md", _told(order, known, learned), figures)
    return {**figures, "loss": round(learned.loss, 4), "seconds": round(learned.seconds, 1)}


def _learn(order: Order, pairs: Sequence[tuple[str, ...]]) -> Progress:
    dice = seeded(order.seed)
    writer = Writer(pairs, asked(dice), frames(), dice)
    training = Training(order.weights, order.seed)
    last = Progress(order.steps, 0.0, 0.0)
    for last in training.run(writer, order.steps, order.work / "checkpoint.pt"):
        told = f"step {last.step} of {order.steps}: loss {last.loss:.3f}, {last.seconds:.0f} s"
        print(told, file=sys.stderr, flush=True)
    training.save(order.work / "trained")
    return last


def _told(order: Order, known: Sequence[Need], learned: Progress) -> dict[str, object]:
    trained = [need for need in known if not need.held_out]
    pairs = [pair for need in trained for pair in need.pairs]
    return {
        "rank": RANK,
        "megabytes": order.adapter.stat().st_size / _MEGABYTE,
        "base": digest(order.weights),
        "pairs": len(pairs),
        "needs": len(trained),
        "openings": sum(len(pair) - 1 for pair in pairs),
        "held_out": len(known) - len(trained),
        "steps": order.steps,
        "seed": order.seed,
        "loss": learned.loss,
    }


def _order(words: Sequence[str] | None) -> Order:
    parser = argparse.ArgumentParser(prog="python -m scripts.train_phrasing", description=__doc__)
    parser.add_argument("--steps", type=int, default=500)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument(
        "--weights",
        type=Path,
        default=Path("models/SmolLM2-135M-Instruct.Q4_1.gguf"),
        help="the GGUF it is for",
    )
    parser.add_argument(
        "--out", type=Path, default=Path("knowledge/llm/adapter"), help="where it goes"
    )
    parser.add_argument(
        "--work", type=Path, default=Path("data/training"), help="for what it needs meanwhile"
    )
    return Order(**vars(parser.parse_args(words)))


if __name__ == "__main__":
    sys.exit(main())
