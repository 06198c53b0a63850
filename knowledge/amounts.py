"""Money, distances, dates and times as people write them (pure; Babel knows the customs)."""

from datetime import date, datetime, time, timedelta

from babel import Locale, UnknownLocaleError
from babel.dates import format_date, format_time
from babel.numbers import format_currency, format_decimal

_FALLBACK = Locale("en", "US")
# The languages most phones are set to; another one is read when it first comes, which takes 5 ms.
_COMMON = (
    *("en", "en-GB", "es", "pt-BR", "fr", "de", "it", "nl", "pl", "cs", "sv", "ru", "uk", "tr"),
    *("ar", "fa", "hi", "id", "vi", "ja", "ko", "zh-hans", "zh-hant"),
)
_KILOMETRE = 1_000
_STEPS_M = 10  # nearer than that a phone cannot tell (ours)


def locale_for(language_code: str | None) -> Locale:
    """Give the locale of an IETF tag such as "en" or "pt-br"; English when unknown."""
    try:
        return Locale.parse(
            language_code or "en_US", sep="-" if "-" in (language_code or "") else "_"
        )
    except (ValueError, UnknownLocaleError):
        return _FALLBACK


def prepare() -> None:
    """Read the customs of common languages from disk, so that no reply has to. Blocks for 0.1 s."""
    for locale in (_FALLBACK, *map(locale_for, _COMMON)):
        price(0, "USD", locale)
        distance(_KILOMETRE, locale)
        clock_time(time(), locale)
        day(date.min, date.min, locale)
        day(date.min + timedelta(days=1), date.min, locale)


def price(cents: int, currency: str, locale: Locale = _FALLBACK) -> str:
    """Write an amount: 350, "USD" → "$3.50"."""
    return str(format_currency(cents / 100, currency, locale=locale))


def distance(metres: float, locale: Locale = _FALLBACK) -> str:
    """Write a distance after which "away" can follow: "a few steps", "43 m", from a kilometre on "1.2 km"."""
    if round(metres) < _STEPS_M:
        return "a few steps"
    if round(metres) < _KILOMETRE:
        return f"{round(metres)} m"
    return f"{format_decimal(round(metres / _KILOMETRE, 1), locale=locale)} km"


def percent(value: int) -> str:
    """Write a discount: "15 %"."""
    return f"{value} %"


def clock_time(moment: time, locale: Locale = _FALLBACK) -> str:
    """Write a time of day: "6:00 PM" or "18:00"."""
    return str(format_time(moment, "short", locale=locale)).replace("\u202f", " ")


def day(when: date, today: date, locale: Locale = _FALLBACK) -> str:
    """Write a date as near ones are said: "Sunday" within six days, else "December 31"."""
    if today < when < today + timedelta(days=7):
        return str(format_date(when, "EEEE", locale=locale))
    return str(format_date(when, "MMMM d" if locale.language == "en" else "d MMMM", locale=locale))


def past_day(when: date, today: date, locale: Locale = _FALLBACK) -> str:
    """Write a date behind us: "March 1", with its year when that is not this one: "March 1, 2025"."""
    if when.year == today.year:
        return str(
            format_date(when, "MMMM d" if locale.language == "en" else "d MMMM", locale=locale)
        )
    return str(format_date(when, "long", locale=locale))


def opening_day(opens: datetime, now: datetime) -> str | None:
    """Give "tomorrow" or a weekday's name for an opening that is not today, None when it is."""
    days = (opens.date() - now.astimezone(opens.tzinfo).date()).days
    if days <= 0:
        return None
    return "tomorrow" if days == 1 else str(format_date(opens.date(), "EEEE", locale=_FALLBACK))


def day_asked(local: datetime, now: datetime) -> str:
    """Give the day of a moment to come, after which hours can follow: "today", "tomorrow", "on Saturday"."""
    today = now.astimezone(local.tzinfo).date()
    if local.date() <= today:
        return "today"
    is_next = local.date() == today + timedelta(days=1)
    return "tomorrow" if is_next else f"on {day(local.date(), today)}"
