"""A shopper who walks past the café with a live location, at the counter's desk."""

import asyncio
import json
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import func, select

from bot.app import APOLOGIES
from bot.dispatching import Dispatching
from bot.health import Health
from bot.ingest import Ingest, IngestParts
from bot.live_fixes import LiveFixes
from bot.setting_sections import IngestSettings
from storage.records import (
    ConsentKind,
    Nudge,
    OutboxItem,
    Priority,
    Purchase,
    Visit,
)
from storage.tables import inbox
from tests.builders import coupon
from tests.fakes import BOT_ID
from tests.handlers.conftest import Counter, Phone, Sent
from tests.sample_town import MORNING

M_PER_DEGREE = 111_100.0  # of latitude, at this town
CAFE = "downtown-cafe"
ONLY_HERE = coupon(
    "CAFE20",
    discount_percent=20,
    valid_from=MORNING - timedelta(days=1),
    valid_until=MORNING + timedelta(days=30),
    product_ids=frozenset({"hot-chocolate"}),
    store_ids=frozenset({CAFE}),
    per_shopper=5,
)


class QuickWay:
    """What lies between Telegram and the handlers in the running bot: live locations past the inbox, the rest through."""

    def __init__(self, counter: Counter) -> None:
        handle = Dispatching(
            counter.dispatcher, counter.bot, counter.database, counter.nudging.ask_again
        )
        parts = IngestParts(
            database=counter.database,
            places=counter.places,
            health=Health(),
            handle=handle,
            now=counter.clock,
            apologies=APOLOGIES,
            bot_id=BOT_ID,
        )
        self.counter = counter
        self.ingest = Ingest(parts, IngestSettings())
        self.live_fixes = LiveFixes(self.ingest, counter.nudging, counter.places, counter.clock)

    async def brings(self, *updates: dict[str, Any]) -> None:
        """Bring updates in one batch, and wait until all is worked off."""
        await self.live_fixes.accept([json.dumps(update).encode() for update in updates])
        await self.settles()

    async def settles(self) -> None:
        while self.ingest._lanes._tasks or self.counter.nudging._looking is not None:
            await asyncio.gather(*self.ingest._lanes._tasks)
            await self.counter.nudging.idle()

    async def stored(self) -> int:
        """Count the updates that ever were in the inbox."""
        async with self.counter.database.reading() as work:
            (row,) = await work._connection.execute(select(func.count()).select_from(inbox))
        return int(row[0])


@dataclass
class Walker:
    """Somebody who shares a live location, so many metres south of the café's door."""

    phone: Phone
    counter: Counter
    door: tuple[float, float]
    message_id: int = 0
    heard: list[OutboxItem] = field(default_factory=list)
    way: QuickWay | None = None

    async def shares(self, south_m: float, *, live_period: int = 3600) -> Sent:
        self._now()
        update = self.phone.updates.message(location=self._place(south_m, live_period))
        self.message_id = update["message"]["message_id"]
        return self._noted(await self.counter.take(update))

    async def moves(
        self, south_m: float, *, after_s: float = 12, live_period: int = 3600, **more: object
    ) -> Sent:
        self.counter.clock.pass_by(seconds=after_s)
        self._now()
        place = self._place(south_m, live_period)
        update = self.phone.updates.edited(location=place, message_id=self.message_id, **more)
        update["edited_message"]["date"] -= 1
        return self._noted(await self._brings(update))

    async def stops(self) -> None:
        self.counter.clock.pass_by(seconds=5)
        self._now()
        place = self._place(0, 0)
        del place["live_period"]
        await self._brings(self.phone.updates.edited(location=place, message_id=self.message_id))

    async def walks(self, *south_m: float, after_s: float = 12) -> None:
        for metres in south_m:
            await self.moves(metres, after_s=after_s)

    @property
    def nudges(self) -> list[OutboxItem]:
        return [item for item in self.heard if item.outgoing.priority is Priority.NUDGE]

    async def ledger(self) -> list[Nudge]:
        async with self.counter.database.reading() as work:
            since = MORNING - timedelta(days=90)
            return await work.nudges.of_shopper(self.phone.shopper_id, since)

    async def visits(self) -> list[Visit]:
        """Those of today at the café."""
        async with self.counter.database.reading() as work:
            visits = await work.visits.of_shopper(self.phone.shopper_id)
        return [visit for visit in visits if visit.store_id == CAFE]

    def _now(self) -> None:
        self.phone.updates.date = int(self.counter.clock().timestamp())

    def _place(self, south_m: float, live_period: int) -> dict[str, float]:
        latitude = self.door[0] - south_m / M_PER_DEGREE
        accuracy = {"horizontal_accuracy": 10.0}
        place = {"latitude": latitude, "longitude": self.door[1]}
        return place | accuracy | {"live_period": live_period}

    async def _brings(self, update: dict[str, Any]) -> Sent:
        if self.way is None:
            return await self.counter.take(update)
        await self.way.brings(update)
        return await self.counter.deliver()

    def _noted(self, sent: Sent) -> Sent:
        self.heard += sent.items
        return sent


