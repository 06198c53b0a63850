"""Mends words that nobody knows: the one door to rapidfuzz.

A word is mended only when neither the catalogue nor the language knows it, and only into a word of the
catalogue. Sizes, model numbers and brands are left alone: they have digits, or the catalogue knows them.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import pairwise

from rapidfuzz.distance import OSA

Knows = Callable[[str], bool]

_WORD = re.compile(
    r"(?<![<\w])[^\W\d_]+(?:['’][^\W\d_]+)?"
)  # <NAME_1> stands for a word, and is none
# One slip in a word of four letters, two in one of eight: more makes another word of it (ours).
_SHORTEST, _LONG = 4, 8
_SHORTEST_PART = 3
_SOUNDS = tuple(
    (re.compile(pattern), letters)
    for pattern, letters in (
        ("ph", "f"), ("ch|ck|q", "k"), ("c(?=[eiy])", "s"), ("c", "k"), ("z", "s"), (r"(.)\1", r"\1"), ("gh|e$", ""), ("y", "i"),
    )
)  # fmt: skip


class Spelling:
    """The words of a catalogue, as they are written there."""

    def __init__(self, texts: Iterable[str]) -> None:
        self._counts: dict[str, int] = defaultdict(int)
        pairs = set[str]()
        for text in texts:
            words = _WORD.findall(text.casefold())
            pairs.update(f"{first} {second}" for first, second in pairwise(words))
            for word in words:
                self._counts[word] += 1
        self._pairs = frozenset(pairs)
        self._by_letter: Mapping[str, list[str]] = defaultdict(list)
        for word in self._counts:
            if len(word) >= _SHORTEST:
                self._by_letter[word[0]].append(word)

    def is_strange(self, text: str, knows: Knows) -> bool:
        """Tell whether a text has a word that `knows` does not; takes microseconds."""
        return any(
            len(word) >= _SHORTEST_PART and word not in self._counts and not knows(word)
            for word in _WORD.findall(text.casefold())
        )

    def mended(self, text: str, knows: Knows) -> str:
        """Give a text with its unknown words put right; what can't be, stays. Takes up to a millisecond a word."""
        text = _WORD.sub(lambda found: self._word(found[0], knows), text)
        return self._with_short_ones(text, knows)

    def _word(self, written: str, knows: Knows) -> str:
        word = written.casefold()
        is_short_form = "'" in word or "’" in word  # "you've" is no slip of "you're"
        if is_short_form or len(word) < _SHORTEST or word in self._counts or knows(word):
            return written
        one = self._closest(word[:-1]) if word.endswith("s") and len(word) > _SHORTEST else None
        return (
            self._closest(word) or one or self._parted(word) or self._parted_slip(word) or written
        )

    def _with_short_ones(self, text: str, knows: Knows) -> str:
        """Put a short word with a slip right by the word before it: "cinnamon rol"."""
        told, at = "", 0
        for first, second in pairwise(_WORD.finditer(text)):
            before, word = first[0].casefold(), second[0].casefold()
            if len(word) >= _SHORTEST or word in self._counts or knows(word):
                continue
            near = (each for each in self._slipped(word) if f"{before} {each}" in self._pairs)
            told += text[at : second.start()] + next(near, second[0])
            at = second.end()
        return told + text[at:]

    def _slipped(self, part: str) -> Iterator[str]:
        """Give the words that differ from a part by one slip."""
        for known in self._by_letter.get(part[:1], ()):
            if OSA.distance(part, known, score_cutoff=1) <= 1:
                yield known

    def _closest(self, word: str) -> str | None:
        """Give the word with the fewest slips; among equals one that sounds the same, then the most frequent."""
        slips, sound = 2 if len(word) >= _LONG else 1, _sound(word)
        near: list[tuple[int, bool, int, str]] = []
        for known in self._by_letter.get(word[0], ()):
            far = OSA.distance(word, known, score_cutoff=slips)
            if far <= slips:
                near.append((far, sound != _sound(known), -self._counts[known], known))
            elif sound == _sound(known):
                near.append((slips, False, -self._counts[known], known))
        return min(near)[3] if near else None

    def _parted(self, word: str) -> str | None:
        """Give the two words of the catalogue that were written as one: "trailshoes"."""
        for cut in range(len(word) - _SHORTEST_PART, _SHORTEST_PART - 1, -1):
            first, second = word[:cut], word[cut:]
            if first in self._counts and second in self._counts:
                return f"{first} {second}"
        return None

    def _parted_slip(self, word: str) -> str | None:
        """Give two words that the catalogue has side by side, written as one with a slip in either: "powerbnk"."""
        for cut in range(len(word) - _SHORTEST_PART, _SHORTEST_PART - 1, -1):
            first, second = word[:cut], word[cut:]
            pairs = [f"{first} {each}" for each in self._slipped(second)]
            pairs += [f"{each} {second}" for each in self._slipped(first)]
            for pair in pairs:
                if pair in self._pairs:
                    return pair
        return None


def _sound(word: str) -> str:
    """Give what a word sounds like, roughly: "headake" and "headache" are the same."""
    for pattern, letters in _SOUNDS:
        word = pattern.sub(letters, word)
    return word
