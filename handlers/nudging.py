"""Follows live locations: which share is looked at when, with its newest fix or with time that passed.

What a crossing is is decided in knowledge/nearby, what comes of one is written down in handlers/crossings. Most fixes
cross nothing: those are looked at in memory, many in one go. A fix's state is kept only after its transaction is
committed, so that a failed one is looked at once more.
"""

import asyncio
import logging
from collections.abc import Sequence
from datetime import timedelta

from handlers.crossings import CrossingRules, Crossings, OpenWork
from handlers.following_rules import FollowingRules
from handlers.mishaps import Mishaps
from handlers.shopper_locks import ShopperLocks
from handlers.unasked import UnaskedParts
from handlers.wishes import Wishes
from knowledge.geography.looked_up import LookedUp, Surroundings
from knowledge.nearby.places import KEPT_FOR, Fix
from knowledge.nearby.shares import Notice, Share, Shares
from knowledge.nearby.waiting_fixes import WaitingFixes
from knowledge.nearby.watching import Look, look, look_again

log = logging.getLogger(__name__)

_AT_ONCE = 100  # shares looked at before others get the loop, some 5 ms
_SWEPT_AT_ONCE = 2000
_SWEPT_EVERY = timedelta(minutes=1)  # as often as the job runs that does it
_TRANSACTIONS = 4  # that looks may have open; a database takes few writers


