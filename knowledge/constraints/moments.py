"""When something is wanted, and where, as a message says it (pure)."""

import re
from collections.abc import Iterable
from datetime import date, time

from knowledge.constraints.bygone import without_bygone
from knowledge.constraints.when import When

# What "quickly" leaves (ours).
_SOON_MINUTES = 15
_SOON = re.compile(
    r"\b(?:quick(?:ly)?|fast|asap|in a (?:hurry|rush)|right (?:now|away)|immediately|urgent(?:ly)?|short on time"
    r"|no time|don't have (?:much |a lot of )?time|in no time|soon as possible|running late|before my (?:train|bus) leaves)\b"
)
_MINUTES = re.compile(
    r"\b(?:in|within|under|less than|have|only|got)\s+(?:the next\s+)?(?:(\d{1,3})|(an?|one|two|three|half an|five|ten|fifteen|twenty|thirty))"
    r"\s*(min(?:ute)?s?|hours?|hrs?|h)\b"
)
_WORDS = {
    "a": 1,
    "an": 1,
    "one": 1,
    "two": 2,
    "three": 3,
    "five": 5,
    "ten": 10,
    "fifteen": 15,
    "twenty": 20,
    "thirty": 30,
}
_PARTS = {
    "morning": (time(6), time(12)),
    "lunch": (time(11), time(14)),
    "lunchtime": (time(11), time(14)),
    "noon": (time(11), time(13)),
    "afternoon": (time(12), time(18)),
    "evening": (time(18), time(23, 59)),
    "night": (time(18), time(23, 59)),
    "tonight": (time(18), time(23, 59)),
}
_PART = re.compile(
    r"\b(?:this|tomorrow|in the|on the|for)\s+(morning|afternoon|evening|night|lunchtime|noon)\b|\b(tonight)\b"
)
_DAY = re.compile(r"\b(the day after tomorrow|tomorrow|tmrw|tmr|today|tonight)\b")
_WEEKDAYS = "monday tuesday wednesday thursday friday saturday sunday".split()
# In short they are words of their own as well: "sun", "sat", "wed".
_SHORT_DAYS = {
    "mon": 0,
    "tue": 1,
    "tues": 1,
    "wed": 2,
    "thu": 3,
    "thur": 3,
    "thurs": 3,
    "fri": 4,
    "sat": 5,
    "sun": 6,
}
_WEEKDAY = re.compile(
    rf"(?<!black )(?<!good )\b({'|'.join(_WEEKDAYS)})s?(?:\s+(morning|afternoon|evening|night|lunchtime|noon))?\b"
    rf"|\b(?:on|by|until|till|next|this)\s+({'|'.join(_SHORT_DAYS)})\b"
)
_WEEKEND = re.compile(r"\b(?:this|next|on the|at the|over the|for the|the) weekend\b|^weekend$")
_CLOCK = r"(\d{1,2})(?:[:.](\d{2}))?\s*(a\.?m\.?|p\.?m\.?|o'?clock)?(?![\d%$€£])"
_BEFORE = re.compile(rf"\b(?:by|before|until|till|no later than)\s+{_CLOCK}")
_AFTER = re.compile(rf"\b(?:after|from|at|around)\s+{_CLOCK}")
# A bare number is an hour only where nothing is counted by it: "after 6", "at 7 tomorrow".
_BARE_AFTER = re.compile(
    r"\b(?:after|at)\s+(\d{1,2})()()(?=\s*(?:$|[.,;!?]|(?:today|tomorrow|tonight|this|on|in the|then|please|or|and)\b))"
)
_LATER = re.compile(
    r"(?:\b(?:open|closed?|come|coming|be there|get there|arrive|arriving|drop by|stop by|there|or|and)\s+(?:still\s+)?|^)"
    r"in (?:about )?(?:(\d{1,3})|(an?|one|two|three|half an|five|ten|fifteen|twenty|thirty))\s*(min(?:ute)?s?|hours?|hrs?|h)\b"
)
_NOON = re.compile(r"\b(?:by|before)\s+(noon|midnight)\b")
# The hours shops are open in: "by 6" is said of the evening, "by 10" of the morning.
_EVENING_UNTIL = 8
_NEAR = re.compile(
    r"\b(?:near(?:by)?(?: to)?|close to|next to|around|not far from|by|opposite|(?:at|on|in)(?= the\b)|on(?= [a-z]+ (?:st|street|road|lane|square)\b))"
    r"\s+(?:the\s+)?"
    r"((?!me\b|here\b|us\b|my\b|you\b|noon\b|it\b|a\b|\d)[^\W\d_][\w' &-]{2,40}?)(?=[.,;!?]|$|\s+(?:that|for|with|under|in|please|and|but|not)\b)"
)


