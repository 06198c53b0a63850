"""Let a long poll sleep until something happens, without polling and without sleeping."""

import asyncio


class Signal:
    """Wakes everyone who waits, each time it is given."""

    def __init__(self) -> None:
        self._waiting: set[asyncio.Future[None]] = set()

    def give(self) -> None:
        """Wake all who wait now."""
        for future in self._waiting:
            if not future.done():
                future.set_result(None)
        self._waiting.clear()

    def next(self) -> asyncio.Future[None]:
        """Give a future that the next signal completes; from this very moment none is missed."""
        future = asyncio.get_running_loop().create_future()
        self._waiting.add(future)
        return future

    async def wait(self, timeout_s: float) -> bool:
        """Wait for the next signal; False when none came within timeout_s."""
        future = self.next()
        try:
            await asyncio.wait({future}, timeout=timeout_s)
        finally:
            self._waiting.discard(future)
        return future.done()
