"""Facts of a reply with everything filled in, so that a test names only what it is about."""

from dataclasses import replace
from datetime import date
from typing import Any

from knowledge.amounts import locale_for
from knowledge.days_ahead import DayAhead
from knowledge.facts import Facts, Kind
from knowledge.filling import Manner
from storage.records import OrderStatus

FRIDAY = date(2026, 11, 20)
TOMORROW = DayAhead(date(2026, 11, 21), FRIDAY)
MONDAY = DayAhead(date(2026, 11, 23), FRIDAY)
ENGLISH = Manner(locale_for("en"), FRIDAY)


def offer(**changes: Any) -> Facts:
    base = Facts(
        Kind.OFFER,
        store="Downtown Café",
        distance_m=43,
        item="Hot Chocolate",
        price_cents=350,
        currency="USD",
    )
    return replace(base, **changes)


def deal(**changes: Any) -> Facts:
    """The same with a coupon."""
    return offer(**{"coupon_code": "WARM15", "discount_percent": 15} | changes)


def order_facts(**changes: Any) -> Facts:
    ready = OrderStatus.READY
    base = Facts(Kind.ORDER_STATUS, order_code="K7-2291", status=ready, store="Home & Co")
    return replace(base, **changes)
