"""Whom something is for, and what they may use (pure).

How people say it, knowledge/constraints/people.py reads.
"""

from dataclasses import dataclass

from knowledge.constraints import goods
from storage.records import Product

_GROWN_UP_YEARS = 30
# "Him" and "her" may be anybody, a puppy too.
_ADULTS = frozenset(
    "dad mum husband wife partner boyfriend girlfriend grandma grandpa uncle aunt boss colleague teacher neighbour host "
    "couple".split()
)
_PEOPLE = _ADULTS | frozenset(
    "nephew niece son daughter child boy girl toddler teenager grandson granddaughter brother sister cousin friend".split()
)


@dataclass(frozen=True, slots=True)
class Recipient:
    """Whom something is for: "dad", "child", "dog" …; `age_years` None = not said."""

    who: str
    age_years: float | None = None

    def may_use(self, product: Product) -> bool:
        """Tell whether nothing says that it is for animals, or for older or younger people."""
        if self.who in _PEOPLE and goods.ANIMAL in product.attributes:
            return False
        if self.age_years is None:
            return self.who not in _ADULTS or goods.is_for_age(product, _GROWN_UP_YEARS)
        return goods.is_for_age(product, self.age_years)
