"""When a shopper sets out, and by when they must be there (pure)."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from knowledge.constraints import When

_MIDDAY = time(12)  # of a day that is named without an hour (ours)


@dataclass(frozen=True, slots=True)
class Outing:
    """A walk to a store; both are aware moments, `arrives_by` None = no hurry."""

    sets_out_at: datetime
    arrives_by: datetime | None = None


def outing(when: When | None, now: datetime, zone: ZoneInfo) -> Outing:
    """Give the walk that a wish means: right now unless it names another day or hour.

    An hour that has passed is none: "by six" said at seven is said too late to keep to.
    """
    if when is None:
        return Outing(now)
    local = now.astimezone(zone)
    day = local.date() + timedelta(days=when.days_ahead or 0)
    is_later = day > local.date()
    after = when.after or (_MIDDAY if is_later and when.before is None else None)
    sets_out = max(now, datetime.combine(day, after, zone)) if after else now
    if is_later and after is None:
        sets_out = datetime.combine(day, min(_MIDDAY, when.before or _MIDDAY), zone)
    ends = [] if when.minutes is None else [now + timedelta(minutes=when.minutes)]
    if when.before is not None:
        ends.append(datetime.combine(day, when.before, zone))
    ahead = [end for end in ends if end > sets_out]
    return Outing(sets_out, min(ahead, default=None))
