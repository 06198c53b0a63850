"""What a reply may say, taken from the database: stores, products, prices, coupons, orders, policies, distances.

It reads rows and words, and does not know how a reply was made: the pipeline's own check is not trusted here.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from knowledge.geography.distance import distance_m
from storage.database import Database
from storage.records import Coupon, Order, Policy, Product, Store

PRICE = re.compile(r"\$\d+(?:,\d{3})*\.\d{2}")
# "within 400 m" is a reach, no distance to a store.
DISTANCE = re.compile(r"(?<!within )\b(\d+(?:\.\d+)?) (km|m)\b")
COUPON = re.compile(r"\b[A-Z]{3,}\d{1,3}\b")
ORDER = re.compile(r"\b[A-Z]\d-\d{4}\b")
QUOTE = re.compile(r"«([^»]+)»")
SHORTEST_QUOTE = 15


@dataclass(frozen=True, slots=True)
class Facts:
    """All that is true, for one shopper at one place."""

    stores: tuple[Store, ...]
    products: tuple[Product, ...]
    coupons: tuple[Coupon, ...]
    policies: tuple[Policy, ...]
    orders: tuple[Order, ...]
    prices: frozenset[str]
    distances: frozenset[str]

    def names_a_store(self, text: str) -> bool:
        """Tell whether a store of the database is named."""
        return any(store.name in text for store in self.stores)

    def names_a_product(self, text: str) -> bool:
        """Tell whether a product of the database is named, with its own price."""
        return any(p.title in text and _money(p.price_cents) in text for p in self.products)

    def names_a_coupon(self, text: str) -> bool:
        """Tell whether a coupon of the database is named."""
        return any(coupon.code in text for coupon in self.coupons)

    def names_an_order(self, text: str) -> bool:
        """Tell whether an order of this shopper's is named."""
        return any(order.code in text for order in self.orders)

    def has_distance(self, text: str) -> bool:
        """Tell whether a distance is given."""
        return DISTANCE.search(text) is not None

    def quotes_a_policy(self, text: str) -> bool:
        """Tell whether words of a policy document are quoted."""
        quotes = [" ".join(quote.split()) for quote in QUOTE.findall(text)]
        documents = [_plain(policy.text) for policy in self.policies]
        return any(
            len(quote) >= SHORTEST_QUOTE
            and any(_plain(quote) in document for document in documents)
            for quote in quotes
        )


async def read_facts(
    database: Database, shopper_id: int, place: tuple[float, float], now: datetime
) -> Facts:
    """Read what is true for a shopper at `place`, (latitude, longitude) in degrees, at shop time `now`."""
    async with database.reading() as work:
        stores = await work.stores.all()
        products = await work.products.all()
        policies = await work.policies.all()
        coupons = await work.coupons.valid_at(now)
        orders = await work.orders.of_shopper(shopper_id)
    return Facts(
        stores=tuple(stores),
        products=tuple(products),
        coupons=tuple(coupons),
        policies=tuple(policies),
        orders=tuple(orders),
        prices=frozenset(_prices(products, coupons)),
        distances=frozenset(_distances(stores, place)),
    )


def untrue(message: Mapping[str, Any], facts: Facts) -> list[str]:
    """Give what a message says that is not in the database, one line each."""
    text = str(message.get("text") or message.get("caption") or "")
    return [
        *(f"no such price: {said}" for said in PRICE.findall(text) if said not in facts.prices),
        *(
            f"no store at this distance: {number} {unit}"
            for number, unit in DISTANCE.findall(text)
            if f"{number} {unit}" not in facts.distances
        ),
        *(
            f"no such coupon: {said}"
            for said in COUPON.findall(text)
            if not facts.names_a_coupon(said) and not _is_in_a_title(said, facts)
        ),
        *(
            f"no such order: {said}"
            for said in ORDER.findall(text)
            if not facts.names_an_order(said)
        ),
        *(f"no such thing: {said}" for said in _bold(message, text) if not _is_ours(said, facts)),
    ]


def _prices(products: Iterable[Product], coupons: Iterable[Coupon]) -> Iterable[str]:
    """Give every amount that may be said: prices, and what a coupon leaves of them or takes off."""
    percents = {coupon.discount_percent for coupon in coupons}
    for cents in {product.price_cents for product in products}:
        yield _money(cents)
        for percent in percents:
            off = round(cents * percent / 100)
            yield _money(off)
            yield _money(cents - off)


def _distances(stores: Iterable[Store], place: tuple[float, float]) -> Iterable[str]:
    for store in stores:
        metres = distance_m(place, (store.latitude, store.longitude))
        yield f"{round(metres)} m"
        yield f"{metres / 1000:.1f} km"
        yield f"{round(metres / 1000)} km"


def _money(cents: int) -> str:
    return f"${cents / 100:,.2f}"


def _is_in_a_title(said: str, facts: Facts) -> bool:
    return any(said in product.title for product in facts.products)


def _is_ours(said: str, facts: Facts) -> bool:
    """Tell whether a bold word names something of the shop's."""
    names = {thing.name for thing in facts.stores} | {thing.title for thing in facts.products}
    codes = {coupon.code for coupon in facts.coupons} | {order.code for order in facts.orders}
    return said in names | codes | {policy.title for policy in facts.policies}


def _bold(message: Mapping[str, Any], text: str) -> Iterable[str]:
    """Give the bold parts; offsets count UTF-16 units."""
    units = text.encode("utf-16-le")
    for entity in message.get("entities", []):
        if entity["type"] == "bold":
            start, length = 2 * entity["offset"], 2 * entity["length"]
            yield units[start : start + length].decode("utf-16-le")


def _plain(text: str) -> str:
    """Give text without Markdown's marks and line breaks, to compare quotes."""
    return " ".join(re.sub(r"[*_`#>]", "", text).split())
