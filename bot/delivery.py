"""The outbox pump: claim, keep to the limits, send, then done, again later, or never.

A commit that adds rows wakes it; the scheduler's tick is only the safety net. It serves the chats that its crew leaves
to it, within its part of the limits. It knows what a row's method and arguments are called, and nothing of what they say.
"""

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from bot.claiming import Claiming
from bot.clock import Clock
from bot.crew import Crew, Term
from bot.health import Health
from bot.rate_limits import Backoff, Limits, SendLimits
from bot.sending import Outcome, Verdict
from bot.setting_sections import DeliverySettings
from bot.settling import REPEATED, Settling
from bot.turns import Turn, Turns
from storage.database import Database
from storage.errors import StorageError
from storage.records import OutboxItem

log = logging.getLogger(__name__)

Send = Callable[[str, Mapping[str, Any]], Awaitable[Verdict]]

# Telegram's ids have at most 52 significant bits (Bot API, User.id): what is above is a sample shopper of ours.
LARGEST_TELEGRAM_ID = 2**52
# So much of a second's sends is claimed at once, and no more before as much is left of them: a reply that comes now is
# claimed after so long at most, and then it changes places with a nudge.
CLAIMED_AHEAD_S = 0.15
# A chat that has to wait longer than this gives its place to others.
LONGEST_HELD_S = 1.5
# When chats change hands, what their former servers let through has left by then.
HAND_OVER_S = 1.0
FROM_A_SECOND_TO_A_MINUTE = Backoff(base_s=1.0, cap_s=60.0)
BLAMED_FOR_S = 3600.0
LATE = "too late to be of use"


