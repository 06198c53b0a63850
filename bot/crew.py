"""Who sends messages just now: one process, or several that share the chats and Telegram's limits among them.

Each has a row, renewed while it lives, and looks at the others' rows every second. The chats are shared out by their
numbers, so no chat is ever served by two, and each gets its part of the limits. When somebody comes or goes, everybody
first stops claiming and says with whom it counts on sharing; work goes on when all say the same, and after a pause in
which what the old shares let through has left. Whoever finds that one is gone settles what that one had in flight.
A process that was away for too long finds its row removed, sends nothing more of what it holds, and joins anew.
"""

import asyncio
import logging
import socket
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from bot.clock import Clock
from bot.lease import Held, Process, is_running, may_take
from storage.database import Database
from storage.errors import StorageError
from storage.records import Portion, Worker

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class CrewParts:
    """What a place in the crew needs. Who was not seen for `lasts_s` is gone, which machines' clocks must agree on.

    Ours: three renewals may fail, as with the lease; who could not renew for `lasts_s` less `margin_s` sends nothing.
    """

    database: Database
    now: Clock
    process: Process
    is_running: Callable[[int], bool] = is_running
    lasts_s: float = 30.0
    margin_s: float = 5.0
    renew_every_s: float = 10.0


@dataclass(frozen=True, slots=True)
class Term:
    """For how long nothing changes: who we are, our portion of the chats, and whether others had it before us."""

    worker_id: int
    portion: Portion
    is_handed_over: bool


async def those_who_send(database: Database, now: datetime) -> Sequence[Worker]:
    """Give the processes that send from a database now."""
    async with database.reading() as work:
        rows = await work.workers.all()
    nobody = Process(socket.gethostname(), 0)
    parts = CrewParts(database=database, now=lambda: now, process=nobody)
    return [row for row in rows if not is_gone(row, parts)]


def is_gone(worker: Worker, parts: CrewParts, patient_until: datetime | None = None) -> bool:
    """Tell whether a worker's process ended here, or was not seen for too long, for which we may be patient until a time."""
    ends_at = worker.seen_at + timedelta(seconds=parts.lasts_s)
    held = Held(worker.host, worker.pid, max(ends_at, patient_until or ends_at), 0)
    return may_take(held, parts.process, parts.now(), parts.is_running)


class Crew:
    """Our place among those who send."""

    def __init__(self, parts: CrewParts) -> None:
        self._parts = parts
        self._us: Worker | None = None
        self._had_others = False
        self._has_left = False
        self._patient_until: datetime | None = None
        self.term: Term | None = None
        # Held while rows are claimed: our word that we no longer claim must be true when it is given.
        self.claiming = asyncio.Lock()

    def is_ours(self, worker_id: int | None) -> bool:
        """Tell whether what was claimed under an id is still ours to send: nobody can have taken us for gone."""
        us, parts = self._us, self._parts
        if us is None or us.id != worker_id:
            return False
        trusted = timedelta(seconds=parts.lasts_s - parts.margin_s)
        return parts.now() < us.seen_at + trusted

    async def look(self, held_until: datetime | None = None) -> datetime | None:
        """See who is there, tell that we are, and settle what those who are gone left; every second will do.

        The first look is how one joins. `held_until`: what Telegram told us all to wait for; gives what it told others.

        Raises:
            StorageError: the database cannot tell; what was so stays so.
        """
        if self._has_left:
            return None
        try:
            return await self._look(held_until)
        except StorageError:
            # Others could not renew either: for a while silence says nothing about them.
            patience = timedelta(seconds=2 * self._parts.renew_every_s)
            self._patient_until = self._parts.now() + patience
            raise

    async def leave(self) -> None:
        """Let the others go on at once; what is still in flight is settled as after a crash."""
        us, self._us, self.term = self._us, None, None
        self._has_left = True
        if us is None:
            return
        with suppress(StorageError):
            await self._settle_for([us.id])

    async def _look(self, held_until: datetime | None) -> datetime | None:
        async with self._parts.database.reading() as work:
            rows = await work.workers.all()
        us = self._us
        is_new = us is None or us.id not in {row.id for row in rows}
        if us is None or is_new:
            us = await self._enter()
            rows.append(us)
        patient = self._patient_until
        gone = [row.id for row in rows if row.id != us.id and is_gone(row, self._parts, patient)]
        if gone or is_new:
            await self._settle_for(gone)
        there = [row for row in rows if row.id not in gone]
        others = [row for row in there if row.id != us.id]
        await self._tell(us, tuple(row.id for row in there), held_until)
        self._begin_if_agreed(others)
        return max((row.held_until for row in others if row.held_until), default=None)

    async def _enter(self) -> Worker:
        """Join, under a new id."""
        self.term = None
        process = self._parts.process
        async with self._parts.database.work() as work:
            us = await work.workers.add(process.host, process.pid, self._parts.now())
            await work.commit()
        self._us = us
        return us

    async def _settle_for(self, gone: Sequence[int]) -> None:
        """Remove workers, and settle whatever is in flight and nobody's."""
        async with self._parts.database.work() as work:
            if gone:
                await work.workers.remove(gone)
            counts = await work.outbox.recover(self._parts.now())
            await work.commit()
        if any(counts.values()):
            log.warning("messages in flight when a process ended: %s", dict(counts))

    async def _tell(self, us: Worker, crew: tuple[int, ...], held_until: datetime | None) -> None:
        """Renew our row when it is time or when there is something new to tell."""
        now = self._parts.now()
        if crew != us.crew:
            self.term = None
            self._had_others = self._had_others or len(crew) > 1
        is_due = now - us.seen_at >= timedelta(seconds=self._parts.renew_every_s)
        if crew == us.crew and held_until == us.held_until and not is_due:
            return
        renewed = replace(us, seen_at=now, crew=crew, held_until=held_until)
        async with self.claiming, self._parts.database.work() as work:
            is_there = await work.workers.renew(renewed)
            await work.commit()
        if is_there:
            self._us = renewed
        else:
            self._us = self.term = None

    def _begin_if_agreed(self, others: Sequence[Worker]) -> None:
        """Take up our portion once everybody counts on sharing with the same crew."""
        us = self._us
        if us is None or self.term is not None or any(row.crew != us.crew for row in others):
            return
        portion = Portion(us.crew.index(us.id), len(us.crew))
        self.term = Term(us.id, portion, self._had_others)
        self._had_others = len(others) > 0
        if others:
            log.info("sending for %d of %d", portion.place + 1, portion.of)
