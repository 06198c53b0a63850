"""What was bought, spent and saved, and what is known of a shopper, in words (pure)."""

from collections.abc import Mapping, Sequence
from datetime import date
from itertools import groupby
from zoneinfo import ZoneInfo

from babel import Locale

from knowledge import amounts
from knowledge.language import Sentence, told
from knowledge.spending import Spending, month_of, paid_cents
from storage.records import Product, Purchase

HISTORY = Sentence("What you bought lately:")
NO_HISTORY = Sentence("Nothing bought yet. What you collect will be listed here.")
SAVED_LIST = Sentence("Saved: {items}")
COUPONS_TOOK_OFF = Sentence("Coupons took {saved} off what you collected.")
SPENT_TITLE = Sentence("What you spent")
SPENT_NOTHING = Sentence("You bought nothing in the last six months.")
SPENT = Sentence("In the last six months you spent {total}: {months}.")
SPENT_ON = Sentence("It went to {parts}.")
THE_REST = Sentence("other things")
_Bought = tuple[date, Product, Purchase]


def bought(
    purchases: Sequence[Purchase], products: Mapping[str, Product], zone: ZoneInfo
) -> list[_Bought]:
    """Give each purchase with its day as `zone` counts it and its product, where that is still known."""
    return [
        (each.purchased_at.astimezone(zone).date(), products[each.product_id], each)
        for each in purchases
        if each.product_id in products
    ]


def days_of(lines: Sequence[_Bought]) -> list[date]:
    """Give the days on which something was bought, newest first."""
    return sorted({day for day, _, _ in lines}, reverse=True)


def timeline(
    lines: Sequence[_Bought], days: Sequence[date], locale: Locale
) -> tuple[list[str], list[str]]:
    """Give the lines of these days, newest first, under the name and the sum of their months; and those names.

    A month's sum is that of all its days, shown or not.
    """
    text: list[str] = []
    heads: list[str] = []
    for month, of_month in groupby(sorted(days, reverse=True), key=month_of):
        whole = [line for line in lines if month_of(line[0]) == month]
        heads.append(amounts.month(month, locale))
        text.append(f"{heads[-1]}, {_total(whole, locale)}")
        text += [_day(day, [line for line in whole if line[0] == day], locale) for day in of_month]
    return text, heads


def spent(spending: Spending, saved: str | None, locale: Locale) -> str:
    """Say what the picture shows: the sum of each month with any, newest first, and what it went to.

    `saved` is what coupons took off, None when that is nothing.
    """

    def price(cents: int) -> str:
        return amounts.price(cents, spending.currency, locale)

    by_month = [
        f"{amounts.short_month(month, locale)} {price(sum(row))}"
        for month, row in reversed(list(spending.months.items()))
        if any(row)
    ]
    named = zip([*spending.parts, told(THE_REST, locale)], spending.by_part, strict=True)
    parts = [f"{part} ({price(cents)})" for part, cents in named if cents]
    sentences = [
        told(SPENT, locale, total=price(spending.total_cents), months=", ".join(by_month)),
        told(SPENT_ON, locale, parts=amounts.listed(parts, "and", locale)),
    ]
    if saved is not None:
        sentences.append(told(COUPONS_TOOK_OFF, locale, saved=saved))
    return "\n".join(sentences)


def _day(day: date, lines: Sequence[_Bought], locale: Locale) -> str:
    items = [_item(product, purchase, locale) for _, product, purchase in lines]
    return f"{amounts.day_of_month(day, locale)}: {'; '.join(items)}"


def _item(product: Product, purchase: Purchase, locale: Locale) -> str:
    price = amounts.price(paid_cents(purchase), product.currency, locale)
    times = "" if purchase.quantity == 1 else f"{purchase.quantity} × "
    return f"{times}{product.title}, {price}"


def _total(lines: Sequence[_Bought], locale: Locale) -> str:
    """Give the sum, one for each currency."""
    sums: dict[str, int] = {}
    for _, product, purchase in lines:
        sums[product.currency] = sums.get(product.currency, 0) + paid_cents(purchase)
    return " + ".join(amounts.price(cents, name, locale) for name, cents in sums.items())
