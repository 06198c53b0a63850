"""Writes down what became of a message that was to be sent.

It knows what each outcome means for the row, and nothing of how messages leave.
"""

import asyncio
import logging
import random
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.clock import Clock
from bot.health import Health
from bot.rate_limits import Backoff
from bot.sending import Outcome, Verdict
from storage.database import Database
from storage.errors import StorageError
from storage.records import OutboxItem, Priority
from storage.work import Work

log = logging.getLogger(__name__)

# A reply or an order message is sent again when nobody knows whether it arrived; the rest is not.
REPEATED = frozenset({Priority.REPLY, Priority.ORDER})


@dataclass(frozen=True, slots=True)
class Settling:
    """Settles rows, one at a time."""

    database: Database
    health: Health
    now: Clock
    backoff: Backoff

    async def settle(self, item: OutboxItem, verdict: Verdict) -> None:
        """Write down what became of a row; while the database is away it is tried again."""
        failures = 0
        while True:
            try:
                is_ours = await self._settle_once(item, verdict)
            except StorageError as error:
                failures += 1
                self.health.report("outbox", f"no database ({type(error).__name__})")
                await asyncio.sleep(self.backoff_s(failures))
                continue
            if not is_ours:
                log.warning("outbox row %d was settled by others: %s", item.id, verdict.outcome)
            return

    def backoff_s(self, failures: int) -> float:
        """Give how long to wait after so many failures."""
        return self.backoff.wait_s(failures, random.random())  # noqa: S311  # jitter, no secret

    async def _settle_once(self, item: OutboxItem, verdict: Verdict) -> bool:
        async with self.database.work() as work:
            is_ours = await self._record(work, item, verdict)
            await work.commit()
        return is_ours

    async def _record(self, work: Work, item: OutboxItem, verdict: Verdict) -> bool:
        by = item.claimed_by
        match verdict.outcome:
            case Outcome.SENT:
                return await work.outbox.sent(item.id, verdict.message_id, self.now(), by=by)
            case Outcome.UNREACHABLE:
                return await _give_up_chat(work, item, verdict.reason)
            case Outcome.REFUSED:
                log.warning("outbox row %d dropped: %s", item.id, verdict.reason)
                return await work.outbox.drop(item.id, verdict.reason, by=by)
            case Outcome.UNKNOWN if item.outgoing.priority not in REPEATED:
                return await work.outbox.unknown(item.id, by=by)
            case Outcome.WAIT | Outcome.FAILED | Outcome.UNKNOWN:
                return await work.outbox.retry(item.id, self._again_at(item, verdict), by=by)

    def _again_at(self, item: OutboxItem, verdict: Verdict) -> datetime:
        is_told = verdict.outcome is Outcome.WAIT
        wait_s = verdict.retry_after_s if is_told else self.backoff_s(item.attempts + 1)
        return self.now() + timedelta(seconds=wait_s)


async def _give_up_chat(work: Work, item: OutboxItem, reason: str) -> bool:
    """Remember that a chat is closed to us, and drop what waits for it."""
    chat_id = item.outgoing.chat_id
    is_ours = await work.outbox.drop(item.id, reason, by=item.claimed_by)
    await work.outbox.drop_all_of_chat(chat_id, reason)
    if chat_id > 0:
        await work.shoppers.mark_unreachable(chat_id)
    log.info("the chat of outbox row %d cannot be reached: %s", item.id, reason)
    return is_ours
