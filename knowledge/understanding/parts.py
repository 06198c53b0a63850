"""A message taken apart into what could be several requests; what they are is for others to say (pure)."""

import re
from collections.abc import Sequence

from knowledge.understanding.wording import plainer

MOST_PARTS = 4
_FEWEST_LETTERS = 2
# What begins a request of its own. A noun does not: "salt and pepper" is one thing.
_BEGINS = (
    r"(?:where|when|what|who|how|why|which|do|does|did|can|could|is|are|was|will|would|should|have|has|any|"
    r"i'm|i am|i want|i need|i would|i'd|i can't|i have|i also|i still|we|my \w+ (?:is|are|has|was|hurts?|needs?|died)|there|"
    r"please(?= \w)|show|tell|find|give|get me|cancel|track|refund|return|change|delete|book|reserve|help|send|"
    r"recommend|suggest|let me|call|stop|talk|speak)\b"
)
_BETWEEN = re.compile(
    r"(?<=[.!?…])\s+|\s*[;\n]+\s*|\s+[–—]\s+|\s-\s"
    rf"|[,.]?\s+(?:and|but|also|plus|btw|by the way|oh|then|&|\+)(?:\s+(?:also|then|btw|please|oh))*,?\s+(?={_BEGINS})"
    rf"|,\s*(?={_BEGINS})",
    re.IGNORECASE,
)
_ASKS = re.compile(
    rf"{_BEGINS}|.*\?\s*$|(?:thanks|hi|hello|hey)\b.*\b(?:do|can|is|where)\b", re.IGNORECASE
)
# Goes on with what was wished for before: "something vegan", "under 10 dollars", "not too sweet".
_GOES_ON = re.compile(
    r"(?:in|under|below|for|with|without|not|no|but|size|max|up to|around|something|anything|only|just|nothing|"
    r"vegan|vegetarian|cheap|it|they|must|should|preferably|ideally|please|near|close|i'm allergic|"
    r"i am allergic|i hate|i don't|i do not|i like|i love|i prefer|he|she|less|more than|at most|quick)\b",
    re.IGNORECASE,
)


def texts_of(message: str) -> tuple[str, ...]:
    """Give the texts to embed, in plainer words: the whole message and, where it has several parts, each of them."""
    plain = plainer(message)
    found = _parts(plain)
    return (plain, *found) if len(found) > 1 else (plain,)


def asks(part: str) -> bool:
    """Tell a question, a request or a state of somebody from what is told around it."""
    return _ASKS.match(part) is not None


def goes_on(part: str) -> bool:
    """Tell whether a part only narrows what was wished for before it."""
    return _GOES_ON.match(part) is not None


def _parts(plain: str) -> Sequence[str]:
    pieces = [piece.strip(" ,;") for piece in _BETWEEN.split(plain)]
    telling = [p for p in pieces if sum(map(str.isalpha, p)) >= _FEWEST_LETTERS]
    if len(telling) > MOST_PARTS:
        telling[MOST_PARTS - 1 :] = [" ".join(telling[MOST_PARTS - 1 :])]
    return telling
