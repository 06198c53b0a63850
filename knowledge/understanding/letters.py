"""A text as numbers of its words, pairs of words and runs of letters: what is left of it when words are misspelt (pure).

Numbers stand for whatever falls on them (the hashing trick), so that no list of words has to be kept.
"""

import re
from collections.abc import Iterator
from itertools import pairwise
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

BUCKETS = 4096
_RUNS = (3, 4)
_NOT_TELLING = re.compile(r"[^a-z0-9'<>_]+")


def buckets_of(text: str) -> NDArray[np.int64]:
    """Give the numbers of a text's pieces, each once, ascending, in 0 … BUCKETS - 1; there is at least one."""
    numbers = {crc32(piece.encode()) % BUCKETS for piece in _pieces(text.casefold())}
    return np.array(sorted(numbers), dtype=np.int64)


def _pieces(lowered: str) -> Iterator[str]:
    plain = f" {_NOT_TELLING.sub(' ', lowered).strip()} "
    for length in _RUNS:
        for start in range(max(1, len(plain) - length + 1)):
            yield f"{length}{plain[start : start + length]}"
    words = plain.split()
    yield from (f"w{word}" for word in words)
    yield from (f"b{first} {second}" for first, second in pairwise(words))
