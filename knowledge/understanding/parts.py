"""A message taken apart into the things it asks for (pure)."""

import re
from collections.abc import Sequence

MOST_PARTS = 4
_FEWEST_LETTERS = 2
# What ends one thing and begins another: a sentence's end, or an "and" before a new question or request.
_BETWEEN = re.compile(
    r"(?<=[.!?;…])\s+|\s*\n+\s*"
    r"|[,;]?\s+(?:and|but|also|plus|btw|oh and)\s+(?:also\s+)?(?="
    r"(?:where|when|what|who|how|why|which|do|does|did|can|could|is|are|will|would|should|have|has|"
    r"i|i'm|im|we|please|pls|show|tell|find|give|cancel|track|my\s+order)\b)",
    re.IGNORECASE,
)


def texts_of(message: str) -> tuple[str, ...]:
    """Give the texts to embed: the whole message and, where it has several parts, each of them."""
    found = _parts(message)
    return (message, *found) if len(found) > 1 else (message,)


def _parts(message: str) -> Sequence[str]:
    pieces = [piece.strip(" ,;") for piece in _BETWEEN.split(message)]
    telling = [p for p in pieces if sum(map(str.isalpha, p)) >= _FEWEST_LETTERS]
    if len(telling) > MOST_PARTS:
        telling[MOST_PARTS - 1 :] = [" ".join(telling[MOST_PARTS - 1 :])]
    return telling
