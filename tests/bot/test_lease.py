import asyncio
import logging
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

import pytest

from bot.errors import LeaseLostError
from bot.health import Health
from bot.lease import Held, Lease, LeaseParts, Process, is_running, may_take
from storage.database import Database
from tests.builders import NOON

HERE = "here"
A_SECOND = timedelta(seconds=1)


@dataclass(slots=True)
class Town:
    """Processes that share a database, and a clock that stands still until a test moves it."""

    database: Any
    now: datetime = NOON
    health: Health = field(default_factory=Health)
    stop: asyncio.Event = field(default_factory=asyncio.Event)

    def lease(self, pid: int, host: str = HERE) -> Lease:
        return Lease(
            LeaseParts(
                database=self.database,
                health=self.health,
                now=lambda: self.now,
                process=Process(host, pid),
                is_running=lambda _: True,
                renew_every_s=0.01,
                look_every_s=0.01,
            )
        )


@pytest.fixture
def town(database: Database) -> Town:
    return Town(database)


async def until(is_so: Callable[[], bool]) -> None:
    async with asyncio.timeout(60):
        while not is_so():  # noqa: ASYNC110  # what is waited for tells nobody
            await asyncio.sleep(0)


@pytest.mark.parametrize(
    ("held", "may"),
    [
        (None, True),
        (Held("there", 2, NOON + A_SECOND, 1), False),
        (Held("there", 2, NOON, 1), True),
        (Held(HERE, 2, NOON + A_SECOND, 1), False),
        (Held(HERE, 404, NOON + A_SECOND, 1), True),
        (Held("there", 404, NOON + A_SECOND, 1), False),
        (Held(HERE, 1, NOON + A_SECOND, 1), True),
        (Held("there", 1, NOON + A_SECOND, 1), False),
    ],
)
def test_a_lease_is_free_when_it_ran_out_or_its_process_is_gone(
    held: Held | None, *, may: bool
) -> None:
    assert may_take(held, Process(HERE, 1), NOON, lambda pid: pid != 404) is may


async def test_this_process_runs_and_one_that_ended_does_not() -> None:
    process = await asyncio.create_subprocess_exec("true")
    await process.wait()
    assert (is_running(1), is_running(process.pid)) == (True, False)


async def test_the_second_says_so_once_and_begins_when_the_first_has_ended(
    town: Town, caplog: pytest.LogCaptureFixture
) -> None:
    first, second = town.lease(1), town.lease(2)
    assert await first.take(town.stop)
    with caplog.at_level(logging.INFO, "bot"):
        waiting = asyncio.create_task(second.take(town.stop))
        await until(lambda: "lease" in town.health.troubles)
        for _ in range(5):
            await asyncio.sleep(0.02)
        assert not waiting.done()
        await first.give_back()
        async with asyncio.timeout(60):
            assert await waiting
    assert [record.getMessage() for record in caplog.records] == [
        "lease: process 1 on here works with this database; waiting until it ends",
        "lease: well again",
    ]


async def test_who_waits_can_be_stopped(town: Town) -> None:
    assert await town.lease(1).take(town.stop)
    waiting = asyncio.create_task(town.lease(2).take(town.stop))
    await until(lambda: "lease" in town.health.troubles)
    town.stop.set()
    assert not await waiting


async def test_a_holder_that_was_away_for_too_long_finds_out_and_ends(town: Town) -> None:
    first, second = town.lease(1), town.lease(2, host="there")
    assert await first.take(town.stop)
    town.now += timedelta(seconds=31)
    assert await second.take(town.stop)
    async with asyncio.timeout(60):
        with pytest.raises(LeaseLostError, match="Run only one"):
            await first.keep()
    await first.give_back()  # what is not ours stays
    async with town.database.reading() as work:
        stored = await work.meta.get("lease")
    assert stored is not None
    assert '"pid": 2' in stored
    assert '"counter": 2' in stored


async def test_renewing_keeps_it_beyond_its_length(town: Town) -> None:
    first = town.lease(1)
    assert await first.take(town.stop)
    keeping = asyncio.create_task(first.keep())
    before = first._stored
    town.now += timedelta(seconds=29)
    await until(lambda: first._stored != before)
    town.now += timedelta(seconds=29)
    waiting = asyncio.create_task(town.lease(2).take(town.stop))
    await until(lambda: "lease" in town.health.troubles)
    for task in (keeping, waiting):
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task


async def test_only_one_of_two_gets_a_lease_that_ran_out(town: Town) -> None:
    assert await town.lease(1).take(town.stop)
    town.now += timedelta(seconds=31)
    taking = [asyncio.create_task(town.lease(pid).take(town.stop)) for pid in (2, 3)]
    await until(lambda: any(task.done() for task in taking) and "lease" in town.health.troubles)
    town.stop.set()
    assert sorted(await asyncio.gather(*taking)) == [False, True]


async def test_a_database_that_is_away_costs_nobody_the_lease(flaky: Any) -> None:
    town = Town(flaky)
    first = town.lease(1)
    assert await first.take(town.stop)
    flaky.failures = 3
    keeping, before = asyncio.create_task(first.keep()), first._stored
    town.now += A_SECOND
    await until(lambda: first._stored != before)
    assert not keeping.done()
    keeping.cancel()
