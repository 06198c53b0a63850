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


def texts_of(message: str) -> tuple[str, ...]:
    """Give the texts to embed, in plainer words: the whole message and, where it has several parts, each of them."""
    plain = plainer(message)
    found = _parts(plain)
    return (plain, *found) if len(found) > 1 else (plain,)


def _parts(plain: str) -> Sequence[str]:
    pieces = [piece.strip(" ,;") for piece in _BETWEEN.split(plain)]
    telling = [p for p in pieces if sum(map(str.isalpha, p)) >= _FEWEST_LETTERS]
    if len(telling) > MOST_PARTS:
        telling[MOST_PARTS - 1 :] = [" ".join(telling[MOST_PARTS - 1 :])]
    return telling
