"""How much of what is asked some texts say, rare words counting more: BM25 as a share of the question.

A share, not a sum, so that a long question and a short one can be held against the same bar. Numbers
in arrays, nothing else: a question takes microseconds.
Source: Robertson and Zaragoza, The Probabilistic Relevance Framework (2009).
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from math import log

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.float32]
Places = NDArray[np.int64]
# Repeating a word helps little, and rules are long because they say more, so length counts little.
_SATURATION = 1.2
_LENGTH = 0.3


class Wording:
    """The stems of some texts, ready to be asked."""

    def __init__(self, texts: Sequence[Sequence[str]]) -> None:
        self._count = len(texts)
        lengths = np.array([len(text) for text in texts], dtype=np.float32)
        mean = max(float(lengths.mean()), 1.0) if texts else 1.0
        damping = _SATURATION * (1 - _LENGTH + _LENGTH * lengths / mean)
        found: dict[str, tuple[list[int], list[int]]] = {}
        for place, text in enumerate(texts):
            for stem, times in Counter(text).items():
                places, counts = found.setdefault(stem, ([], []))
                places.append(place)
                counts.append(times)
        self._places: dict[str, tuple[Places, Numbers]] = {}
        for stem, (places, counts) in found.items():
            where, often = np.array(places), np.array(counts, dtype=np.float32)
            told = often * (_SATURATION + 1) / (often + damping[where])
            self._places[stem] = where, told.astype(np.float32)

    def rarity(self, stem: str) -> float:
        """Give how much a stem tells: more, the fewer texts say it."""
        known = len(self._places[stem][0]) if stem in self._places else 0
        return log(1 + (self._count - known + 0.5) / (known + 0.5))

    def shares(self, asked: Mapping[str, float]) -> Numbers:
        """Give for each text how much of what is asked it says, 0 to about 2, shape (n,) float32.

        `asked` maps stems to weights; those of weight 1 were said and are what it is a share of.
        """
        shares = np.zeros(self._count, dtype=np.float32)
        said = sum(self.rarity(stem) for stem, weight in asked.items() if weight == 1.0)
        if not said:
            return shares
        for stem, weight in asked.items():
            if stem in self._places:
                where, told = self._places[stem]
                shares[where] += weight * self.rarity(stem) / said * told
        return shares
