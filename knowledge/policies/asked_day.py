"""The day a question about rules is about: today, unless it asks what was (pure).

"What was the return policy in March" asks about a day in March; "can I exchange it until January" asks
about today's rules. So a date counts only where something past is asked about or a year is said.
"""

import re
from datetime import date, timedelta

_MONTHS = (
    *("january", "february", "march", "april", "may", "june", "july"),
    *("august", "september", "october", "november", "december"),
)
_NAMES = "|".join(f"{month}|{month[:3]}" for month in _MONTHS) + "|sept"
_PAST = re.compile(
    r"\b(?:was|were|did|held|had|used to|been|bought|ordered|purchased|paid|got|back then|at the time|last|ago|yesterday)\b"
)
_BEFORE_DATE = (
    r"\b(?:in|on|since|of|for|during|from|around|back in|last)\s+(?:the\s+)?(?:early |mid |late )?"
)
_MONTH = re.compile(
    rf"{_BEFORE_DATE}(?:(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\s+(?:of\s+)?)?(?P<month>{_NAMES})\b\.?"
    r"(?:\s+(?P<late>\d{1,2})(?:st|nd|rd|th)?(?!\d))?(?:,?\s+(?:of\s+)?(?P<year>20\d\d))?"
)
_ISO = re.compile(r"\b(?P<year>20\d\d)-(?P<month>\d{1,2})-(?P<day>\d{1,2})\b")
_YEAR = re.compile(rf"{_BEFORE_DATE}(?P<year>20\d\d)\b")
_AGO = re.compile(
    r"\b(?P<count>\d{1,3}|an?|one|two|three|four|five|six)\s+(?P<unit>day|week|month|year)s?\s+ago\b"
)
_LAST = re.compile(r"\blast (?P<unit>week|month|year)\b|\byesterday\b")
_COUNTS = {"a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6}
_DAYS = {"day": 1, "week": 7, "month": 30, "year": 365}


def asked_day(question: str, today: date) -> date:
    """Give the day whose rules are asked for; of a month or a year it is the last day, today at most.

    A month without a year is the last one that has begun. What cannot be read is today.
    """
    text = " ".join(question.casefold().split())
    found = _dated(text, today) or _counted_back(text, today)
    return today if found is None else min(found, today)


def _dated(text: str, today: date) -> date | None:
    if match := _ISO.search(text):
        return _day(int(match["year"]), int(match["month"]), int(match["day"]))
    match = _MONTH.search(text)
    if match is not None and (match["year"] or _PAST.search(text)):
        month = next(n for n, name in enumerate(_MONTHS, 1) if name.startswith(match["month"][:3]))
        year = int(match["year"]) if match["year"] else today.year - (month > today.month)
        said = match["day"] or match["late"]
        return _day(year, month, int(said)) if said else _last_day(year, month)
    year_said = _YEAR.search(text)
    return None if year_said is None else date(int(year_said["year"]), 12, 31)


def _counted_back(text: str, today: date) -> date | None:
    if match := _AGO.search(text):
        count = int(match["count"]) if match["count"].isdigit() else _COUNTS[match["count"]]
        return today - timedelta(days=count * _DAYS[match["unit"]])
    match = _LAST.search(text)
    if match is None:
        return None
    if match["unit"] == "month":
        return today.replace(day=1) - timedelta(days=1)
    if match["unit"] == "year":
        return date(today.year - 1, 12, 31)
    return today - timedelta(days=7 if match["unit"] else 1)


def _last_day(year: int, month: int) -> date:
    following = date(year + month // 12, month % 12 + 1, 1)
    return following - timedelta(days=1)


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
