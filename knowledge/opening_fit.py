"""Whether what a model begins a reply with is about what was asked; what is not, is left out."""

import re
from collections.abc import Awaitable, Callable, Sequence

from knowledge.llm.lexicon import words_in
from knowledge.search.base import Vectors

Encode = Callable[[Sequence[str]], Awaitable[Vectors]]

# Of openings written for a message 98 of 100 are at least as like it; of those written for another, none of 100 is.
_LEAST_LIKE = 0.4
# One of ours is well said and may be further from the words; those of a need that was misheard mostly are further still.
LEAST_LIKE_OURS = 0.3
_OF_SUBSTANCE = 4  # letters
_SENTENCE_END = re.compile(r"(?<=[.!?…])\s+")


def stammers(opening: str) -> bool:
    """Tell whether a sentence of an opening says a word of substance twice: "A piano, a piano"."""
    return any(_repeats(sentence) for sentence in _SENTENCE_END.split(opening))


def _repeats(sentence: str) -> bool:
    said = [word for word in words_in(sentence) if len(word) >= _OF_SUBSTANCE]
    return len(set(said)) < len(said)


async def fits(
    opening: str, message: str, encode: Encode, least_like: float = _LEAST_LIKE
) -> bool:
    """Tell whether an opening is about a message, by how like their unit vectors are, and well said."""
    if stammers(opening):
        return False
    own, asked = await encode([opening, message])
    return float(own @ asked) >= least_like
