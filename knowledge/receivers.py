"""Whom a present is for, and what speaks for one or forbids it: the nouns (pure). Who is meant, knowledge/people_meant.py tells."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import Enum, auto

from knowledge.constraints import Constraints, goods
from knowledge.constraints.families import names_any
from storage.records import Product, Relative, Sustainability

_NOTHING_SAID = Constraints()
# What goods that nobody eats are not made of for who lives vegan (ours).
_OF_ANIMALS = frozenset("leather wool silk suede fur sheepskin beeswax feather".split())


@dataclass(frozen=True, slots=True)
class Limits:
    """What a present for somebody must not be.

    A diet is about what is eaten and drunk: who is vegetarian may be given a candle, who is vegan none of beeswax.
    """

    said: Constraints = _NOTHING_SAID

    @property
    def is_empty(self) -> bool:
        """Tell whether everything may be given."""
        return self == Limits()

    def allow(self, product: Product, words: frozenset[str]) -> bool:
        """Tell whether a product, with its `product_words`, is known to break no limit."""
        if goods.is_food(product):
            return self.said.allow(product, words)
        is_vegan = Sustainability.VEGAN in self.said.sustainability
        if is_vegan and names_any(_OF_ANIMALS, words):
            return False
        return replace(self.said, sustainability=frozenset(), diets=frozenset()).allow(
            product, words
        )

    def also(self, others: "Limits") -> "Limits":
        """Give both together."""
        return Limits(self.said.then(others.said))


EVERYTHING = Limits()
"""No limit at all."""


_LOOKED_FOR = 4  # each is a search of its own (ours)


class Hints(Enum):
    """Where it comes from that something may please; the surest first."""

    LIKED = auto()
    GIVEN = auto()
    KIN = auto()


# How much each counts: what was said of them the most, what was said of somebody else the least (ours).
_TRUST: Mapping[Hints, float] = {Hints.LIKED: 1.0, Hints.GIVEN: 0.6, Hints.KIN: 0.35}


@dataclass(frozen=True, slots=True)
class Hint:
    """Words that a present is held against, in English; `said` is how the shopper put it, of whom `of` is the nickname."""

    kind: Hints
    text: str
    said: str
    of: str

    @property
    def trust(self) -> float:
        """Give how much it counts, 0-1."""
        return _TRUST[self.kind]


@dataclass(frozen=True, slots=True)
class Receiver:
    """Somebody a present is for. `given` are ids of products that they had from this shopper before."""

    relative: Relative
    hints: tuple[Hint, ...]
    limits: Limits
    given: frozenset[str] = frozenset()

    @property
    def looked_for(self) -> tuple[str, ...]:
        """Give what to look for: what they like themselves, else what is next best known."""
        own = [hint.text for hint in self.hints if hint.kind is Hints.LIKED]
        return tuple((own or [hint.text for hint in self.hints])[:_LOOKED_FOR])
