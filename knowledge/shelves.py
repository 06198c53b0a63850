"""What is on the shelves for a wish: products by meaning, then the hard filters no score can overrule.

Where they can be had, and when, knowledge/whereabouts.py tells.
"""

from collections.abc import Iterable, Iterator

from knowledge.amounts import opening_day
from knowledge.candidates import Candidate, Found, best_coupon
from knowledge.catalogue import Catalogue
from knowledge.constraints import Constraints
from knowledge.context import ShopperContext
from knowledge.nearby.reach import exact_distance_m
from knowledge.rules import ReplyRules
from knowledge.search.base import Vectors
from knowledge.search.finder import Finder
from knowledge.whereabouts import Place, Surroundings
from storage.database import Database
from storage.records import Suggestion

_PRODUCTS_A_QUERY = 25
# Cosines below these are other things altogether; measured on the sample shop (ours).
RELEVANT_SIMILARITY = 0.36
_MARGIN_TO_BEST = 0.22


class Shelves:
    """Finds products that a shopper can walk to and buy."""

    def __init__(
        self, finder: Finder, database: Database, catalogue: Catalogue, rules: ReplyRules
    ) -> None:
        self._finder = finder
        self._catalogue = catalogue
        self._surroundings = Surroundings(database, catalogue, rules)

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
        found = await self._surroundings.look_for(allowed, constraints, context.question)
        return Found(
            available=tuple(self._candidates(found.open, similarities, context)),
            closed=()
            if found.open
            else tuple(self._candidates(found.closed, similarities, context)),
            far=tuple(self._candidates(found.far, similarities, context)),
            sold_out=tuple(self._catalogue.products[key] for key in found.sold_out),
            missed=found.missed,
            is_relevant=best >= RELEVANT_SIMILARITY,
        )

    def _candidates(
        self, places: Iterable[Place], similarities: dict[str, float], context: ShopperContext
    ) -> Iterator[Candidate]:
        for place in places:
            product = self._catalogue.products[place.product_id]
            opens = place.arrival.opens_at or place.arrival.opened_at
            yield Candidate(
                product=product,
                store=self._catalogue.stores[place.store_id],
                similarity=similarities[place.product_id],
                distance_m=place.distance_m,
                coupon=best_coupon(context.coupons, product, place.store_id, place.arrival.at),
                opens_at=opens,
                opens_day=opening_day(opens, context.question.asked_at) if opens else None,
                closes_at=place.arrival.closes_at,
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
