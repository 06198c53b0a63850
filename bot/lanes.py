"""One lane for each chat: in order within a lane, side by side between lanes, so many at a time and no more.

Lanes hold numbers only, and do not know what is done with them. An item is told when one behind it is in a hurry.
"""

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field

Work = Callable[[int, asyncio.Event], Awaitable[None]]
"""What is done with an item; the event is set once somebody behind it in its lane is in a hurry."""


@dataclass(frozen=True, slots=True)
class _Queued:
    item: int
    overtaken: asyncio.Event = field(default_factory=asyncio.Event)


class Lanes:
    """Work items queued by lane. `work` must not raise; it is awaited for one item of a lane at a time."""

    def __init__(self, work: Work, *, parallel: int, waiting_limit: int) -> None:
        self._work = work
        self._slots = asyncio.Semaphore(parallel)
        self._waiting_limit = waiting_limit
        self._queues: dict[int, deque[_Queued]] = {}
        self._tasks: set[asyncio.Task[None]] = set()
        self._waiting = 0
        self._has_room = asyncio.Event()
        self._has_room.set()
        self._is_closed = False

    @property
    def waiting(self) -> int:
        """How many items are queued or being worked on."""
        return self._waiting

    def put(self, lane: int, item: int, *, is_hurried: bool = False) -> None:
        """Queue an item behind those of the same lane; one in a hurry asks them not to take their time."""
        self._waiting += 1
        if self._waiting >= self._waiting_limit:
            self._has_room.clear()
        queue = self._queues.get(lane)
        if queue is not None:
            if is_hurried:
                _hurry(queue)
            queue.append(_Queued(item))
            return
        self._queues[lane] = deque([_Queued(item)])
        task = asyncio.create_task(self._run(lane), name=f"lane {lane}")
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    @property
    def has_room(self) -> bool:
        """Whether there are fewer items than the limit."""
        return self._has_room.is_set()

    async def room(self) -> None:
        """Wait until there are fewer items than the limit."""
        await self._has_room.wait()

    async def close(self, timeout_s: float) -> bool:
        """Start nothing more and wait for what runs; False when that took longer and was cancelled."""
        self._is_closed = True
        if not self._tasks:
            return True
        _, late = await asyncio.wait(self._tasks, timeout=timeout_s)
        for task in late:
            task.cancel()
        await asyncio.gather(*late, return_exceptions=True)
        return not late

    async def _run(self, lane: int) -> None:
        queue = self._queues[lane]
        try:
            while queue:
                async with self._slots:
                    if self._is_closed:
                        return
                    await self._work(queue[0].item, queue[0].overtaken)
                queue.popleft()
                self._count_down(1)
        finally:
            del self._queues[lane]
            self._count_down(len(queue))

    def _count_down(self, items: int) -> None:
        self._waiting -= items
        if self._waiting < self._waiting_limit:
            self._has_room.set()


def _hurry(queue: deque[_Queued]) -> None:
    """Tell all of a queue, from its end up to the one that was told before; those ahead of it were told with it."""
    for queued in reversed(queue):
        if queued.overtaken.is_set():
            return
        queued.overtaken.set()
