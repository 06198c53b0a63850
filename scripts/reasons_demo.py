"""Shows that Why? tells the truth: a thousand made-up shoppers, what each is shown first, why, and what comes of taking it away.

Each has bought, saved and passed over things of the sample shop by seeded dice; the goods, the learning, the ranking and
the words are the product's own. For each the weightiest contribution must be the first reason told. Then the reason is
taken away in two ways, and the order is worked out anew by the ranking itself:

- from this product alone: its score must fall, and its place must not get better;
- from all, by the tap under Why? (the weightiest reason that can be taken away): the ranking of a taste that does not use
  it must give the place and the product that were told beforehand.

How many places fell is counted: it stays first where nothing else comes near. The last line is one JSON object; exit
status 1 = something was not so.

Usage: python -m scripts.reasons_demo [--shoppers 1000] [--seed 7]
"""

import argparse
import json
import sys
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from random import Random

from knowledge.amounts import ENGLISH
from knowledge.candidates import Candidate, best_coupon
from knowledge.catalogue import Catalogue
from knowledge.counterfactual import (
    counted,
    instead_without,
    place_when_taken,
    place_without,
    removable,
)
from knowledge.geography.store_index import StoreIndex
from knowledge.nearby.bands import distance_band_m
from knowledge.preferences import Taste, attribute_shares, deeds_of
from knowledge.ranking import Ranked, keeping_alternatives, rank
from knowledge.reasons import Known, reasons
from scripts.demo.sample_shop import SampleShop, sample_shop
from storage.records import Declared, Product, Purchase, Signal, SignalKind, Suggestion

TODAY = date(2026, 11, 20)
NOW = datetime(2026, 11, 20, 15, 30, tzinfo=UTC)
CANDIDATES = 12
NEAR_M = 1_500.0
_ID = 7


@dataclass(slots=True)
class Tally:
    """What was seen of all shoppers."""

    shoppers: int = 0
    named_largest: int = 0
    score_fell: int = 0
    place_fell: int = 0
    place_rose: int = 0
    taken_out_of_use: int = 0
    fell_out_of_use: int = 0
    told_instead: int = 0
    instead_was_right: int = 0
    weightiest: dict[str, int] = field(default_factory=dict)

    @property
    def is_true(self) -> bool:
        """Tell whether everything was as it was said."""
        is_named = self.named_largest == self.score_fell == self.shoppers
        return is_named and not self.place_rose and self.instead_was_right == self.taken_out_of_use


@dataclass(frozen=True, slots=True)
class Town:
    """The sample shop, and what is worked out of it once."""

    shop: SampleShop
    catalogue: Catalogue
    by_category: dict[str, list[Product]]

    @classmethod
    def laid_out(cls) -> "Town":
        """Lay it out."""
        shop = sample_shop(TODAY)
        catalogue = Catalogue(
            index=StoreIndex(shop.stores),
            products={each.id: each for each in shop.products},
            policies=(),
            version="sample",
            words={},
            shares=attribute_shares(shop.products),
        )
        by_category: dict[str, list[Product]] = {}
        for product in shop.products:
            by_category.setdefault(product.category, []).append(product)
        return cls(shop, catalogue, by_category)


def taste(town: Town, dice: Random, declared: Declared, now: datetime) -> Taste:
    """Make up what somebody did in the last half year, and learn from it."""
    liked = dice.sample(town.shop.products, dice.randint(1, 8))
    bought = [
        Purchase(
            _ID, "", thing.id, 1, thing.price_cents, now - timedelta(days=dice.randint(0, 180))
        )
        for thing in dice.choices(liked, k=dice.randint(0, 40))
    ]
    kinds = [kind for kind in SignalKind if kind is not SignalKind.PURCHASE]
    signals = [
        Signal(_ID, thing.id, dice.choice(kinds), now - timedelta(days=dice.randint(0, 90)))
        for thing in dice.choices(town.shop.products, k=dice.randint(0, 30))
    ]
    deeds = deeds_of(bought, signals, town.catalogue.products)
    return Taste.learned_from(deeds, town.catalogue.shares, now, declared)


