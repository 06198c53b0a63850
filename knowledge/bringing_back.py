"""What is brought back to the counter: the sale is undone, and the piece stands on the shelf again or is set aside.

It works inside a transaction that somebody else opened and commits. Money is given back at the till, never here.
"""

from dataclasses import dataclass

from knowledge.catalogue import Catalogue
from knowledge.counter import may_serve, undo_purchase
from knowledge.holding import OPEN, release
from knowledge.order_rules import LEADS_TO, Occasion, OrderAction, Refused, allowing, judge
from storage.records import AuditEntry, Order, OrderStatus, Person, Signal, SignalKind
from storage.work import Work


@dataclass(frozen=True, slots=True)
class Brought:
    """What lies on the counter: under which code, who took it, and whether it can be sold again."""

    code: str
    by: Person
    to_shelf: bool


@dataclass(frozen=True, slots=True)
class Returned:
    """An order that was brought back; `is_new` False = it was before. `coupon_back`: its coupon can be used again."""

    order: Order
    is_new: bool = True
    coupon_back: bool = False


async def may_come_back(
    work: Work, catalogue: Catalogue, person: Person, code: str, occasion: Occasion
) -> Order | Refused | None:
    """Give the order that may be brought back, or why not; None when there is no such order for this person."""
    order = await work.orders.get(code)
    if order is None or not may_serve(person, order):
        return None
    why = judge(order, catalogue.products.get(order.product_id), OrderAction.RETURN, occasion)
    return order if why is None else why


async def take_back(
    work: Work, catalogue: Catalogue, brought: Brought, occasion: Occasion
) -> Returned | Refused | None:
    """Take a collected order back; None when there is no such order for this person.

    The purchase leaves the log, and that it came back is learned from. A coupon that is still valid comes back.
    """
    code, by = brought.code, brought.by
    order = await work.orders.lock(code)
    if order is None or not may_serve(by, order):
        return None
    if order.status is OrderStatus.RETURNED:
        return Returned(order, is_new=False)
    why = judge(order, catalogue.products.get(order.product_id), OrderAction.RETURN, occasion)
    if why is not None:
        return why
    now = occasion.now
    await work.orders.change_status(
        code, allowing(OrderAction.RETURN), LEADS_TO[OrderAction.RETURN], now
    )
    if brought.to_shelf:
        await work.stock.give_back(order.store_id, order.product_id, order.quantity)
    await _forget_exchange(work, order, occasion)
    await undo_purchase(work, order)
    await _learn(work, order, occasion)
    has_coupon = await _coupon_back(work, order, occasion)
    where = "to the shelf" if brought.to_shelf else "set aside"
    entry = AuditEntry(f"shopper:{by.shopper_id}", f"order return {where}", code, now)
    await work.audit.add(entry)
    return Returned(await work.orders.get(code) or order, coupon_back=has_coupon)


async def _forget_exchange(work: Work, order: Order, occasion: Occasion) -> None:
    """Give up what was kept in exchange for an order: it has come back for good."""
    kept = await work.orders.replacing(order.code)
    if kept is not None and await work.orders.change_status(
        kept.code, OPEN, LEADS_TO[OrderAction.CANCEL], occasion.now
    ):
        await release(work, kept)


async def _learn(work: Work, order: Order, occasion: Occasion) -> None:
    if (
        await work.shoppers.get(order.shopper_id) is None
    ):  # forgotten: there is nobody to learn about
        return
    signal = Signal(
        order.shopper_id, order.product_id, SignalKind.RETURNED, occasion.now, order.suggestion_id
    )
    await work.signals.add(signal)


async def _coupon_back(work: Work, order: Order, occasion: Occasion) -> bool:
    """Give the coupon of a returned order back, if it can still be used on that day."""
    coupon = await work.coupons.get(order.coupon_code) if order.coupon_code else None
    if coupon is None or not coupon.valid_from <= occasion.now < coupon.valid_until:
        return False
    return await work.coupons.release(coupon.code, order.shopper_id, order.code)
