"""Takes rows of the outbox that are due, for one that sends.

It knows which rows are ours to take, and nothing of how or when they leave.
"""

import logging
from collections.abc import Sequence
from dataclasses import dataclass

from bot.clock import Clock
from bot.crew import Crew, Term
from storage.database import Database
from storage.records import OutboxItem
from storage.work import Work

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Claimed:
    """What was taken, and in how many seconds to look again, None for "not known".

    `unreadable`: the numbers of rows that could not be read, each with the kind of error.
    """

    items: Sequence[OutboxItem] = ()
    again_in_s: float | None = None
    unreadable: Sequence[tuple[int, str]] = ()


class Claiming:
    """Claims rows, and tells once of each time that some were too late."""

    def __init__(self, database: Database, crew: Crew, now: Clock) -> None:
        self._database = database
        self._crew = crew
        self._now = now
        self._late = 0

    async def claim(self, term: Term, room: int) -> Claimed:
        """Take at most `room` due rows of our chats; none if the crew is no longer that of `term`.

        Raises:
            StorageError: the database cannot tell.
        """
        async with self._crew.claiming:
            if term is not self._crew.term or not self._crew.is_ours(term.worker_id):
                return Claimed()
            async with self._database.work() as work:
                claimed = await self._claim(work, term, room)
                await work.commit()
        self._tell_late(work.outbox.late)
        return claimed

    async def _claim(self, work: Work, term: Term, room: int) -> Claimed:
        now, outbox = self._now(), work.outbox
        items = await outbox.claim_due(now, room, by=term.worker_id, portion=term.portion)
        if items or outbox.late or outbox.unreadable:
            return Claimed(items, 0, outbox.unreadable)
        due_at = await outbox.next_due_at(term.portion)
        is_later = due_at is not None and due_at > now
        return Claimed(again_in_s=(due_at - now).total_seconds() if due_at and is_later else None)

    def _tell_late(self, count: int) -> None:
        """Log how many rows were dropped late, in one line when a claim meets no more of them."""
        self._late += count
        if self._late and not count:
            log.warning(
                "%d messages waited until they were of no use, and were dropped", self._late
            )
            self._late = 0
