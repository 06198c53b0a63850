"""One message as detectors read it: plain characters, words, and what is known beforehand.

Knows no detector. A Reading is the typed text itself, so that it passes through scrubadub, which
hands detectors nothing but the text, from any thread and without shared state.
"""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Self

from knowledge.privacy.plain import Plain, plain
from knowledge.privacy.tagging.base import TextTagger

# Where a number is read last: a shop that speaks English has shoppers from there.
_LAST_REGIONS = ("US", "GB")
# Letters with the marks that belong to them: vowels of India's scripts, of Thai, Hebrew and Arabic.
_LETTERS = r"[^\W\d_](?:[^\W\d_]|[\u0300-\u036f\u0591-\u05c7\u064b-\u065f\u0670\u0900-\u0963\u0971-\u0df3\u0e31-\u0e4e])*"
_WORD = re.compile(rf"{_LETTERS}(?:['-]{_LETTERS})*")


@dataclass(frozen=True, slots=True)
class Word:
    """A run of letters in the plain text; is_kept says that it belongs to a name of the catalogue.

    folded is in lower case without accents. bare is folded without a closing 's, and name_end the
    position where it ends: in "Ana's" the name is Ana.
    """

    start: int
    end: int
    text: str
    folded: str
    is_kept: bool

    @property
    def is_capitalised(self) -> bool:
        """Whether it is written like a name: Ana, O'Brien, but neither ANA nor ana."""
        return self.text[0].isupper() and not (len(self.text) > 1 and self.text.isupper())

    @property
    def bare(self) -> str:
        """The folded word without a closing 's."""
        return self.folded.removesuffix("'s")

    @property
    def name_end(self) -> int:
        """Where the word ends without a closing 's."""
        return self.start + len(self.bare)


class Keep:
    """Phrases of the catalogue that no detector may take for a person's name."""

    def __init__(self, phrases: Collection[str] = ()) -> None:
        self._by_first_word: dict[str, list[tuple[str, ...]]] = {}
        self._words: set[str] = set()
        for phrase in phrases:
            words = tuple(map(_unquoted, _WORD.findall(plain(phrase).folded)))
            if words:
                self._by_first_word.setdefault(words[0], []).append(words)
                self._words.update(words)

    def mentions(self, word: str) -> bool:
        """Say whether a folded word stands anywhere in the catalogue's phrases."""
        return _unquoted(word) in self._words

    def flags(self, words: Sequence[str]) -> list[bool]:
        """Say of each folded word whether it stands in a whole phrase of the catalogue.

        An apostrophe more or less makes no difference: Jack Daniels is Jack Daniel's.
        """
        words = [_unquoted(word) for word in words]
        flags = [False] * len(words)
        for index, word in enumerate(words):
            for phrase in self._by_first_word.get(word, ()):
                if tuple(words[index : index + len(phrase)]) == phrase:
                    flags[index : index + len(phrase)] = [True] * len(phrase)
        return flags


def _unquoted(word: str) -> str:
    return word.replace("'", "")


NOTHING_KEPT = Keep()


class Reading(str):
    """The typed text, with its plain form and what is known about its writer.

    known_names are names from the profile, the shopper's own and relatives'. regions are the
    ISO 3166 codes in which a national phone number is read, the likeliest first. tagger finds what
    no rule does, None where only rules are wanted.
    """

    known_names: tuple[str, ...]
    regions: tuple[str, ...]
    keep: Keep
    tagger: TextTagger | None

    def __new__(
        cls,
        text: str,
        *,
        known_names: Sequence[str] = (),
        regions: Sequence[str] = (),
        keep: Keep = NOTHING_KEPT,
        tagger: TextTagger | None = None,
    ) -> Self:
        """Wrap a text. Plain form and words are computed at first use, once."""
        reading = super().__new__(cls, text)
        reading.known_names = tuple(known_names)
        reading.regions = tuple(dict.fromkeys([*map(str.upper, regions), *_LAST_REGIONS]))
        reading.keep = keep
        reading.tagger = tagger
        return reading

    @cached_property
    def plain(self) -> Plain:
        """The text in plain characters."""
        return plain(str(self))

    @cached_property
    def has_digits(self) -> bool:
        """Whether any number stands in the text; most messages of a shop have none."""
        return any(character.isdigit() for character in self.plain.text)

    @cached_property
    def is_shouted(self) -> bool:
        """Whether capitals say nothing here, because there is nothing else."""
        return self.plain.text.isupper()

    @cached_property
    def words(self) -> tuple[Word, ...]:
        """The words of the plain text, in order."""
        matches = list(_WORD.finditer(self.plain.text))
        folded = [self.plain.folded[match.start() : match.end()] for match in matches]
        flags = self.keep.flags(folded)
        return tuple(
            Word(match.start(), match.end(), match.group(), word, flag)
            for match, word, flag in zip(matches, folded, flags, strict=True)
        )
