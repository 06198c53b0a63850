"""How things suit what a wish denies, however mildly, and what it means beyond its words; without any vectors.

It knows texts alone. What a thing is called and what it is like, the search tells.
"""

from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache

from knowledge.aspects.reading import Reader
from knowledge.aspects.scoring import suits

_REMEMBERED = 4_096  # texts: 40 of them take 6 ms to read, and some microseconds once they are


class Suiting:
    """Weighs things by their texts, and remembers what it has read in them."""

    def __init__(self, reader: Reader) -> None:
        """Take what knows words."""
        self._reader = reader
        self._read = lru_cache(maxsize=_REMEMBERED)(reader.read)

    def weigh(self, wish: str, texts: Sequence[str]) -> list[float]:
        """Give what each text has for it, about -2 to 1; 0.0 for all when nothing is denied."""
        read = self._reader.read(wish)
        # In a shop, what one is out of is what one came for; and "won't stop crying" denies no goods.
        known = self._reader.kinds.by_term
        denied = [
            t for t in read.denied if not t.is_lack and any(term in known for term in t.terms)
        ]
        read = replace(read, denied=tuple(denied))
        if not (read.denied or read.never):
            return [0.0] * len(texts)
        told = [self._read(text) for text in texts]
        return [float(weight) for weight in suits(read, told, self._reader.kinds)]
