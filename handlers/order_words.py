"""An order as its readers see it: every part that a sentence may need, ready in their language and customs (pure)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from babel import Locale

from handlers import texts, texts_orders
from knowledge import amounts, days_ahead
from knowledge.booking import Booking
from knowledge.catalogue import Catalogue
from knowledge.language import Sentence, told
from storage.records import Order, OrderEvent, OrderStatus, Product

WITH_COUPON = Sentence("{price} with {coupon}")
KEPT = Sentence("Kept until {until}.")


@dataclass(frozen=True, slots=True)
class OrderWords:
    """The parts of sentences: `paid` "$2.98 with WARM15", `until` "6:00 PM", `kept` "Kept until 6:00 PM.".

    `until` and `kept` are empty for an order without an end, `exchange` for one that replaces none; `total` is the price alone. What is no longer sold keeps its id for a name.
    """

    code: str
    item: str
    store: str
    paid: str
    until: str
    kept: str
    total: str = ""
    exchange: str = ""


def order_words(order: Order, catalogue: Catalogue, now: datetime, locale: Locale) -> OrderWords:
    """Put an order into words, as of shop time `now`."""
    product, store = catalogue.products.get(order.product_id), catalogue.stores.get(order.store_id)
    until = ""
    if order.kept_until is not None:
        zone = ZoneInfo(store.time_zone) if store is not None else catalogue.time_zone
        until = days_ahead.moment(order.kept_until.astimezone(zone), now, locale)
    return OrderWords(
        code=order.code,
        item=item_of(order, product),
        store=store.name if store is not None else order.store_id,
        paid=_paid(order, locale),
        until=until,
        kept=told(KEPT, locale, until=until) if until else "",
        total=amounts.price(order.price_cents * order.quantity, order.currency, locale),
        exchange=told(texts_orders.IN_EXCHANGE, locale, order=order.replaces_code)
        if order.replaces_code
        else "",
    )


def item_of(order: Order, product: Product | None) -> str:
    """Name what was ordered, with the number of pieces beyond one."""
    title = product.title if product is not None else order.product_id
    return title if order.quantity == 1 else f"{order.quantity} × {title}"


def order_line(order: Order, item: str, store: str, locale: Locale) -> str:
    """Tell one order in one line."""
    paid = amounts.price(order.price_cents * order.quantity, order.currency, locale)
    status = told(texts.STATUS_WORDS[order.status], locale)
    return f"{order.code}: {item}, {paid}, {store}, {status}"


def timeline(events: Sequence[OrderEvent], zone: ZoneInfo, now: datetime, locale: Locale) -> str:
    """Tell in one line what became of an order: "booked 10:02 AM, ready 10:20 AM"; a day but today is named once."""
    said, before, today = [], now.astimezone(zone).date(), now.astimezone(zone).date()
    for place, event in enumerate(events):
        local = event.at.astimezone(zone)
        when = amounts.clock_time(local.time(), locale)
        if local.date() != before:
            day = amounts.past_day(local.date(), today, locale)
            hour = amounts.hour(local.time(), locale)
            when = told(texts_orders.DAY_AND_TIME, locale, day=day, time=hour)
        before = local.date()
        is_change = event.status is OrderStatus.PLACED and place > 0
        status = texts_orders.CHANGED_STEP if is_change else texts.STATUS_WORDS[event.status]
        said.append(told(texts_orders.STEP, locale, status=told(status, locale), when=when))
    return ", ".join(said)


def booked(booking: Booking, now: datetime, locale: Locale) -> str:
    """Confirm an order in at most three lines."""
    order, store = booking.order, booking.store
    opening = texts.BOOKED if booking.is_new else texts.BOOKED_BEFORE
    item, paid = booking.product.title, _paid(order, locale)
    said = [told(opening, locale, item=item, store=store.name, paid=paid)]
    if booking.lost_coupon:
        said.append(told(texts.BOOKED_LOST_COUPON, locale, coupon=booking.lost_coupon))
    code = told(texts.BOOKED_CODE, locale, order=order.code)
    if order.kept_until is not None:
        until = days_ahead.moment(
            order.kept_until.astimezone(ZoneInfo(store.time_zone)), now, locale
        )
        code = told(texts.BOOKED_KEPT, locale, until=until, order=order.code)
    return f"{' '.join(said)}\n{code}"


def _paid(order: Order, locale: Locale) -> str:
    price = amounts.price(order.price_cents * order.quantity, order.currency, locale)
    if not order.coupon_code:
        return price
    return told(WITH_COUPON, locale, price=price, coupon=order.coupon_code)
