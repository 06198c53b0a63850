from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from knowledge.counter import may_serve
from knowledge.holding import is_over, kept_until
from storage.records import OpeningHours, Person, Role
from tests.builders import NOON, order, store

BERLIN = ZoneInfo("Europe/Berlin")
SATURDAY_NOON = datetime(2026, 11, 21, 12, 0, tzinfo=BERLIN)
FRIDAY = SATURDAY_NOON - timedelta(days=1)
MONDAY_CLOSING = datetime(2026, 11, 23, 18, 0, tzinfo=BERLIN)
ALL_DAY = tuple(OpeningHours(day, time(0), time(0)) for day in range(7))
NIGHTLY = tuple(OpeningHours(day, time(20), time(2)) for day in range(7))
BEFORE_THE_CLOCKS_CHANGE = datetime(2026, 10, 23, 19, 0, tzinfo=BERLIN)  # a Friday, still +02:00

# hours (None: weekdays from 8 to 18), booked at, kept until
CASES = {
    "open": (None, FRIDAY, FRIDAY.replace(hour=18)),
    "a minute before closing": (
        None,
        FRIDAY.replace(hour=17, minute=59),
        FRIDAY.replace(hour=18),
    ),
    "at closing": (None, FRIDAY.replace(hour=18), MONDAY_CLOSING),
    "closed for the weekend": (None, SATURDAY_NOON, MONDAY_CLOSING),
    "before opening": (None, FRIDAY.replace(hour=6), FRIDAY.replace(hour=18)),
    "past midnight": (
        NIGHTLY,
        SATURDAY_NOON.replace(hour=1),
        SATURDAY_NOON.replace(hour=2),
    ),
    "never closed": (ALL_DAY, SATURDAY_NOON, SATURDAY_NOON + timedelta(hours=24)),
    "no hours": ((), SATURDAY_NOON, SATURDAY_NOON + timedelta(hours=24)),
    "over the change of the clocks": (
        None,
        BEFORE_THE_CLOCKS_CHANGE,
        datetime(2026, 10, 26, 17, 0, tzinfo=UTC),
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_booking_is_kept_until_closing(case: str) -> None:
    hours, booked_at, until = CASES[case]
    at = store() if hours is None else store(hours=hours)
    found = kept_until(at, booked_at.astimezone(UTC))
    assert found == until
    assert found.tzinfo == BERLIN


@pytest.mark.parametrize(
    ("until", "is_it"),
    [(None, False), (NOON, True), (NOON + timedelta(seconds=1), False)],
)
def test_order_is_over_at_its_very_end(until: datetime | None, *, is_it: bool) -> None:
    assert is_over(order(kept_until=until), NOON) is is_it


@pytest.mark.parametrize(
    ("role", "store_id", "may"),
    [
        (Role.OWNER, None, True),
        (Role.ADMIN, None, True),
        (Role.STAFF, "cafe", True),
        (Role.STAFF, "tea", False),
        (Role.STAFF, None, False),
    ],
)
def test_staff_serve_their_own_store(role: Role, store_id: str | None, *, may: bool) -> None:
    assert may_serve(Person(1, role, store_id, NOON), order()) is may
