"""How long a store keeps a booking, and how everything comes back when it is not collected.

It works inside a transaction that somebody else opened and commits. Times are shop times, aware.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from knowledge.nearby.hours import OpenInterval, next_opening, open_interval
from knowledge.order_rules import OrderAction, allowing
from storage.records import Order, SignalKind, Store
from storage.work import Work

# A store that never closes, or whose hours nobody entered, keeps a booking for a day (ours).
WITHOUT_CLOSING = timedelta(hours=24)
OPEN = allowing(OrderAction.EXPIRE)


@dataclass(frozen=True, slots=True)
class Change:
    """An order as it is after somebody wanted to change it; `is_new` False = it stayed as it was."""

    order: Order
    is_new: bool


def kept_until(store: Store, now: datetime) -> datetime:
    """Give until when a booking is kept, in the store's local time: closing, of the next opening when closed now.

    However soon that is: who books five minutes before closing is told so.
    """
    interval = open_interval(store, now) or _next_interval(store, now)
    if interval is None or interval.closes - interval.opens >= WITHOUT_CLOSING:
        return now.astimezone(ZoneInfo(store.time_zone)) + WITHOUT_CLOSING
    return interval.closes


def is_over(order: Order, now: datetime) -> bool:
    """Tell whether an order is kept no longer; one from before orders had an end is kept for ever."""
    return order.kept_until is not None and order.kept_until <= now


async def expire(work: Work, code: str, now: datetime) -> Order | None:
    """Put an order that was not collected in time back on the shelf; None when there is nothing to do."""
    if not await work.orders.expire(code, now):
        return None
    order = await work.orders.get(code)
    if order is not None:
        await release(work, order)
    return order


async def release(work: Work, order: Order) -> None:
    """Give stock and coupon of an order back, and take back what the booking said; call it once, by whoever changed the status."""
    await work.stock.give_back(order.store_id, order.product_id, order.quantity)
    if order.coupon_code is not None:
        await work.coupons.release(order.coupon_code, order.shopper_id, order.code)
    if order.suggestion_id is not None:
        for kind in (SignalKind.BOOK, SignalKind.COUPON_USED):
            await work.signals.take_back(order.shopper_id, order.suggestion_id, kind)


def _next_interval(store: Store, now: datetime) -> OpenInterval | None:
    opens = next_opening(store, now)
    return None if opens is None else open_interval(store, opens)
