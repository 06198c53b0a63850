"""The learned judge of intents: one layer of weights over a message's vector and its letters (pure).

`scripts.train_intents` learned it from our own sentences; a label is an intent, perhaps with a tone and a topic,
such as "smalltalk.thanks" or "policy/warranty". It fits one model of vectors alone.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import IO

import numpy as np
from numpy.typing import NDArray

from knowledge.search.base import Vectors
from knowledge.understanding.letters import buckets_of
from knowledge.understanding.reading import Intent

_WEIGHTS = "weights.npz"
# Letters weigh half of what meaning does: they help with typos and mislead with new subjects (measured).
LETTERS_SHARE = 0.5


@dataclass(frozen=True, slots=True)
class Guess:
    """What the judge holds for likely: shares of 0 … 1 that add up to 1, by label."""

    by_label: Mapping[str, float]

    def by_intent(self) -> list[tuple[Intent, float]]:
        """Give each intent with its share, the likeliest first."""
        shares = dict.fromkeys(Intent, 0.0)
        for label, share in self.by_label.items():
            shares[intent_of(label)] += share
        return sorted(shares.items(), key=lambda pair: -pair[1])

    def share_of(self, intent: Intent) -> float:
        """Give the share of one intent."""
        return sum(share for label, share in self.by_label.items() if intent_of(label) is intent)

    def tone_of(self, intent: Intent) -> str:
        """Give the likeliest tone of an intent."""
        own = {k: v for k, v in self.by_label.items() if intent_of(k) is intent}
        _, _, tone = max(own, key=own.__getitem__).partition("/")[0].partition(".")
        return tone


class LearnedIntents:
    """Judges what a message is about."""

    def __init__(self, weights: Mapping[str, NDArray[np.generic]]) -> None:
        """Take the arrays of a weights file.

        labels (n,) text; meaning (dim, n), letters (BUCKETS, n) and bias (n,), any float; temperature (); model ().
        """
        self._labels = [str(label) for label in weights["labels"]]
        self._meaning = np.asarray(weights["meaning"], dtype=np.float32)
        self._letters = np.asarray(weights["letters"], dtype=np.float32)
        self._bias = np.asarray(weights["bias"], dtype=np.float32)
        self._temperature = float(weights["temperature"])
        self._model = str(weights["model"])

    @classmethod
    def shipped(cls) -> "LearnedIntents":
        """Read the weights that come with the program."""
        with (files("knowledge") / "understanding" / _WEIGHTS).open("rb") as file:
            return cls.read(file)

    @classmethod
    def read(cls, file: IO[bytes]) -> "LearnedIntents":
        """Read weights."""
        with np.load(file, allow_pickle=False) as arrays:
            return cls({name: arrays[name] for name in arrays.files})

    @classmethod
    def shipped_for(cls, fingerprint: str) -> "LearnedIntents | None":
        """Give the shipped one, or None: it was learned from vectors of another embedder. Reads a file."""
        learned = cls.shipped()
        return learned if learned.fits(fingerprint) else None

    def fits(self, fingerprint: str) -> bool:
        """Tell whether it was learned from the vectors of this embedder, however that is run."""
        return fingerprint.startswith(self._model)

    def judge(self, text: str, vector: Vectors) -> Guess:
        """Judge a text with its unit vector, shape (dim,) float32."""
        buckets = buckets_of(text)
        letters = self._letters[buckets].sum(axis=0) * (LETTERS_SHARE / np.sqrt(len(buckets)))
        scores = (vector @ self._meaning + letters + self._bias) / self._temperature
        likely = np.exp(scores - scores.max())
        return Guess(dict(zip(self._labels, map(float, likely / likely.sum()), strict=True)))


@cache
def intent_of(label: str) -> Intent:
    """Give the intent of a label."""
    return Intent(label.partition("/")[0].partition(".")[0])
