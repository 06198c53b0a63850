"""Facts as a text writes them: money, distances, days and times by a language's customs (pure)."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Literal

from babel import Locale

from knowledge import amounts, days_ahead
from knowledge.facts import Facts, Kind
from knowledge.language import Sentence, told
from knowledge.qualities import make, quality


@dataclass(frozen=True, slots=True)
class Manner:
    """How to say it: language customs, today's date, and `variant` to vary equal sentences (any int)."""

    locale: Locale
    today: date
    variant: int = 0

    def other(self) -> "Manner":
        """Give the manner in which the next of equal sentences is said."""
        return replace(self, variant=self.variant + 1)


def one_of(sentences: Sequence[Sentence], manner: Manner, **values: Any) -> str:
    """Say one of equal sentences, with what its placeholders stand for."""
    return told(sentences[manner.variant % len(sentences)], manner.locale, **values)


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
        "order": facts.order_code,
        "quote": facts.quote,
        "document": facts.document,
        "size": _listed(facts.asked, "or", make, locale),
        "sizes": _listed(facts.choices, "and", make, locale),
        "unknown": _listed(facts.unknown, "or", quality, locale),
    }
    if facts.distance_m is not None:
        values["distance"] = amounts.distance(facts.distance_m, locale)
    if facts.price_cents is not None:
        values["price"] = amounts.price(facts.price_cents, facts.currency or "USD", locale)
    if facts.discounted_cents is not None:
        values["total"] = amounts.price(facts.discounted_cents, facts.currency or "USD", locale)
    if facts.discount_percent is not None:
        values["percent"] = amounts.percent(facts.discount_percent)
    known = {name: value for name, value in values.items() if value is not None}
    return known | _days(facts, manner) | _times(facts, locale)


def _listed(
    names: Iterable[str],
    joint: Literal["and", "or"],
    said: Callable[[str, Locale], str],
    locale: Locale,
) -> str | None:
    """List names as people say them; None when there are none."""
    return amounts.listed([said(name, locale) for name in names], joint, locale) or None


def _days(facts: Facts, manner: Manner) -> dict[str, str]:
    """Write the days that are known: of a time to come, the last one, and from when to when a rule holds."""
    locale, days = manner.locale, dict[str, str]()
    if facts.day is not None:
        is_later = facts.kind is Kind.NOTHING_NEAR
        days["day"] = days_ahead.asked(facts.day, locale, is_later=is_later)
    if facts.expires_on is not None:
        days["expires"] = amounts.day(facts.expires_on, manner.today, locale)
    if facts.valid_from is not None:
        days["since"] = amounts.past_day(facts.valid_from, manner.today, locale)
    if facts.valid_to is not None:
        days["until"] = amounts.past_day(facts.valid_to, manner.today, locale)
    return days


def _times(facts: Facts, locale: Locale) -> dict[str, str]:
    """Write the times of day that are known: when it closes, opens, and until when it is kept."""
    times: dict[str, str] = {}
    if facts.closes_at is not None:
        times["closes"] = amounts.hour(facts.closes_at, locale)
    if facts.closed_at is not None:
        times["closed"] = amounts.hour(facts.closed_at, locale)
    if facts.opens_at is not None:
        times["opens"] = days_ahead.at(facts.opens_at, facts.opens_day, locale)
        times["from"] = amounts.hour(facts.opens_at, locale)
    if facts.kept_until is not None:
        times["kept"] = days_ahead.until(facts.kept_until, facts.kept_day, locale)
    return times
