"""Facts as a text writes them: money, distances, days and times by a language's customs (pure)."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from babel import Locale

from knowledge import amounts
from knowledge.facts import Facts


@dataclass(frozen=True, slots=True)
class Manner:
    """How to say it: language customs, today's date, and `variant` to vary equal sentences (any int)."""

    locale: Locale
    today: date
    variant: int = 0

    def other(self) -> "Manner":
        """Give the manner in which the next of equal sentences is said."""
        return replace(self, variant=self.variant + 1)


def written(facts: Facts, manner: Manner) -> list[str]:
    """Give every fact as a text may write it, the numbers of a list included."""
    values = [value for each in facts.everything() for value in filled(each, manner).values()]
    most = max(len(each.options) for each in facts.everything())
    numbers = [str(number) for number in range(1, most + 1)]
    return [*values, *numbers]


def filled(facts: Facts, manner: Manner) -> dict[str, str]:
    """Give every placeholder's value; facts that are not known have no entry."""
    locale = manner.locale
    values: dict[str, str | None] = {
        "store": facts.store,
        "item": facts.item,
        "coupon": facts.coupon_code,
        "reason": facts.reason,
        "holiday": facts.holiday,
        "day": facts.day,
        "order": facts.order_code,
        "quote": facts.quote,
        "document": facts.document,
        "size": facts.size,
        "sizes": listed(facts.choices, "and") or None,
        "unknown": listed(facts.unknown, "or") or None,
    }
    if facts.distance_m is not None:
        values["distance"] = amounts.distance(facts.distance_m, locale)
    if facts.price_cents is not None:
        values["price"] = amounts.price(facts.price_cents, facts.currency or "USD", locale)
    if facts.discounted_cents is not None:
        values["total"] = amounts.price(facts.discounted_cents, facts.currency or "USD", locale)
    if facts.discount_percent is not None:
        values["percent"] = amounts.percent(facts.discount_percent)
    if facts.expires_on is not None:
        values["expires"] = amounts.day(facts.expires_on, manner.today, locale)
    if facts.valid_from is not None:
        values["since"] = amounts.past_day(facts.valid_from, manner.today, locale)
    if facts.valid_to is not None:
        values["until"] = amounts.past_day(facts.valid_to, manner.today, locale)
    known = {name: value for name, value in values.items() if value is not None}
    return known | _times(facts, locale)


def listed(words: Iterable[str], joint: str) -> str:
    """List words as people do: "2, 3 and 4"."""
    *others, last = list(words) or [""]
    return f"{', '.join(others)} {joint} {last}" if others else last


def _times(facts: Facts, locale: Locale) -> dict[str, str]:
    """Write the times of day that are known: when it closes, opens, and until when it is kept."""
    times: dict[str, str] = {}
    if facts.closes_at is not None:
        times["closes"] = amounts.clock_time(facts.closes_at, locale)
    if facts.closed_at is not None:
        times["closed"] = amounts.clock_time(facts.closed_at, locale)
    if facts.opens_at is not None:
        at = f"at {amounts.clock_time(facts.opens_at, locale)}"
        times["opens"] = f"{facts.opens_day} {at}" if facts.opens_day else at
        times["from"] = amounts.clock_time(facts.opens_at, locale)
    if facts.kept_until is not None:
        at = amounts.clock_time(facts.kept_until, locale)
        times["kept"] = f"{facts.kept_day} at {at}" if facts.kept_day else at
    return times
