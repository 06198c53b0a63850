import asyncio
import time
from collections.abc import Callable

import pytest

from bot.schedule import Job, Schedule


async def test_a_failing_job_stops_neither_itself_nor_others(
    caplog: pytest.LogCaptureFixture,
) -> None:
    runs = {"good": 0, "bad": 0}
    enough = asyncio.Event()

    async def good() -> None:
        count("good")

    async def bad() -> None:
        count("bad")
        msg = "secret words"
        raise ValueError(msg)

    def count(name: str) -> None:
        runs[name] += 1
        if min(runs.values()) >= 2:
            enough.set()

    schedule = Schedule([Job("good", 0.01, good), Job("bad", 0.01, bad)])
    schedule.start()
    async with asyncio.timeout(60):
        await enough.wait()
    schedule.stop()
    assert "job bad failed" in caplog.text


async def test_stopping_twice_does_no_harm() -> None:
    schedule = Schedule([])
    schedule.stop()
    schedule.start()
    schedule.stop()
    schedule.stop()


async def test_a_job_that_the_stop_interrupts_is_no_error(
    caplog: pytest.LogCaptureFixture,
) -> None:
    began = asyncio.Event()

    async def endless() -> None:
        began.set()
        await asyncio.Event().wait()

    schedule = Schedule([Job("endless", 0.01, endless)])
    schedule.start()
    async with asyncio.timeout(60):
        await began.wait()
    schedule.stop()
    for _ in range(5):  # the executor hears of the end a few turns of the loop later
        await asyncio.sleep(0)
    assert caplog.text == ""


async def test_runs_that_a_busy_loop_missed_are_made_up_for_by_one() -> None:
    runs: list[float] = []
    came = asyncio.Event()

    async def note() -> None:
        runs.append(time.monotonic())
        came.set()

    schedule = Schedule([Job("note", 0.1, note)])
    schedule.start()
    await until(came, lambda: len(runs) == 1)
    while time.monotonic() < runs[0] + 1.5:  # a dozen runs and more are due meanwhile
        pass
    await until(came, lambda: len(runs) > 1)
    schedule.stop()
    assert len(runs) <= 3, "one for all that were missed; a slow machine may be at the next by now"


async def test_job_that_takes_long_is_not_started_twice() -> None:
    began, ended, at_once = 0, asyncio.Event(), []
    came, running = asyncio.Event(), set[int]()

    async def slow() -> None:
        nonlocal began
        began += 1
        running.add(began)
        at_once.append(len(running))
        came.set()
        await ended.wait()
        running.discard(began)

    async def other() -> None:
        others.append(1)
        came.set()

    others: list[int] = []
    schedule = Schedule([Job("slow", 0.01, slow), Job("other", 0.02, other)])
    schedule.start()
    await until(came, lambda: began == 1 and len(others) >= 3)
    assert at_once == [1]
    ended.set()
    await until(came, lambda: began >= 2)
    schedule.stop()
    assert set(at_once) == {1}


async def until(came: asyncio.Event, is_so: Callable[[], bool]) -> None:
    """Wait until something is so, looking whenever a job ran."""
    async with asyncio.timeout(60):
        while not is_so():
            came.clear()
            await came.wait()
