"""What a store could tell somebody, a coupon at a time, and what the gates see of each (pure)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from knowledge.candidates import Candidate
from knowledge.constraints.goods import product_words
from knowledge.discretion import is_sensitive
from knowledge.nearby.gates import OPEN, VALID
from knowledge.nearby.hours import closing_soon, open_interval
from knowledge.nearby.situation import NudgeRules, Passing, Person
from knowledge.ranking import Ranked, rank
from storage.records import Coupon, Gate, Product, Reading, SignalKind, Store

MOST_CANDIDATES = (
    20  # the best of them, so that a store with hundreds of coupons costs no more (ours)
)
# The relevance of a coupon that the shopper keeps, and of one for a thing on their list: no habit weighs as much.
OF_A_KEPT_COUPON, OF_A_SAVED_THING = 1.0, 0.9
_DIGITS = 3  # of relevance: as it is kept, so it is weighed


@dataclass(frozen=True, slots=True)
class Possible:
    """A coupon at a store with the thing it would be told with, and what the gates see of it."""

    ranked: Ranked
    coupon: Coupon
    readings: tuple[Reading, ...]


def possible_offers(
    person: Person, passing: Passing, now: datetime, rules: NudgeRules
) -> list[Possible]:
    """Give what could be told at a store, the best first: coupons that name what the store keeps.

    A coupon for everything is no reason to speak up about one thing, and what tells of a body, a family or a habit
    is not even weighed, so that nothing is written down about it.
    """
    turned_down = _turned_down(person, passing, now, rules)
    fresh = [product for product in passing.products if product.id not in turned_down]
    # The first that has anything: fresh and on the shelf, on the shelf, sold out.
    shelves = [_Shelf(kept) for kept in (fresh, passing.products, passing.sold_out)]
    chosen: list[tuple[Ranked, Coupon]] = []
    for coupon in passing.coupons:
        if coupon.store_ids and passing.store.id not in coupon.store_ids:
            continue
        named = next(filter(None, (shelf.named_by(coupon) for shelf in shelves)), None)
        if named:
            chosen.append((_best(named, coupon, person, passing), coupon))
    chosen.sort(key=lambda pair: (-pair[0].score, pair[1].code))
    opening = _opening(passing.store, passing.arrives(now))
    kept = {product.id for product in passing.products}
    return [
        Possible(
            ranked,
            coupon,
            (
                *_of_coupon(coupon, passing, now),
                Reading(Gate.STOCK, ranked.candidate.product.id in kept),
                Reading(Gate.CLOSED, opening, OPEN),
                Reading(Gate.TURNED_DOWN, ranked.candidate.product.id in turned_down),
                Reading(Gate.RELEVANCE, _relevance(ranked, coupon, person), rules.habit_at_least),
            ),
        )
        for ranked, coupon in chosen[:MOST_CANDIDATES]
    ]


def _turned_down(
    person: Person, passing: Passing, now: datetime, rules: NudgeRules
) -> frozenset[str]:
    """Give the products that the shopper does not want to hear of, themselves or with all of their kind."""
    dismissed = {
        signal.product_id
        for signal in person.signals
        if signal.kind is SignalKind.DISMISS and now - signal.seen_at < rules.remembered
    }
    kept = (*passing.products, *passing.sold_out)
    return frozenset(
        each.id
        for each in kept
        if each.id in dismissed
        or each.category in person.fewer_of
        or not _is_allowed(each, person)
    )


def _is_allowed(product: Product, person: Person) -> bool:
    """Tell whether a product keeps to what the shopper declared."""
    standing = person.standing
    return standing is None or standing.allow(product, product_words(product))


class _Shelf:
    """Products by what a coupon calls them; a coupon looks at those it names, not at all."""

    def __init__(self, products: Sequence[Product]) -> None:
        self._by_id: dict[str, Product] = {}
        self._by_category: dict[str, list[Product]] = {}
        for product in products:
            if not is_sensitive(product):
                self._by_id[product.id] = product
                self._by_category.setdefault(product.category, []).append(product)

    def named_by(self, coupon: Coupon) -> list[Product]:
        """Give the products that a coupon names, itself or by their category; none for a coupon for everything."""
        named = [self._by_id[each] for each in coupon.product_ids if each in self._by_id]
        for category in coupon.categories:
            named += self._by_category.get(category, ())
        return named


def _best(products: Sequence[Product], coupon: Coupon, person: Person, passing: Passing) -> Ranked:
    """Give the thing that fits best: one on their list, else what is bought most, and of that the best in all."""
    candidates = [
        Candidate(product, passing.store, 0.0, float(passing.within_m), coupon)
        for product in products
    ]
    return max(
        rank(candidates, person.taste),
        key=lambda each: (_is_saved(each, person), each.contributions["habit"]),
    )


def _is_saved(ranked: Ranked, person: Person) -> bool:
    return ranked.candidate.product.id in person.saved_products


def _of_coupon(coupon: Coupon, passing: Passing, now: datetime) -> list[Reading]:
    return [
        Reading(Gate.COUPON, _state(coupon, passing.arrives(now)), VALID),
        Reading(Gate.USES, passing.uses.get(coupon.code, 0), coupon.per_shopper),
        Reading(Gate.BUDGET, coupon.remaining),
    ]


def _state(coupon: Coupon, at: datetime) -> str:
    if coupon.is_paused:
        return "paused"
    if at < coupon.valid_from:
        return "not yet"
    return VALID if at < coupon.valid_until else "ended"


def _opening(store: Store, at: datetime) -> str:
    if open_interval(store, at) is None:
        return "closed"
    return OPEN if closing_soon(store, at) is None else "closing soon"


def _relevance(ranked: Ranked, coupon: Coupon, person: Person) -> float:
    """Give what the ranking says of the shopper's habit; a coupon they keep is as relevant as can be."""
    if coupon.code in person.saved_codes:
        return OF_A_KEPT_COUPON
    if _is_saved(ranked, person):
        return OF_A_SAVED_THING
    return round(ranked.contributions["habit"], _DIGITS)
