from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from knowledge.nearby.hours import next_opening, open_interval, special_day
from storage.records import OpeningHours, SpecialDay, Store
from tests.builders import store

BERLIN = ZoneInfo("Europe/Berlin")
FRIDAY, SATURDAY, SUNDAY = 4, 5, 6


def at(day: int, hour: int, minute: int = 0, *, month: int = 11) -> datetime:
    """A moment in Berlin; 20 November 2026 is a Friday."""
    return datetime(2026, month, day, hour, minute, tzinfo=BERLIN).astimezone(UTC)


def shop(*hours: tuple[int, time, time]) -> Store:
    return store(hours=tuple(OpeningHours(*each) for each in hours))


DAYS = store()  # Monday to Friday, 8:00–18:00
BAR = shop((FRIDAY, time(20), time(1)))
ALWAYS = shop(*[(day, time(0), time(0)) for day in range(7)])
SIESTA = shop((FRIDAY, time(9), time(13)), (FRIDAY, time(16), time(20)))
UNKNOWN = store(hours=())
SMALL_HOURS = shop((SUNDAY, time(1), time(5)))


@pytest.mark.parametrize(
    ("place", "moment", "is_open"),
    [
        (DAYS, at(20, 7, 59), False),
        (DAYS, at(20, 8), True),
        (DAYS, at(20, 17, 59), True),
        (DAYS, at(20, 18), False),
        (DAYS, at(21, 12), False),
        (BAR, at(20, 19, 59), False),
        (BAR, at(20, 23), True),
        (BAR, at(21, 0, 30), True),
        (BAR, at(21, 1), False),
        (BAR, at(20, 0, 30), False),  # nobody opened on Thursday
        (ALWAYS, at(20, 0), True),
        (ALWAYS, at(20, 23, 59), True),
        (ALWAYS, at(22, 4), True),
        (SIESTA, at(20, 12), True),
        (SIESTA, at(20, 14), False),
        (SIESTA, at(20, 16), True),
        (UNKNOWN, at(20, 12), False),
        # The clocks go back on 25 October: 2:30 comes twice, and both are within 1:00–5:00.
        (SMALL_HOURS, datetime(2026, 10, 25, 0, 30, tzinfo=UTC), True),
        (SMALL_HOURS, datetime(2026, 10, 25, 1, 30, tzinfo=UTC), True),
        (SMALL_HOURS, datetime(2026, 10, 25, 4, 0, tzinfo=UTC), False),
        # They go forward on 29 March: 2:30 does not exist, the shop is open all the same.
        (SMALL_HOURS, datetime(2026, 3, 29, 0, 30, tzinfo=UTC), True),
        (SMALL_HOURS, datetime(2026, 3, 29, 2, 59, tzinfo=UTC), True),
        (SMALL_HOURS, datetime(2026, 3, 29, 3, 0, tzinfo=UTC), False),
    ],
)
def test_store_is_open_within_its_hours(place: Store, moment: datetime, is_open: bool) -> None:
    assert (open_interval(place, moment) is not None) is is_open


def test_interval_past_midnight_tells_both_ends() -> None:
    interval = open_interval(BAR, at(21, 0, 30))
    assert interval is not None
    assert (interval.opens, interval.closes) == (at(20, 20), at(21, 1))


def test_all_day_interval_is_a_whole_day() -> None:
    interval = open_interval(ALWAYS, at(20, 12))
    assert interval is not None
    assert interval.closes - interval.opens == timedelta(hours=24)


@pytest.mark.parametrize(
    ("place", "after", "expected"),
    [
        (DAYS, at(20, 7), at(20, 8)),
        (DAYS, at(20, 8), at(23, 8)),  # it opens at this very moment: the next is on Monday
        (DAYS, at(20, 19), at(23, 8)),
        (BAR, at(21, 0, 30), at(27, 20)),
        (SIESTA, at(20, 14), at(20, 16)),
        (SIESTA, at(20, 21), at(27, 9)),
        (UNKNOWN, at(20, 12), None),
        # Eight o'clock stays eight o'clock over both changes of the clocks.
        (DAYS, at(24, 20, month=10), at(26, 8, month=10)),
        (DAYS, at(27, 20, month=3), at(30, 8, month=3)),
    ],
)
def test_next_opening_is_found(place: Store, after: datetime, expected: datetime | None) -> None:
    assert next_opening(place, after) == expected


def test_opening_is_told_in_the_stores_own_time() -> None:
    opens = next_opening(DAYS, at(20, 7))
    assert opens is not None
    assert (opens.hour, str(opens.tzinfo)) == (8, "Europe/Berlin")


def test_same_moment_is_open_in_one_zone_and_not_in_another() -> None:
    overseas = store(time_zone="America/New_York")
    moment = at(20, 12)  # 6:00 in New York
    assert open_interval(DAYS, moment) is not None
    assert open_interval(overseas, moment) is None


REST = SpecialDay(date(2026, 11, 20), "Stocktaking")
SHORT = SpecialDay(date(2026, 11, 20), "Harbor Day", ((time(10), time(12)), (time(14), time(15))))
LONG_NIGHT = SpecialDay(date(2026, 11, 20), "Long Night", ((time(20), time(2)),))


@pytest.mark.parametrize(
    ("special", "moment", "is_open"),
    [
        (REST, at(20, 12), False),
        (REST, at(19, 12), True),
        (SHORT, at(20, 9), False),
        (SHORT, at(20, 11), True),
        (SHORT, at(20, 13), False),
        (SHORT, at(20, 14), True),
        (LONG_NIGHT, at(20, 12), False),
        (LONG_NIGHT, at(21, 1), True),
    ],
)
def test_a_special_day_takes_the_place_of_the_weekday(
    special: SpecialDay, moment: datetime, *, is_open: bool
) -> None:
    place = store(special_days=(special,))
    assert (open_interval(place, moment) is not None) is is_open


def test_next_opening_skips_a_day_of_rest_and_keeps_to_special_hours() -> None:
    assert next_opening(store(special_days=(REST,)), at(19, 19)) == at(23, 8)
    assert next_opening(store(special_days=(SHORT,)), at(19, 19)) == at(20, 10)


def test_a_special_day_is_the_stores_own_day() -> None:
    overseas = store(time_zone="America/New_York", special_days=(REST,))
    assert special_day(overseas, at(21, 3)) == REST  # still Friday evening there
    assert special_day(overseas, at(21, 12)) is None
