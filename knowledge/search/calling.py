"""What a shop calls the things that people call otherwise: of "a jumper" it makes "a sweater" (pure).

Synonyms find a thing by its words; but meaning, and whoever asks whether there is such a thing, know only its name.
"""

import re
from collections.abc import Callable, Mapping

from knowledge.search.terms import Phrase, Synonyms, phrase_of
from knowledge.search.words import folded

_WORD = re.compile(r"(?<![<\w])[^\W\d_]+(?:['’][^\W\d_]+)?")  # <NAME_1> stands for a word
# How sure it is that a shop calls something so: a kind of its things, one of them, none.
KIND, THING, NOTHING = 2, 1, 0


class Calling:
    """The names that one shop has for things, by what people call them."""

    def __init__(self, synonyms: Synonyms, rank: Callable[[Phrase], int]) -> None:
        """Take the synonyms, and how sure it is that a phrase names something there: KIND, THING or NOTHING."""
        self._names: Mapping[Phrase, str] = _names(synonyms, rank)
        self._synonyms = synonyms

    def called(self, text: str) -> str:
        """Give a text in which things are called as in the shop; the longest phrase counts."""
        if not self._names:
            return text
        words = list(_WORD.finditer(text))
        phrase = [
            folded(each[0].casefold().replace("’", "'").removesuffix("'s")) for each in words
        ]
        told: list[str] = []
        at, start = 0, 0
        while start < len(words):
            group = self._synonyms.at(phrase, start)
            length = len(group[0]) if group else 1
            name = self._names.get(group[0]) if group else None
            if name is not None:
                told += (text[at : words[start].start()], name)
                at = words[start + length - 1].end()
            start += length
        return "".join((*told, text[at:]))


def _names(synonyms: Synonyms, rank: Callable[[Phrase], int]) -> dict[Phrase, str]:
    names: dict[Phrase, str] = {}
    for group in synonyms.groups:
        ranks = [rank(phrase_of(each)) for each in group]
        best = max(ranks, default=NOTHING)
        for name, own in zip(group, ranks, strict=True):
            if own < best:
                names.setdefault(phrase_of(name), group[ranks.index(best)])
    return names
