from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

import pytest

from knowledge.constraints import When
from knowledge.nearby.outings import Outing, outing

BERLIN = ZoneInfo("Europe/Berlin")


def at(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 11, day, hour, minute, tzinfo=BERLIN).astimezone(UTC)


@pytest.mark.parametrize(
    ("when", "sets_out", "arrives_by"),
    [
        (None, at(20, 15), None),
        (When(), at(20, 15), None),
        (When(minutes=20), at(20, 15), at(20, 15, 20)),
        (When(days_ahead=0, after=time(18)), at(20, 18), None),
        (When(after=time(9)), at(20, 15), None),  # has begun already
        (When(before=time(18)), at(20, 15), at(20, 18)),
        (When(before=time(14)), at(20, 15), None),  # has passed
        (When(days_ahead=1), at(21, 12), None),
        (When(days_ahead=1, after=time(8)), at(21, 8), None),
        (When(days_ahead=1, before=time(11)), at(21, 10), None),  # leaving at eleven is too late
        (When(days_ahead=1, after=time(8), before=time(11)), at(21, 8), at(21, 11)),
    ],
)
def test_walk_begins_when_the_wish_says(
    when: When | None, sets_out: datetime, arrives_by: datetime | None
) -> None:
    found = outing(when, at(20, 15), BERLIN)
    assert (found.sets_out_at, found.arrives_by) == (sets_out, arrives_by)


@pytest.mark.parametrize(
    ("when", "since", "until"),
    [
        (When(days_ahead=1), at(21, 0), at(22, 0)),
        (When(days_ahead=1, before=time(11)), at(21, 0), at(21, 11)),
        (When(days_ahead=1, after=time(8), before=time(11)), None, at(21, 11)),
        (When(after=time(18)), None, at(21, 0)),
        (When(weekdays=(5, 6)), at(21, 0), at(23, 0)),  # a weekend ends on Sunday
        (When(minutes=20), None, None),
        (When(before=time(18)), None, None),
    ],
)
def test_whoever_names_a_day_or_a_part_of_it_may_wait_for_a_door_to_open(
    when: When, since: datetime | None, until: datetime | None
) -> None:
    found = outing(when, at(20, 15), BERLIN)
    assert (found.since, found.until) == (since, until)


@pytest.mark.parametrize(
    ("when", "sets_out"),
    [
        (When(weekdays=(5,)), at(21, 12)),  # the 20th is a Friday
        (When(weekdays=(5, 6)), at(21, 12)),
        (When(weekdays=(0,), after=time(6), before=time(12)), at(23, 6)),
        (When(weekdays=(4,)), at(20, 15)),  # today
        (When(weekdays=(4,), after=time(19)), at(20, 19)),
        (When(in_minutes=90), at(20, 16, 30)),
        (When(dates=(date(2025, 11, 27), date(2026, 11, 26))), at(26, 12)),
    ],
)
def test_day_that_is_named_is_the_next_one(when: When, sets_out: datetime) -> None:
    found = outing(when, at(20, 15), BERLIN)
    assert (found.sets_out_at, found.is_named) == (sets_out, True)


def test_right_now_is_no_time_that_was_named() -> None:
    assert outing(None, at(20, 15), BERLIN) == Outing(at(20, 15))
