from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from knowledge.amounts import locale_for
from knowledge.days_ahead import DayAhead, asked, moment, opening, opening_day

ENGLISH, SPANISH = locale_for("en"), locale_for("es")
NEW_YORK = ZoneInfo("America/New_York")
FRIDAY = date(2026, 11, 20)
NOON = datetime(2026, 11, 20, 12, tzinfo=NEW_YORK)


def eight_on(day: int) -> datetime:
    return datetime(2026, 11, day, 8, tzinfo=NEW_YORK)


@pytest.mark.parametrize(
    ("opens_on", "now_hour_utc", "expected"),
    [
        (20, 12, None),
        (21, 12, DayAhead(date(2026, 11, 21), FRIDAY)),
        # 02:00 UTC on Saturday is still Friday in New York.
        (21, 26, DayAhead(date(2026, 11, 21), FRIDAY)),
        (21, 30, None),
    ],
)
def test_opening_day_counts_in_the_stores_own_time(
    opens_on: int, now_hour_utc: int, expected: DayAhead | None
) -> None:
    days, hour = divmod(now_hour_utc, 24)
    now = datetime(2026, 11, 20 + days, hour, tzinfo=ZoneInfo("UTC"))
    assert opening_day(eight_on(opens_on), now) == expected


@pytest.mark.parametrize(
    ("day", "english", "spanish"),
    [
        (20, "at 8:00 AM", "a las 8:00"),
        (21, "tomorrow at 8:00 AM", "mañana a las 8:00"),
        (22, "Sunday at 8:00 AM", "el domingo a las 8:00"),
    ],
)
def test_opening_is_said_with_its_day(day: int, english: str, spanish: str) -> None:
    now = NOON.replace(hour=7)
    assert opening(eight_on(day), now, ENGLISH) == english
    assert opening(eight_on(day), now, SPANISH) == spanish


@pytest.mark.parametrize(
    ("day", "english", "spanish"),
    [
        (20, "8:00 AM", "las 8:00"),
        (21, "tomorrow at 8:00 AM", "mañana a las 8:00"),
        (22, "Sunday at 8:00 AM", "el domingo a las 8:00"),
    ],
)
def test_moment_can_follow_until(day: int, english: str, spanish: str) -> None:
    now = NOON.replace(hour=7)
    assert moment(eight_on(day), now, ENGLISH) == english
    assert moment(eight_on(day), now, SPANISH) == spanish


@pytest.mark.parametrize(
    ("on", "english", "spanish"),
    [
        (date(2026, 11, 20), "today", "hoy"),
        (date(2026, 11, 21), "tomorrow", "mañana"),
        (date(2026, 11, 22), "on Sunday", "el domingo"),
        (date(2026, 12, 31), "on December 31", "el 31 de diciembre"),
    ],
)
def test_day_asked_about_can_follow_open(on: date, english: str, spanish: str) -> None:
    assert asked(DayAhead(on, FRIDAY), ENGLISH) == english
    assert asked(DayAhead(on, FRIDAY), SPANISH) == spanish


def test_rest_of_a_day_is_said_so() -> None:
    assert asked(DayAhead(FRIDAY, FRIDAY), ENGLISH, is_later=True) == "later today"
    assert asked(DayAhead(FRIDAY, FRIDAY), SPANISH, is_later=True) == "más tarde hoy"
