"""Finding by words: the one door to bm25s.

It compares folded words and knows nothing of meaning, of spelling or of what the texts are about.
"""

from collections.abc import Sequence
from math import log

import bm25s
import numpy as np
from numpy.typing import NDArray

from knowledge.search.terms import Phrase, Term

Scores = NDArray[np.float32]
# How fast another mention stops counting, and how much long texts are held back: Lucene's defaults.
# Source: https://github.com/apache/lucene BM25Similarity.java (2026-11-21).
_K1, _B = 1.2, 0.75


class LexicalIndex:
    """The words of some texts, each text under its row from 0. Building it for 20,000 takes seconds."""

    def __init__(self, texts: Sequence[Sequence[str]]) -> None:
        """Take the folded words of each text; a word that counts double stands there twice."""
        self._count = len(texts)
        self._index = bm25s.BM25(k1=_K1, b=_B, method="lucene")
        self._rows: dict[str, int] = {}
        if any(texts):
            self._index.index([list(words) for words in texts], show_progress=False)
            self._rows = self._index.vocab_dict

    def knows(self, word: str) -> bool:
        """Tell whether some text has this folded word."""
        return word in self._rows

    def scores(self, terms: Sequence[Term]) -> Scores:
        """Give for each text how much of what is asked for it says, 0–1, shape (texts,).

        It is BM25 over the most that these terms could give: 1 would be a text made of nothing else. A term that
        no text has counts against all of them, as the rarest word would.
        """
        total = np.zeros(self._count, dtype=np.float32)
        most = 0.0
        for term in terms:
            said = [phrase for phrase in term.phrases if all(map(self.knows, phrase))]
            weight = self._weight(said[0]) if said else self._rarest
            most += weight
            if said:
                total += weight * np.max([self._shares(phrase) for phrase in said], axis=0)
        return total / np.float32(most) if most else total

    def _shares(self, phrase: Phrase) -> Scores:
        """Give BM25 over the most that the phrase could give, for each text that has all its words, 0 for others."""
        by_word = np.array([self._index.get_scores_from_ids([self._rows[w]]) for w in phrase])
        shares = by_word.sum(axis=0) / np.float32(self._weight(phrase))
        return np.where((by_word > 0).all(axis=0), shares, np.float32(0))

    def _weight(self, phrase: Phrase) -> float:
        """Give how telling a known phrase is: the rarer its words, the more."""
        starts = self._index.scores["indptr"]
        rows = [self._rows[word] for word in phrase]
        return sum(self._rarity(int(starts[row + 1] - starts[row])) for row in rows)

    @property
    def _rarest(self) -> float:
        return self._rarity(0)

    def _rarity(self, texts: int) -> float:
        """Give the inverse document frequency as Lucene and bm25s count it."""
        return log(1 + (self._count - texts + 0.5) / (texts + 0.5))
