"""Booking what was suggested, and giving it up again: stock, coupon and order change together or not at all.

It works inside a transaction that somebody else opened and commits. Money never changes hands here, and nothing
is learned from it: a purchase is what was collected (knowledge/counter.py).
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import Enum, auto

from knowledge.candidates import covers
from knowledge.catalogue import Catalogue
from knowledge.errors import BookedMeanwhileError
from knowledge.holding import Change, kept_until, release
from knowledge.order_rules import LEADS_TO, OrderAction, Reason, allowing, refusal
from storage.records import (
    Coupon,
    Order,
    Present,
    Product,
    Store,
    Suggestion,
)
from storage.work import Work

# A suggestion older than this may no longer hold (ours: prices and shelves change overnight).
SUGGESTION_HOLDS = timedelta(hours=12)
_CODE_TRIES = 20


class Refusal(Enum):
    """Why something could not be booked."""

    STALE = auto()
    GONE = auto()
    SOLD_OUT = auto()


@dataclass(frozen=True, slots=True)
class Booking:
    """A booked order; `is_new` False = it was booked before.

    `lost_coupon` was offered and could not be used any more, so that the full price stands.
    """

    order: Order
    product: Product
    store: Store
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
        is_given_up = refusal(known.status, OrderAction.BOOK) is Reason.OVER
        return Refusal.STALE if is_given_up else Booking(known, product, store, is_new=False)
    is_old = now - suggestion.shown_at > SUGGESTION_HOLDS
    if is_old or suggestion.price_cents != product.price_cents:
        return Refusal.STALE
    if not await work.stock.take(store.id, product.id):
        return Refusal.SOLD_OUT
    plan = _Plan(suggestion, product, store, await free_code(work, new_code))
    order = await _placed(work, plan, now)
    lost = suggestion.coupon_code if order.coupon_code is None else None
    return Booking(order, product, store, is_new=True, lost_coupon=lost)


async def cancel(work: Work, code: str, shopper_id: int, now: datetime) -> Change | None:
    """Give up a shopper's own order that waits in the store: stock and coupon come back.

    None when it is not theirs. An order that is collected, returned, expired or cancelled already stays as it is.
    """
    order = await work.orders.get(code)
    if order is None or order.shopper_id != shopper_id:
        return None
    is_new = await work.orders.change_status(
        code, allowing(OrderAction.CANCEL), LEADS_TO[OrderAction.CANCEL], now
    )
    if is_new:
        await release(work, order)
    return Change(await work.orders.get(code) or order, is_new)


@dataclass(frozen=True, slots=True)
class _Plan:
    """What is about to be booked, under which code."""

    suggestion: Suggestion
    product: Product
    store: Store
    code: str


async def _placed(work: Work, plan: _Plan, now: datetime) -> Order:
    suggestion, product = plan.suggestion, plan.product
    coupon = await _usable_coupon(work, suggestion, product, now)
    is_redeemed = coupon is not None and await work.coupons.redeem(
        coupon.code, suggestion.shopper_id, plan.code, now
    )
    percent = coupon.discount_percent if coupon is not None and is_redeemed else 0
    order = Order(
        code=plan.code,
        shopper_id=suggestion.shopper_id,
        store_id=suggestion.store_id,
        product_id=product.id,
        quantity=1,
        price_cents=(product.price_cents * (100 - percent) + 50) // 100,
        currency=product.currency,
        status=LEADS_TO[OrderAction.BOOK],
        placed_at=now,
        changed_at=now,
        coupon_code=coupon.code if coupon is not None and is_redeemed else None,
        suggestion_id=suggestion.id,
        kept_until=kept_until(plan.store, now).astimezone(UTC),
    )
    if not await work.orders.place(order):
        msg = "the suggestion was booked in another transaction meanwhile"
        raise BookedMeanwhileError(msg)
    if suggestion.relative_id is not None:
        whom = (suggestion.shopper_id, suggestion.relative_id)
        await work.presents.add(Present(order.code, *whom, product.id, now))
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


async def free_code(work: Work, new_code: Callable[[], str]) -> str:
    """Draw a code that no order has."""
    for _ in range(_CODE_TRIES):
        code = new_code()
        if await work.orders.get(code) is None:
            return code
    msg = "no free order code in twenty tries: the generator is broken"
    raise RuntimeError(msg)
