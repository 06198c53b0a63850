"""Trains the network step by step, and can stop and go on as if it had never stopped."""

import math
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch
from torch import Tensor, nn

from scripts.train_tagger.batches import NO_LABEL, ROUND, Batch, Batches
from scripts.train_tagger.errors import CheckpointError
from scripts.train_tagger.network import TorchNetwork

REPORT_EVERY = 25 * ROUND
_RATE = 2e-3
_WARM_UP_STEPS = 100
_LEAST_SHARE = 0.02
_WEIGHT_DECAY = 0.02
_LONGEST_GRADIENT = 1.0


@dataclass(frozen=True, slots=True)
class Progress:
    """Steps done, and the mean loss of those since the last report."""

    step: int
    loss: float


class Training:
    """Holds all that a training needs to go on: the network, its optimiser, the batches and how far it is."""

    def __init__(self, network: TorchNetwork, batches: Batches, *, steps: int) -> None:
        """Train `network` on `batches` for so many steps in all."""
        self.network = network
        self.done = 0
        self.loss = math.inf
        self._batches = batches
        self._steps = steps
        self._loss = nn.CrossEntropyLoss(ignore_index=NO_LABEL)
        self._optimiser = torch.optim.AdamW(
            network.parameters(), lr=_RATE, weight_decay=_WEIGHT_DECAY
        )

    def run(self, *, report_every: int) -> Iterator[Progress]:
        """Train to the end; after every `report_every` steps or a few more, and at the end, say how it goes.

        A checkpoint saved at a report goes on exactly there.
        """
        losses: list[float] = []
        while self.done < self._steps:
            batches = self._batches.draw_round()[: self._steps - self.done]
            losses += [self._step(batch) for batch in batches]
            if len(losses) >= report_every or self.done == self._steps:
                self.loss = sum(losses) / len(losses)
                yield Progress(self.done, self.loss)
                losses.clear()

    def save(self, path: Path) -> None:
        """Write a checkpoint; one that stands there already stays until the new one is whole."""
        path.parent.mkdir(parents=True, exist_ok=True)
        fresh = path.with_name(f"{path.name}.new")
        state = {
            "steps": self._steps,
            "done": self.done,
            "loss": self.loss,
            "network": self.network.state_dict(),
            "optimiser": self._optimiser.state_dict(),
            "dice": self._batches.dice.getstate(),
            "torch_dice": torch.get_rng_state(),
        }
        torch.save(state, fresh)
        fresh.replace(path)

    def resume(self, path: Path) -> None:
        """Go on from a checkpoint.

        Raises:
            CheckpointError: there is none, or it is of a training of another length.
        """
        if not path.is_file():
            raise CheckpointError(f"There is no checkpoint {path}. Start without --resume.")
        state: dict[str, Any] = torch.load(path, weights_only=True)
        if state["steps"] != self._steps:
            raise CheckpointError(
                f"{path} is of a training of {state['steps']} steps. Give --steps {state['steps']}."
            )
        self.done, self.loss = state["done"], state["loss"]
        self.network.load_state_dict(state["network"])
        self._optimiser.load_state_dict(state["optimiser"])
        self._batches.dice.setstate(state["dice"])
        torch.set_rng_state(state["torch_dice"])

    def _step(self, batch: Batch) -> float:
        self.network.train()
        for group in self._optimiser.param_groups:
            group["lr"] = _RATE * share_of_rate(self.done, self._steps)
        logits = self.network(batch.pieces, batch.kinds, batch.mask)
        loss: Tensor = self._loss(logits.flatten(0, 1), batch.labels.flatten())
        self._optimiser.zero_grad()
        loss.backward()  # type: ignore[no-untyped-call]  # torch leaves it untyped
        nn.utils.clip_grad_norm_(self.network.parameters(), _LONGEST_GRADIENT)
        self._optimiser.step()
        self.done += 1
        return loss.item()


def share_of_rate(step: int, steps: int) -> float:
    """Give the share of the full learning rate at a step: up for the first hundred, then down to the end."""
    return min(1.0, (step + 1) / _WARM_UP_STEPS) * max(_LEAST_SHARE, 1 - step / steps)
