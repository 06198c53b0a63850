"""Booking what was suggested, and giving it up again: stock, coupon and order change together or not at all.

It works inside a transaction that somebody else opened and commits. Money never changes hands here.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum, auto

from knowledge.candidates import covers
from knowledge.catalogue import Catalogue
from knowledge.errors import BookedMeanwhileError
from knowledge.nearby.hours import next_opening, open_interval
from storage.records import (
    Coupon,
    Order,
    OrderStatus,
    Product,
    Signal,
    SignalKind,
    Store,
    Suggestion,
)
from storage.work import Work

# A suggestion older than this may no longer hold (ours: prices and shelves change overnight).
SUGGESTION_HOLDS = timedelta(hours=12)
_CODE_TRIES = 20
_GIVEN_UP = (OrderStatus.CANCELLED, OrderStatus.RETURNED)


class Refusal(Enum):
    """Why something could not be booked."""

    STALE = auto()
    GONE = auto()
    SOLD_OUT = auto()


@dataclass(frozen=True, slots=True)
class Booking:
    """A booked order. `kept_until` is in the store's local time; `is_new` False = it was booked before.

    `lost_coupon` was offered and could not be used any more, so that the full price stands.
    """

    order: Order
    product: Product
    store: Store
    kept_until: datetime | None
    is_new: bool
    lost_coupon: str | None = None


async def book(
    work: Work,
    catalogue: Catalogue,
    suggestion: Suggestion,
    now: datetime,
    new_code: Callable[[], str],
) -> Booking | Refusal:
    """Book one piece of a suggestion at shop time `now`.

    The coupon counts only if it can still be used; without it the full price stands. Booking the same
    suggestion again gives the same order.
    """
    product = catalogue.products.get(suggestion.product_id)
    store = catalogue.stores.get(suggestion.store_id)
    if product is None or store is None:
        return Refusal.GONE
    known = await work.orders.by_suggestion(suggestion.id)
    if known is not None:
        return _booked_before(known, product, store)
    is_old = now - suggestion.shown_at > SUGGESTION_HOLDS
    if is_old or suggestion.price_cents != product.price_cents:
        return Refusal.STALE
    if not await work.stock.take(store.id, product.id):
        return Refusal.SOLD_OUT
    order = await _placed(work, suggestion, product, now, await _free_code(work, new_code))
    await work.signals.add(
        Signal(
            order.shopper_id,
            product.id,
            SignalKind.PURCHASE,
            now,
            suggestion.id,
            suggestion.position,
        )
    )
    lost = suggestion.coupon_code if order.coupon_code is None else None
    return Booking(order, product, store, kept_until(store, now), is_new=True, lost_coupon=lost)


async def cancel(work: Work, code: str, shopper_id: int, now: datetime) -> Order | None:
    """Give up a shopper's own order that waits in the store: stock and coupon come back.

    Gives the order as it is afterwards; None when it is not theirs. An order that is collected,
    returned or cancelled already stays as it is.
    """
    order = await work.orders.get(code)
    if order is None or order.shopper_id != shopper_id:
        return None
    waiting = {OrderStatus.PLACED, OrderStatus.READY}
    if await work.orders.change_status(code, waiting, OrderStatus.CANCELLED, now):
        await work.stock.give_back(order.store_id, order.product_id, order.quantity)
        if order.coupon_code is not None:
            await work.coupons.release(order.coupon_code, shopper_id, code)
    return await work.orders.get(code)


def kept_until(store: Store, now: datetime) -> datetime | None:
    """Give until when a booking is kept: closing time, of the next opening when closed now."""
    interval = open_interval(store, now)
    if interval is None:
        opens = next_opening(store, now)
        interval = open_interval(store, opens) if opens is not None else None
    return interval.closes if interval is not None else None


def _booked_before(order: Order, product: Product, store: Store) -> Booking | Refusal:
    if order.status in _GIVEN_UP:
        return Refusal.STALE
    return Booking(order, product, store, kept_until(store, order.placed_at), is_new=False)


async def _placed(
    work: Work, suggestion: Suggestion, product: Product, now: datetime, code: str
) -> Order:
    coupon = await _usable_coupon(work, suggestion, product, now)
    is_redeemed = coupon is not None and await work.coupons.redeem(
        coupon.code, suggestion.shopper_id, code, now
    )
    percent = coupon.discount_percent if coupon is not None and is_redeemed else 0
    order = Order(
        code=code,
        shopper_id=suggestion.shopper_id,
        store_id=suggestion.store_id,
        product_id=product.id,
        quantity=1,
        price_cents=(product.price_cents * (100 - percent) + 50) // 100,
        currency=product.currency,
        status=OrderStatus.PLACED,
        placed_at=now,
        changed_at=now,
        coupon_code=coupon.code if coupon is not None and is_redeemed else None,
        suggestion_id=suggestion.id,
    )
    if not await work.orders.place(order):
        msg = "the suggestion was booked in another transaction meanwhile"
        raise BookedMeanwhileError(msg)
    return order


async def _usable_coupon(
    work: Work, suggestion: Suggestion, product: Product, now: datetime
) -> Coupon | None:
    if suggestion.coupon_code is None:
        return None
    coupon = await work.coupons.get(suggestion.coupon_code)
    if coupon is None or coupon.is_paused or not coupon.valid_from <= now < coupon.valid_until:
        return None
    return coupon if covers(coupon, product, suggestion.store_id) else None


async def _free_code(work: Work, new_code: Callable[[], str]) -> str:
    for _ in range(_CODE_TRIES):
        code = new_code()
        if await work.orders.get(code) is None:
            return code
    msg = "no free order code in twenty tries: the generator is broken"
    raise RuntimeError(msg)
