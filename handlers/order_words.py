"""An order as its readers see it: every part that a sentence may need, ready in their customs (pure)."""

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from babel import Locale

from handlers import texts
from knowledge import amounts
from knowledge.catalogue import Catalogue
from storage.records import Order


@dataclass(frozen=True, slots=True)
class OrderWords:
    """The parts of sentences: `paid` "$2.98 with WARM15", `until` " until 6:00 PM", `kept` " Kept until 6:00 PM.".

    The last two are empty for an order without an end. What is no longer sold keeps its id for a name.
    """

    code: str
    item: str
    store: str
    paid: str
    until: str
    kept: str


def order_words(order: Order, catalogue: Catalogue, now: datetime, locale: Locale) -> OrderWords:
    """Put an order into words, as of shop time `now`."""
    product, store = catalogue.products.get(order.product_id), catalogue.stores.get(order.store_id)
    paid = amounts.price(order.price_cents, order.currency, locale)
    until = ""
    if order.kept_until is not None:
        zone = ZoneInfo(store.time_zone) if store is not None else catalogue.time_zone
        until = f" until {texts.moment(order.kept_until.astimezone(zone), now, locale)}"
    return OrderWords(
        code=order.code,
        item=product.title if product is not None else order.product_id,
        store=store.name if store is not None else order.store_id,
        paid=f"{paid} with {order.coupon_code}" if order.coupon_code else paid,
        until=until,
        kept=f" Kept{until}." if until else "",
    )
