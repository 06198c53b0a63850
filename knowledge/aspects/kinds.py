"""What things are, from data/kinds.toml: "penne" is pasta, pasta is a grain, "peanut butter" is no butter (pure).

It knows words alone, no products, no vectors and no shopper.
"""

import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

from knowledge.constraints.denial import Token, tokens_of

_LONGEST_TERM = 4
_FOOD = "food"
Term = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Sighting:
    """A term that a text says, its words in the singular, and every kind it is of."""

    term: Term
    kinds: frozenset[str]
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Kinds:
    """The kinds by term. `whole` are terms that say all that their words say: no butter in "peanut butter"."""

    by_term: Mapping[Term, frozenset[str]]
    whole: frozenset[Term]

    @classmethod
    def shipped(cls) -> "Kinds":
        """Read the kinds that come with the program. Blocks."""
        text = (files("knowledge") / "data" / "kinds.toml").read_text(encoding="utf-8")
        return cls.of(tomllib.loads(text))

    @classmethod
    def of(cls, tables: Mapping[str, Mapping[str, str]]) -> "Kinds":
        """Take tables of kinds, each with its words joined by commas."""
        words = {
            kind: {term_of(word) for word in said.split(",")} | {term_of(kind.replace("_", " "))}
            for table in tables.values()
            for kind, said in table.items()
        }
        parents = _parents(words)
        by_term: dict[Term, frozenset[str]] = {}
        for kind, terms in words.items():
            for term in terms:
                by_term[term] = by_term.get(term, frozenset()) | parents[kind]
        food = (
            term_of(word) for said in tables.get(_FOOD, {}).values() for word in said.split(",")
        )
        return cls(by_term, frozenset(term for term in food if len(term) > 1))

    def sightings(self, text: str) -> list[Sighting]:
        """Give every term of a text that has kinds, longer ones first where they hide shorter ones."""
        return list(self._sightings(tokens_of(text)))

    def _sightings(self, tokens: Sequence[Token]) -> Iterator[Sighting]:
        words = [singular(token.text) for token in tokens]
        hidden = -1
        for place in range(len(words)):
            for length in range(min(_LONGEST_TERM, len(words) - place), 0, -1):
                term = tuple(words[place : place + length])
                kinds = self.by_term.get(term)
                if kinds is None or place + length <= hidden:
                    continue
                yield Sighting(term, kinds, tokens[place].start, tokens[place + length - 1].end)
                if term in self.whole:
                    hidden = place + length


def term_of(text: str) -> Term:
    """Give a term's words in the singular, cut as a text is cut."""
    return tuple(singular(token.text) for token in tokens_of(text.strip()))


@lru_cache(maxsize=20_000)
def singular(word: str) -> str:
    """Give a plural's singular, roughly: "berries" → "berry", "dishes" → "dish", "fries" stays."""
    word = word.removesuffix("'s")
    if len(word) < 4 or word in _PLURAL_ONLY or word.endswith(("ss", "us", "is")):  # noqa: PLR2004  # "gas", "bus"
        return word
    if word.endswith("ies") and len(word) > 4:  # noqa: PLR2004  # "pies" is pie
        return word[:-3] + "y"
    if word.endswith(("ches", "shes", "sses", "xes", "oes")):
        return word[:-2]
    return word.removesuffix("s")


_PLURAL_ONLY = frozenset(
    "fries brownies cookies smoothies veggies movies hummus couscous asparagus swiss swis".split()
)


def _parents(words: Mapping[str, Iterable[Term]]) -> dict[str, frozenset[str]]:
    """Give for each kind itself and all kinds that list it, however far up."""
    listing: dict[str, set[str]] = {kind: set() for kind in words}
    for kind, terms in words.items():
        for term in terms:
            inner = "_".join(term)
            if inner in listing and inner != kind:
                listing[inner].add(kind)
    found: dict[str, frozenset[str]] = {}
    for kind in words:
        seen, waiting = {kind}, [kind]
        while waiting:
            for parent in listing[waiting.pop()] - seen:
                seen.add(parent)
                waiting.append(parent)
        found[kind] = frozenset(seen)
    return found
