"""What a message asks for, term by term, each with the other ways to say it (pure)."""

import tomllib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from importlib.resources import files

from knowledge.search.words import FILLER, parts_of, words_in

Phrase = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Term:
    """One thing asked for: any of the `phrases` will do, the shopper's own is first.

    All folded words of a phrase must be there, in any order.
    """

    phrases: tuple[Phrase, ...]


class Synonyms:
    """Ways to say the same thing, in groups."""

    def __init__(self, groups: Sequence[Sequence[str]]) -> None:
        self.groups = groups
        self._groups: dict[Phrase, tuple[Phrase, ...]] = {}
        for group in groups:
            phrases = tuple(phrase_of(each) for each in group)
            for phrase in phrases:
                known = self._groups.get(phrase, ())
                self._groups[phrase] = tuple(dict.fromkeys((phrase, *known, *phrases)))
        self._longest = max(map(len, self._groups), default=0)
        self._words = frozenset(word for phrase in self._groups for word in phrase)

    @classmethod
    def shipped(cls) -> "Synonyms":
        """Read the groups that come with the program."""
        text = (files("knowledge") / "data" / "synonyms.toml").read_text(encoding="utf-8")
        by_aisle: Mapping[str, list[list[str]]] = tomllib.loads(text)
        return cls([group for groups in by_aisle.values() for group in groups])

    def knows(self, word: str) -> bool:
        """Tell whether a folded word is part of some group."""
        return word in self._words

    def at(self, words: Sequence[str], start: int) -> tuple[Phrase, ...]:
        """Give the group of the longest known phrase that begins there, that phrase first; () for none."""
        for length in range(min(self._longest, len(words) - start), 0, -1):
            group = self._groups.get(tuple(words[start : start + length]))
            if group:
                return group
        return ()


def terms_of(text: str, synonyms: Synonyms, knows: Callable[[str], bool]) -> list[Term]:
    """Read the terms of a text, without what people say around them.

    `knows` tells whether a folded word occurs in the catalogue: "ear phones" is then looked up as one word, too.
    """
    words = [word for word in words_in(text) if word not in FILLER]
    terms: list[Term] = []
    start = 0
    while start < len(words):
        phrases = synonyms.at(words, start)
        length = len(phrases[0]) if phrases else 1
        if not phrases:
            pair = words[start : start + 2]
            if len(pair) > 1 and knows("".join(pair)):
                phrases, length = (tuple(pair), ("".join(pair),)), 2
            else:
                phrases = _spellings(words[start])
        terms.append(Term(phrases))
        start += length
    return list(dict.fromkeys(terms))


def phrase_of(text: str) -> Phrase:
    """Give the folded words of a way to say something, a hyphenated one as its parts."""
    return tuple(part for word in words_in(text) for part in parts_of(word))


def _spellings(word: str) -> tuple[Phrase, ...]:
    """Give a word with and without its hyphens."""
    if "-" not in word:
        return ((word,),)
    return (parts_of(word), (word.replace("-", ""),))
