"""What things are, from data/kinds.toml: "penne" is pasta, pasta is a grain, "peanut butter" is no butter (pure).

It knows words alone, no products, no vectors and no shopper.
"""

import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from importlib.resources import files

from knowledge.constraints.denial import Token, tokens_of

_LONGEST_TERM = 4
_FOOD, _MANNER, _WHOLE, _NAMES, _CLAIMS = "food", "manner", "whole", "names", "claims"
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
    """The kinds by term. `whole` are terms that say nothing of their words: no butter in "peanut butter".

    `foods` are the kinds of what is eaten, `manners` those of how it is. `called` gives the kind that a term is another name of: "carb" is
    starch. `claims` are words that take kinds away from all else in a text: no meat in a "vegan burger".
    """

    by_term: Mapping[Term, frozenset[str]]
    whole: frozenset[Term]
    manners: frozenset[str] = frozenset()
    foods: frozenset[str] = frozenset()
    called: Mapping[Term, str] = field(default_factory=dict)
    claims: Mapping[Term, frozenset[str]] = field(default_factory=dict)

    @classmethod
    def shipped(cls) -> "Kinds":
        """Read the kinds that come with the program. Blocks."""
        text = (files("knowledge") / "data" / "kinds.toml").read_text(encoding="utf-8")
        return cls.of(tomllib.loads(text))

    @classmethod
    def of(cls, tables: Mapping[str, Mapping[str, str]]) -> "Kinds":
        """Take tables of kinds, each with its words joined by commas; "whole", "names" and "claims" are none."""
        listed = [table for name, table in tables.items() if name not in {_WHOLE, _NAMES, _CLAIMS}]
        words = {
            kind: terms_of(said) | {term_of(kind.replace("_", " "))}
            for table in listed
            for kind, said in table.items()
        }
        names = tables.get(_NAMES, {})
        for kind, said in names.items():
            words[kind] = words[kind] | terms_of(said)
        parents = _parents(words)
        by_term: dict[Term, frozenset[str]] = {}
        for kind, terms in words.items():
            for term in terms:
                by_term[term] = by_term.get(term, frozenset()) | parents[kind]
        return cls(
            by_term,
            frozenset().union(*map(terms_of, tables.get(_WHOLE, {}).values())),
            frozenset(tables.get(_MANNER, {})),
            frozenset(tables.get(_FOOD, {})),
            {term: kind for kind, said in names.items() for term in terms_of(said)},
            {
                term: frozenset(kind.strip() for kind in lifted.split(","))
                for said, lifted in tables.get(_CLAIMS, {}).items()
                for term in terms_of(said)
            },
        )

    def sightings(self, tokens: Sequence[Token]) -> list[Sighting]:
        """Give every term of a text that has kinds, longer ones first where they hide shorter ones."""
        lifted = self.lifted(tokens)
        return [replace(s, kinds=s.kinds - lifted) for s in self._sightings(tokens)]

    def kind_called(self, term: Term) -> str:
        """Give the kind that a term names; what is no kind is its own."""
        return self.called.get(term) or "_".join(term)

    def lifted(self, tokens: Sequence[Token]) -> frozenset[str]:
        """Give the kinds that a text says it is without."""
        words = [singular(token.text) for token in tokens]
        said = [
            self.claims[term]
            for place in range(len(words))
            for length in range(1, _LONGEST_TERM + 1)
            if (term := tuple(words[place : place + length])) in self.claims
        ]
        return frozenset().union(*said)

    def _sightings(self, tokens: Sequence[Token]) -> Iterator[Sighting]:
        words = [singular(token.text) for token in tokens]
        hidden = -1
        for place in range(len(words)):
            for length in range(min(_LONGEST_TERM, len(words) - place), 0, -1):
                term = tuple(words[place : place + length])
                if place + length <= hidden:
                    continue
                if kinds := self.by_term.get(term):
                    yield Sighting(
                        term, kinds, tokens[place].start, tokens[place + length - 1].end
                    )
                if term in self.whole:
                    hidden = place + length


def terms_of(said: str) -> set[Term]:
    """Give the terms of a list joined by commas."""
    return {term_of(word) for word in said.split(",") if word.strip()}


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
    "fries greens brownies cookies smoothies veggies movies hummus couscous asparagus swiss swis".split()
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
