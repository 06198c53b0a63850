"""What happens to an order at the counter: the store has it ready, can't do it, or hands it over.

It works inside a transaction that somebody else opened and commits; of two people at once, one is first.
"""

from datetime import datetime

from knowledge.holding import Change, is_over, release
from knowledge.order_rules import LEADS_TO, OrderAction, allowing
from storage.records import (
    AuditEntry,
    Order,
    Person,
    Purchase,
    Role,
    Signal,
    SignalKind,
)
from storage.work import Work


def may_serve(person: Person, order: Order) -> bool:
    """Tell whether somebody may act on an order: staff on their own store's, others on every one."""
    return person.role is not Role.STAFF or person.store_id == order.store_id


async def serve(
    work: Work, person: Person, code: str, action: OrderAction, now: datetime
) -> Change | None:
    """Do something with an order at shop time `now`; None when there is no such order for this person.

    An order that is no longer where that begins stays as it is; so does one that is kept no longer,
    which is not made ready any more. Handing it over is the purchase: it is logged and learned from here,
    once, and not when it was booked.
    """
    order = await work.orders.get(code)
    if order is None or not may_serve(person, order):
        return None
    is_late = action is OrderAction.READY and is_over(order, now)
    if is_late or not await work.orders.change_status(
        code, allowing(action), LEADS_TO[action], now
    ):
        return Change(await work.orders.get(code) or order, is_new=False)
    await work.orders.answered(code, now)
    if action is OrderAction.REFUSE:
        await release(work, order)
    elif action is OrderAction.HAND_OVER:
        await _end_exchange(work, order, now)
        await _log_purchase(work, order, now)
    entry = AuditEntry(f"shopper:{person.shopper_id}", f"order {action.value}", code, now)
    await work.audit.add(entry)
    return Change(await work.orders.get(code) or order, is_new=True)


async def _end_exchange(work: Work, order: Order, now: datetime) -> None:
    """Take back what an order was kept in exchange for, and put it on the shelf."""
    old = await work.orders.lock(order.replaces_code) if order.replaces_code else None
    if old is not None and await work.orders.change_status(
        old.code, allowing(OrderAction.EXCHANGE), LEADS_TO[OrderAction.EXCHANGE], now
    ):
        await work.stock.give_back(old.store_id, old.product_id, old.quantity)
        await undo_purchase(work, old)


async def _log_purchase(work: Work, order: Order, now: datetime) -> None:
    if await work.shoppers.get(order.shopper_id) is None:  # forgotten: the sale has no person
        return
    purchase = Purchase(
        order.shopper_id, order.store_id, order.product_id, order.quantity, order.price_cents, now
    )
    await work.purchases.add_many([purchase])
    shown = None
    if order.suggestion_id is not None:
        shown = await work.suggestions.get(order.suggestion_id)
    signal = Signal(
        order.shopper_id,
        order.product_id,
        SignalKind.PURCHASE,
        now,
        order.suggestion_id,
        shown.position if shown is not None else 0,
    )
    await work.signals.add(signal)


async def undo_purchase(work: Work, collected: Order) -> None:
    """Take the purchase that a collected order became out of the log."""
    purchase = Purchase(
        collected.shopper_id,
        collected.store_id,
        collected.product_id,
        collected.quantity,
        collected.price_cents,
        collected.changed_at,
    )
    await work.purchases.take_back(purchase)
