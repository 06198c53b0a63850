"""The outbox pump: claim, keep to the limits, send, then done, again later, or never.

A commit that adds rows wakes it; the scheduler's tick is only the safety net. It knows what a row's method and arguments
are called, and nothing of what they say.
"""

import asyncio
import logging
import random
import time
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from bot.clock import Clock
from bot.health import Health
from bot.rate_limits import Backoff, Limits, SendLimits
from bot.sending import Outcome, Verdict
from bot.setting_sections import DeliverySettings
from storage.database import Database
from storage.errors import StorageError
from storage.records import OutboxItem, Outgoing, Priority
from storage.work import Work

log = logging.getLogger(__name__)

Send = Callable[[str, Mapping[str, Any]], Awaitable[Verdict]]

# Telegram's ids have at most 52 significant bits (Bot API, User.id): what is above is a sample shopper of ours.
LARGEST_TELEGRAM_ID = 2**52
# So much of a second's sends is claimed at once: a reply that comes now waits no longer than this behind nudges.
CLAIMED_AHEAD_S = 0.25
# A chat that has to wait longer than this gives its place to others.
LONGEST_HELD_S = 1.5
# A reply or an order message is sent again when nobody knows whether it arrived; the rest is not.
REPEATED = frozenset({Priority.REPLY, Priority.ORDER})
FROM_A_SECOND_TO_A_MINUTE = Backoff(base_s=1.0, cap_s=60.0)
LATE = "too late to be of use"


@dataclass(frozen=True, slots=True)
class DeliveryParts:
    """What the pump works with. `is_real`: this is Telegram, which knows no sample shoppers."""

    database: Database
    send: Send
    health: Health
    now: Clock
    is_real: bool
    backoff: Backoff = FROM_A_SECOND_TO_A_MINUTE
    monotonic_s: Callable[[], float] = time.monotonic