async def agree(counter: Counter, shopper_id: int, kind: ConsentKind, yes: bool = True) -> None:
    async with counter.database.work() as work:
        now = counter.clock()
        await work.consents.decide(shopper_id, kind, is_granted=yes, version=1, now=now)
        await work.commit()


async def agreed(mia: Phone, counter: Counter) -> Walker:
    """Have Mia agree to everything, and the café make an offer that holds there alone."""
    await mia.says("/start")
    for kind in ConsentKind:
        await agree(counter, 7, kind)
    async with counter.database.work() as work:
        await work.coupons.add_many([ONLY_HERE])
        await work.commit()
        store = await work.stores.get(CAFE)
    assert store is not None
    return Walker(mia, counter, (store.latitude, store.longitude))


@pytest.fixture
async def mia_walks(mia: Phone, counter: Counter) -> Walker:
    """Mia agreed to everything and keeps a coupon that holds at the café alone."""
    walker = await agreed(mia, counter)
    async with counter.database.work() as work:
        await work.coupons.save(7, "CAFE20", counter.clock())
        await work.commit()
    return walker


@pytest.fixture
async def mia_buys(mia: Phone, counter: Counter) -> Walker:
    """Mia agreed to everything and often buys what the shop's only coupon is for; she does not keep it."""
    walker = await agreed(mia, counter)
    days = [MORNING - timedelta(days=each) for each in (2, 3, 4)]
    async with counter.database.work() as work:
        others = [each for each in await work.coupons.all() if each.code != ONLY_HERE.code]
        await work.coupons.add_many([replace(each, is_paused=True) for each in others])
        await work.purchases.add_many(
            [Purchase(7, CAFE, "hot-chocolate", 1, 350, day) for day in days]
        )
        await work.commit()
    return walker


def hold_out(counter: Counter, share: float) -> None:
    """Tell so large a share of shoppers nothing from now on; 1 is everybody."""
    crossings = counter.nudging._crossings
    nudges = replace(crossings._rules.nudges, holdout_share=share)
    crossings._rules = replace(crossings._rules, nudges=nudges)


PAST_THE_CAFE = (175, 160, 145, 130, 115, 100)


async def passes_time(walker: Walker, seconds: int) -> list[Priority]:
    """Let the jobs run while no fix comes, and give what is told."""
    for _ in range(0, seconds, 5):
        walker.counter.clock.pass_by(seconds=5)
        await walker.counter.nudging.tick()
    return [item.outgoing.priority for item in (await walker.counter.deliver()).items]


async def nudged(walker: Walker) -> Sent:
    await walker.shares(190)
    for metres in PAST_THE_CAFE:
        sent = await walker.moves(metres)
        if sent.items:
            return sent
    pytest.fail("no nudge came")


async def ask_about_nudges(walker: Walker) -> list[str]:
    """Ask for something and give what comes back."""
    sent = await walker.phone.says("I'm cold")
    return [str(item.outgoing.arguments["text"]) for item in sent.items]


@pytest.fixture
async def newcomer(mia: Phone, counter: Counter) -> Walker:
    async with counter.database.reading() as work:
        store = await work.stores.get(CAFE)
    assert store is not None
    return Walker(mia, counter, (store.latitude, store.longitude))
