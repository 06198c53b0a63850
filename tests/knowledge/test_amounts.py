from datetime import date, datetime, time
from zoneinfo import ZoneInfo

import pytest

from knowledge import amounts

GERMAN, ENGLISH, BRITISH = (amounts.locale_for(tag) for tag in ("de", "en", "en-GB"))
FRIDAY = date(2026, 11, 20)


@pytest.mark.parametrize(
    ("tag", "expected"),
    [
        ("en", "en"),
        ("en-GB", "en_GB"),
        ("pt-br", "pt_BR"),
        ("de_AT", "de_AT"),
        ("zh-hans", "zh_Hans"),
        (None, "en_US"),
        ("", "en_US"),
        ("tlh", "en_US"),
        ("en-", "en_US"),
        ("-", "en_US"),
        ("x" * 300, "en_US"),
        ("🙂", "en_US"),
        ("en/../../etc", "en_US"),
        ("de-DE-x-private-a-b-c", "en_US"),
    ],
)
def test_any_language_tag_has_a_locale(tag: str | None, expected: str) -> None:
    assert str(amounts.locale_for(tag)) == expected


@pytest.mark.parametrize(
    ("cents", "currency", "expected"),
    [
        (350, "USD", "$3.50"),
        (0, "USD", "$0.00"),
        (5, "USD", "$0.05"),
        (123_456_789, "USD", "$1,234,567.89"),
        (999, "EUR", "€9.99"),
        (1_999, "GBP", "£19.99"),
    ],
)
def test_price_is_written_with_its_cents(cents: int, currency: str, expected: str) -> None:
    assert amounts.price(cents, currency, ENGLISH) == expected


def test_price_follows_the_language() -> None:
    assert amounts.price(350, "EUR", GERMAN) == "3,50\xa0€"


@pytest.mark.parametrize(
    ("metres", "expected"),
    [
        (0.0, "a few steps"),
        (9.4, "a few steps"),
        (9.6, "10 m"),
        (43.4, "43 m"),
        (999.4, "999 m"),
        (999.6, "1 km"),
        (1_000, "1 km"),
        (1_049, "1 km"),
        (1_051, "1.1 km"),
        (1_240, "1.2 km"),
        (12_345, "12.3 km"),
    ],
)
def test_distance_is_said_as_people_say_it(metres: float, expected: str) -> None:
    assert amounts.distance(metres, ENGLISH) == expected


def test_distance_follows_the_language() -> None:
    assert amounts.distance(1_240, GERMAN) == "1,2 km"


@pytest.mark.parametrize(
    ("moment", "locale", "expected"),
    [
        (time(18), ENGLISH, "6:00 PM"),
        (time(0), ENGLISH, "12:00 AM"),
        (time(7, 30), ENGLISH, "7:30 AM"),
        (time(18), BRITISH, "18:00"),
        (time(18), GERMAN, "18:00"),
    ],
)
def test_clock_time_follows_the_language(moment: time, locale: object, expected: str) -> None:
    assert amounts.clock_time(moment, locale) == expected  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("when", "expected"),
    [
        (date(2026, 11, 21), "Saturday"),
        (date(2026, 11, 26), "Thursday"),
        (date(2026, 11, 27), "November 27"),
        (date(2026, 11, 20), "November 20"),
        (date(2026, 11, 14), "November 14"),
        (date(2027, 1, 3), "January 3"),
    ],
)
def test_day_is_a_weekday_only_within_the_coming_week(when: date, expected: str) -> None:
    assert amounts.day(when, FRIDAY, ENGLISH) == expected


@pytest.mark.parametrize(
    ("opens_on", "now_hour_utc", "expected"),
    [
        (20, 12, None),
        (21, 12, "tomorrow"),
        (22, 12, "Sunday"),
        # 02:00 UTC on Saturday is still Friday in New York.
        (21, 26, "tomorrow"),
        (21, 30, None),
    ],
)
def test_opening_day_counts_in_the_stores_own_time(
    opens_on: int, now_hour_utc: int, expected: str | None
) -> None:
    zone = ZoneInfo("America/New_York")
    opens = datetime(2026, 11, opens_on, 8, tzinfo=zone)
    days, hour = divmod(now_hour_utc, 24)
    now = datetime(2026, 11, 20 + days, hour, tzinfo=ZoneInfo("UTC"))
    assert amounts.opening_day(opens, now) == expected
