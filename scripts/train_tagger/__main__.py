"""`python -m scripts.train_tagger`: trains the tagger of personal data and writes its weights.

Prints a line every 200 steps, keeps a checkpoint to go on from (--resume), and ends with one JSON object: how the
weights do, as the product reads them, on sentences they were not trained on.
"""

import argparse
import json
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from safetensors import safe_open

from knowledge.privacy.tagging.tagger import TABLE, WEIGHTS, Tagger
from scripts.train_tagger.batches import Batches, tokenizer_in
from scripts.train_tagger.errors import NoModelError, TrainingError
from scripts.train_tagger.measure import held_out_samples, mistakes_of
from scripts.train_tagger.network import TorchNetwork
from scripts.train_tagger.samples import DATA_FOLDER, carriers_in, split
from scripts.train_tagger.training import REPORT_EVERY, Training
from scripts.train_tagger.values.drawing import seeded

CHECKPOINT = Path("out/train_tagger.pt")
INTERRUPTED_STATUS = 130
_MEASURING_SEED = 1  # the same texts measure every training
_THREADS = 1  # sums in one order give the same weights on every machine of a kind


@dataclass(frozen=True, slots=True)
class Order:
    """What is to be trained, from what, and where it goes."""

    steps: int
    seed: int
    out: Path
    model_folder: Path
    checkpoint: Path
    resume: bool = False
    data_folder: Path = DATA_FOLDER
    batch_size: int = 32
    report_every: int = REPORT_EVERY


@dataclass(frozen=True, slots=True)
class Result:
    """The last loss, and the mistakes on held-out sentences."""

    loss: float
    leak: float
    overmask: float


def main(words: Sequence[str] | None = None) -> int:
    """Train as the command line says; return 0, 2 after one line that says what to do, 130 when interrupted."""
    order = _order(words)
    started = time.monotonic()
    try:
        result = train(order, time.monotonic)
    except KeyboardInterrupt:
        print(f"\nStopped. Go on from {order.checkpoint} with --resume.", file=sys.stderr)
        return INTERRUPTED_STATUS
    except (TrainingError, OSError) as error:
        print(error, file=sys.stderr)
        return 2
    line = {
        "steps": order.steps,
        "loss": round(result.loss, 4),
        "held_out_leak": round(result.leak, 4),
        "held_out_overmask": round(result.overmask, 4),
        "seconds": round(time.monotonic() - started, 1),
    }
    print(json.dumps(line), flush=True)
    return 0


def train(order: Order, clock_s: Callable[[], float]) -> Result:
    """Train to the end, write the weights, and measure them through the tagger that the product uses.

    Raises:
        TrainingError: the model folder, a carrier sentence or the checkpoint is not right.
        OSError: the weights cannot be written.
    """
    if not (order.model_folder / "model.safetensors").is_file():
        raise NoModelError(
            f"There is no search model in {order.model_folder}. Run scripts/install."
        )
    torch.set_num_threads(_THREADS)
    torch.manual_seed(order.seed)
    training_carriers, held_out = split(carriers_in(order.data_folder))
    tokenizer = tokenizer_in(order.model_folder)
    batches = Batches(training_carriers, tokenizer, seeded(order.seed), order.batch_size)
    training = Training(TorchNetwork(_table(order.model_folder)), batches, steps=order.steps)
    if order.resume:
        training.resume(order.checkpoint)
    _run(training, order, clock_s)
    with order.out.open("wb") as file:
        np.savez(file, allow_pickle=False, **training.network.weights())
    samples = held_out_samples(held_out, seeded(_MEASURING_SEED))
    mistakes = mistakes_of(Tagger(order.model_folder, order.out), samples)
    return Result(training.loss, mistakes.leak, mistakes.overmask)


def _run(training: Training, order: Order, clock_s: Callable[[], float]) -> None:
    """Train to the end, with a line and a checkpoint at every report."""
    before, started = training.done, clock_s()
    for progress in training.run(report_every=order.report_every):
        training.save(order.checkpoint)
        a_step_s = (clock_s() - started) / (progress.step - before)
        left_s = a_step_s * (order.steps - progress.step)
        print(
            f"step {progress.step} of {order.steps}  loss {progress.loss:.4f}  {left_s:.0f} s left",
            flush=True,
        )


def _table(folder: Path) -> np.ndarray[tuple[int, ...], np.dtype[np.float32]]:
    with safe_open(str(folder / "model.safetensors"), framework="numpy") as file:
        return np.asarray(file.get_tensor(TABLE), dtype=np.float32)


def _order(words: Sequence[str] | None) -> Order:
    parser = argparse.ArgumentParser(prog="python -m scripts.train_tagger", description=__doc__)
    parser.add_argument("--steps", type=int, default=9_000)
    parser.add_argument("--seed", type=int, default=11)
    parser.add_argument("--out", type=Path, default=WEIGHTS, help="where the weights go")
    parser.add_argument("--model-folder", type=Path, default=Path("models/all-MiniLM-L6-v2"))
    parser.add_argument("--data-folder", type=Path, default=DATA_FOLDER)
    parser.add_argument("--checkpoint", type=Path, default=CHECKPOINT)
    parser.add_argument("--resume", action="store_true", help="go on from the checkpoint")
    return Order(**vars(parser.parse_args(words)))


if __name__ == "__main__":
    sys.exit(main())
