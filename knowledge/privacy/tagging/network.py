"""The tagger's network in numpy (pure): word pieces in, one score for each label out.

Five gated convolutions over the pieces, each looking further to both sides than the one before, on top of the search
model's own table of word pieces. 1 ms for a short message on one core; torch is needed to train it, not to run it.
Source of the layer: gated linear units, Dauphin et al. 2017, https://arxiv.org/abs/1612.08083 (read 2026-11-21).
"""

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
DILATIONS = (1, 2, 4, 8, 1)
_EPSILON = np.float32(1e-5)


class Network:
    """Holds the weights by name and the table of pieces."""

    def __init__(self, weights: Mapping[str, Floats], table: Floats) -> None:
        """Take the weights that training saved, and the search model's table, (pieces, 384)."""
        self._weights = {name: weight.astype(np.float32) for name, weight in weights.items()}
        w = self._weights
        self._pieces = standardised(table) @ w["proj.weight"].T + w["proj.bias"]

    def scores(self, pieces: Sequence[int], kinds: Sequence[int]) -> Floats:
        """Give log-probabilities, (pieces, labels) float32, for one text."""
        w = self._weights
        x = self._pieces[list(pieces)] + w["shape.weight"][list(kinds)]
        for number, dilation in enumerate(DILATIONS):
            x = x + self._block(f"blocks.{number}", x, dilation)
        logits = _normed(x, w["norm.weight"], w["norm.bias"]) @ w["head.weight"].T + w["head.bias"]
        shifted = logits - logits.max(axis=1, keepdims=True)
        return np.asarray(shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True)))

    def _block(self, name: str, x: Floats, dilation: int) -> Floats:
        w = self._weights
        normed = _normed(x, w[f"{name}.norm.weight"], w[f"{name}.norm.bias"])
        padded = np.pad(normed, ((dilation, dilation), (0, 0)))
        count = len(x)
        mixed = w[f"{name}.conv.bias"] + sum(
            padded[step * dilation : step * dilation + count]
            @ w[f"{name}.conv.weight"][:, :, step].T
            for step in range(3)
        )
        value, gate = np.split(mixed, 2, axis=1)
        return np.asarray(value / (1 + np.exp(-gate)))


def standardised(table: Floats) -> Floats:
    """Centre the pieces and bring them to unit size, as training saw them."""
    return np.asarray((table - table.mean(axis=0)) / table.std(ddof=1), dtype=np.float32)


def _normed(x: Floats, weight: Floats, bias: Floats) -> Floats:
    centred = x - x.mean(axis=1, keepdims=True)
    size = np.sqrt((centred**2).mean(axis=1, keepdims=True) + _EPSILON)
    return np.asarray(centred / size * weight + bias)
