"""The Spanish vocabulary of the shop, read once: entries by their words, and which words tell a language.

How entries become a sentence is none of its business.
"""

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files

from knowledge.search.words import FILLER
from knowledge.spanish.words import Form, Token, bare, forms_of
from knowledge.understanding.examples import Examples

SAID, THING, DESCRIBING, MEASURE, LITTLE = "said", "things", "describing", "measures", "little"
REST, END = "*", "$"  # stand for the rest of a clause, and for its end
_ENTRY = re.compile(r"[;\n]")
_WORD = re.compile(r"[a-z]+")
_SHORTEST_WITH_SLIP = 5  # a slip in a shorter word makes another word of it (ours)
_SLIP_COST = 5


@dataclass(slots=True)
class Node:
    """Where a run of words has come to: what it means there by kind, and how it may go on."""

    meanings: dict[str, str] = field(default_factory=dict)
    following: dict[str, "Node"] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Deciding:
    """Bare words by what they tell of the language a message is in."""

    surely: frozenset[str]
    loaned: frozenset[str]
    silent: frozenset[str]
    little: frozenset[str]
    english: frozenset[str]
    english_little: frozenset[str]


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Every entry from its first word on, every word of an entry, and the words by what a slip leaves of them."""

    root: Node
    words: frozenset[str]
    slips: Mapping[str, str]
    intensifiers: frozenset[str]
    numbers: Mapping[str, str]
    accented: Mapping[str, str]
    deciding: Deciding
    count: int

    @classmethod
    @cache
    def shipped(cls) -> "Vocabulary":
        """Read the shipped vocabulary; blocks for about 0.1 s, the first time."""
        text = files("knowledge").joinpath("data/spanish.toml").read_text("utf-8")
        tables = tomllib.loads(text)
        told, accented = tables.pop("deciding"), tables.pop("accented")["words"]
        root, words, count = Node(), set[str](), 0
        silent = set(told["silent"].split())
        for kind, groups in tables.items():
            for spanish, english in _entries(groups):
                _add(root, spanish, kind, english)
                words.update(spanish)
                count += 1
                if len(spanish) == 1 and english.casefold().startswith(spanish[0]):
                    silent.add(spanish[0])
        words -= {"#", REST, END}
        return cls(
            root=root,
            words=frozenset(words),
            slips=_slips(words),
            intensifiers=frozenset(told["intensifiers"].split()),
            numbers={
                word: english for (word,), english in _entries({"": tables[LITTLE]["numbers"]})
            },
            accented=_accented(accented),
            deciding=Deciding(
                surely=frozenset(told["surely"].split()),
                loaned=frozenset(told["loaned"].split()),
                silent=frozenset(silent),
                little=frozenset(
                    words[0] for words, _ in _entries(tables[LITTLE]) if len(words) == 1
                ),
                english=_english(),
                english_little=FILLER,
            ),
            count=count,
        )

    def forms(self, token: Token) -> Sequence[Form]:
        """Give the forms in which a token stands in some entry; a slip of one letter only where nothing else does.

        Written with a capital it may be a name, which has no slips.
        """
        if not token.is_word:
            return [Form(token.bare)] if token.bare else []
        known = [form for form in forms_of(token.bare) if form.bare in self.words]
        if known or token.bare in self.deciding.english or token.text[0].isupper():
            return known
        slipped = self._slipped(token.bare)
        return [Form(slipped, slipped.endswith("s"), _SLIP_COST, is_slip=True)] if slipped else []

    def _slipped(self, word: str) -> str | None:
        if len(word) < _SHORTEST_WITH_SLIP:
            return None
        singular = word.removesuffix("s")
        for each in (word, *_shortened(word), singular, *_shortened(singular)):
            if each in self.slips:
                return self.slips[each]
        return None


def _entries(groups: Mapping[str, str]) -> Iterator[tuple[tuple[str, ...], str]]:
    for group in groups.values():
        for entry in filter(str.strip, _ENTRY.split(group)):
            spanish, _, english = entry.partition("=")
            for way in spanish.split(","):
                yield tuple(bare(way).split()), english.strip()


def _add(root: Node, spanish: Sequence[str], kind: str, english: str) -> None:
    node = root
    for word in spanish:
        node = node.following.setdefault(word, Node())
    node.meanings[kind] = english


def _slips(words: set[str]) -> dict[str, str]:
    """Give the words by each form with one letter left out, and by themselves."""
    found: dict[str, str] = {}
    for word in sorted(words):
        if len(word) >= _SHORTEST_WITH_SLIP:
            for shortened in _shortened(word):
                found.setdefault(shortened, word)
    return found | {word: word for word in words if len(word) >= _SHORTEST_WITH_SLIP}


def _shortened(word: str) -> Iterator[str]:
    for place in range(1, len(word)):
        yield word[:place] + word[place + 1 :]


def _english() -> frozenset[str]:
    """Give the English words that people say to a shop and that replies are written in."""
    text = files("knowledge").joinpath("data/common_words.txt").read_text("utf-8")
    lines = (line for line in text.splitlines() if not line.startswith("#"))
    said = " ".join([*lines, *Examples.shipped().texts]).casefold()
    return frozenset(_WORD.findall(said)) | FILLER


def _accented(entries: str) -> dict[str, str]:
    pairs = (entry.partition("=") for entry in entries.split(";"))
    return {word.strip(): english.strip() for word, _, english in pairs}
