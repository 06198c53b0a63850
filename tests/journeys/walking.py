"""Mia's walk past the café, over HTTP."""

import asyncio
import time
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import Any

from bot.clock import machine_now
from scripts.phone import Message, Phone, text_of
from storage.records import ConsentKind, Nudge, Person, Role, Visit
from tests.builders import coupon, shopper
from tests.journeys.stage import Stage

M_PER_DEGREE = 111_100.0
CAFE = "downtown-cafe"
MIA, EVE, OWNER = 7, 8, 9
# Metres south of the door: from just outside the circle to just inside. Places that are taken together count as one, after
# which all of the way may have been made in its last seconds; these 28 m are a walk even then.
AT_THE_EDGE = 155
OVER_THE_EDGE = (149, 145, 141, 138, 135, 133, 131)
INSIDE = (130, 129, 128, 127)
LOOKED_AT_WITHIN_S = 3.0
BESIDE_DEG = 0.0001237


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

    async def has_agreed(self, *kinds: ConsentKind) -> None:
        """Let Mia have agreed to these long ago."""
        then = machine_now() - timedelta(days=900)
        async with self.stage.database.work() as work:
            for kind in kinds:
                await work.consents.decide(MIA, kind, is_granted=True, version=1, now=then)
            await work.commit()

    def beside_the_door(self) -> "Walk":
        """Give a walk a little east of the door, so that no coordinate of hers is the store's own."""
        latitude, longitude = self.door
        return replace(self, door=(latitude, round(longitude + BESIDE_DEG, 6)))

    @property
    def places(self) -> list[tuple[float, float]]:
        """All that was told on the way."""
        return [(latitude, self.door[1]) for latitude in self.sent]

    async def begins(self, south_m: float) -> None:
        wish = self._place(south_m) | {"live_period": 900, "first_name": "Mia"}
        await self.phone.act("live/start", wish)

    async def comes_again(self) -> None:
        """Stop sharing, which ends the visit, and begin anew some way off."""
        await self.phone.act("live/stop", {})
        await self.begins(300)

    async def goes(self, *south_m: float, every_s: float = 8) -> None:
        ended = self._ended()
        for metres in south_m:
            self.late_by_s -= every_s
            assert self.late_by_s >= 0, "there are no places from the future"
            await self.phone.act("live/move", self._place(metres))
            await self._is_heard(ended)

    async def _is_heard(self, ended: int) -> None:
        """Wait until the bot has taken what was sent, or one more than `ended` bots have come to their end.

        Places that are taken together count as one, the newest.
        """
        updates = self.stage.server.emulator.poll._updates
        async with asyncio.timeout(60):
            while updates.pending_count() and self._ended() == ended:  # noqa: ASYNC110  # processes
                await asyncio.sleep(0.005)

    def _ended(self) -> int:
        return sum(bot.ending.done() for bot in self.stage.bots)

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

    async def comes_in_slowly(self) -> None:
        """Walk over the edge of the circle, however busy the bot is no ride, until the visit is written down."""
        await self.goes(*OVER_THE_EDGE)
        await self.comes_in()

    async def comes_in(self, visit: int = 1) -> None:
        """Walk on towards the door, a step at a time, until the visit of that number is written down.

        Places that come while one is looked at count as one, and nobody waits for a place to be looked at.
        """
        for metres in INSIDE:
            with suppress(TimeoutError):
                async with asyncio.timeout(LOOKED_AT_WITHIN_S):
                    while len(await self.visits()) < visit:  # noqa: ASYNC110  # another process writes it
                        await asyncio.sleep(0.05)
                return
            await self.goes(metres, every_s=5)
        raise AssertionError("Nobody has noticed the visit.")

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


async def mias_walk(stage: Stage) -> Walk:
    """Let Mia keep a coupon that holds at the café alone; she has agreed to nothing yet."""
    now = machine_now()
    only_here = coupon(
        "CAFE20",
        discount_percent=20,
        valid_from=now - timedelta(days=400),
        valid_until=now + timedelta(days=400),
        product_ids=frozenset({"hot-chocolate"}),
        store_ids=frozenset({CAFE}),
    )
    async with stage.database.work() as work:
        await work.shoppers.add_many([shopper(MIA, first_name="Mia")])
        await work.coupons.add_many([only_here])
        await work.coupons.save(MIA, "CAFE20", now)
        store = await work.stores.get(CAFE)
        await work.commit()
    assert store is not None
    return Walk(stage, stage.phone(MIA), (store.latitude, store.longitude))
