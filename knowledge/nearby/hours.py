"""Whether a store is open at a moment, and when it opens next (pure; local time, special days, daylight saving)."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from storage.records import SpecialDay, Store

CLOSING_SOON = timedelta(minutes=10)  # less than that is no time to buy something in (ours)
_LOOK_AHEAD_DAYS = 8
_ALL_DAY = timedelta(hours=24)


@dataclass(frozen=True, slots=True)
class OpenInterval:
    """An opening interval as two moments in the store's own time zone."""

    opens: datetime
    closes: datetime

    @property
    def is_all_day(self) -> bool:
        """Tell whether it is open round the clock, so that there is no closing time to tell."""
        return self.closes - self.opens >= _ALL_DAY


def open_interval(store: Store, at: datetime) -> OpenInterval | None:
    """Give the interval that contains the moment `at` (aware), or None when the store is closed."""
    local = at.astimezone(ZoneInfo(store.time_zone))
    for days_back in (0, 1):  # yesterday's late opening may reach into today
        for interval in _intervals_on(store, local - timedelta(days=days_back)):
            if interval.opens <= local < interval.closes:
                return interval
    return None


def closing_soon(store: Store, at: datetime) -> datetime | None:
    """Give when it closes, in its local time, if that is within `CLOSING_SOON`; None when it is closed already."""
    interval = open_interval(store, at)
    if interval is None or interval.closes - at >= CLOSING_SOON:
        return None
    # A store that never closes has an interval that ends, and another that begins there.
    return None if open_interval(store, interval.closes) is not None else interval.closes


def next_opening(store: Store, after: datetime) -> datetime | None:
    """Give the next moment it opens, in the store's local time; None when not within a week."""
    local = after.astimezone(ZoneInfo(store.time_zone))
    for days in range(_LOOK_AHEAD_DAYS):
        openings = [i.opens for i in _intervals_on(store, local + timedelta(days=days))]
        later = [opens for opens in openings if opens > local]
        if later:
            return min(later)
    return None


def last_closing(store: Store, before: datetime) -> datetime | None:
    """Give when it closed last on the local day of a moment, in the store's time; None = it has not, that day."""
    local = before.astimezone(ZoneInfo(store.time_zone))
    intervals = [
        *_intervals_on(store, local - timedelta(days=1)),
        *_intervals_on(store, local),
    ]
    ends = [i.closes for i in intervals if i.closes <= local and i.closes.date() == local.date()]
    return max(ends, default=None)


def special_day(store: Store, at: datetime) -> SpecialDay | None:
    """Give what is special about the local day of a moment (aware) at a store; None = an ordinary day."""
    local = at.astimezone(ZoneInfo(store.time_zone))
    return next((each for each in store.special_days if each.day == local.date()), None)


def _intervals_on(store: Store, day: datetime) -> list[OpenInterval]:
    special = special_day(store, day)
    if special is not None:
        return [_interval(opens, closes, day) for opens, closes in special.hours]
    usual = (hours for hours in store.hours if hours.weekday == day.weekday())
    return [_interval(hours.opens, hours.closes, day) for hours in usual]


def _interval(opens: time, closes: time, day: datetime) -> OpenInterval:
    closing_day = day.date() + timedelta(days=1 if closes <= opens else 0)
    return OpenInterval(
        datetime.combine(day.date(), opens, tzinfo=day.tzinfo),
        datetime.combine(closing_day, closes, tzinfo=day.tzinfo),
    )
