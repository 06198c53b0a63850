"""Another size, colour or number instead of what was booked, and the other one kept for what is exchanged.

It works inside a transaction that somebody else opened and commits: stock, coupon and order change together or not at all.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC

from knowledge.booking import Refusal, free_code
from knowledge.candidates import covers
from knowledge.catalogue import Catalogue
from knowledge.holding import is_over, kept_until
from knowledge.order_rules import LEADS_TO, Occasion, OrderAction, Reason, Refused, allowing, judge
from knowledge.variants import variety
from storage.records import Order, Product
from storage.work import Work

MOST_PIECES = 5  # what a shelf can spare one shopper in a chat (ours)


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a shopper wants instead, under an order of theirs."""

    code: str
    shopper_id: int
    product_id: str
    quantity: int


@dataclass(frozen=True, slots=True)
class Changed:
    """An order as it was and the one that it became, or that is kept for it in an exchange.

    `is_new` False = that was done before. `lost_coupon` does not go with the new goods.
    """

    before: Order
    order: Order
    is_new: bool = True
    lost_coupon: str | None = None


async def alternatives(work: Work, catalogue: Catalogue, order: Order) -> list[Product]:
    """List the other sizes and colours of an order's goods that its store has enough of, by title."""
    known = catalogue.products.get(order.product_id)
    if known is None:
        return []
    same = variety(known)
    others = {
        each.id: each
        for each in catalogue.products.values()
        if each.category == known.category and each.id != known.id and variety(each) == same
    }
    there = await work.stock.quantities(list(others), [order.store_id])
    enough = [others[key] for (_, key), pieces in there.items() if pieces >= order.quantity]
    return sorted(enough, key=lambda each: (each.title, each.id))


async def pieces_at_most(work: Work, order: Order) -> int:
    """Give to how many pieces an order can grow with what is on the shelf."""
    there = await work.stock.quantities([order.product_id], [order.store_id])
    left = there.get((order.store_id, order.product_id), 0)
    return min(MOST_PIECES, order.quantity + left)


async def change(
    work: Work, catalogue: Catalogue, wanted: Wanted, occasion: Occasion
) -> Changed | Refused | Refusal | None:
    """Change an open order; None when it is not theirs. What was ready is to be made ready anew."""
    order, why = await _judged(work, catalogue, wanted, OrderAction.CHANGE, occasion)
    if order is None or why is not None:
        return why
    product = _same_in_another_make(catalogue, order, wanted)
    if product is None:
        return Refusal.GONE
    if (product.id, wanted.quantity) == (order.product_id, order.quantity):
        return Changed(order, order, is_new=False)
    if not await _swap_stock(work, order, wanted):
        return Refusal.SOLD_OUT
    coupon = await work.coupons.get(order.coupon_code) if order.coupon_code else None
    is_kept = coupon is not None and covers(coupon, product, order.store_id)
    percent = coupon.discount_percent if coupon is not None and is_kept else 0
    if order.coupon_code is not None and not is_kept:
        await work.coupons.release(order.coupon_code, order.shopper_id, order.code)
    changed = replace(
        order,
        product_id=product.id,
        quantity=wanted.quantity,
        price_cents=(product.price_cents * (100 - percent) + 50) // 100,
        coupon_code=order.coupon_code if is_kept else None,
        status=LEADS_TO[OrderAction.CHANGE],
        changed_at=occasion.now,
        asked_at=None,
        answered_at=None,
        escalated_at=None,
    )
    if not await work.orders.change_goods(changed, order, allowing(OrderAction.CHANGE)):
        msg = "an order that was locked has changed"
        raise RuntimeError(msg)
    return Changed(order, changed, lost_coupon=None if is_kept else order.coupon_code)


async def keep_other(
    work: Work,
    catalogue: Catalogue,
    wanted: Wanted,
    occasion: Occasion,
    new_code: Callable[[], str],
) -> Changed | Refused | Refusal | None:
    """Keep another size or colour for a collected order; None when it is not theirs.

    It is an order of its own, which is paid by what is brought back when it is handed over (knowledge/counter.py):
    its price is what was paid and what the other one costs more or less.
    """
    order, why = await _judged(work, catalogue, wanted, OrderAction.EXCHANGE, occasion)
    if order is None or why is not None:
        return why
    known = await work.orders.replacing(order.code)
    if known is not None:
        return Changed(order, known, is_new=False)
    product = _same_in_another_make(catalogue, order, wanted)
    old, store = catalogue.products.get(order.product_id), catalogue.stores.get(order.store_id)
    if product is None or product is old or old is None or store is None:
        return Refusal.GONE
    if not await work.stock.take(order.store_id, product.id, order.quantity):
        return Refusal.SOLD_OUT
    kept = Order(
        code=await free_code(work, new_code),
        shopper_id=order.shopper_id,
        store_id=order.store_id,
        product_id=product.id,
        quantity=order.quantity,
        price_cents=max(0, order.price_cents + product.price_cents - old.price_cents),
        currency=order.currency,
        status=LEADS_TO[OrderAction.BOOK],
        placed_at=occasion.now,
        changed_at=occasion.now,
        kept_until=kept_until(store, occasion.now).astimezone(UTC),
        replaces_code=order.code,
    )
    await work.orders.place(kept)
    return Changed(order, kept)


async def _judged(
    work: Work, catalogue: Catalogue, wanted: Wanted, action: OrderAction, occasion: Occasion
) -> tuple[Order | None, Refused | None]:
    """Give a shopper's own order, which nobody else changes meanwhile, and why the action is refused."""
    order = await work.orders.lock(wanted.code)
    if order is None or order.shopper_id != wanted.shopper_id:
        return None, None
    if action is OrderAction.CHANGE and is_over(order, occasion.now):
        return order, Refused(Reason.OVER)
    return order, judge(order, catalogue.products.get(order.product_id), action, occasion)


def _same_in_another_make(catalogue: Catalogue, order: Order, wanted: Wanted) -> Product | None:
    """Give the wanted product if it is the ordered one, perhaps in another size or colour."""
    known = catalogue.products.get(order.product_id)
    product = catalogue.products.get(wanted.product_id)
    if known is None or product is None or not 1 <= wanted.quantity <= MOST_PIECES:
        return None
    return product if variety(product) == variety(known) else None


async def _swap_stock(work: Work, order: Order, wanted: Wanted) -> bool:
    """Take what is wanted off the shelf and put back what is not; False when there is not enough."""
    store_id = order.store_id
    if wanted.product_id != order.product_id:
        if not await work.stock.take(store_id, wanted.product_id, wanted.quantity):
            return False
        await work.stock.give_back(store_id, order.product_id, order.quantity)
        return True
    more = wanted.quantity - order.quantity
    if more > 0:
        return await work.stock.take(store_id, order.product_id, more)
    await work.stock.give_back(store_id, order.product_id, -more)
    return True