def found(town: Town, dice: Random) -> list[Candidate]:
    """Make up what a search found for one wish: things of one kind, as like it and as near as dice will."""
    goods = town.by_category[dice.choice(sorted(town.by_category))]
    stores = sorted(town.catalogue.stores.values(), key=lambda each: each.id)
    best = dice.uniform(0.55, 0.95)
    candidates = []
    for product in dice.sample(goods, min(CANDIDATES, len(goods))):
        store = dice.choice(stores)
        coupon = best_coupon(town.shop.coupons, product, store.id, NOW)
        similarity, distance = best - dice.uniform(0.0, 0.2), dice.uniform(20.0, 1_400.0)
        candidates.append(Candidate(product, store, similarity, distance, coupon))
    return candidates


def suggestion(ranked: Ranked) -> Suggestion:
    """Give what would be kept of what is shown first."""
    candidate = ranked.candidate
    return Suggestion(
        id=1,
        shopper_id=_ID,
        need="",
        product_id=candidate.product.id,
        store_id=candidate.store.id,
        coupon_code=candidate.coupon.code if candidate.coupon else None,
        price_cents=candidate.product.price_cents,
        distance_band_m=distance_band_m(candidate.distance_m),
        contributions=ranked.contributions,
        position=0,
        shown_at=NOW,
        alternatives=ranked.beside,
    )


def look(town: Town, number: int, seed: int, tally: Tally) -> None:
    """Show something to one shopper, ask why, and take the reason away."""

    def ranked(declared: Declared) -> Sequence[Ranked]:
        dice = Random(f"{seed} {number}")  # noqa: S311 - the same life and the same search each time
        return rank(found(town, dice), taste(town, dice, declared, NOW))

    first, *_ = keeping_alternatives(ranked(Declared()))
    shown = suggestion(first)
    largest = max(shown.contributions, key=lambda name: shown.contributions[name])
    tally.shoppers += 1
    tally.weightiest[largest] = tally.weightiest.get(largest, 0) + 1
    alone = replace(shown, contributions={largest: shown.contributions[largest]})
    why, only = _why(town, shown, number, seed), _why(town, alone, number, seed)
    tally.named_largest += counted(shown)[0] == largest and why.startswith(only.rstrip("."))
    tally.score_fell += shown.contributions[largest] > 0.0
    fell = place_when_taken(shown, largest) - place_without(shown)
    tally.place_fell += fell > 0
    tally.place_rose += fell < 0
    for factor in removable(shown)[:1]:
        told = instead_without(shown, factor)
        again = [
            each.candidate.product.id for each in ranked(Declared(unused=frozenset({factor})))
        ]
        place = again.index(shown.product_id)
        tally.taken_out_of_use += 1
        tally.fell_out_of_use += place > 0
        tally.told_instead += told is not None
        tally.instead_was_right += again[0] == (told or shown.product_id)


def _why(town: Town, shown: Suggestion, number: int, seed: int) -> str:
    dice = Random(f"{seed} {number}")  # noqa: S311 - as above
    found(town, dice)
    category = town.catalogue.products[shown.product_id].category
    habit = taste(town, dice, Declared(), NOW).kinds.get(category)
    known = Known(0) if habit is None else Known(habit.times, every_days=habit.every_days)
    return reasons(shown, town.catalogue, ENGLISH, known=known, near_m=NEAR_M)


def main() -> int:
    """Run it from the command line."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--shoppers", type=int, default=1_000)
    parser.add_argument("--seed", type=int, default=7)
    wanted = parser.parse_args()
    town, tally = Town.laid_out(), Tally()
    for number in range(wanted.shoppers):
        look(town, number, wanted.seed, tally)
    figures = {name: getattr(tally, name) for name in Tally.__slots__} | {"ok": tally.is_true}
    for name, figure in figures.items():
        print(f"{name:18} {figure}")
    print(json.dumps(figures))
    return 0 if tally.is_true else 1


if __name__ == "__main__":
    sys.exit(main())
