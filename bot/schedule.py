"""The jobs that run by the clock: one table of name, trigger and coroutine. The one door to APScheduler.

Jobs are ticks that find their work in the database, so a missed one costs nothing and a repeated one does no harm: the
job store is memory, nothing is skipped when the loop was busy, and late runs are melted into one.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import UTC

from apscheduler.schedulers.asyncio import AsyncIOScheduler
from apscheduler.triggers.interval import IntervalTrigger

from storage.errors import DatabaseUnavailable

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Job:
    """Something to do every so many seconds."""

    name: str
    every_s: float
    do: Callable[[], Awaitable[None]]


class Schedule:
    """Runs the jobs of a table until it is stopped."""

    def __init__(self, jobs: Sequence[Job]) -> None:
        self._scheduler = AsyncIOScheduler(
            timezone=UTC,
            job_defaults={"coalesce": True, "misfire_grace_time": None, "max_instances": 1},
        )
        for job in jobs:
            trigger = IntervalTrigger(seconds=job.every_s, timezone=UTC)
            self._scheduler.add_job(_wrapped(job), trigger, id=job.name, name=job.name)

    @property
    def names(self) -> list[str]:
        """Give the names of the jobs."""
        return [job.id for job in self._scheduler.get_jobs()]

    def start(self) -> None:
        """Begin; the first run of each job is one interval away."""
        self._scheduler.start()

    def stop(self) -> None:
        """Start no more jobs."""
        if self._scheduler.running:
            self._scheduler.shutdown(wait=False)


def _wrapped(job: Job) -> Callable[[], Awaitable[None]]:
    """Make a failing job a line in the log and no more: the next tick tries again."""

    async def run() -> None:
        try:
            await job.do()
        except asyncio.CancelledError:
            log.debug("job %s was interrupted by the stop", job.name)  # nobody else cancels it
        except DatabaseUnavailable:
            log.debug("job %s waits for the database", job.name)  # whose own state is told once
        except Exception:  # the job wrapper: one job's failure must not stop the others
            log.exception("job %s failed", job.name)

    return run
