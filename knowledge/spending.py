"""What a shopper spent, by month and by what it went to, and what coupons took off (pure)."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from zoneinfo import ZoneInfo

from knowledge.discretion import is_sensitive
from storage.records import Order, OrderStatus, Product, Purchase

MONTHS_SHOWN = 6
_PARTS = 5  # that many kinds of goods are told apart in a picture; the rest is one (ours)
_WHOLE = 100


@dataclass(frozen=True, slots=True)
class Spending:
    """What was spent in one currency: `parts`, the most first, and by month, oldest first, cents on each of them.

    The last of each month's numbers is the rest: what went to anything else, and to what is kept quiet about.
    """

    currency: str
    parts: tuple[str, ...]
    months: Mapping[date, tuple[int, ...]]

    @property
    def total_cents(self) -> int:
        """Give all of it."""
        return sum(sum(month) for month in self.months.values())

    @property
    def by_part(self) -> tuple[int, ...]:
        """Give the cents on each part, in their order, the rest last."""
        return tuple(sum(column) for column in zip(*self.months.values(), strict=True))


def month_of(when: date) -> date:
    """Give the first day of a day's month."""
    return when.replace(day=1)


def last_months(today: date, count: int = MONTHS_SHOWN) -> list[date]:
    """Give the first days of the last months up to this one, oldest first."""
    number = today.year * 12 + today.month - 1
    return [date(each // 12, each % 12 + 1, 1) for each in range(number - count + 1, number + 1)]


def spending(
    purchases: Sequence[Purchase], products: Mapping[str, Product], zone: ZoneInfo, today: date
) -> Spending | None:
    """Sum up the last six months, days as `zone` counts them; None when nothing was bought in them.

    Where goods have several currencies, only the one they are mostly bought in counts: sums of two mean nothing. What is
    no longer in the catalogue has no kind or currency any more, and is left out.
    """
    months = last_months(today)
    lines = [
        (month_of(each.purchased_at.astimezone(zone).date()), products[each.product_id], each)
        for each in purchases
        if each.product_id in products
    ]
    lines = [line for line in lines if line[0] in months]
    if not lines:
        return None
    currency = Counter(product.currency for _, product, _ in lines).most_common(1)[0][0]
    spent: Counter[tuple[date, str]] = Counter()
    for month, product, purchase in lines:
        if product.currency == currency:
            kind = "" if is_sensitive(product) else product.category
            spent[month, kind] += paid_cents(purchase)
    parts = _largest(spent)
    return Spending(currency, parts, {month: _row(spent, month, parts) for month in months})


def paid_cents(purchase: Purchase) -> int:
    """Give what a line of the log came to."""
    return purchase.price_cents * purchase.quantity


def taken_off_cents(orders: Sequence[Order], percents: Mapping[str, int]) -> int:
    """Sum up what coupons took off orders that were collected; `percents` by a coupon's code, 1-100.

    An order keeps what was paid, so what would have been paid is worked out from it, to a cent a piece.
    """
    return sum(
        _without_coupon(order.price_cents, percents[order.coupon_code]) * order.quantity
        for order in orders
        if order.status is OrderStatus.COLLECTED
        and order.coupon_code is not None
        and order.coupon_code in percents
    )


def _without_coupon(paid: int, percent: int) -> int:
    """Give how much more it would have been; of what was free nobody can tell."""
    return round(paid * percent / (_WHOLE - percent)) if percent < _WHOLE else 0


def _largest(spent: Mapping[tuple[date, str], int]) -> tuple[str, ...]:
    by_kind: Counter[str] = Counter()
    for (_, kind), cents in spent.items():
        by_kind[kind] += cents if kind else 0
    ranked = sorted((kind for kind in by_kind if kind), key=lambda kind: (-by_kind[kind], kind))
    return tuple(ranked[:_PARTS])


def _row(
    spent: Mapping[tuple[date, str], int], month: date, parts: Sequence[str]
) -> tuple[int, ...]:
    whole = sum(cents for (when, _), cents in spent.items() if when == month)
    named = [spent.get((month, part), 0) for part in parts]
    return (*named, whole - sum(named))
