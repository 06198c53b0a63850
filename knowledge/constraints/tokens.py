"""A message as its words and stops, with denials that are spelled as one word taken apart (pure)."""

import re
from dataclasses import dataclass

STOPS = frozenset(".;:!?()\n")
PICTURE = "\u00b7"  # what any emoji is read as
_TOKEN = re.compile(
    r"w/o|[^\W_]+(?:['’][^\W_]+)*|[.,;:!?()\n]|[\u2190-\u2bff\U0001f000-\U0001faff]+", re.UNICODE
)
# Denials that can be seen in one word: n't and its slips.
_SPELLED_OUT = {
    "cannot": ("can", "not"),
    "cant": ("can", "not"),
    "can't": ("can", "not"),
    "won't": ("will", "not"),
    "wont": ("will", "not"),
    "dont": ("do", "not"),
    "doesnt": ("does", "not"),
    "didnt": ("did", "not"),
    "isnt": ("is", "not"),
    "arent": ("are", "not"),
    "wouldnt": ("would", "not"),
    "shouldnt": ("should", "not"),
    "couldnt": ("could", "not"),
    "mustnt": ("must", "not"),
    "nothin": ("nothing",),
    "i'm": ("i",),
    "i'd": ("i",),
    "i've": ("i",),
    "i'll": ("i",),
    "we're": ("we",),
}


@dataclass(frozen=True, slots=True)
class Token:
    """A lower-case word or stop of a text, and where it stands."""

    text: str
    start: int
    end: int


def tokens_of(text: str) -> list[Token]:
    """Cut a text into words and stops, "don't" into "do" and "not"."""
    found: list[Token] = []
    for match in _TOKEN.finditer(text.replace("’", "'").replace("-less", "-free")):
        word = (
            PICTURE if match[0] >= "\u2190" and not match[0][0].isalpha() else match[0].casefold()
        )
        parts = _SPELLED_OUT.get(word)
        if parts is None:
            parts = (word[:-3], "not") if word.endswith("n't") and len(word) > 3 else (word,)  # noqa: PLR2004  # n't itself
        found += [Token(part, match.start(), match.end()) for part in parts]
    return found
