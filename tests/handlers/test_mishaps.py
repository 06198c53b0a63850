import logging
from datetime import timedelta

import pytest

from handlers.mishaps import Mishaps
from storage.errors import DatabaseUnavailable
from tests.builders import NOON

MINUTE = timedelta(minutes=1)


async def fails(error: Exception) -> None:
    raise error


async def fails_elsewhere(error: Exception) -> None:
    raise error


def told(caplog: pytest.LogCaptureFixture) -> list[tuple[str, bool]]:
    """Give what was logged since the last time, and whether with a traceback."""
    records = [(each.getMessage(), each.exc_info is not None) for each in caplog.records]
    caplog.clear()
    return records


IN_FULL = ("a live location could not be looked at", True)


async def test_what_keeps_failing_is_told_in_full_once_and_then_counted(
    caplog: pytest.LogCaptureFixture,
) -> None:
    mishaps = Mishaps(NOON)
    for second in range(0, 600, 5):
        await mishaps.survive(fails(LookupError()))
        mishaps.tell(NOON + timedelta(seconds=second))
    assert told(caplog) == [IN_FULL]
    again = "live locations could not be looked at, 119 times more: LookupError in fails"
    mishaps.tell(NOON + 10 * MINUTE)
    assert told(caplog) == [(again, False)]
    await mishaps.survive(fails(LookupError()))
    assert told(caplog) == []


async def test_every_kind_of_failure_is_told_in_full(caplog: pytest.LogCaptureFixture) -> None:
    mishaps = Mishaps(NOON)
    for _ in range(2):
        await mishaps.survive(fails(LookupError()))
        await mishaps.survive(fails(ValueError()))
        await mishaps.survive(fails_elsewhere(LookupError()))
    assert told(caplog) == [IN_FULL] * 3


async def test_failure_that_was_over_is_told_in_full_when_it_comes_back(
    caplog: pytest.LogCaptureFixture,
) -> None:
    mishaps = Mishaps(NOON)
    for minutes in (10, 20):
        await mishaps.survive(fails(LookupError()))
        mishaps.tell(NOON + minutes * MINUTE)
    assert told(caplog) == [IN_FULL] * 2


async def test_database_that_is_away_is_told_by_others(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.INFO):
        await Mishaps(NOON).survive(fails(DatabaseUnavailable()))
    assert told(caplog) == []
