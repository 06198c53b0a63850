"""The seam every embedding model fits behind, free of any engine."""

from collections.abc import Sequence
from typing import NamedTuple, Protocol

import numpy as np
from numpy.typing import NDArray

Vectors = NDArray[np.float32]


class Worded(NamedTuple):
    """A text's unit vector, shape (dim,), and its word pieces with theirs, shape (len(pieces), dim) float32."""

    vector: Vectors
    pieces: tuple[str, ...]
    piece_vectors: Vectors


class Embedder(Protocol):
    """Anything that turns texts into comparable vectors; slow, so call it off the event loop."""

    @property
    def fingerprint(self) -> str:
        """Name the model: vectors of different fingerprints must not be compared."""
        ...

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Give unit vectors, shape (len(texts), dim) float32: their dot product is the cosine."""
        ...

    def knows(self, word: str) -> bool:
        """Tell whether a lower-case word is one the model has learnt whole, so hardly a slip of the finger."""
        ...
