"""The table of everything that happens by the clock, and the few lines each of it takes."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass

from bot.backing_up import NightlyBackup
from bot.brain import Brain
from bot.clock import Clock, ShopClock
from bot.delivery import Delivery
from bot.following import reminder_rules
from bot.health import Health
from bot.nightly_study import NightlyStudy
from bot.retention import Retention
from bot.schedule import Job
from bot.sending_jobs import sending_jobs, try_to_write, waiting_jobs
from bot.settings import Settings
from handlers.nudging import Nudging
from handlers.reminders.birthdays import BirthdayReminders
from handlers.reminders.coupons import CouponReminders
from handlers.reminders.digest import WeeklyDigest
from handlers.reminders.shares import ShareReminders
from handlers.reminders.wishes import WishReminders
from handlers.staff.watch import OrderWatch
from handlers.unasked import UnaskedParts
from knowledge.nearby.places import Places
from storage.database import Database

HOUR_S = 3600.0


@dataclass(frozen=True, slots=True)
class JobParts:
    """What the jobs work on; without `delivery`, others send."""

    database: Database
    delivery: Delivery | None
    places: Places
    nudging: Nudging
    orders: OrderWatch
    brain: Brain
    health: Health
    now: Clock
    shop_clock: ShopClock
    unasked: UnaskedParts


def all_jobs(settings: Settings, parts: JobParts) -> Sequence[Job]:
    """Give every job: its name, how often, and what it does."""

    async def sweep() -> None:
        for _ in parts.places.sweep(parts.now()):
            await asyncio.sleep(0)
        await parts.nudging.sweep()

    async def read_clock() -> None:
        await asyncio.to_thread(parts.shop_clock.look)

    async def check_database() -> None:
        await try_to_write(parts.database, parts.health, parts.now)

    async def truncate_log() -> None:
        await parts.database.truncate_log()

    rules = reminder_rules(settings.reminders, settings.nudges)
    shares = ShareReminders(parts.unasked, parts.nudging, rules)
    coupons = CouponReminders(parts.unasked, rules)
    birthdays = BirthdayReminders(parts.unasked, rules)
    digest = WeeklyDigest(parts.unasked, rules)
    wishes = WishReminders(parts.unasked, rules)
    retention = Retention(settings, parts.database, parts.now)
    nightly = NightlyBackup(settings, parts.health, parts.now)
    study = NightlyStudy(parts.database, parts.unasked.concierge.catalogue, parts.now)
    return (
        *(
            sending_jobs(settings.delivery, parts.delivery)
            if parts.delivery
            else waiting_jobs(parts.database, parts.health, parts.now)
        ),
        Job("shop clock", 1.0, read_clock),
        Job("database", 10.0, check_database),
        Job("live shares", settings.nudges.look_every_s, parts.nudging.tick),
        Job("live shares that end", 60.0, shares.tick),
        Job("coupons that end", 600.0, coupons.tick),
        Job("birthdays", HOUR_S, birthdays.tick),
        Job("weekly digest", 600.0, digest.tick),
        Job("saved things", 600.0, wishes.tick),
        Job("orders", settings.orders.look_every_s, parts.orders.tick),
        Job("places", 60.0, sweep),
        Job("catalogue", 60.0, parts.brain.refresh_if_changed),
        Job("retention", HOUR_S, retention.delete_old),
        Job("backup", 600.0, nightly.make_if_due),
        Job("nightly study", 600.0, study.tick),
        Job("erasure list", 5.0, retention.list_erasures),
        Job("database log", 600.0, truncate_log),
    )
