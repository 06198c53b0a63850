"""Learns the weights: multinomial logistic regression over vectors and letters, with torch on one core."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn

from knowledge.search.base import Vectors
from knowledge.understanding.learned import LETTERS_SHARE
from knowledge.understanding.letters import BUCKETS, buckets_of
from scripts.train_intents.samples import Sample

_RATE, _LEAST_SHARE, _DECAY = 0.02, 0.02, 1e-4
_BATCH = 256
_HIDDEN_SHARE = 0.2  # of the numbers are not shown, so that no single one decides

Arrays = dict[str, NDArray[np.generic]]


@dataclass(frozen=True, slots=True)
class Lesson:
    """Sentences as numbers: vectors (n, dim) float32, numbers of letters for each, labels (n,) in 0 … kinds - 1."""

    vectors: Vectors
    letters: list[Tensor]
    labels: Tensor
    names: list[str]

    @classmethod
    def of(cls, samples: Sequence[Sample], vectors: Vectors) -> "Lesson":
        """Take sentences with their unit vectors."""
        names = sorted({sample.label for sample in samples})
        place = {name: number for number, name in enumerate(names)}
        letters = [torch.from_numpy(buckets_of(sample.text)) for sample in samples]
        labels = torch.tensor([place[sample.label] for sample in samples])
        return cls(vectors, letters, labels, names)


class _Layer(nn.Module):
    """Scores of the labels, as knowledge/understanding/learned.py computes them."""

    def __init__(self, dim: int, kinds: int) -> None:
        super().__init__()
        self.meaning = nn.Linear(dim, kinds)
        self.letters = nn.EmbeddingBag(BUCKETS, kinds, mode="sum")
        nn.init.zeros_(self.letters.weight)
        self.drop = nn.Dropout(_HIDDEN_SHARE)

    def forward(self, vectors: Tensor, letters: Sequence[Tensor]) -> Tensor:
        """Give scores, (n, kinds), for vectors (n, dim) and the letters of each text."""
        sizes = torch.tensor([len(each) for each in letters])
        shares = self.drop(LETTERS_SHARE / sizes.float().sqrt().repeat_interleave(sizes))
        starts = sizes.cumsum(0) - sizes
        of_letters = self.letters(torch.cat(list(letters)), starts, per_sample_weights=shares)
        scores: Tensor = self.meaning(self.drop(vectors)) + of_letters
        return scores


def learn(lesson: Lesson, *, rounds: int, seed: int) -> Arrays:
    """Learn; give the arrays of a weights file but for its temperature and model.

    Rare labels weigh more: each sentence by one over the root of how many its label has.
    """
    torch.manual_seed(seed)
    vectors = torch.from_numpy(lesson.vectors)
    layer = _Layer(vectors.shape[1], len(lesson.names))
    weights = torch.bincount(lesson.labels).float().rsqrt()
    loss = nn.CrossEntropyLoss(weight=weights / weights.mean())
    optimiser = torch.optim.AdamW(layer.parameters(), lr=_RATE, weight_decay=_DECAY)
    steps, done = rounds * -(-len(vectors) // _BATCH), 0
    for _ in range(rounds):
        for rows in torch.split(torch.randperm(len(vectors)), _BATCH):
            for group in optimiser.param_groups:
                group["lr"] = _RATE * max(_LEAST_SHARE, 1 - done / steps)
            scores = layer(vectors[rows], [lesson.letters[row] for row in rows])
            optimiser.zero_grad()
            loss(scores, lesson.labels[rows]).backward()
            optimiser.step()
            done += 1
    return {
        "labels": np.array(lesson.names),
        "meaning": _half(layer.meaning.weight.T),
        "letters": _half(layer.letters.weight),
        "bias": _half(layer.meaning.bias),
    }


def _half(weights: Tensor) -> NDArray[np.generic]:
    """Give weights in two bytes each: the third digit changes no judgement."""
    return weights.detach().numpy().astype(np.float16)
