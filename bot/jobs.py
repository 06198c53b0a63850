"""The table of everything that happens by the clock, and the few lines each of it takes."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass

from bot.backing_up import NightlyBackup
from bot.brain import Brain
from bot.clock import Clock, ShopClock
from bot.delivery import Delivery
from bot.health import Health
from bot.retention import Retention
from bot.schedule import Job
from bot.settings import Settings
from handlers.nudging import Nudging
from handlers.staff.watch import OrderWatch
from knowledge.nearby.places import Places
from storage.database import Database
from storage.errors import StorageError

HOUR_S = 3600.0
WRITTEN_AT = "written_at"


@dataclass(frozen=True, slots=True)
class JobParts:
    """What the jobs work on."""

    database: Database
    delivery: Delivery
    places: Places
    nudging: Nudging
    orders: OrderWatch
    brain: Brain
    health: Health
    now: Clock
    shop_clock: ShopClock


def all_jobs(settings: Settings, parts: JobParts) -> Sequence[Job]:
    """Give every job: its name, how often, and what it does."""

    async def tick() -> None:
        parts.delivery.wake()

    async def look_for_telegram() -> None:
        await parts.delivery.look_for_telegram()

    async def sweep() -> None:
        parts.places.sweep(parts.now())
        parts.delivery.sweep()

    async def read_clock() -> None:
        await asyncio.to_thread(parts.shop_clock.look)

    async def check_database() -> None:
        await try_to_write(parts.database, parts.health, parts.now)

    async def truncate_log() -> None:
        await parts.database.truncate_log()

    retention = Retention(settings, parts.database, parts.now)
    nightly = NightlyBackup(settings, parts.health, parts.now)
    return (
        Job("outbox tick", settings.delivery.tick_s, tick),
        Job("shop clock", 1.0, read_clock),
        Job("telegram", 30.0, look_for_telegram),
        Job("database", 10.0, check_database),
        Job("live shares", settings.nudges.look_every_s, parts.nudging.tick),
        Job("orders", settings.orders.look_every_s, parts.orders.tick),
        Job("places and send limits", 60.0, sweep),
        Job("catalogue", 60.0, parts.brain.refresh_if_changed),
        Job("retention", HOUR_S, retention.delete_old),
        Job("backup", 600.0, nightly.make_if_due),
        Job("erasure list", 5.0, retention.list_erasures),
        Job("database log", 600.0, truncate_log),
    )


async def try_to_write(database: Database, health: Health, now: Clock) -> None:
    """Report whether the database takes writes, also while nobody has any: a full disk still answers questions."""
    try:
        async with database.work() as work:
            await work.meta.set(WRITTEN_AT, now().isoformat(timespec="seconds"))
            await work.commit()
    except StorageError as error:
        health.report("database", f"takes no writes ({type(error).__name__}), trying again")
    else:
        health.report("database", None)