def when_in(text: str, days: Iterable[tuple[str, date]] = ()) -> When | None:
    """Find when it is wanted. `text` is in small letters; `days` are special days by the names that stores give them."""
    text = without_bygone(text)
    after, before = _hours(text)
    later = _LATER.search(text)
    found = When(
        minutes=None if later else _minutes(text),
        days_ahead=_days_ahead(text),
        after=after,
        before=before,
        weekdays=_weekdays(text),
        in_minutes=_counted(later) if later else None,
        dates=_dates(text, days),
    )
    return None if found == When() else found


def _hours(text: str) -> tuple[time | None, time | None]:
    """Give from when, and until when, of the day."""
    part, weekday = _PART.search(text), _WEEKDAY.search(text)
    said = part[1] or part[2] if part else weekday[2] if weekday else None
    after, before = _PARTS[said] if said else (None, None)
    by = _BEFORE.search(text)
    if by:
        before = _clock(by) or before
    elif _NOON.search(text):
        before = time(12) if "noon" in text else time(23, 59)
    at = _AFTER.search(text)
    if at is None or not (at[2] or at[3]):
        at = _BARE_AFTER.search(text)
    clock = _clock(at) if at else None
    if clock is None:
        return after, before
    # "Tomorrow evening after 7" still ends with the evening; "this morning, after 6 pm" ends nowhere.
    return clock, before if before is not None and before > clock else None


def _days_ahead(text: str) -> int | None:
    day = _DAY.search(text)
    if day is None:
        return None
    return 2 if "after" in day[1] else int(day[1].startswith("tm") or "tomorrow" in day[1])


def _dates(text: str, days: Iterable[tuple[str, date]]) -> tuple[date, ...]:
    """Give the days of a name when somebody comes on it: a present for Christmas is bought before."""
    found = []
    for name, day in days:
        short = re.escape(re.sub(r"(?:'s)? day$", "", name.casefold()))
        if re.search(rf"(?:\bon|\bopen|\bclosed?|\bhours)\b[\w\s]*?\b{short}(?! eve)\b", text):
            found.append(day)
    return tuple(sorted(found))


def _weekdays(text: str) -> tuple[int, ...]:
    if _WEEKEND.search(text):
        return (5, 6)
    day = _WEEKDAY.search(text)
    if day is None:
        return ()
    return (_WEEKDAYS.index(day[1]) if day[1] else _SHORT_DAYS[day[3]],)


def near_in(text: str) -> str | None:
    """Find what it should be near. `text` is in small letters."""
    match = _NEAR.search(text)
    if match is None or re.match(r"(?:myself|hand|\w+ (?:dollars|euros|bucks))", match[1]):
        return None
    return match[1].strip()


def _minutes(text: str) -> int | None:
    match = _MINUTES.search(text)
    if match is None:
        return _SOON_MINUTES if _SOON.search(text) else None
    return _counted(match)


def _counted(match: re.Match[str]) -> int:
    """Give the minutes of "20 minutes", "half an hour", "two hours"."""
    is_hours = match[3].startswith("h")
    if match[2] == "half an":
        return 30
    return (int(match[1]) if match[1] else _WORDS[match[2]]) * (60 if is_hours else 1)


def _clock(match: re.Match[str]) -> time | None:
    hour, minute, half = int(match[1]), int(match[2] or 0), (match[3] or "").replace(".", "")
    if half == "pm" and hour < 12:  # noqa: PLR2004  # noon
        hour += 12
    elif half == "am" and hour == 12:  # noqa: PLR2004  # midnight
        hour = 0
    elif half != "am" and 0 < hour <= _EVENING_UNTIL:
        hour += 12
    is_hour = hour < 24 and minute < 60  # noqa: PLR2004  # the clock's
    return time(hour, minute) if is_hour else None
