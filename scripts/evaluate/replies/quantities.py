"""Amounts as a finished text says them: money, percentages, distances, times and days, each where it stands (pure).

It must not know how the product writes them: it reads what anybody may have written.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

_NUMBER = r"\d+(?:[.,]\d{3})*(?:[.,]\d{1,2})?|\d+"
_SIGNS = {
    "$": "USD",
    "us$": "USD",
    "€": "EUR",
    "£": "GBP",
    "usd": "USD",
    "eur": "EUR",
    "gbp": "GBP",
}
_NAMES = {"dollar": "USD", "euro": "EUR", "pound": "GBP", "buck": "USD", "quid": "GBP"}
_MONEY = re.compile(
    rf"(?P<sign>us\$|[$€£]|\b(?:usd|eur|gbp))\s?(?P<before>{_NUMBER})"
    rf"|(?<![\w.,])(?P<after>{_NUMBER})\s?(?P<name>us\$|[$€£]|(?:usd|eur|gbp|dollars?|euros?|pounds?|bucks?|quid|cents?|pence)\b)",
    re.IGNORECASE,
)
_PERCENT = re.compile(r"(?<![\w.,])(\d+(?:[.,]\d+)?)\s?(?:%|percent\b|per cent\b)", re.IGNORECASE)
_METRES = {
    "m": 1.0, "metre": 1.0, "meter": 1.0, "km": 1000.0, "kilometre": 1000.0, "kilometer": 1000.0, "mi": 1609.344,
    "mile": 1609.344, "ft": 0.3048, "feet": 0.3048, "foot": 0.3048, "yd": 0.9144, "yard": 0.9144,
}  # fmt: skip
_DISTANCE = re.compile(
    r"(?<![\w.,])(\d{1,3}(?:,\d{3})+|\d+(?:[.,]\d{1,2})?)\s?(km|m|kilomet(?:re|er)s?|met(?:re|er)s?|mi|miles?|ft|feet|foot|yd|yards?)\b",
    re.IGNORECASE,
)
_GROUPS = re.compile(r",(?=\d{3})")
_STEPS = re.compile(r"\ba few (?:steps|paces)\b", re.IGNORECASE)
_TIME = re.compile(
    r"(?<![\w.,:])(\d{1,2})(?::(\d{2}))?(?:\s?([ap])\.?m\b)?(?![\w:%])", re.IGNORECASE
)
MONTHS = (
    "january february march april may june july august september october november december"
).split()
WEEKDAYS = "monday tuesday wednesday thursday friday saturday sunday".split()
_MONTH = "|".join(f"{month}|{month[:3]}" for month in MONTHS)
_DATE = re.compile(
    rf"\b(?P<iso>\d{{4}}-\d{{2}}-\d{{2}})\b"
    rf"|\b(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\.?\s(?:of\s)?(?P<month>{_MONTH})\b\.?(?:,?\s(?P<year>\d{{4}})\b)?"
    rf"|\b(?P<month2>{_MONTH})\.?\s(?:the\s)?(?P<day2>\d{{1,2}})(?:st|nd|rd|th)?\b(?!\s?(?:%|m\b|km\b))(?:,?\s(?P<year2>\d{{4}})\b)?",
    re.IGNORECASE,
)
_NOON, _HOURS, _MINUTES = 12, 24, 60
FEW_STEPS_M = 30.0


@dataclass(frozen=True, slots=True)
class Money:
    """An amount at characters start to end; cents of `currency`, None where a text says cents alone."""

    start: int
    end: int
    cents: int
    currency: str | None


@dataclass(frozen=True, slots=True)
class Percent:
    """A percentage at characters start to end."""

    start: int
    end: int
    value: float


@dataclass(frozen=True, slots=True)
class Distance:
    """A distance at characters start to end, and how far the true one may lie from it, both in metres."""

    start: int
    end: int
    metres: float
    within: float

    def is_of(self, metres: float) -> bool:
        """Tell whether this is how that distance is written, rounded."""
        return abs(self.metres - metres) <= self.within


@dataclass(frozen=True, slots=True)
class Clock:
    """A time of day at characters start to end."""

    start: int
    end: int
    hour: int
    minute: int


@dataclass(frozen=True, slots=True)
class Day:
    """A date at characters start to end; year None where it is not said."""

    start: int
    end: int
    month: int
    day: int
    year: int | None


def money_in(text: str) -> Iterator[Money]:
    """Give each amount of money that is written in digits."""
    for found in _MONEY.finditer(text):
        number, sign = found["before"] or found["after"], (found["sign"] or found["name"]).lower()
        cents, name = _cents(number), sign.rstrip("s") if len(sign) > len("us$") else sign
        if name in ("cent", "pence"):
            yield Money(found.start(), found.end(), cents // 100, None)
        else:
            yield Money(found.start(), found.end(), cents, _SIGNS.get(name) or _NAMES.get(name))


def _cents(number: str) -> int:
    """Read 3.50, 3,50, 1,299.00 and 1.299 as people mean them."""
    whole, fraction = number, ""
    if (last := max(number.rfind("."), number.rfind(","))) >= 0 and len(number) - last <= len(
        ".99"
    ):
        whole, fraction = number[:last], number[last + 1 :]
    return int(re.sub(r"[.,]", "", whole)) * 100 + int(fraction.ljust(2, "0") or 0)


def percents_in(text: str) -> Iterator[Percent]:
    """Give each percentage that is written in digits."""
    for found in _PERCENT.finditer(text):
        yield Percent(found.start(), found.end(), float(found[1].replace(",", ".")))


def distances_in(text: str) -> Iterator[Distance]:
    """Give each distance; "a few steps" is one."""
    for found in _DISTANCE.finditer(text):
        number, unit = _GROUPS.sub("", found[1]).replace(",", "."), found[2].lower()
        metres = _METRES[unit if unit in _METRES else unit.rstrip("s")]
        digits = len(number.partition(".")[2])
        within = 0.5 * 10.0**-digits * metres + 1e-6
        yield Distance(found.start(), found.end(), float(number) * metres, within)
    for found in _STEPS.finditer(text):
        yield Distance(found.start(), found.end(), FEW_STEPS_M / 2, FEW_STEPS_M / 2)


def times_in(text: str) -> Iterator[Clock]:
    """Give each time of day; a bare number is none."""
    for found in _TIME.finditer(text):
        hour, minute, half = int(found[1]), int(found[2] or 0), (found[3] or "").lower()
        if not (found[2] or half) or hour >= _HOURS or minute >= _MINUTES:
            continue
        if half:
            hour = hour % _NOON + (_NOON if half == "p" else 0)
        yield Clock(found.start(), found.end(), hour, minute)


def days_in(text: str) -> Iterator[Day]:
    """Give each date that names its month."""
    for found in _DATE.finditer(text):
        if found["iso"]:
            year, month, day = map(int, found["iso"].split("-"))
            yield Day(found.start(), found.end(), month, day, year)
            continue
        name, said = (found["month"] or found["month2"]).lower(), found["year"] or found["year2"]
        month = 1 + next(n for n, each in enumerate(MONTHS) if each.startswith(name))
        day = int(found["day"] or found["day2"])
        yield Day(found.start(), found.end(), month, day, int(said) if said else None)
