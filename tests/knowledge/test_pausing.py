from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from knowledge.pausing import Pause, read_pause
from storage.records import UNTIL_THEY_SAY

# A Saturday in Berlin, 13:00 there.
NOW = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)
BERLIN = ZoneInfo("Europe/Berlin")


@pytest.mark.parametrize(
    ("words", "days"),
    [
        ("14 days", 14),
        ("14d", 14),
        ("1 day", 1),
        ("for 2 weeks", 14),
        ("a week", 7),
        ("1 Week", 7),
        ("one month", 30),
        ("3 months.", 90),
        ("3650 days", 3_650),
    ],
)
def test_so_many_days_end_to_the_minute(words: str, days: int) -> None:
    assert read_pause(words, NOW, BERLIN) == Pause(NOW + timedelta(days=days))


@pytest.mark.parametrize("words", ["today", "for today", "until tomorrow"])
def test_today_is_over_at_midnight_there(words: str) -> None:
    assert read_pause(words, NOW, BERLIN) == Pause(datetime(2026, 11, 21, 23, 0, tzinfo=UTC))


@pytest.mark.parametrize(
    "words", ["until Dec 1", "Dec 1", "until  1 December", "until 2026-12-01"]
)
def test_named_day_ends_the_pause_as_it_begins_there(words: str) -> None:
    pause = read_pause(words, NOW, BERLIN)
    assert pause == Pause(datetime(2026, 11, 30, 23, 0, tzinfo=UTC))


@pytest.mark.parametrize("words", ["until I say", "Until I say so", "forever"])
def test_pause_may_be_open(words: str) -> None:
    assert read_pause(words, NOW, BERLIN) == Pause(UNTIL_THEY_SAY)


@pytest.mark.parametrize("words", ["off", "End", "resume"])
def test_pause_may_be_ended(words: str) -> None:
    assert read_pause(words, NOW, BERLIN) == Pause(None)


@pytest.mark.parametrize(
    "words",
    [
        "",
        "0 days",
        "9999 days",
        "-3 days",
        "14",
        "tomorrow-ish",
        "until 2026-11-20",
        "until 2026-11-21",
        "until 2026-02-30",
        "until 2199-01-01",
        "until",
        "١٤ days",
    ],
)
def test_what_is_no_time_to_come_is_not_guessed(words: str) -> None:
    assert read_pause(words, NOW, BERLIN) is None
