"""The words around the name of a thing, folded as titles are: pieces of it, moments, limits, and names of no thing.

They stand in data/naming.toml; `naming_words` reads them once.
"""

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from knowledge.search.words import words_in

Name = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class NamingWords:
    """Folded words; data/naming.toml says what each kind does. `piece_of` finds "a loaf of" in a text."""

    of_two_words: tuple[Name, ...]
    piece_of: re.Pattern[str]
    moments: frozenset[str]
    limits: frozenset[str]
    no_names: frozenset[str]


@cache
def naming_words() -> NamingWords:
    """Give the words that come with the program. Reads a file the first time."""
    text = (files("knowledge") / "data" / "naming.toml").read_text(encoding="utf-8")
    told: dict[str, list[str]] = tomllib.loads(text)
    pieces = "|".join(map(re.escape, told["pieces"]))
    moments, limits, no_names = (
        frozenset(words_in(" ".join(told[kind]))) for kind in ("moments", "limits", "no_names")
    )
    return NamingWords(
        of_two_words=tuple(tuple(words_in(name)) for name in told["of_two_words"]),
        piece_of=re.compile(rf"\b(?:{pieces}) of\s+", re.IGNORECASE),
        moments=moments,
        limits=limits,
        no_names=no_names,
    )
