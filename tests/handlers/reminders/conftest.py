"""Somebody who asked to be told things by the clock, and the jobs that tell them."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Protocol

import pytest
from sqlalchemy import Connection, event
from sqlalchemy.ext.asyncio import AsyncEngine

from handlers.reminders.coupons import CouponReminders
from handlers.reminders.digest import WeeklyDigest
from handlers.reminders.shares import ShareReminders
from handlers.reminders.wishes import WishReminders
from handlers.unasked import UnaskedParts
from knowledge.concierge import Concierge
from knowledge.reminding import ReminderRules
from storage.records import (
    ConsentKind,
    OutboxItem,
    Purchase,
)
from tests.builders import coupon
from tests.handlers.conftest import Counter, Phone
from tests.handlers.walking import agree, mia_walks
from tests.sample_town import MORNING

__all__ = ["mia_walks"]
DAY = timedelta(days=1)
HOT = coupon(
    "HOT20",
    title="20 % off hot drinks",
    discount_percent=20,
    valid_from=MORNING - DAY,
    valid_until=MORNING + timedelta(hours=37, minutes=30),  # the end of Saturday in the town
    categories=frozenset({"hot drinks"}),
    per_shopper=5,
)


class Ticking(Protocol):
    async def tick(self) -> None: ...


@dataclass
class Clockwork:
    """The jobs that remind, at the counter's clock; what they told."""

    counter: Counter
    coupons: Ticking
    digest: Ticking
    shares: Ticking
    wishes: Ticking

    async def tick(self, *jobs: Ticking) -> list[OutboxItem]:
        for job in jobs or (self.coupons, self.digest, self.shares):
            await job.tick()
        return (await self.counter.deliver()).items

    async def told(self, *jobs: Ticking) -> list[str]:
        return [str(item.outgoing.arguments["text"]) for item in await self.tick(*jobs)]


@pytest.fixture
def clockwork(counter: Counter, concierge: Concierge) -> Clockwork:
    return another(counter, concierge)


def another(counter: Counter, concierge: Concierge) -> Clockwork:
    """Make a process's jobs."""
    parts = UnaskedParts(counter.database, concierge, counter.signer, counter.clock, counter.clock)
    rules = ReminderRules()
    return Clockwork(
        counter,
        CouponReminders(parts, rules),
        WeeklyDigest(parts, rules),
        ShareReminders(parts, counter.nudging, rules),
        WishReminders(parts, rules),
    )


@contextmanager
def begun(engine: AsyncEngine) -> Iterator[list[Connection]]:
    """Collect the transactions that begin meanwhile."""
    found: list[Connection] = []
    note = found.append
    event.listen(engine.sync_engine, "begin", note)
    yield found
    event.remove(engine.sync_engine, "begin", note)


@contextmanager
def asked(engine: AsyncEngine) -> Iterator[list[str]]:
    """Collect what is selected meanwhile."""
    found: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        if statement.startswith("SELECT"):
            found.append(statement)

    event.listen(engine.sync_engine, "before_cursor_execute", note)
    yield found
    event.remove(engine.sync_engine, "before_cursor_execute", note)


async def keeps(counter: Counter, *codes: str) -> None:
    async with counter.database.work() as work:
        await work.coupons.add_many([replace(HOT, code=code) for code in codes])
        for code in codes:
            await work.coupons.save(7, code, counter.clock())
        await work.commit()


async def likes_hot_drinks(counter: Counter, code: str = "HOT20") -> None:
    """Have Mia buy hot drinks, and the shop make an offer of them; of its other coupons only one is left."""
    bought = Purchase(7, "downtown-cafe", "chai-latte", 1, 450, MORNING - DAY)
    async with counter.database.work() as work:
        for known in await work.coupons.all():
            await work.coupons.add_many([replace(known, is_paused=known.code != "HOT20")])
        lasting = replace(HOT, code=code, valid_until=MORNING + timedelta(days=30))
        await work.coupons.add_many([lasting])
        await work.purchases.add_many([bought] * 3)
        await work.commit()


@pytest.fixture
async def keeper(mia: Phone, counter: Counter) -> Phone:
    """Mia keeps a coupon that ends tomorrow, and wants to hear of that."""
    await mia.says("/start")
    await keeps(counter, "HOT20")
    await agree(counter, 7, ConsentKind.COUPON_REMINDERS)
    return mia
