"""What was suggested before, as things are now."""

from knowledge.acquaintance import PURCHASES_READ
from knowledge.candidates import Candidate, best_coupon
from knowledge.catalogue import Catalogue
from knowledge.context import ShopperContext
from knowledge.nearby.reach import exact_distance_m
from storage.database import Database
from storage.records import Purchase, Suggestion


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


async def bought_like(
    suggestion: Suggestion, catalogue: Catalogue, database: Database
) -> list[Purchase]:
    """Give what the shopper bought from the category of what was suggested, newest first."""
    product = catalogue.products.get(suggestion.product_id)
    if product is None:
        return []
    async with database.reading() as work:
        bought = await work.purchases.of_shopper(suggestion.shopper_id, limit=PURCHASES_READ)
    known = ((each, catalogue.products.get(each.product_id)) for each in bought)
    return [
        each for each, thing in known if thing is not None and thing.category == product.category
    ]
