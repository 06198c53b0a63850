"""What stands on which shelf: the goods of each store's aisles, with quantities.

It knows nothing of shoppers. Every product is sold by at least one store that has pieces left.
"""

from collections.abc import Sequence

from scripts.demo.dice import dice
from scripts.demo.stores import Range, ranges
from storage.records import Product, Stock

SOLD_OUT_SHARE = 0.06


def stock(products: Sequence[Product]) -> tuple[Stock, ...]:
    """Fill every store's shelves; about six in a hundred places are sold out (quantity 0)."""
    shelves = ranges()
    quantities: dict[tuple[str, str], int] = {}
    for store_id, range_ in shelves.items():
        draw = dice(f"stock of {store_id}")
        for product in products:
            share = range_.aisles.get(product.attributes["aisle"], 0.0)
            if draw.random() < share:
                left = draw.randint(*range_.shelf)
                quantities[store_id, product.id] = 0 if draw.random() < SOLD_OUT_SHARE else left
        for product_id, quantity in range_.always.items():
            quantities[store_id, product_id] = quantity
    _offer_the_rest(products, shelves, quantities)
    return tuple(
        Stock(store_id, product_id, quantity)
        for (store_id, product_id), quantity in sorted(quantities.items())
    )


def _offer_the_rest(
    products: Sequence[Product],
    shelves: dict[str, Range],
    quantities: dict[tuple[str, str], int],
) -> None:
    """Give what nobody has a piece of to the store that keeps most of its aisle."""
    offered = {product_id for (_, product_id), quantity in quantities.items() if quantity}
    for product in products:
        if product.id in offered:
            continue
        aisle = product.attributes["aisle"]
        keeper = max(shelves, key=lambda id_: shelves[id_].aisles.get(aisle, 0.0))
        quantities[keeper, product.id] = shelves[keeper].shelf[0]
