"""What is on the shelves for a wish: products by meaning, then the hard filters no score can overrule.

A candidate is a product at a store where it is on the shelf, open when the shopper arrives on foot.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from knowledge.candidates import Candidate, Found, best_coupon
from knowledge.catalogue import Catalogue
from knowledge.constraints import Constraints
from knowledge.context import ShopperContext
from knowledge.nearby.reach import exact_distance_m, opens_when, store_distances
from knowledge.rules import ReplyRules
from knowledge.search.base import Vectors
from knowledge.search.finder import Finder
from storage.database import Database
from storage.records import Product, Suggestion

_PRODUCTS_A_QUERY = 25
# Cosines below these are other things altogether; measured on the sample shop (ours).
RELEVANT_SIMILARITY = 0.36
_MARGIN_TO_BEST = 0.22


@dataclass(frozen=True, slots=True)
class _Place:
    """A product on a store's shelf; `opens_at` None = open on arrival."""

    product_id: str
    store_id: str
    distance_m: float | None
    opens_at: datetime | None


class Shelves:
    """Finds products that a shopper can walk to and buy."""

    def __init__(
        self, finder: Finder, database: Database, catalogue: Catalogue, rules: ReplyRules
    ) -> None:
        self._finder = finder
        self._database = database
        self._catalogue = catalogue
        self._rules = rules

    async def find(
        self, queries: Vectors, constraints: Constraints, context: ShopperContext
    ) -> Found:
        """Give what fits the queries, unit vectors of shape (n, dim), and can be had by this shopper."""
        hits = await self._finder.products_near(queries, _PRODUCTS_A_QUERY)
        similarities = _best_by_product([(h.id, h.similarity) for row in hits for h in row])
        best = max(similarities.values(), default=0.0)
        products = [
            self._catalogue.products[key]
            for key, similarity in similarities.items()
            if similarity >= max(RELEVANT_SIMILARITY, best - _MARGIN_TO_BEST)
            and key not in context.question.excluding
        ]
        words = self._catalogue.words
        allowed = [each for each in products if constraints.allow(each, words[each.id])]
        now, later = await self._nearest(allowed, context)
        return Found(
            available=tuple(self._candidates(now, similarities, context)),
            closed=() if now else tuple(self._candidates(later, similarities, context)),
            is_relevant=best >= RELEVANT_SIMILARITY,
        )

    async def _nearest(
        self, products: Sequence[Product], context: ShopperContext
    ) -> tuple[list[_Place], list[_Place]]:
        """Give for each product the nearest store that has it, among the open and among the closed."""
        stores = self._catalogue.stores
        distances = store_distances(stores.values(), context.question.fix, self._rules)
        async with self._database.reading() as work:
            on_shelf = await work.stock.quantities([p.id for p in products], list(distances))
        now = context.question.asked_at
        opens = {
            key: opens_when(stores[key], far, now, self._rules) for key, far in distances.items()
        }
        open_now: dict[str, _Place] = {}
        closed: dict[str, _Place] = {}
        for (store_id, product_id), quantity in sorted(on_shelf.items()):
            if quantity < 1 or (store_id, product_id) in context.question.excluding_at:
                continue
            place = _Place(product_id, store_id, distances[store_id], opens[store_id])
            best = open_now if place.opens_at is None else closed
            known = best.get(product_id)
            if known is None or (place.distance_m or 0.0) < (known.distance_m or 0.0):
                best[product_id] = place
        return list(open_now.values()), list(closed.values())

    def _candidates(
        self, places: Iterable[_Place], similarities: dict[str, float], context: ShopperContext
    ) -> Iterator[Candidate]:
        for place in places:
            product = self._catalogue.products[place.product_id]
            yield Candidate(
                product=product,
                store=self._catalogue.stores[place.store_id],
                similarity=similarities[place.product_id],
                distance_m=place.distance_m,
                coupon=best_coupon(context.coupons, product, place.store_id),
                opens_at=place.opens_at,
            )


def recalled(
    suggestion: Suggestion, catalogue: Catalogue, context: ShopperContext
) -> Candidate | None:
    """Give what was suggested as it stands now, seen from the shopper's place; None when it is gone."""
    product = catalogue.products.get(suggestion.product_id)
    store = catalogue.stores.get(suggestion.store_id)
    if product is None or store is None:
        return None
    far = exact_distance_m(store, context.question.fix)
    # Not the best one: what is told must be what the button under it books.
    told = [coupon for coupon in context.coupons if coupon.code == suggestion.coupon_code]
    coupon = best_coupon(told, product, store.id)
    return Candidate(product, store, 0.0, far, coupon)


def _best_by_product(pairs: Iterable[tuple[str, float]]) -> dict[str, float]:
    best: dict[str, float] = {}
    for key, similarity in pairs:
        best[key] = max(similarity, best.get(key, -1.0))
    return best
