"""A few orders in every state, and the purchases that collected ones became."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta

from scripts.demo.people import FIRST_ID, in_town, people_file
from storage.records import Coupon, Order, OrderStatus, Product, Purchase


def orders(
    today: date, products: Sequence[Product], coupons: Sequence[Coupon]
) -> tuple[Order, ...]:
    """Give the orders of the file; a coupon is taken off the price, rounded to the cent."""
    prices = {product.id: product.price_cents for product in products}
    percents = {coupon.code: coupon.discount_percent for coupon in coupons}
    return tuple(
        Order(
            code=entry.code,
            shopper_id=FIRST_ID + entry.shopper - 1,
            store_id=entry.store,
            product_id=entry.product,
            quantity=1,
            price_cents=round(
                prices[entry.product] * (100 - percents.get(entry.coupon or "", 0)) / 100
            ),
            currency="USD",
            status=OrderStatus(entry.status),
            placed_at=_ago(today, entry.placed),
            changed_at=_ago(today, entry.changed),
            coupon_code=entry.coupon,
        )
        for entry in people_file().orders
    )


def collected(orders: Sequence[Order]) -> tuple[Purchase, ...]:
    """Give the purchase that each collected order ended in; what was returned was not kept."""
    return tuple(
        Purchase(
            order.shopper_id,
            order.store_id,
            order.product_id,
            order.quantity,
            order.price_cents,
            order.changed_at,
        )
        for order in orders
        if order.status is OrderStatus.COLLECTED
    )


def _ago(today: date, when: tuple[int, str]) -> datetime:
    days, at = when
    return in_town(today - timedelta(days=days), time.fromisoformat(at))
