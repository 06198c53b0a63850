"""What is on the shelves for a wish: products by meaning, then the hard filters no score can overrule.

A candidate is a product at a store where it is on the shelf, open when the shopper arrives on foot.
"""

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime, timedelta

from knowledge.candidates import Candidate, Found, best_coupon, nearest_each
from knowledge.catalogue import Catalogue
from knowledge.constraints import Constraints
from knowledge.context import ShopperContext
from knowledge.nearby.distance import distance_m, rough_distance_m
from knowledge.nearby.hours import next_opening, open_interval
from knowledge.search.embedder import Vectors
from knowledge.search.finder import Finder
from storage.database import Database
from storage.records import Product, Store, Suggestion

WALKING_M_PER_S = 1.3  # comfortable walking speed of adults (Bohannon 1997, Age and Ageing 26:15)
NEAR_M = 2_500.0  # farther than half an hour on foot is not near (ours)
_PRODUCTS_A_QUERY = 25
# Cosines below these are other things altogether; measured on the sample shop (ours).
RELEVANT_SIMILARITY = 0.36
_MARGIN_TO_BEST = 0.22


class Shelves:
    """Finds products that a shopper can walk to and buy."""

    def __init__(self, finder: Finder, database: Database, catalogue: Catalogue) -> None:
        self._finder = finder
        self._database = database
        self._catalogue = catalogue

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
        allowed = [product for product in products if constraints.allow(product)]
        placed = await self._at_stores(allowed, similarities, context)
        return Found(
            available=tuple(nearest_each(c for c in placed if c.opens_at is None)),
            closed=tuple(nearest_each(c for c in placed if c.opens_at is not None)),
            is_relevant=best >= RELEVANT_SIMILARITY,
        )

    async def _at_stores(
        self,
        products: Sequence[Product],
        similarities: dict[str, float],
        context: ShopperContext,
    ) -> list[Candidate]:
        stores = self._catalogue.stores
        distances = store_distances(stores.values(), context)
        async with self._database.reading() as work:
            on_shelf = await work.stock.quantities([p.id for p in products], list(distances))
        opens = {
            key: opens_when(stores[key], far, context.question.asked_at)
            for key, far in distances.items()
        }
        by_id = {product.id: product for product in products}
        return [
            Candidate(
                product=by_id[product_id],
                store=stores[store_id],
                similarity=similarities[product_id],
                distance_m=distances[store_id],
                coupon=best_coupon(context.coupons, by_id[product_id], store_id),
                opens_at=opens[store_id],
            )
            for (store_id, product_id), quantity in on_shelf.items()
            if quantity > 0
        ]


def recalled(
    suggestion: Suggestion, catalogue: Catalogue, context: ShopperContext
) -> Candidate | None:
    """Give what was suggested as it stands now, seen from the shopper's place; None when it is gone."""
    product = catalogue.products.get(suggestion.product_id)
    store = catalogue.stores.get(suggestion.store_id)
    if product is None or store is None:
        return None
    fix = context.question.fix
    here = None if fix is None else (fix.latitude, fix.longitude)
    far = None if here is None else distance_m(here, (store.latitude, store.longitude))
    coupon = best_coupon(context.coupons, product, store.id)
    return Candidate(product, store, 0.0, far, coupon)


def store_distances(stores: Collection[Store], context: ShopperContext) -> dict[str, float | None]:
    """Give metres to each store within reach; without a place all stores, at None."""
    fix = context.question.fix
    if fix is None:
        return dict.fromkeys(store.id for store in stores)
    here = (fix.latitude, fix.longitude)
    far = {store.id: rough_distance_m(here, (store.latitude, store.longitude)) for store in stores}
    return {store_id: metres for store_id, metres in far.items() if metres <= NEAR_M}


def opens_when(store: Store, distance_m: float | None, now: datetime) -> datetime | None:
    """Give None when the store is open on arrival on foot, else when it opens next."""
    arrival = now + timedelta(seconds=(distance_m or 0.0) / WALKING_M_PER_S)
    if open_interval(store, arrival) is not None:
        return None
    # A store without opening hours is one whose hours nobody entered: never promised as open.
    return next_opening(store, arrival) or arrival + timedelta(days=7)


def _best_by_product(pairs: Iterable[tuple[str, float]]) -> dict[str, float]:
    best: dict[str, float] = {}
    for key, similarity in pairs:
        best[key] = max(similarity, best.get(key, -1.0))
    return best
