"""What is popular at which store and part of the day, from the log of many; nobody can be told from it (pure).

Goods and stores that tell something of a person are never counted, and what few buy is never said.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from knowledge.discretion import is_sensitive, is_sensitive_store
from storage.records import Product, Purchase, Store

HOURS_A_PART = 3  # breakfast and lunch differ, nine and ten o'clock hardly do (ours)
LOOKED_BACK = timedelta(days=90)  # the season that it is (ours)
LEAST_SHOPPERS = 3  # what fewer buy tells more of them than of the thing (ours)


def part_of_day(at: datetime, zone: ZoneInfo) -> int:
    """Give the part of the day, 0–7, that a moment lies in there."""
    return at.astimezone(zone).hour // HOURS_A_PART


def counted(
    purchases: Iterable[Purchase],
    products: Mapping[str, Product],
    stores: Mapping[str, Store],
    zone: ZoneInfo,
) -> Counter[tuple[int, str, str]]:
    """Count the shoppers who bought a product at a store at a part of the day, each of them once; `zone` is the shop's.

    All purchases of a shopper must be among those given.
    """
    told = {
        (each.shopper_id, part_of_day(each.purchased_at, zone), each.store_id, each.product_id)
        for each in purchases
        if _may_be_counted(products.get(each.product_id), stores.get(each.store_id))
    }
    return Counter((part, store_id, product_id) for _, part, store_id, product_id in told)


def shares(shoppers: Mapping[tuple[str, str], int]) -> dict[tuple[str, str], float]:
    """Give 0–1 for each product at a store: how many buy it, by what most buy at that store."""
    most: dict[str, int] = {}
    for (store_id, _), count in shoppers.items():
        most[store_id] = max(most.get(store_id, 0), count)
    return {key: count / most[key[0]] for key, count in shoppers.items()}


def _may_be_counted(product: Product | None, store: Store | None) -> bool:
    if product is None or store is None:
        return False
    return not is_sensitive(product) and not is_sensitive_store(store)
