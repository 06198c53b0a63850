"""The days on which the stores of the sample town keep other hours, for a year from the day it is laid out.

It reads data/holidays.toml and knows no week's opening hours.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, time, timedelta

import msgspec

from scripts.demo.files import read_toml
from scripts.demo.stores import DAYS, stores
from storage.records import SpecialDay, Store

A_WEEK_DAYS = 7


class Holiday(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One holiday of the file, on a `day` of its month or on the nth weekday in it."""

    name: str
    month: int
    open: dict[str, str]
    day: int | None = None
    nth_weekday: tuple[int, str] | None = None
    others_as_usual: bool = False

    def in_year(self, year: int) -> date:
        """Give the date it falls on."""
        if self.nth_weekday is None:
            return date(year, self.month, self.day or 1)
        number, weekday = self.nth_weekday
        first = date(year, self.month, 1)
        ahead = (DAYS.index(weekday) - first.weekday()) % A_WEEK_DAYS
        return first + timedelta(days=ahead + A_WEEK_DAYS * (number - 1))


class HolidaysFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What data/holidays.toml holds."""

    holidays: tuple[Holiday, ...]


def stores_with_holidays(today: date) -> tuple[Store, ...]:
    """Give the forty stores with the holidays from `today` on, one of each."""
    return tuple(replace(each, special_days=_special_days(each.id, today)) for each in stores())


def _special_days(store_id: str, today: date) -> tuple[SpecialDay, ...]:
    holidays = read_toml("holidays.toml", HolidaysFile).holidays
    found = (_special_day(holiday, store_id, today) for holiday in holidays)
    return tuple(sorted((each for each in found if each), key=lambda special: special.day))


def _special_day(holiday: Holiday, store_id: str, today: date) -> SpecialDay | None:
    hours = holiday.open.get(store_id)
    if hours is None and holiday.others_as_usual:
        return None
    this_year = holiday.in_year(today.year)
    day = this_year if this_year >= today else holiday.in_year(today.year + 1)
    return SpecialDay(day, holiday.name, tuple(_intervals(hours or "")))


def _intervals(written: str) -> Iterator[tuple[time, time]]:
    """Read "11:30-14:30, 17:00-21:30"; nothing is closed."""
    for interval in written.split(","):
        if interval.strip():
            opens, closes = (time.fromisoformat(part) for part in interval.strip().split("-"))
            yield opens, closes
