import asyncio
from collections.abc import Callable

from bot.lanes import Lanes


class Bench:
    """Work that starts at once and ends when the test says so."""

    def __init__(self) -> None:
        self.started: list[int] = []
        self.ended: list[int] = []
        self.overtaken: dict[int, asyncio.Event] = {}
        self._gates: dict[int, asyncio.Event] = {}
        self._changed = asyncio.Condition()

    async def work(self, item: int, overtaken: asyncio.Event) -> None:
        self.overtaken[item] = overtaken
        gate = self._gates.setdefault(item, asyncio.Event())
        self.started.append(item)
        await self._tell()
        await gate.wait()
        self.ended.append(item)
        await self._tell()

    def let(self, *items: int) -> None:
        for item in items:
            self._gates.setdefault(item, asyncio.Event()).set()

    async def until(self, reached: Callable[[], bool]) -> None:
        async with asyncio.timeout(60), self._changed:
            await self._changed.wait_for(reached)

    async def _tell(self) -> None:
        async with self._changed:
            self._changed.notify_all()


def lanes_on(bench: Bench, *, parallel: int = 10, waiting_limit: int = 100) -> Lanes:
    return Lanes(bench.work, parallel=parallel, waiting_limit=waiting_limit)


async def test_one_chat_is_served_in_order() -> None:
    bench = Bench()
    lanes = lanes_on(bench)
    for item in (1, 2, 3):
        lanes.put(7, item)
    bench.let(3, 2)
    await bench.until(lambda: bench.started == [1])
    bench.let(1)
    await bench.until(lambda: bench.ended == [1, 2, 3])


async def test_a_slow_chat_holds_up_no_other() -> None:
    bench = Bench()
    lanes = lanes_on(bench)
    lanes.put(7, 1)
    for chat in range(10, 15):
        lanes.put(chat, chat)
    bench.let(*range(10, 15))
    await bench.until(lambda: len(bench.ended) == 5)
    assert 1 not in bench.ended
    bench.let(1)
    await bench.until(lambda: 1 in bench.ended)


async def test_no_more_than_so_many_at_a_time() -> None:
    bench = Bench()
    lanes = lanes_on(bench, parallel=2)
    for chat in (1, 2, 3):
        lanes.put(chat, chat)
    await bench.until(lambda: len(bench.started) == 2)
    bench.let(1)
    await bench.until(lambda: len(bench.started) == 3)
    assert bench.ended == [1]
    bench.let(2, 3)
    assert await lanes.close(timeout_s=60)


async def test_who_brings_more_waits_for_room() -> None:
    bench = Bench()
    lanes = lanes_on(bench, waiting_limit=2)
    lanes.put(7, 1)
    lanes.put(7, 2)
    waiting = asyncio.create_task(lanes.room())
    await bench.until(lambda: bench.started == [1])
    assert not waiting.done()
    bench.let(1)
    async with asyncio.timeout(60):
        await waiting
    bench.let(2)
    assert await lanes.close(timeout_s=60)


async def test_closing_finishes_what_runs_and_starts_nothing() -> None:
    bench = Bench()
    lanes = lanes_on(bench)
    lanes.put(7, 1)
    lanes.put(7, 2)
    await bench.until(lambda: bench.started == [1])
    bench.let(1, 2)
    assert await lanes.close(timeout_s=60)
    assert bench.ended == [1]
    assert lanes.waiting == 0


async def test_closing_cancels_what_takes_too_long() -> None:
    bench = Bench()
    lanes = lanes_on(bench)
    lanes.put(7, 1)
    await bench.until(lambda: bench.started == [1])
    assert not await lanes.close(timeout_s=0.01)
    assert bench.ended == []


async def test_everybody_ahead_is_told_of_one_in_a_hurry() -> None:
    bench = Bench()
    lanes = lanes_on(bench)
    lanes.put(7, 1, is_hurried=True)
    lanes.put(8, 4)
    await bench.until(lambda: sorted(bench.started) == [1, 4])
    lanes.put(7, 2)
    assert not bench.overtaken[1].is_set()
    lanes.put(7, 3, is_hurried=True)
    bench.let(1, 2, 3, 4)
    await bench.until(lambda: sorted(bench.ended) == [1, 2, 3, 4])
    told = {item: event.is_set() for item, event in bench.overtaken.items()}
    assert told == {1: True, 2: True, 3: False, 4: False}
