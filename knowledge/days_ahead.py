"""Days and moments to come as people call them: today, tomorrow at 8:00, on Saturday (pure)."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from babel import Locale

from knowledge import amounts
from knowledge.language import Sentence, told

_TODAY = Sentence("today")
_LATER_TODAY = Sentence("later today")
_TOMORROW = Sentence("tomorrow")
_ON_DAY = Sentence("on {day}")
_AT = Sentence("at {time}")
_DAY_AT = Sentence("{day} at {time}")


@dataclass(frozen=True, slots=True)
class DayAhead:
    """The day `on` something happens, and the day it is `said_on`, both by the calendar of the place."""

    on: date
    said_on: date

    @property
    def is_today(self) -> bool:
        """Tell whether it is the day on which it is said."""
        return self.on <= self.said_on

    @property
    def is_tomorrow(self) -> bool:
        """Tell whether it is the day after."""
        return self.on == self.said_on + timedelta(days=1)


def day_ahead(local: datetime, now: datetime) -> DayAhead:
    """Give the day of a moment in local time, seen from the moment `now`."""
    return DayAhead(local.date(), now.astimezone(local.tzinfo).date())


def opening_day(opens: datetime, now: datetime) -> DayAhead | None:
    """Give the day of an opening that is not today, None when it is."""
    ahead = day_ahead(opens, now)
    return None if ahead.is_today else ahead


def called(ahead: DayAhead, locale: Locale) -> str:
    """Name the day of an opening, after which a time can follow: "tomorrow", else a weekday."""
    return told(_TOMORROW, locale) if ahead.is_tomorrow else amounts.weekday(ahead.on, locale)


def asked(ahead: DayAhead, locale: Locale, *, is_later: bool = False) -> str:
    """Name a day that was asked about, after which hours can follow: "today", "tomorrow", "on Saturday".

    With `is_later` it is a time still to come of that day: "later today".
    """
    if ahead.is_today:
        return told(_LATER_TODAY if is_later else _TODAY, locale)
    if ahead.is_tomorrow:
        return told(_TOMORROW, locale)
    return told(_ON_DAY, locale, day=amounts.day(ahead.on, ahead.said_on, locale))


def moment(local: datetime, now: datetime, locale: Locale) -> str:
    """Say a moment to come, in local time: "6:00 PM", "tomorrow at 6:00 PM"."""
    return until(local.time(), opening_day(local, now), locale)


def opening(opens: datetime, now: datetime, locale: Locale) -> str:
    """Say when a store opens: "at 8:00 AM", "tomorrow at 8:00 AM"."""
    return at(opens.time(), opening_day(opens, now), locale)


def until(clock: time, ahead: DayAhead | None, locale: Locale) -> str:
    """Say a time today, or of a day to come: "6:00 PM", "tomorrow at 6:00 PM"."""
    return amounts.hour(clock, locale) if ahead is None else at(clock, ahead, locale)


def at(clock: time, ahead: DayAhead | None, locale: Locale) -> str:
    """Say at what time, today or on a day to come: "at 8:00 AM", "tomorrow at 8:00 AM"."""
    hour = amounts.hour(clock, locale)
    if ahead is None:
        return told(_AT, locale, time=hour)
    return told(_DAY_AT, locale, day=called(ahead, locale), time=hour)
