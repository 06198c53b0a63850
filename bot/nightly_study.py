"""Counts every night what is popular where and when, a few shoppers at a time, while hardly anybody writes.

Where it is stands in the database and moves on with what was counted, in one transaction: whatever ends it, it goes on there,
and of two processes one finds that the other was there before and leaves. What was begun in the night is finished by day.
"""

import json
import logging
from collections.abc import Awaitable, Callable
from dataclasses import asdict, dataclass, replace
from datetime import date, datetime

from bot.clock import Clock
from knowledge.catalogue import Catalogue
from knowledge.popularity import LOOKED_BACK, counted
from storage.database import Database

log = logging.getLogger(__name__)

KEY = "nightly study"
BEGINS_H, ENDS_H = 2, 5  # shop's local time (ours)
_AT_A_TIME = 50  # shoppers: some thousand rows, a few milliseconds of the writer's lock


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a night's study is: all shoppers up to the id `after` were counted."""

    night: str
    after: int = 0
    shoppers: int = 0
    is_done: bool = False

    def written(self) -> str:
        """Give it as it is stored."""
        return json.dumps(asdict(self))


def read(stored: str | None) -> Progress | None:
    """Read what is stored; None when there never was a study."""
    return None if stored is None else Progress(**json.loads(stored))


def next_step(last: Progress | None, local: datetime) -> Progress | None:
    """Give from where to go on at a local time of the shop; None when there is nothing to do now."""
    today = local.date().isoformat()
    if last is not None and last.night == today:
        return None if last.is_done else last
    return Progress(today) if BEGINS_H <= local.hour < ENDS_H else None


class NightlyStudy:
    """The study that the clock begins."""

    def __init__(
        self, database: Database, catalogue: Callable[[], Awaitable[Catalogue]], now: Clock
    ) -> None:
        self._database = database
        self._catalogue = catalogue
        self._now = now

    async def tick(self) -> None:
        """Do today's study, or the rest of it, if it is due.

        Raises:
            StorageError: see storage.errors; the next tick goes on where this one was.
        """
        catalogue = await self._catalogue()
        is_more = True
        while is_more:
            is_more = await self._step(catalogue)

    async def _step(self, catalogue: Catalogue) -> bool:
        """Count a few shoppers, and tell whether there is more to do here."""
        local = self._now().astimezone(catalogue.time_zone)
        async with self._database.reading() as work:
            stored = await work.meta.get(KEY)
            step = next_step(read(stored), local)
            if step is None:
                return False
            buyers = await work.purchases.buyers(after_id=step.after, limit=_AT_A_TIME)
            bought = await work.purchases.of_buyers(buyers, self._now() - LOOKED_BACK)
        cells = counted(bought, catalogue.products, catalogue.stores, catalogue.time_zone)
        night = date.fromisoformat(step.night)
        reached = replace(step, is_done=True)
        if buyers:
            reached = replace(step, after=buyers[-1], shoppers=step.shoppers + len(buyers))
        async with self._database.work() as work:
            if not await work.meta.replace(KEY, stored, reached.written()):
                return False  # another process has gone on
            await work.popularity.add(night, cells)
            if reached.is_done:
                await work.popularity.delete_before(night)
            await work.commit()
        told = "done" if reached.is_done else "so far"
        log.info("nightly study: %d shoppers counted %s", reached.shoppers, told)
        return not reached.is_done
