from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from knowledge.nearby.situation import NudgeRules
from knowledge.nearby.usefulness import useful_until
from storage.records import OpeningHours
from tests.builders import coupon, store

NEW_YORK = ZoneInfo("America/New_York")
FRIDAY = datetime(2026, 11, 20, 10, 30, tzinfo=NEW_YORK)
LATER = FRIDAY + timedelta(days=9)
ALWAYS = tuple(OpeningHours(day, time(), time()) for day in range(7))
NEVER_QUIET = NudgeRules(quiet_from=time(), quiet_until=time())


def until(
    *,
    local: datetime = FRIDAY,
    rules: NudgeRules = NEVER_QUIET,
    valid_until: datetime = LATER,
    closes: time | None = None,
) -> datetime:
    """Give how long a nudge about a store in Berlin is of use to somebody in New York; None: it never closes."""
    hours = ALWAYS if closes is None else (OpeningHours(4, time(8), closes),)
    return useful_until(local, coupon(valid_until=valid_until), store(hours=hours), rules)


@pytest.mark.parametrize(
    ("local", "begins", "ends", "quiet"),
    [
        (FRIDAY, time(10, 33), time(11), FRIDAY.replace(minute=33)),
        (FRIDAY, time(21), time(9), FRIDAY.replace(hour=21, minute=0)),
        (FRIDAY, time(1), time(7), datetime(2026, 11, 21, 1, tzinfo=NEW_YORK)),
        (FRIDAY, time(10), time(10), LATER),
        # The clocks go back at night: it is 25 hours to the same time of the next day.
        (
            datetime(2026, 10, 31, 12, tzinfo=NEW_YORK),
            time(11),
            time(12),
            datetime(2026, 11, 1, 16, tzinfo=UTC),
        ),
    ],
    ids=["soon", "tonight", "tomorrow", "never", "over the change of clocks"],
)
def test_quiet_hours_of_the_shopper_end_it(
    local: datetime, begins: time, ends: time, quiet: datetime
) -> None:
    rules = NudgeRules(quiet_from=begins, quiet_until=ends)
    assert until(local=local, rules=rules).astimezone(UTC) == quiet.astimezone(UTC)


def test_end_of_the_coupon_ends_it() -> None:
    ends = FRIDAY + timedelta(minutes=2)
    assert until(valid_until=ends) == ends


def test_closing_of_the_store_in_its_own_zone_ends_it() -> None:
    assert until(closes=time(17)) == datetime(2026, 11, 20, 16, tzinfo=UTC)


def test_store_that_is_yet_to_open_or_never_closes_ends_nothing() -> None:
    early = FRIDAY.replace(hour=1)
    assert until(local=early, closes=time(17)) == until(local=early) == LATER
