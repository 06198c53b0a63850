"""When a shopper sets out, by when they must be there, and how long they may wait for a door to open (pure)."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from knowledge.constraints import When

_MIDDAY = time(12)  # of a day that is named without an hour (ours)
_AN_HOUR = timedelta(hours=1)  # before what "by eleven tomorrow" names (ours)


@dataclass(frozen=True, slots=True)
class Outing:
    """A walk to a store; all are aware moments, `arrives_by` None = no hurry.

    Whoever names a day, or a part of one, comes when the store is open: at `sets_out_at` if it is, else at any time
    between `since` and `until`; None = no such freedom. `is_named`: it is a time that the wish names, not right now.
    """

    sets_out_at: datetime
    arrives_by: datetime | None = None
    since: datetime | None = None
    until: datetime | None = None
    is_named: bool = False


def outing(when: When | None, now: datetime, zone: ZoneInfo) -> Outing:
    """Give the walk that a wish means: right now unless it names another day or hour.

    An hour that has passed is none: "by six" said at seven is said too late to keep to.
    """
    if when is None:
        return Outing(now)
    if when.in_minutes is not None:
        return Outing(now + timedelta(minutes=when.in_minutes), is_named=True)
    today = now.astimezone(zone).date()
    day = _day_of(when, today)
    begins = _moment(day, time(), zone)
    ends = _moment(_last_day(when, day) + timedelta(days=1), time(), zone)
    until = ends if when.before is None else _moment(day, when.before, zone)
    if day > today and when.after is None:
        return Outing(_preferred(day, when, zone), None, begins, until, is_named=True)
    sets_out = now if when.after is None else max(now, _moment(day, when.after, zone))
    by = _first_after(sets_out, [_hurry(when, now), until if when.before else None])
    if when.after is not None or when.weekdays or when.dates:
        return Outing(sets_out, by, until=until, is_named=until > sets_out)
    return Outing(sets_out, by)


def _day_of(when: When, today: date) -> date:
    """Give the day that is meant: of several the first to come, today included."""
    if ahead := [day for day in when.dates if day >= today]:
        return ahead[0]
    if when.days_ahead is not None or not when.weekdays:
        return today + timedelta(days=when.days_ahead or 0)
    return today + timedelta(days=min((day - today.weekday()) % 7 for day in when.weekdays))


def _last_day(when: When, day: date) -> date:
    """Give the last of the days in a row that are meant: a weekend goes on until Sunday."""
    following = day + timedelta(days=1)
    is_weekend = following.weekday() in when.weekdays and when.after is None and not when.dates
    return following if is_weekend else day


def _preferred(day: date, when: When, zone: ZoneInfo) -> datetime:
    """Give when somebody comes on a day that is named without an hour to come at."""
    midday = _moment(day, _MIDDAY, zone)
    return (
        midday if when.before is None else min(midday, _moment(day, when.before, zone) - _AN_HOUR)
    )


def _hurry(when: When, now: datetime) -> datetime | None:
    return None if when.minutes is None else now + timedelta(minutes=when.minutes)


def _first_after(start: datetime, ends: list[datetime | None]) -> datetime | None:
    return min((end for end in ends if end is not None and end > start), default=None)


def _moment(day: date, hour: time, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, hour, zone)
