"""One at a time for each shopper, and nothing kept about those nobody works for: there are too many for a lock each."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field


@dataclass(slots=True)
class _Door:
    lock: asyncio.Lock = field(default_factory=asyncio.Lock)
    asking: int = 0


class ShopperLocks:
    """Who works for which shopper."""

    def __init__(self) -> None:
        self._doors: dict[int, _Door] = {}

    def is_taken(self, shopper_id: int) -> bool:
        """Tell whether somebody works for a shopper, or is about to."""
        return shopper_id in self._doors

    @asynccontextmanager
    async def of(self, shopper_id: int) -> AsyncIterator[None]:
        """Wait for one's turn with a shopper, and have it until the end of the block."""
        door = self._doors.setdefault(shopper_id, _Door())
        door.asking += 1
        try:
            async with door.lock:
                yield
        finally:
            door.asking -= 1
            if not door.asking:
                del self._doors[shopper_id]
