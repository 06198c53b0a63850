"""How long offers shall stay away, as people write it: "today", "14 days", "until Dec 1", "until I say", "off" (pure)."""

import re
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from knowledge.loaders.days import read_day
from knowledge.loaders.problems import FieldError
from storage.records import UNTIL_THEY_SAY

_FOR = re.compile(
    r"(?:for )?(?P<count>\d{1,4}|an?|one) ?(?P<unit>d|w|days?|weeks?|months?)", re.ASCII
)
_DAYS = {
    "d": 1,
    "w": 7,
    "m": 30,
}  # a month is 30 days: what is promised must not depend on the season
_LONGEST_DAYS = 3_650  # as far ahead as a day may be written
_TODAY = frozenset({"today", "for today", "until tomorrow"})
_OPEN = frozenset({"until i say", "until i say so", "forever", "for ever", "indefinitely"})
_END = frozenset({"off", "end", "stop", "over", "resume"})


@dataclass(frozen=True, slots=True)
class Pause:
    """A pause to begin: no offers before `until`, in shop time; with None the one that lasts is to end."""

    until: datetime | None


def read_pause(words: str, now: datetime, zone: ZoneInfo) -> Pause | None:
    """Read what follows /pause at shop time `now`; None when it says no time to come.

    So many days end to the minute; a day that is named ends the pause as it begins in `zone`.
    """
    said = " ".join(words.casefold().split()).rstrip(".!")
    if said in _OPEN:
        return Pause(UNTIL_THEY_SAY)
    if said in _END:
        return Pause(None)
    if match := _FOR.fullmatch(said):
        return _for_days(match["count"], match["unit"], now)
    today = now.astimezone(zone).date()
    day = read_day("until", said.removeprefix("until ").strip(), today)
    if said in _TODAY:
        day = today + timedelta(days=1)
    if isinstance(day, FieldError):
        return None
    until = datetime.combine(day, time(), zone)
    return Pause(until) if until > now else None


def _for_days(count: str, unit: str, now: datetime) -> Pause | None:
    days = (int(count) if count.isdecimal() else 1) * _DAYS[unit[0]]
    return Pause(now + timedelta(days=days)) if 0 < days <= _LONGEST_DAYS else None