class Nudging:
    """The live shares and what comes of them."""

    def __init__(self, parts: UnaskedParts, rules: FollowingRules) -> None:
        self._parts = parts
        self._rules = rules
        self._shares = Shares(rules.followed_at_most)
        self._waiting = WaitingFixes(rules.waiting_at_most)
        self._crossings = Crossings(
            parts, CrossingRules(rules.nudges, rules.send_within, rules.resume_within)
        )
        self._wishes = Wishes(parts)
        self._mishaps = Mishaps(parts.machine_now())
        self._locks = ShopperLocks()
        self._slots = asyncio.Semaphore(_TRANSACTIONS)
        self._looking: asyncio.Task[None] | None = None
        self._has_caught_up = False
        self._told_lost = 0

    def is_live(self, shopper_id: int) -> bool:
        """Tell whether a shopper shares a live location now."""
        return self._shares.is_live(shopper_id, self._parts.machine_now())

    def ending(self, ahead: timedelta) -> dict[int, Notice]:
        """Give what is known of the shares that end within `ahead`, by shopper."""
        return self._shares.ending(self._parts.machine_now(), ahead)

    def forget(self, shopper_id: int) -> None:
        """Drop a shopper's share from memory: they want no more of it."""
        self._shares.forget(shopper_id)

    def ask_again(self, shopper_id: int) -> None:
        """Read anew, at the next fix, whether a shopper wishes to be followed: they may have said otherwise."""
        share = self._shares.get(shopper_id)
        if share is not None:
            share.asked_at = None

    def take(self, shopper_id: int, notice: Notice, fix: Fix) -> bool:
        """Take in the next fix of a share that is followed already, in memory alone.

        It is looked at soon, by nobody who waits for it. False: the share is not known, is only just being opened or
        has run out, and the fix is to go through `follow`.
        """
        share = self._shares.of(shopper_id, notice)
        now = self._parts.machine_now()
        if share is None or share.is_wanted is None or now >= notice.ends_at:
            return False
        share.take_in(fix)
        self._waiting.put(share, now, self._rules.look_every)
        if self._looking is None:
            self._looking = asyncio.create_task(self._look_soon(), name="live locations")
        return True

    async def follow(
        self, shopper_id: int, notice: Notice, fix: Fix, open_work: OpenWork | None = None
    ) -> None:
        """Take in a fix of a live share, the first or the next, and look at it if it is due."""
        now = self._parts.machine_now()
        if now >= notice.ends_at:
            return
        share = self._shares.open(shopper_id, notice)
        if share is None:
            return
        async with self._locks.of(shopper_id):
            share.take_in(fix)
            due = share.take_waiting(fix.seen_at, self._rules.look_every)
            if due is not None:
                await self._look(share, due, open_work or self._parts.database.work)
            self._waiting.put(share, fix.seen_at, self._rules.look_every)

    async def end(
        self, shopper_id: int, message_id: int | None = None, open_work: OpenWork | None = None
    ) -> None:
        """End a share: stopped or run out. With `message_id`, only if it is that message's."""
        open_work = open_work or self._parts.database.work
        if message_id is not None:
            self._shares.end(shopper_id, message_id)
        share = self._shares.get(shopper_id)
        if share is None:
            await self._crossings.end_left_open(shopper_id, message_id, open_work)
            return
        if message_id not in (None, share.notice.message_id):
            return
        async with self._locks.of(shopper_id):
            await self._crossings.end(share, open_work)
            self._shares.keep(share, (), {}, {})
            if self._shares.is_open(share):
                self._shares.close(shopper_id)

    async def tick(self) -> None:
        """Do what no fix sets off: end what ran out, look at what waited, notice who stays."""
        now = self._parts.machine_now()
        if not self._has_caught_up:
            await self._crossings.end_run_out()
            self._has_caught_up = True
        for share in self._shares.run_out(now):
            await self._mishaps.survive(self.end(share.shopper_id))
        self._waiting.ripen(now, self._rules.look_every)
        at_stores = self._shares.at_stores
        for first in range(0, len(at_stores), _AT_ONCE):
            await self._look_over(at_stores[first : first + _AT_ONCE])
            await asyncio.sleep(0)
        await self._look_at_waiting()
        self._tell_lost()
        self._mishaps.tell(now)
        self._raise_failure()

    async def sweep(self) -> None:
        """Drop places in time, so that none is ever kept for more than a quarter of an hour.

        To be called once a minute, and by nobody who waits for the database: it may be away for longer than that.
        """
        seen_before = self._parts.machine_now() - KEPT_FOR + _SWEPT_EVERY
        for _ in self._shares.sweep(seen_before, _SWEPT_AT_ONCE):
            await asyncio.sleep(0)

    def share_of(self, shopper_id: int) -> Share | None:
        """Give the share of a shopper that is followed now, to look into."""
        return self._shares.get(shopper_id)

    async def idle(self) -> None:
        """Wait until what was taken in has been looked at, but for what waits for its turn.

        Raises whatever went wrong.
        """
        if self._looking is not None:
            await self._looking

    async def close(self) -> None:
        """Look at nothing any more; whatever is being written down comes to its end or is taken back."""
        if self._looking is not None:
            self._looking.cancel()
            await asyncio.gather(self._looking, return_exceptions=True)
            self._looking = None

    async def _look_soon(self) -> None:
        """Look at what waits until nothing does. After a failure nothing is begun until the next tick has told it."""
        await self._look_at_waiting()
        self._looking = None

    def _raise_failure(self) -> None:
        if self._looking is not None and self._looking.done():
            failed, self._looking = self._looking, None
            failed.result()

    def _tell_lost(self) -> None:
        """Log how many fixes and shares were given up for want of room, when there were more."""
        lost = self._waiting.dropped + self._shares.given_up
        if lost > self._told_lost:
            log.warning(
                "too many live locations: so far %d fixes were left out and %d shares given up",
                self._waiting.dropped,
                self._shares.given_up,
            )
            self._told_lost = lost

    async def _look_at_waiting(self) -> None:
        while shares := self._waiting.take(_AT_ONCE):
            await self._look_over(shares)
            await asyncio.sleep(0)

    async def _look_over(self, shares: Sequence[Share]) -> None:
        """Look at shares one after the other, and write down what some of them led to side by side.

        Those that fail by themselves hold up no other; if nothing can be read, all of them wait again.
        """
        try:
            await self._wishes.read([each for each in shares if not self._wishes.is_known(each)])
            catalogue = await self._parts.concierge.catalogue()
        except BaseException:
            for share in shares:
                self._waiting.put(share, self._parts.machine_now(), self._rules.look_every)
            raise
        waiting = [each.waiting for each in shares if each.waiting is not None]
        around = LookedUp(catalogue.index, [(fix.latitude, fix.longitude) for fix in waiting])
        is_open = self._shares.is_open
        crossing = [s for s in shares if is_open(s) and not self._look_in_memory(s, around)]
        looks = (self._mishaps.survive(self._look_and_write(share)) for share in crossing)
        await asyncio.gather(
            *looks, return_exceptions=True
        )  # so that a stop waits for all of them

    def _look_in_memory(self, share: Share, around: Surroundings) -> bool:
        """Look at a share whose fix crosses nothing; False: there is something to read or to write first."""
        if not self._wishes.is_known(share) or self._locks.is_taken(share.shopper_id):
            return False
        now, every = self._parts.machine_now(), self._rules.look_every
        if not share.is_wanted:
            share.take_waiting(now, every)
            return not share.visits
        if not share.is_resumed:
            return False
        fix = share.waiting if share.due_at(now, every) is not None else None
        seen = self._see(share, fix, around)
        if seen is not None and seen.changes:
            return False
        if fix is not None:
            share.take_waiting(now, every)
        kept = seen or share
        self._shares.keep(share, kept.recent, kept.fences, share.visits)
        return True

    async def _look_and_write(self, share: Share) -> None:
        async with self._slots, self._locks.of(share.shopper_id):
            if self._shares.is_open(share):
                due = share.take_waiting(self._parts.machine_now(), self._rules.look_every)
                await self._look(share, due, self._parts.database.work)

    async def _look(self, share: Share, fix: Fix | None, open_work: OpenWork) -> None:
        """Look at a share with a new fix, or with none but time that passed, and write down what it led to."""
        try:
            if not await self._may_follow(share):
                return
            catalogue = await self._parts.concierge.catalogue()
            seen = self._see(share, fix, catalogue.index)
            if seen is None:
                return
            if not seen.changes:
                self._shares.keep(share, seen.recent, seen.fences, share.visits)
                return
            visits = await self._crossings.write_down(share, seen, catalogue, open_work)
            if visits is None:
                share.asked_at = None
                self._shares.keep(share, (), {}, {})
            else:
                self._shares.keep(share, seen.recent, seen.fences, visits)
        except BaseException:
            if fix is not None and self._shares.is_open(share):
                share.put_back(fix)
                self._waiting.put(share, fix.seen_at, self._rules.look_every)
            raise

    def _see(self, share: Share, fix: Fix | None, around: Surroundings) -> Look | None:
        now, rules = self._parts.machine_now(), self._rules.fence
        if fix is None:
            return look_again(share, around, now, rules)
        return look(share, fix, around, now, rules)

    async def _may_follow(self, share: Share) -> bool:
        """Tell whether nudges are wanted; if not, no fence is kept. Resumes what a restart cut off."""
        if not self._wishes.is_known(share):
            await self._wishes.read([share])
        if not share.is_wanted:
            await self._crossings.end(share, self._parts.database.work)
            self._shares.keep(share, (), {}, {})
            return False
        if not share.is_resumed:
            fences, visits = await self._crossings.resume(share.shopper_id)
            self._shares.keep(share, share.recent, fences, visits)
            share.is_resumed = True
        return True
