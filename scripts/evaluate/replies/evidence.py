"""What facts allow a text to say, worked out from the contract alone (pure).

It shares nothing with the check that the product makes before it sends: two checks that share a mistake are one.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, time
from functools import cached_property

from knowledge.facts import Facts, Kind
from scripts.evaluate.replies.quantities import Clock, Day, Distance, Money, Percent

_USUAL = "USD"  # where no currency is told
_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_OPENING = frozenset("open opens opening opened close closes closed".split())
_SAVING = frozenset("discount discounted save saves saving savings off sale less cheaper".split())


def words_of(text: str) -> list[str]:
    """Give the words of a text in small letters, with straight apostrophes."""
    return [word.casefold().replace("’", "'") for word in _WORD.findall(text)]


def _words(texts: Iterable[str]) -> frozenset[str]:
    """Give the words of texts; one with a hyphen as a whole and in its parts."""
    found = {word for text in texts for word in words_of(text)}
    return frozenset(found | {part for word in found for part in word.split("-")})


@dataclass(frozen=True)
class Evidence:
    """The facts of one reply, asked what they support."""

    facts: Facts

    @cached_property
    def _all(self) -> tuple[Facts, ...]:
        return tuple(self.facts.everything())

    @cached_property
    def texts(self) -> tuple[str, ...]:
        """Give everything that may stand in the text word for word, the longest first."""
        found = {
            text
            for each in self._all
            for text in (
                *(each.store, each.item, each.coupon_code, each.reason),
                *(each.order_code, each.quote, each.document),
            )
            if text
        }
        return tuple(sorted(found, key=len, reverse=True))

    @cached_property
    def words(self) -> frozenset[str]:
        """Give the words of all facts."""
        return _words(self.texts)

    @cached_property
    def claims(self) -> frozenset[str]:
        """Give the words that may state something: those of reasons and rules, and what follows from what is known.

        What a store is called states nothing: The Open Shelf need not be open.
        """
        said = _words(text for each in self._all for text in (each.reason, each.quote) if text)
        if self._times or self.facts.kind is Kind.CLOSED:
            said |= _OPENING
        if any(each.discount_percent is not None for each in self._all):
            said |= _SAVING
        return said

    @cached_property
    def qualities(self) -> frozenset[str]:
        """Give the words of the things themselves: a Vegan Wrap is vegan."""
        return _words(each.item for each in self._all if each.item)

    def supports_money(self, said: Money) -> bool:
        """Tell whether this is a price, a price after its coupon, or what that saves."""
        return any(
            said.cents == cents and said.currency in (None, currency)
            for cents, currency in self._amounts()
        )

    def supports_percent(self, said: Percent) -> bool:
        """Tell whether this is a discount that is given."""
        return any(each.discount_percent == said.value for each in self._all)

    def supports_distance(self, said: Distance) -> bool:
        """Tell whether something is that far away, rounded as it is written."""
        return any(
            each.distance_m is not None and said.is_of(each.distance_m) for each in self._all
        )

    def supports_time(self, said: Clock) -> bool:
        """Tell whether something opens at that time."""
        return time(said.hour, said.minute) in self._times

    def supports_day(self, said: Day) -> bool:
        """Tell whether a coupon ends on that day."""
        return any(
            (said.month, said.day) == (day.month, day.day) and said.year in (None, day.year)
            for day in self._days
        )

    def supports_weekday(self, number: int) -> bool:
        """Tell whether a coupon ends on such a day; Monday is 0."""
        return any(day.weekday() == number for day in self._days)

    def supports_position(self, number: int) -> bool:
        """Tell whether a list of these facts has that many lines."""
        return 1 <= number <= max(len(self.facts.options), len(self.facts.coupons))

    @cached_property
    def _times(self) -> frozenset[time]:
        return frozenset(each.opens_at for each in self._all if each.opens_at is not None)

    @cached_property
    def _days(self) -> frozenset[date]:
        return frozenset(each.expires_on for each in self._all if each.expires_on is not None)

    def _amounts(self) -> Iterator[tuple[int, str | None]]:
        for each in self._all:
            if each.price_cents is None:
                continue
            yield each.price_cents, each.currency or _USUAL
            for total in _discounted(each):
                yield total, each.currency or _USUAL
                yield each.price_cents - total, each.currency or _USUAL


def _discounted(facts: Facts) -> set[int]:
    """Give the price after the coupon in cents; where it falls between two, either is exact enough."""
    if facts.price_cents is None or facts.discount_percent is None:
        return set()
    whole, rest = divmod(facts.price_cents * (100 - facts.discount_percent), 100)
    half = 50
    return {whole} if rest < half else {whole + 1} if rest > half else {whole, whole + 1}
