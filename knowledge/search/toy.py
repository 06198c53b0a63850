"""A toy embedder for tests: words hashed into vectors, the same everywhere, in microseconds.

Texts that share words are close; it knows nothing of meaning.
"""

import re
from collections.abc import Sequence
from zlib import crc32

import numpy as np

from knowledge.search.base import Vectors

DIMENSIONS = 256


class ToyEmbedder:
    """Embeds a text as the bag of its words."""

    fingerprint = "toy"

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Give unit vectors, shape (len(texts), 256) float32."""
        vectors = np.zeros((len(texts), DIMENSIONS), dtype=np.float32)
        for row, text in enumerate(texts):
            for word in re.findall(r"\w+", text.casefold()):
                vectors[row, crc32(word.encode()) % DIMENSIONS] += 1.0
        lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
        return np.asarray(vectors / np.maximum(lengths, 1e-9), dtype=np.float32)

    def knows(self, _word: str) -> bool:
        """Tell that any word is well known: a toy that never read a text has no say in spelling."""
        return True
