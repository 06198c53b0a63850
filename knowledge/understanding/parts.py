"""A message taken apart into what could be several requests; what they are is for others to say (pure)."""

import re
from collections.abc import Sequence

from knowledge.understanding.forms import REQUEST, STATE
from knowledge.understanding.wording import plainer

MOST_PARTS = 4
_FEWEST_LETTERS = 2
_BEGINS = rf"(?:{REQUEST}|{STATE})"
_BETWEEN = re.compile(
    r"(?<=[.!?…])\s+|\s*[;\n]+\s*|\s+[–—]\s+|\s-\s"
    rf"|[,.]?\s+(?:and|but|also|plus|btw|by the way|oh|then|&|\+)(?:\s+(?:also|then|btw|please|oh))*,?\s+(?={_BEGINS})"
    rf"|,\s*(?={_BEGINS})",
    re.IGNORECASE,
)
# Who somebody is, and how to reach them, asks for nothing.
_INTRODUCES = re.compile(
    r"(?:my name is|this is|call me(?: on| at)?|write to(?: me at)?|i'm|i am) <[A-Z]+_\d+>",
    re.IGNORECASE,
)


def texts_of(message: str) -> tuple[str, ...]:
    """Give the texts to embed, in plainer words: the whole message and, where it has several parts, each of them."""
    plain = plainer(message)
    found = _parts(plain)
    return (plain, *found) if len(found) > 1 else (plain,)


def _parts(plain: str) -> Sequence[str]:
    pieces = [piece.strip(" ,;") for piece in _BETWEEN.split(plain)]
    telling = [
        piece
        for piece in pieces
        if sum(map(str.isalpha, piece)) >= _FEWEST_LETTERS and not _INTRODUCES.match(piece)
    ]
    if len(telling) > MOST_PARTS:
        telling[MOST_PARTS - 1 :] = [" ".join(telling[MOST_PARTS - 1 :])]
    return telling
