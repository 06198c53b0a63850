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
    async with asyncio.timeout(5):
        await enough.wait()
    schedule.stop()
    assert "job bad failed" in caplog.text


async def test_stopping_twice_does_no_harm() -> None:
    schedule = Schedule([])
    schedule.stop()
    schedule.start()
    schedule.stop()
    schedule.stop()
