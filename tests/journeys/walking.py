"""Mia's walk past the café, over HTTP."""

import time
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from bot.clock import machine_now
from scripts.phone import Message, Phone, text_of
from storage.records import Nudge, Person, Role, Visit
from tests.builders import shopper
from tests.journeys.stage import Stage

M_PER_DEGREE = 111_100.0
CAFE = "downtown-cafe"
MIA, EVE, OWNER = 7, 8, 9
# Metres south of the door.
TO_THE_CAFE = (190, 178, 166, 154, 142, 130)
AWAY = (300, 310)


@dataclass
class Walk:
    """Mia's walk. `sent` are the latitudes told on the way, to look for on disk."""

    stage: Stage
    phone: Phone
    door: tuple[float, float]
    sent: list[float] = field(default_factory=list)
    late_by_s: float = 110.0  # a place older than two minutes counts for nothing

    def __post_init__(self) -> None:
        self.stage.server.emulator.clock.now = lambda: time.time() - self.late_by_s

    async def begins(self, south_m: float) -> None:
        wish = self._place(south_m) | {"live_period": 900, "first_name": "Mia"}
        await self.phone.act("live/start", wish)

    async def goes(self, *south_m: float, every_s: float = 8) -> None:
        for metres in south_m:
            self.late_by_s -= every_s
            assert self.late_by_s >= 0, "there are no places from the future"
            await self.phone.act("live/move", self._place(metres))

    async def works_here(self, who: int) -> Phone:
        """Make somebody the café's staff, or the owner; gives their phone."""
        role, store_id = (Role.OWNER, None) if who == OWNER else (Role.STAFF, CAFE)
        async with self.stage.database.work() as work:
            await work.shoppers.add_many([shopper(who, first_name="Eve")])
            await work.people.grant(Person(who, role, store_id, machine_now()))
            await work.commit()
        phone = self.stage.phone(who, "Eve")
        await phone.write("/help")  # Telegram knows nobody who never wrote
        return phone

    async def settles(self) -> None:
        """Wait until the bot has worked off what was sent."""
        await self.phone.write("/help")
        while not any("Tell me what you need" in text_of(m) for m in await self.phone.hear()):
            pass

    async def told(self) -> list[Message]:
        return [m for m in await self.phone.history() if text_of(m).startswith("You're ")]

    async def ledger(self) -> list[Nudge]:
        async with self.stage.database.reading() as work:
            return await work.nudges.of_shopper(MIA, machine_now() - timedelta(days=900))

    async def visits(self) -> list[Visit]:
        async with self.stage.database.reading() as work:
            return [v for v in await work.visits.of_shopper(MIA) if v.store_id == CAFE]

    def _place(self, south_m: float) -> dict[str, Any]:
        latitude = round(self.door[0] - south_m / M_PER_DEGREE, 6)
        self.sent.append(latitude)
        return {"latitude": latitude, "longitude": self.door[1], "horizontal_accuracy": 8}
