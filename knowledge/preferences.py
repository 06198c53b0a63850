"""What a shopper likes, learned from what they did with what they bought and were shown (pure)."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from knowledge.habits import Habit, habits_of
from storage.records import (
    NOTHING_DECLARED,
    Declared,
    Product,
    Purchase,
    Signal,
    SignalKind,
    Sustainability,
)

NEUTRAL, LOWEST, HIGHEST = (
    1.0,
    0.3,
    2.0,
)  # the owner's requirement: starts at 1.0, stays in 0.3–2.0
# How much each act says for or against what a thing is like. Purchase, wishlist, view and ignore are the owner's; the
# rest are ours: a booking may still be given up, a coupon is a reason of its own, a no is a wish turned round, and what
# is brought back undoes its purchase and a little more.
STRENGTHS: Mapping[SignalKind, float] = {
    SignalKind.PURCHASE: 1.5,
    SignalKind.WISHLIST: 0.8,
    SignalKind.VIEW: 0.5,
    SignalKind.IGNORE: -0.3,
    SignalKind.BOOK: 0.5,
    SignalKind.COUPON_USED: 0.3,
    SignalKind.DISMISS: -0.8,
    SignalKind.RETURNED: -2.0,
}
HABIT, PREFERENCE, FRESHNESS = (
    "habit",
    "preference",
    "freshness",
)  # the ranking's factors that read a taste
HALF_LIFE = timedelta(days=90)  # a taste outlives the season it came from (ours)
_HALF_TRUST = 15.0  # that much strength, ten purchases, speaks half as loud as endless (ours)


@dataclass(frozen=True, slots=True)
class Deed:
    """Something a shopper did with a product, at shop time."""

    product: Product
    kind: SignalKind
    done_at: datetime

    def strength(self, now: datetime) -> float:
        """Give how much it says at `now`: its kind's strength, halved with every half-life since."""
        age = max(now - self.done_at, timedelta())
        return float(STRENGTHS[self.kind] * 0.5 ** (age / HALF_LIFE))


@dataclass(frozen=True, slots=True)
class Taste:
    """How much was bought of late, and a weight of 0.3–2.0 per sustainability attribute, 1.0 neutral.

    `products` and `categories` count purchases, each halved with every half-life since; `habits` are those of products by
    id, `kinds` those of categories. `popular` says for a product at a store, by their ids, how popular it is there now,
    0-1: no taste of theirs, but what stands in for one. `unused` are the ranking's factors that the shopper does not want used; of what they stand for nothing is here.
    `tried` tells by product how often they did something with it, and how often they passed it over, faded by time.
    """

    products: Mapping[str, float]
    categories: Mapping[str, float]
    weights: Mapping[Sustainability, float] = field(
        default_factory=lambda: dict.fromkeys(Sustainability, NEUTRAL)
    )
    unused: frozenset[str] = frozenset()
    habits: Mapping[str, Habit] = field(default_factory=dict)
    kinds: Mapping[str, Habit] = field(default_factory=dict)
    popular: Mapping[tuple[str, str], float] = field(default_factory=dict)
    tried: Mapping[str, tuple[float, float]] = field(default_factory=dict)

    @classmethod
    def learned_from(
        cls,
        deeds: Sequence[Deed],
        shares: Mapping[Sustainability, float],
        now: datetime,
        declared: Declared = NOTHING_DECLARED,
    ) -> "Taste":
        """Learn from what was done up to `now`, and each attribute's share of the catalogue, 0-1.

        What is `declared` counts above what was learned; what shall not be used is not even looked at.
        """
        bought = [each for each in deeds if each.kind is SignalKind.PURCHASE]
        bought = [] if HABIT in declared.unused else bought
        habits = habits_of([(each.product.id, each.done_at) for each in bought], now)
        kinds = habits_of([(each.product.category, each.done_at) for each in bought], now)
        liked = [] if PREFERENCE in declared.unused else deeds
        return cls(
            products={key: habit.recent for key, habit in habits.items()},
            categories={key: habit.recent for key, habit in kinds.items()},
            weights=sustainability_weights(liked, shares, now) | dict(declared.weights),
            unused=declared.unused,
            habits=habits,
            kinds=kinds,
            tried={} if FRESHNESS in declared.unused else tried(deeds, now),
        )

    def times_bought(self, category: str) -> int:
        """Count the days on which something of a category was bought."""
        habit = self.kinds.get(category)
        return 0 if habit is None else habit.times


def deeds_of(
    purchases: Iterable[Purchase], signals: Iterable[Signal], products: Mapping[str, Product]
) -> list[Deed]:
    """Give what the log and the signals tell of; what is no longer in the catalogue teaches nothing.

    What was bought is in the log, whether the concierge led to it or not, so a signal of it says nothing new.
    """
    bought = [
        Deed(products[each.product_id], SignalKind.PURCHASE, each.purchased_at)
        for each in purchases
        if each.product_id in products
    ]
    return bought + [
        Deed(products[each.product_id], each.kind, each.seen_at)
        for each in signals
        if each.kind is not SignalKind.PURCHASE and each.product_id in products
    ]


def sustainability_weights(
    deeds: Iterable[Deed], shares: Mapping[Sustainability, float], now: datetime
) -> dict[Sustainability, float]:
    """Give a weight per attribute: above 1.0 the shopper goes for it more often than chance.

    The attribute's share of what was done, each act as strong as it is, is compared with its share of the catalogue, so
    that an attribute nearly everything has teaches nothing.
    """
    strong = [(each.product.sustainability, each.strength(now)) for each in deeds]
    mass = sum(abs(strength) for _, strength in strong)
    if not mass:
        return dict.fromkeys(Sustainability, NEUTRAL)
    trust = mass / (mass + _HALF_TRUST)
    weights = {}
    for kind in Sustainability:
        lift = sum(strength * ((kind in has) - shares[kind]) for has, strength in strong) / mass
        weights[kind] = min(max(NEUTRAL + 2.0 * trust * lift, LOWEST), HIGHEST)
    return weights


def contrast(
    weights: Mapping[Sustainability, float],
) -> tuple[Sustainability, Sustainability, float] | None:
    """Give what is cared about most and least, and how many times more; None when that is all the same."""
    order = sorted(Sustainability, key=lambda kind: -weights[kind])
    most, least = order[0], order[-1]
    times = round(weights[most] / weights[least], 1)
    return (most, least, times) if times > 1.0 else None


def nudged(weight: float, by: float) -> float:
    """Give a weight that somebody moved by hand, to a tenth, within its range."""
    return min(max(round(weight + by, 1), LOWEST), HIGHEST)


def tried(deeds: Iterable[Deed], now: datetime) -> dict[str, tuple[float, float]]:
    """Give by product how often something was done with it, and how often it was passed over or turned down."""
    found: dict[str, tuple[float, float]] = {}
    for each in deeds:
        faded = each.strength(now) / STRENGTHS[each.kind]
        acted, passed = found.get(each.product.id, (0.0, 0.0))
        if STRENGTHS[each.kind] > 0.0:
            found[each.product.id] = (acted + faded, passed)
        else:
            found[each.product.id] = (acted, passed + faded)
    return found


def attribute_shares(products: Sequence[Product]) -> dict[Sustainability, float]:
    """Give for each attribute the part of the products that have it, 0-1."""
    counts = Counter(kind for product in products for kind in product.sustainability)
    return {kind: counts[kind] / len(products) if products else 0.0 for kind in Sustainability}
