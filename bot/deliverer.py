"""The process that sends, and does nothing else: no models, no handlers, no turn to wait for.

Others bring the database's schema up to date and write what is to be sent; it waits for the one and looks for the other.
"""

import asyncio
import logging

from aiogram import Bot

from bot.clock import machine_now
from bot.connecting import make_bot, make_delivery
from bot.health import Health
from bot.health_page import HealthPage
from bot.opening import database_of_others, read_keys
from bot.schedule import Job, Schedule
from bot.sending_jobs import sending_jobs, try_to_write
from bot.settings import Settings
from bot.web import health_app, serving
from storage.crypto import Cipher
from storage.database import Database

log = logging.getLogger(__name__)

PARTS = ("sending", "database")


async def deliver(settings: Settings, stop: asyncio.Event) -> None:
    """Send until `stop` is set, then finish what is on its way.

    Raises:
        StartError, StorageError: in one line, why it cannot start.
    """
    cipher = Cipher(await asyncio.to_thread(read_keys, settings))
    bot, health = make_bot(settings), Health()
    page = health_app(HealthPage(health, parts=PARTS))
    addresses = [settings.health.listen] if settings.health.listen.is_set else []
    try:
        async with serving(page, addresses, settings.ingest.drain_s):
            database = await database_of_others(settings, cipher, bot.id, health, stop)
            if database is not None:
                await _deliver_from(database, settings, bot, health, stop)
    finally:
        await bot.session.close()


async def _deliver_from(
    database: Database, settings: Settings, bot: Bot, health: Health, stop: asyncio.Event
) -> None:
    try:
        delivery = make_delivery(settings, bot, database, health)

        async def check_database() -> None:
            await try_to_write(database, health, machine_now)

        jobs = (
            *sending_jobs(settings.delivery, delivery),
            Job("database", 10.0, check_database),
        )
        database.listen()
        await delivery.look_at_crew()
        sender, schedule = asyncio.create_task(delivery.run(), name="outbox"), Schedule(jobs)
        schedule.start()
        log.info("started to send")
        await stop.wait()
        log.info("stopping: what is on its way may arrive")
        schedule.stop()
        await delivery.stop(sender, settings.ingest.drain_s)
    finally:
        await database.close()
