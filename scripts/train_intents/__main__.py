"""`python -m scripts.train_intents`: learns what messages are about and writes the weights.

Takes some minutes on one core, nearly all of it for the vectors, and ends with one JSON object: how the weights
do, as the product reads them, on sentences whose lines they were not trained on.
"""

import argparse
import json
import random
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch

from knowledge.errors import ModelFolderMissingError
from knowledge.search.base import Embedder, Vectors
from knowledge.search.embedder import SentenceEmbedder
from knowledge.understanding.examples import Examples
from knowledge.understanding.learned import LearnedIntents, intent_of
from knowledge.understanding.wording import plainer
from scripts.train_intents.errors import TrainingError
from scripts.train_intents.noise import mistyped
from scripts.train_intents.samples import (
    DATA_FOLDER,
    Sample,
    lines_in,
    samples_of,
    slots_in,
    split,
)
from scripts.train_intents.training import Lesson, learn
from scripts.train_tagger.values.drawing import seeded

WEIGHTS = Path("knowledge/understanding/weights.npz")
# Between what it says and how often it is right, on messages of people who did not write ours (measured).
TEMPERATURE = 1.0
_SLIPS_SHARE = 0.3
_AT_ONCE = 512


@dataclass(frozen=True, slots=True)
class Order:
    """What is to be learned, from what, and where it goes."""

    rounds: int
    seed: int
    out: Path
    model_folder: Path
    data_folder: Path = DATA_FOLDER


def main(words: Sequence[str] | None = None) -> int:
    """Train as the command line says; return 0, or 2 after one line that says what to do."""
    order = _order(words)
    started = time.monotonic()
    try:
        embedder = SentenceEmbedder(order.model_folder)
        accuracy = train(order, embedder)
    except (TrainingError, ModelFolderMissingError, OSError) as error:
        print(error, file=sys.stderr)
        return 2
    seconds = round(time.monotonic() - started, 1)
    print(json.dumps({"held_out_accuracy": round(accuracy, 4), "seconds": seconds}), flush=True)
    return 0


def train(order: Order, embedder: Embedder) -> float:
    """Learn, write the weights, and give the share of held-out sentences that they read rightly, in 0 … 1.

    Raises:
        TrainingError: a line of the data cannot be read.
        OSError: the weights cannot be written.
    """
    torch.set_num_threads(1)  # sums in one order give the same weights on every machine of a kind
    slots = slots_in(order.data_folder)
    training, held_out = split(lines_in(order.data_folder))
    dice = seeded(order.seed)
    samples = [*with_slips(samples_of(training, slots, dice), dice), *needs()]
    arrays = learn(
        Lesson.of(samples, _vectors(embedder, samples)), rounds=order.rounds, seed=order.seed
    )
    arrays |= {
        "temperature": np.array(TEMPERATURE, dtype=np.float32),
        "model": np.array(order.model_folder.name),
    }
    with order.out.open("wb") as file:
        np.savez_compressed(file, allow_pickle=False, **arrays)
    with order.out.open("rb") as file:
        learned = LearnedIntents.read(file)
    return accuracy(learned, samples_of(held_out, slots, dice), embedder)


def with_slips(samples: Sequence[Sample], dice: random.Random) -> Iterator[Sample]:
    """Give the sentences in plainer words, as the product reads them, and some of them mistyped beside."""
    for sample in samples:
        yield Sample(plainer(sample.text), sample.label)
        if dice.random() < _SLIPS_SHARE:
            yield Sample(plainer(mistyped(sample.text, dice)), sample.label)


def needs() -> Iterator[Sample]:
    """Give what the program knows people to say of their needs."""
    for need in Examples.shipped().needs.values():
        for text in need.says:
            yield Sample(plainer(text), "need")


def accuracy(learned: LearnedIntents, samples: Sequence[Sample], embedder: Embedder) -> float:
    """Give the share of sentences whose intent is found."""
    if not samples:
        return 0.0
    vectors = _vectors(embedder, samples)
    right = sum(
        learned.judge(sample.text, vector).by_intent()[0][0] is intent_of(sample.label)
        for sample, vector in zip(samples, vectors, strict=True)
    )
    return right / max(len(samples), 1)


def _vectors(embedder: Embedder, samples: Sequence[Sample]) -> Vectors:
    """Embed the sentences, those of one length together, and tell how far it got."""
    order = sorted(range(len(samples)), key=lambda row: len(samples[row].text))
    found: dict[int, Vectors] = {}
    for start in range(0, len(order), _AT_ONCE):
        rows = order[start : start + _AT_ONCE]
        vectors = embedder.encode([samples[row].text for row in rows])
        found.update(zip(rows, vectors, strict=True))
        print(f"vector {len(found)} of {len(order)}", file=sys.stderr, flush=True)
    return np.stack([found[row] for row in range(len(samples))])


def _order(words: Sequence[str] | None) -> Order:
    parser = argparse.ArgumentParser(prog="python -m scripts.train_intents", description=__doc__)
    parser.add_argument("--rounds", type=int, default=20, help="how often each sentence is seen")
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--out", type=Path, default=WEIGHTS, help="where the weights go")
    parser.add_argument("--model-folder", type=Path, default=Path("models/all-MiniLM-L6-v2"))
    parser.add_argument("--data-folder", type=Path, default=DATA_FOLDER)
    return Order(**vars(parser.parse_args(words)))


if __name__ == "__main__":
    sys.exit(main())
