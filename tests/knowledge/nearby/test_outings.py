from datetime import UTC, datetime, time
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
        (When(days_ahead=1, before=time(11)), at(21, 11), None),
        (When(days_ahead=1, after=time(8), before=time(11)), at(21, 8), at(21, 11)),
    ],
)
def test_walk_begins_when_the_wish_says(
    when: When | None, sets_out: datetime, arrives_by: datetime | None
) -> None:
    assert outing(when, at(20, 15), BERLIN) == Outing(sets_out, arrives_by)
