"""Hand updates to a bot that asks for them, one asker at a time.

Source: core.telegram.org/bots/api#getupdates, tdlib/telegram-bot-api 10.0 (2026-11-21).
"""

import asyncio
from typing import Any

from scripts.emulator.clock import Clock
from scripts.emulator.errors import OTHER_POLLER, SET_WEBHOOK, ConflictError
from scripts.emulator.updates import Updates
from scripts.emulator.wire import Json

LONGEST_POLL_S = 50
MOST_UPDATES = 100
READY_FOR_S = 60.0


class LongPoll:
    """The one long poll that may be open."""

    def __init__(self, updates: Updates, clock: Clock) -> None:
        self._updates = updates
        self._clock = clock
        self._open: asyncio.Future[str] | None = None
        self._asked_at = float("-inf")

    def is_in_use(self) -> bool:
        """Tell whether a bot polled within the last minute or polls now."""
        return self._open is not None or self._clock.now() - self._asked_at <= READY_FOR_S

    def end(self, reason: str = SET_WEBHOOK) -> None:
        """End an open poll with 409 and this reason."""
        if self._open is not None and not self._open.done():
            self._open.set_result(reason)

    async def fetch(self, offset: int, limit: int, timeout_s: float) -> list[Json]:
        """Confirm what lies before offset and give what follows, waiting up to timeout_s.

        Raises ConflictError when another poll or a webhook takes over meanwhile.
        """
        self.end(OTHER_POLLER)
        self._asked_at = self._clock.now()
        self._updates.confirm_before(offset)
        found = self._updates.take(limit)
        if found or timeout_s <= 0:
            return found
        return await self._wait(limit, timeout_s)

    async def _wait(self, limit: int, timeout_s: float) -> list[Json]:
        ended: asyncio.Future[str] = asyncio.get_running_loop().create_future()
        self._open = ended
        arrival = self._updates.arrived.next()
        try:
            either: set[asyncio.Future[Any]] = {ended, arrival}
            await asyncio.wait(either, timeout=timeout_s, return_when=asyncio.FIRST_COMPLETED)
            if ended.done():
                raise ConflictError(ended.result())
            return self._updates.take(limit)
        finally:
            arrival.cancel()
            self._asked_at = self._clock.now()
            if self._open is ended:
                self._open = None
