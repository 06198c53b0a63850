"""The words of denials: what begins one, what ends it, and sayings that deny nothing (pure).

They stand in data/denial_words.toml; `denial_words` reads them once.
"""

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

Phrases = frozenset[tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class DenialWords:
    """Phrases of words as `Token` has them; data/denial_words.toml says what each kind does."""

    firm: Phrases
    lacking: Phrases
    mild: Phrases
    sayings: Phrases
    ends: frozenset[str]
    fillers: frozenset[str]
    first_words: frozenset[str]


@cache
def denial_words() -> DenialWords:
    """Give the words that come with the program. Reads a file the first time."""
    text = (files("knowledge") / "data" / "denial_words.toml").read_text(encoding="utf-8")
    told: dict[str, list[str]] = tomllib.loads(text)
    kinds = ("firm", "lacking", "mild", "sayings")
    firm, lacking, mild, sayings = (
        frozenset(tuple(phrase.split()) for phrase in told[kind]) for kind in kinds
    )
    begins = frozenset(phrase[0] for phrase in firm | lacking | mild | sayings)
    ends, fillers = frozenset(told["ends"]), frozenset(told["fillers"])
    return DenialWords(firm, lacking, mild, sayings, ends, fillers, begins)


def phrases(text: str) -> Phrases:
    """Read phrases that stand between slashes, word by word; "w/o" is one word."""
    return frozenset(
        tuple(phrase.split()) for phrase in re.split(r"/(?!o\b)", text) if phrase.strip()
    )
