from datetime import timedelta

from bot.health import Health
from bot.sending_jobs import NOBODY_SENDS, waiting_jobs
from storage.database import Database
from tests.builders import NOON


async def test_who_only_receives_tells_when_nobody_sends(database: Database) -> None:
    health, now = Health(), NOON
    (job,) = waiting_jobs(database, health, lambda: now)
    await job.do()
    assert health.troubles == {"delivering": NOBODY_SENDS}
    async with database.work() as work:
        await work.workers.add("there", 1, NOON)
        await work.commit()
    await job.do()
    assert health.troubles == {}
    now = NOON + timedelta(seconds=30)
    await job.do()
    assert health.troubles == {"delivering": NOBODY_SENDS}