class Delivery:
    """Empties the outbox until it is stopped."""

    def __init__(self, parts: DeliveryParts, settings: DeliverySettings) -> None:
        self._parts = parts
        self._settings = settings
        self._limits = SendLimits(
            Limits(
                settings.sends_per_s,
                settings.per_chat_per_s,
                settings.per_chat_burst,
                settings.group_per_min,
            )
        )
        self._failures = 0
        self._paused_until_s = float("-inf")
        self._woken = asyncio.Event()
        self._in_flight: set[asyncio.Task[None]] = set()
        self._is_stopping = False

    def wake(self) -> None:
        """Look for due rows now."""
        self._woken.set()

    async def recover(self) -> None:
        """Settle what a former process left in flight. Call it before `run`."""
        async with self._parts.database.work() as work:
            counts = await work.outbox.recover(self._parts.now())
            await work.commit()
        if any(counts.values()):
            log.warning("rows in flight when the last process ended: %s", dict(counts))

    async def run(self) -> None:
        """Send until `stop` is called."""
        while True:
            self._woken.clear()
            try:
                pause_s = await self._round()
                self._parts.health.report("outbox", None)
            except StorageError as error:
                self._parts.health.report("outbox", f"no database ({type(error).__name__})")
                pause_s = self._settings.tick_s
            except Exception:  # the outbox pump goes on whatever one round brings
                log.exception("a round of the outbox failed")
                pause_s = self._settings.tick_s
            if self._is_stopping and not self._in_flight and pause_s != 0:
                return
            await self._rest(pause_s)

    async def stop(self, running: asyncio.Task[None], timeout_s: float) -> None:
        """Send what is due, for `timeout_s` at most, and end the task of `run`."""
        self._is_stopping = True
        self.wake()
        _, late = await asyncio.wait({running}, timeout=timeout_s)
        leftover = [*late, *self._in_flight]
        for task in leftover:
            task.cancel()
        await asyncio.gather(*leftover, return_exceptions=True)

    def sweep(self) -> None:
        """Forget the buckets of chats at rest."""
        self._limits.sweep(self._parts.monotonic_s())

    async def look_for_telegram(self) -> None:
        """Ask whether Telegram is back, when the last send failed and no other is due that would show it."""
        if not self._failures or self._in_flight:
            return
        verdict = await self._parts.send("getMe", {})
        if verdict.outcome is Outcome.SENT:
            self._failures = 0
            self._parts.health.report("sending", None)

    async def _rest(self, pause_s: float | None) -> None:
        """Wait for a wake-up, or `pause_s` at most; None: for a wake-up only."""
        if pause_s == 0:
            return
        try:
            async with asyncio.timeout(pause_s):
                await self._woken.wait()
        except TimeoutError:
            pass

    async def _round(self) -> float | None:
        """Claim what may leave now and start sending it; gives the seconds until the next look."""
        ahead = max(1, int(self._settings.sends_per_s * CLAIMED_AHEAD_S))
        room = min(self._settings.parallel_sends - len(self._in_flight), ahead)
        if room <= 0:
            return None
        wait_s = self._limits.overall_wait_s(self._parts.monotonic_s())
        if wait_s > CLAIMED_AHEAD_S:
            return wait_s
        now = self._parts.now()
        async with self._parts.database.work() as work:
            items = await work.outbox.claim_due(now, room)
            due_at = None if items else await work.outbox.next_due_at()
            await work.commit()
        for item in items:
            self._start(item)
        if items:
            return 0
        return None if due_at is None or due_at <= now else (due_at - now).total_seconds()

    def _start(self, item: OutboxItem) -> None:
        """Begin to deliver a claimed row, at its turn."""
        chat_id, now_s = item.outgoing.chat_id, self._parts.monotonic_s()
        wait_s = max(self._limits.overall_wait_s(now_s), self._limits.chat_wait_s(chat_id, now_s))
        if wait_s <= LONGEST_HELD_S:
            self._limits.take(chat_id, now_s)
        task = asyncio.create_task(self._deliver(item, wait_s), name=f"outbox {item.id}")
        self._in_flight.add(task)
        task.add_done_callback(self._landed)

    def _landed(self, task: asyncio.Task[None]) -> None:
        self._in_flight.discard(task)
        self.wake()

    async def _deliver(self, item: OutboxItem, wait_s: float) -> None:
        if wait_s > LONGEST_HELD_S:
            await self._settle(item, Verdict(Outcome.WAIT, retry_after_s=wait_s, reason="limit"))
            return
        await asyncio.sleep(wait_s)
        await self._settle(item, await self._attempt(item.outgoing))

    async def _attempt(self, outgoing: Outgoing) -> Verdict:
        """Send a row, unless it must not be sent any more or at all."""
        if outgoing.send_before is not None and self._parts.now() > outgoing.send_before:
            return Verdict(Outcome.REFUSED, reason=LATE)
        if self._parts.is_real and outgoing.chat_id > LARGEST_TELEGRAM_ID:
            return Verdict(Outcome.REFUSED, reason="sample shopper")
        try:
            verdict = await self._parts.send(outgoing.method, outgoing.arguments)
        except Exception as error:  # a poison row must not hold up the others
            log.exception("a row to be sent by %s failed", outgoing.method)
            return Verdict(Outcome.REFUSED, reason=f"failed here: {type(error).__name__}")
        self._learn(outgoing.chat_id, verdict)
        return verdict

    def _learn(self, chat_id: int, verdict: Verdict) -> None:
        """Slow down for everybody when Telegram is in trouble, for a chat when it says so."""
        now_s = self._parts.monotonic_s()
        if verdict.outcome is Outcome.WAIT:
            self._limits.pause(chat_id, verdict.retry_after_s, now_s)
        elif verdict.outcome in (Outcome.FAILED, Outcome.UNKNOWN):
            self._slow_down(now_s)
        else:
            self._failures = 0
            self._parts.health.report("sending", None)

    def _slow_down(self, now_s: float) -> None:
        """Pause for everybody, longer each time; what was in flight when a pause began says nothing new."""
        self._parts.health.report("sending", "Telegram does not take messages, trying again")
        if now_s < self._paused_until_s:
            return
        self._failures += 1
        wait_s = self._backoff_s(self._failures)
        self._paused_until_s = now_s + wait_s
        self._limits.pause_all(wait_s, now_s)

    async def _settle(self, item: OutboxItem, verdict: Verdict) -> None:
        """Write down what became of a row; while the database is away it is tried again."""
        failures = 0
        while True:
            try:
                async with self._parts.database.work() as work:
                    await self._record(work, item, verdict, self._parts.now())
                    await work.commit()
                return
            except StorageError as error:
                failures += 1
                self._parts.health.report("outbox", f"no database ({type(error).__name__})")
                await asyncio.sleep(self._backoff_s(failures))

    async def _record(self, work: Work, item: OutboxItem, verdict: Verdict, now: datetime) -> None:
        match verdict.outcome:
            case Outcome.SENT:
                await work.outbox.sent(item.id, verdict.message_id, now)
            case Outcome.WAIT:
                await work.outbox.retry(item.id, now + timedelta(seconds=verdict.retry_after_s))
            case Outcome.UNKNOWN if item.outgoing.priority not in REPEATED:
                await work.outbox.unknown(item.id)
            case Outcome.FAILED | Outcome.UNKNOWN:
                wait_s = self._backoff_s(item.attempts + 1)
                await work.outbox.retry(item.id, now + timedelta(seconds=wait_s))
            case Outcome.UNREACHABLE:
                await _give_up_chat(work, item, verdict.reason)
            case Outcome.REFUSED:
                log.warning("outbox row %d dropped: %s", item.id, verdict.reason)
                await work.outbox.drop(item.id, verdict.reason)

    def _backoff_s(self, failures: int) -> float:
        return self._parts.backoff.wait_s(failures, random.random())  # noqa: S311  # jitter, no secret


async def _give_up_chat(work: Work, item: OutboxItem, reason: str) -> None:
    """Remember that a chat is closed to us, and drop what waits for it."""
    chat_id = item.outgoing.chat_id
    await work.outbox.drop(item.id, reason)
    await work.outbox.drop_all_of_chat(chat_id, reason)
    if chat_id > 0:
        await work.shoppers.mark_unreachable(chat_id)
    log.info("the chat of outbox row %d cannot be reached: %s", item.id, reason)
