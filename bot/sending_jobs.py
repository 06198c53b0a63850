"""What happens by the clock wherever messages are sent, and where they are not."""

from collections.abc import Sequence
from datetime import timedelta

from bot.clock import Clock
from bot.delivery import Delivery
from bot.health import Health
from bot.schedule import Job
from bot.setting_sections import DeliverySettings
from storage.database import Database
from storage.errors import StorageError

WRITTEN_AT = "written_at"
# As long as who sends counts as there.
SEEN_WITHIN = timedelta(seconds=30)
NOBODY_SENDS = "no process sends what is answered; start one: python -m bot --role deliver"


def sending_jobs(settings: DeliverySettings, delivery: Delivery) -> Sequence[Job]:
    """Give the jobs of a process that sends."""

    async def tick() -> None:
        delivery.wake()

    async def sweep() -> None:
        delivery.sweep()

    return (
        Job("outbox tick", settings.tick_s, tick),
        Job("crew", 1.0, delivery.look_at_crew),
        Job("telegram", 30.0, delivery.look_for_telegram),
        Job("send limits", 60.0, sweep),
    )


def waiting_jobs(database: Database, health: Health, now: Clock) -> Sequence[Job]:
    """Give the jobs of a process whose messages others send."""

    async def look_for_senders() -> None:
        async with database.reading() as work:
            workers = await work.workers.all()
        is_served = any(now() - worker.seen_at < SEEN_WITHIN for worker in workers)
        health.report("delivering", None if is_served else NOBODY_SENDS)

    return (Job("senders", 10.0, look_for_senders),)


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
