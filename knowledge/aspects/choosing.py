"""The text that fits a wish best among a few: embeds them and weighs every aspect. Blocks: some 5 ms a text.

The one place of this package where an engine is asked; how aspects count is decided in scoring.py.
"""

from collections.abc import Sequence
from typing import Protocol

import numpy as np

from knowledge.aspects.core import STOP_WORDS
from knowledge.aspects.reading import Reader
from knowledge.aspects.scoring import Likeness, denied_in, scores, word_likeness
from knowledge.search.base import Vectors, Worded

# What is like these is like anything: they name nothing.
_PLAIN = (
    "I want something to eat",
    "can I have something",
    "because they are both good for being used",
    "because I wanted a good product",
)


class WordEmbedder(Protocol):
    """Turns texts into vectors, and their word pieces with them."""

    def encode_words(self, texts: Sequence[str]) -> list[Worded]:
        """Give each text's vector and those of its word pieces."""
        ...


class Chooser:
    """Chooses among texts, such as short descriptions of dishes or goods."""

    def __init__(self, embedder: WordEmbedder, reader: Reader) -> None:
        """Take what embeds and what knows words; embeds a few sentences."""
        self._embedder = embedder
        self._reader = reader
        plain = np.mean([each.vector for each in embedder.encode_words(_PLAIN)], axis=0)
        self._plain = np.asarray(plain / np.linalg.norm(plain), np.float32)

    def scores(self, wish: str, texts: Sequence[str]) -> Vectors:
        """Give each text's score, higher is better, shape (len(texts),) float32."""
        read = self._reader.read(wish)
        denied = [denied_in(read)] if read.denied else []
        asked, core, *told = self._embedder.encode_words([wish, read.core, *texts, *denied])
        unwanted = told.pop().vector if denied else np.zeros_like(core.vector)
        vectors = np.array([each.vector for each in told], np.float32)
        telling = [piece not in STOP_WORDS and piece[0].isalnum() for piece in asked.pieces]
        words = asked.piece_vectors[np.array(telling, bool)]
        likeness = Likeness(
            whole=vectors @ asked.vector,
            core=vectors @ core.vector,
            denied=vectors @ unwanted,
            plain=vectors @ self._plain,
            words=np.array(
                [word_likeness(words, each.piece_vectors) for each in told], np.float32
            ),
        )
        return scores(read, texts, likeness, self._reader)
