"""What a shopper likes, learned from what they bought (pure)."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from storage.records import Product, Sustainability

NEUTRAL, LOWEST, HIGHEST = (
    1.0,
    0.3,
    2.0,
)  # the owner's requirement: starts at 1.0, stays in 0.3–2.0
_HALF_TRUST_PURCHASES = 10  # that many purchases speak half as loud as endless ones (ours)


@dataclass(frozen=True, slots=True)
class Taste:
    """What was bought how often, and a weight of 0.3–2.0 per sustainability attribute, 1.0 neutral."""

    products: Mapping[str, int]
    categories: Mapping[str, int]
    weights: Mapping[Sustainability, float]

    @classmethod
    def learned_from(
        cls, bought: Sequence[Product], shares: Mapping[Sustainability, float]
    ) -> "Taste":
        """Learn from the products bought, one each time, and each attribute's share of the catalogue."""
        return cls(
            products=Counter(product.id for product in bought),
            categories=Counter(product.category for product in bought),
            weights=sustainability_weights(bought, shares),
        )


def sustainability_weights(
    bought: Sequence[Product], shares: Mapping[Sustainability, float]
) -> dict[Sustainability, float]:
    """Give a weight per attribute: above 1.0 the shopper buys it more often than chance.

    The attribute's share of what was bought is compared with its share of the catalogue, so that an
    attribute nearly everything has teaches nothing.
    """
    own = attribute_shares(bought)
    return {kind: _weight(own[kind], shares[kind], len(bought)) for kind in Sustainability}


def attribute_shares(products: Sequence[Product]) -> dict[Sustainability, float]:
    """Give for each attribute the part of the products that have it, 0-1."""
    counts = Counter(kind for product in products for kind in product.sustainability)
    return {kind: counts[kind] / len(products) if products else 0.0 for kind in Sustainability}


def _weight(own: float, common: float, count: int) -> float:
    trust = count / (count + _HALF_TRUST_PURCHASES)
    return min(max(NEUTRAL + 2.0 * trust * (own - common), LOWEST), HIGHEST)
