import asyncio

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
