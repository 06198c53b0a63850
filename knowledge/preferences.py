"""What a shopper likes, learned from what they bought (pure)."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from storage.records import Product, Purchase, Sustainability

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
        cls, purchases: Sequence[Purchase], catalogue: Mapping[str, Product]
    ) -> "Taste":
        """Learn from a purchase log; products no longer in the catalogue teach nothing."""
        bought = [catalogue[p.product_id] for p in purchases if p.product_id in catalogue]
        return cls(
            products=Counter(product.id for product in bought),
            categories=Counter(product.category for product in bought),
            weights=sustainability_weights(bought, catalogue.values()) if bought else _NO_TASTE,
        )


def sustainability_weights(
    bought: Sequence[Product], catalogue: Iterable[Product]
) -> dict[Sustainability, float]:
    """Give a weight per attribute: above 1.0 the shopper buys it more often than chance.

    The attribute's share of what was bought is compared with its share of the catalogue, so that an
    attribute nearly everything has teaches nothing.
    """
    everything = list(catalogue)
    return {
        kind: _weight(_share(bought, kind), _share(everything, kind), len(bought))
        for kind in Sustainability
    }


def _share(products: Sequence[Product], kind: Sustainability) -> float:
    having = sum(kind in product.sustainability for product in products)
    return having / len(products) if products else 0.0


def _weight(own: float, common: float, count: int) -> float:
    trust = count / (count + _HALF_TRUST_PURCHASES)
    return min(max(NEUTRAL + 2.0 * trust * (own - common), LOWEST), HIGHEST)


_NO_TASTE: Mapping[Sustainability, float] = dict.fromkeys(Sustainability, NEUTRAL)