@dataclass(frozen=True, slots=True)
class DeliveryParts:
    """What the pump works with. `is_real`: this is Telegram, which knows no sample shoppers."""

    database: Database
    crew: Crew
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
        self._settling = Settling(parts.database, parts.health, parts.now, parts.backoff)
        self._claiming = Claiming(parts.database, parts.crew, parts.now)
        self._turns = Turns()
        self._held: dict[int, OutboxItem] = {}
        self._term: Term | None = None
        self._held_until: datetime | None = None
        self._blamed_at_s = float("-inf")
        self._failures = 0
        self._paused_until_s = float("-inf")
        self._woken = asyncio.Event()
        self._in_flight: set[asyncio.Task[None]] = set()
        self._is_stopping = False

    def wake(self) -> None:
        """Look for due rows now."""
        self._woken.set()

    async def look_at_crew(self) -> None:
        """See who else sends, and obey what Telegram told them; the first look, before `run`, joins and recovers.

        Raises:
            StorageError: the database cannot tell.
        """
        now = self._parts.now()
        if self._held_until is not None and self._held_until <= now:
            self._held_until = None
        told = await self._parts.crew.look(self._held_until)
        if told is not None and told > now:
            self._limits.pause_all((told - now).total_seconds(), self._parts.monotonic_s())
        if self._parts.crew.term is not self._term:
            self.wake()

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
        await self._let_go()
        await self._parts.crew.leave()

    async def _let_go(self) -> None:
        """Put back what still waited for its turn: only of what left for Telegram nobody can know what became."""
        with suppress(StorageError):
            async with self._parts.database.work() as work:
                for item in self._held.values():
                    await work.outbox.retry(item.id, item.due_at, by=item.claimed_by)
                await work.commit()

    def sweep(self) -> None:
        """Forget the buckets of chats at rest, and faults of ours that were not met again."""
        now_s = self._parts.monotonic_s()
        self._limits.sweep(now_s)
        if now_s - self._blamed_at_s > BLAMED_FOR_S:
            self._parts.health.report("messages", None)

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
        self._take_up_term()
        if self._term is None:
            return None
        ahead = int(self._settings.sends_per_s / self._term.portion.of * CLAIMED_AHEAD_S)
        room = min(self._settings.parallel_sends - len(self._in_flight), max(1, ahead))
        if room <= 0:
            return None
        wait_s = self._limits.overall_wait_s(self._parts.monotonic_s())
        if wait_s > CLAIMED_AHEAD_S:
            return wait_s - CLAIMED_AHEAD_S
        claimed = await self._claiming.claim(self._term, room)
        for row_id, why in claimed.unreadable:
            self._blame_us(f"row {row_id} cannot be read: {why}")
        for item in claimed.items:
            self._start(item)
        return claimed.again_in_s

    def _take_up_term(self) -> None:
        """Begin with the portion that the crew leaves to us now, if that is new."""
        term = self._parts.crew.term
        if term is None or term is self._term:
            self._term = term
            return
        self._term, now_s = term, self._parts.monotonic_s()
        if term.is_handed_over:
            self._limits.take_over(term.portion.of, now_s)
            self._limits.pause_all(HAND_OVER_S, now_s)

    def _blame_us(self, what: str) -> None:
        """Report a message that does not leave for a fault of ours."""
        self._blamed_at_s = self._parts.monotonic_s()
        log.error("ALERT outbox: %s", what)
        self._parts.health.report("messages", f"some do not leave, the last one: {what}")

    def _start(self, item: OutboxItem) -> None:
        """Begin to deliver a claimed row, at its turn."""
        chat_id, now_s = item.outgoing.chat_id, self._parts.monotonic_s()
        is_asked_for = item.outgoing.priority in REPEATED
        chat_wait_s = self._limits.chat_wait_s(chat_id, now_s, is_asked_for=is_asked_for)
        wait_s = max(self._limits.overall_wait_s(now_s), chat_wait_s)
        self._held[item.id] = item
        if wait_s > LONGEST_HELD_S:
            delivering = self._put_back(item, wait_s)
        else:
            self._limits.take(chat_id, now_s)
            turn = self._turns.give(now_s + wait_s, now_s + chat_wait_s, is_asked_for=is_asked_for)
            delivering = self._deliver(item, turn)
        task = asyncio.create_task(delivering, name=f"outbox {item.id}")
        self._in_flight.add(task)
        task.add_done_callback(self._landed)

    def _landed(self, task: asyncio.Task[None]) -> None:
        self._in_flight.discard(task)
        self.wake()

    async def _deliver(self, item: OutboxItem, turn: Turn) -> None:
        while (wait_s := turn.at_s - self._parts.monotonic_s()) > 0:  # noqa: ASYNC110  # turns change
            await asyncio.sleep(wait_s)
        self._turns.left(turn)
        # Telegram may have told us to wait since the turn was given.
        paused_s = self._limits.paused_s(item.outgoing.chat_id, self._parts.monotonic_s())
        if paused_s > 0:
            await self._put_back(item, paused_s)
            return
        del self._held[item.id]
        await self._settling.settle(item, await self._attempt(item))

    async def _put_back(self, item: OutboxItem, wait_s: float) -> None:
        """Let a row go that has to wait for too long."""
        held_up = Verdict(Outcome.WAIT, retry_after_s=wait_s, reason="limit")
        await self._settling.settle(item, held_up)
        del self._held[item.id]

    async def _attempt(self, item: OutboxItem) -> Verdict:
        """Send a row, unless it must not be sent any more or at all."""
        outgoing = item.outgoing
        if outgoing.send_before is not None and self._parts.now() >= outgoing.send_before:
            return Verdict(Outcome.REFUSED, reason=LATE)
        if self._parts.is_real and outgoing.chat_id > LARGEST_TELEGRAM_ID:
            return Verdict(Outcome.REFUSED, reason="sample shopper")
        if not self._parts.crew.is_ours(item.claimed_by):
            return Verdict(Outcome.WAIT, reason="away for too long")
        try:
            verdict = await self._parts.send(outgoing.method, outgoing.arguments)
        except Exception as error:  # a poison row must not hold up the others
            log.exception("a row to be sent by %s failed", outgoing.method)
            self._blame_us(f"row {item.id} failed here: {type(error).__name__}")
            return Verdict(Outcome.REFUSED, reason=f"failed here: {type(error).__name__}")
        self._learn(outgoing.chat_id, verdict)
        return verdict

    def _learn(self, chat_id: int, verdict: Verdict) -> None:
        """Slow down for everybody when Telegram is in trouble, for a chat when it says so."""
        now_s = self._parts.monotonic_s()
        if verdict.outcome is Outcome.WAIT:
            if self._limits.pause(chat_id, verdict.retry_after_s, now_s):
                until = self._parts.now() + timedelta(seconds=verdict.retry_after_s)
                self._held_until = max(until, self._held_until or until)
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
        wait_s = self._settling.backoff_s(self._failures)
        self._paused_until_s = now_s + wait_s
        self._limits.pause_all(wait_s, now_s)
