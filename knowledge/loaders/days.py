"""Days as people write them; only what can be one day alone is taken for it (pure)."""

import re
from datetime import date

from knowledge.loaders.problems import FieldError, Problem

_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})", re.ASCII)
_DOTTED = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4})", re.ASCII)
_SLASHED = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})", re.ASCII)
_MONTH_FIRST = re.compile(
    r"(?P<month>[a-z]+)\.? (?P<day>\d{1,2})(?:st|nd|rd|th)?(?:,? (?P<year>\d{4}))?", re.ASCII
)
_DAY_FIRST = re.compile(
    r"(?P<day>\d{1,2})(?:st|nd|rd|th|\.)? (?P<month>[a-z]+)\.?(?:,? (?P<year>\d{4}))?", re.ASCII
)
_MONTHS = (
    *("january", "february", "march", "april", "may", "june", "july"),
    *("august", "september", "october", "november", "december"),
)
_SHORTEST = 3  # letters of a month's name that tell it from all others
# A day without a year that comes round only after this long is more likely one just gone by (ours).
_YEAR_IS_PLAIN_DAYS = 300
_YEARS_AHEAD = 10  # an end further off is a mistyped year (ours)
Numbers = tuple[int | None, int, int]
"""Year (None = not said), month, day."""


def read_day(field: str, given: str, today: date) -> date | FieldError:
    """Read a day: 2026-12-31, 31.12.2026, 12/31/2026, Dec 31, 31 December 2026.

    Without a year it is the next such day, when that is near enough to be meant.
    """
    meanings = readings(" ".join(given.casefold().replace(" ,", ",").split()))
    try:
        days = [_day(reading, today) for reading in meanings]
    except ValueError:
        return FieldError(field, Problem.NO_SUCH_DAY, given, _example(today))
    if len(days) > 1:
        return FieldError(field, Problem.TWO_DAYS, given, tuple(map(str, days)))
    day = days[0] if days else None
    if day is None:
        problem = Problem.NEEDS_YEAR if days else Problem.NOT_A_DAY
        return FieldError(field, problem, given, _example(today))
    if day.year > today.year + _YEARS_AHEAD:
        latest = str(today.year + _YEARS_AHEAD)
        return FieldError(field, Problem.TOO_FAR, given, (*_example(today), latest))
    return day


def readings(text: str) -> tuple[Numbers, ...]:
    """Give what a text in small letters can mean: nothing, one day, or two when month and day could be either way round.

    There may be no such day.
    """
    if match := _ISO.fullmatch(text):
        return ((int(match[1]), int(match[2]), int(match[3])),)
    if match := _DOTTED.fullmatch(text):
        return ((int(match[3]), int(match[2]), int(match[1])),)
    if match := _SLASHED.fullmatch(text):
        return _slashed(*map(int, match.groups()))
    if match := _MONTH_FIRST.fullmatch(text) or _DAY_FIRST.fullmatch(text):
        return _worded(match["month"], match["day"], match["year"])
    return ()


def _slashed(first: int, second: int, year: int) -> tuple[Numbers, ...]:
    """Read 12/31/2026 and 31/12/2026; what is no month is the day."""
    both = sorted({(year, first, second), (year, second, first)})
    return tuple(each for each in both if each[1] <= len(_MONTHS)) or (both[0],)


def _worded(name: str, day: str, year: str | None) -> tuple[Numbers, ...]:
    fits = [number for number, month in enumerate(_MONTHS, 1) if month.startswith(name)]
    if len(name) < _SHORTEST or not fits:
        return ()
    return ((int(year) if year else None, fits[0], int(day)),)


def _day(numbers: Numbers, today: date) -> date | None:
    """Give the day; None when the year is not said and not plain. ValueError when there is no such day."""
    year, month, day = numbers
    if year is not None:
        return date(year, month, day)
    near = date(today.year, month, day)
    if near < today:
        near = date(today.year + 1, month, day)
    return near if (near - today).days <= _YEAR_IS_PLAIN_DAYS else None


def _example(today: date) -> tuple[str]:
    return (f"{today.year}-12-31",)
