"""Money, distances, dates and times as people write them (pure; Babel knows the customs)."""

import re
from collections.abc import Iterable
from datetime import date, time, timedelta
from typing import Literal

from babel import Locale, UnknownLocaleError
from babel.dates import format_date, format_skeleton, format_time
from babel.lists import format_list
from babel.numbers import format_currency, format_decimal

from knowledge.language import LANGUAGES, Sentence, told

ENGLISH = Locale("en")
# The languages most phones are set to; another one is read when it first comes, which takes 5 ms.
_COMMON = (
    *("en", "en-US", "en-GB", "es", "es-US", "pt-BR", "fr", "de", "it", "nl", "pl", "cs", "sv"),
    *("ru", "uk", "tr", "ar", "fa", "hi", "id", "vi", "ja", "ko", "zh-hans", "zh-hant"),
)
_KILOMETRE = 1_000
_STEPS_M = 10  # nearer than that a phone cannot tell (ours)
# Where people walk feet and miles. Source: CLDR 46, measurementSystem "US" (2024-10).
_MILES = frozenset({"US", "LR"})
_FOOT_M, _MILE_M = 0.3048, 1_609.344
_LEAST_MILES = 0.1
_WITHOUT_OXFORD_COMMA = Locale("en", "GB")

_STEPS = Sentence("a few steps")
# Other languages put an article before these, and another one before one o'clock.
_HOUR = Sentence("{time}", "{time}")
_WEEKDAY = Sentence("{weekday}")
_DATE = Sentence("{date}")
_ONE = re.compile(r"0?1\D")


def locale_for(language_code: str | None) -> Locale:
    """Give the locale of an IETF tag such as "en" or "pt-br"; English when unknown."""
    try:
        return Locale.parse(
            language_code or "en", sep="-" if "-" in (language_code or "") else "_"
        )
    except (ValueError, UnknownLocaleError):
        return ENGLISH


def prepare() -> None:
    """Read the customs of common languages from disk, so that no reply has to. Blocks for 0.1 s."""
    listed(("a", "b"), "and", ENGLISH)
    for locale in map(locale_for, _COMMON):
        price(0, "USD", locale)
        distance(_KILOMETRE, locale)
        hour(time(), locale)
        day(date.min, date.min, locale)
        day(date.min + timedelta(days=1), date.min, locale)
        month(date.min, locale)


def price(cents: int, currency: str, locale: Locale = ENGLISH) -> str:
    """Write an amount: 350, "USD" → "$3.50"."""
    return str(format_currency(cents / 100, currency, locale=locale))


def whole_price(cents: int, currency: str, locale: Locale = ENGLISH) -> str:
    """Write an amount without its cents, where there is little room: 354, "USD" → "$4"."""
    pattern = locale.currency_formats["standard"].pattern.replace(".00", "")
    amount = round(cents / 100)
    return str(format_currency(amount, currency, pattern, locale=locale, currency_digits=False))


def tenths(value: float, locale: Locale = ENGLISH) -> str:
    """Write a number to a tenth: 1.84 → "1.8", in Spanish "1,8"."""
    return str(format_decimal(round(value, 1), format="0.0", locale=locale))


def distance(metres: float, locale: Locale = ENGLISH) -> str:
    """Write a distance after which "away" can follow: "a few steps", "43 m", from a kilometre on "1.2 km".

    Where people think in miles it is "140 ft", from a tenth of a mile on "0.3 mi".
    """
    if round(metres) < _STEPS_M:
        return told(_STEPS, locale)
    if locale.territory in _MILES:
        return _in_miles(metres, locale)
    if round(metres) < _KILOMETRE:
        return f"{round(metres)} m"
    return f"{format_decimal(round(metres / _KILOMETRE, 1), locale=locale)} km"


def _in_miles(metres: float, locale: Locale) -> str:
    miles = metres / _MILE_M
    if miles < _LEAST_MILES:
        return f"{round(metres / _FOOT_M, -1):.0f} ft"
    return f"{format_decimal(round(miles, 1), locale=locale)} mi"


def number(value: float, locale: Locale = ENGLISH) -> str:
    """Write a number with at most six digits after the point: "0.05", "0,05"."""
    return str(format_decimal(value, "#,##0.######", locale=locale))


def percent(value: int) -> str:
    """Write a discount: "15 %"."""
    return f"{value} %"


def clock_time(moment: time, locale: Locale = ENGLISH) -> str:
    """Write a time of day that stands alone: "6:00 PM" or "18:00"."""
    return str(format_time(moment, "short", locale=locale)).replace("\u202f", " ")


def hour(moment: time, locale: Locale) -> str:
    """Write a time of day as it stands in a sentence, with an article where it has one: "6:00 PM", "las 18:00"."""
    written = clock_time(moment, locale)
    return told(_HOUR, locale, count=1 if _ONE.match(written) else 2, time=written)


def day(when: date, today: date, locale: Locale) -> str:
    """Write a date as near ones are said: "Sunday" within six days, else "December 31"."""
    is_near = today < when < today + timedelta(days=7)
    return weekday(when, locale) if is_near else _day_of_year(when, locale)


def past_day(when: date, today: date, locale: Locale) -> str:
    """Write a date behind us: "March 1", with its year when that is not this one: "March 1, 2025"."""
    if when.year == today.year:
        return _day_of_year(when, locale)
    return told(_DATE, locale, date=format_date(when, "long", locale=_in_words(locale)))


def month(when: date, locale: Locale) -> str:
    """Name a month with its year, as a heading: "November 2026"."""
    return str(format_skeleton("yMMMM", when, locale=_in_words(locale)))


def short_month(when: date, locale: Locale) -> str:
    """Name a month in a few letters: "Nov"."""
    return format_date(when, "LLL", locale=_in_words(locale)).rstrip(".")


def day_of_month(when: date, locale: Locale) -> str:
    """Write a day under the name of its month: "Thu 19"."""
    return format_date(when, "EEE d", locale=_in_words(locale)).replace(".", "")


def weekday(when: date, locale: Locale) -> str:
    """Name the day of the week: "Sunday"."""
    return told(_WEEKDAY, locale, weekday=format_date(when, "EEEE", locale=_in_words(locale)))


def listed(words: Iterable[str], joint: Literal["and", "or"], locale: Locale) -> str:
    """List words as people do: "2, 3 and 4"."""
    spoken = _in_words(locale)
    return format_list(
        list(words),
        style="standard" if joint == "and" else "or",
        locale=_WITHOUT_OXFORD_COMMA if spoken.language == "en" else spoken,
    )


def _day_of_year(when: date, locale: Locale) -> str:
    written = format_skeleton("MMMMd", when, locale=_in_words(locale))
    return told(_DATE, locale, date=written)


def _in_words(locale: Locale) -> Locale:
    """Give the locale whose words stand among ours: to whom no language of ours is spoken, English is."""
    return locale if locale.language in LANGUAGES else ENGLISH
