"""Follows live locations: fixes in, visits and now and then a nudge out, in one transaction.

What a crossing is and whether it is worth a word is decided in knowledge/nearby; here it is put together and sent.
A fix's state is kept only after its transaction is committed, so that a failed one is seen again with the next fix.
"""

from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from handlers import texts
from handlers.keyboards import Buttons
from handlers.rendering import send
from handlers.unasked import UnaskedParts
from knowledge.amounts import locale_for
from knowledge.catalogue import Catalogue
from knowledge.nearby.fence import FenceRules, FenceState
from knowledge.nearby.offering import Offer, Offering
from knowledge.nearby.places import Fix
from knowledge.nearby.policy import NudgeRules, shut_by_wish
from knowledge.nearby.shares import Notice, Share, Shares
from knowledge.nearby.watching import Look, look, look_again
from storage.records import Outgoing, Priority
from storage.work import Work

OpenWork = Callable[[], AbstractAsyncContextManager[Work]]


@dataclass(frozen=True, slots=True)
class FollowingRules:
    """How live locations are followed. `send_within` is how long a nudge is of use to somebody walking (ours).

    `resume_within`: a visit left open by a restart goes on if it began within that time (Telegram's longest
    share but for the endless one is 8 hours).
    """

    fence: FenceRules = field(default_factory=FenceRules)
    nudges: NudgeRules = field(default_factory=NudgeRules)
    look_every: timedelta = timedelta(seconds=5)
    send_within: timedelta = timedelta(minutes=5)
    resume_within: timedelta = timedelta(hours=8)


class Nudging:
    """The live shares and what comes of them."""

    def __init__(self, parts: UnaskedParts, rules: FollowingRules) -> None:
        self._parts = parts
        self._rules = rules
        self._shares = Shares()

    def is_live(self, shopper_id: int) -> bool:
        """Tell whether a shopper shares a live location now."""
        return self._shares.is_live(shopper_id, self._parts.machine_now())

    def forget(self, shopper_id: int) -> None:
        """Drop a shopper's share from memory: they want no more of it."""
        self._shares.close(shopper_id)

    async def follow(
        self, shopper_id: int, notice: Notice, fix: Fix, open_work: OpenWork | None = None
    ) -> None:
        """Take in a fix of a live share, the first or the next."""
        if self._parts.machine_now() >= notice.ends_at:
            return
        share = self._shares.open(shopper_id, notice)
        if share is None:
            return
        async with share.lock:
            due = share.take_due(fix, self._rules.look_every)
            if due is not None:
                await self._look(share, due, open_work or self._parts.database.work)

    async def end(
        self, shopper_id: int, message_id: int | None = None, open_work: OpenWork | None = None
    ) -> None:
        """End a share: stopped or run out. With `message_id`, only if it is that message's."""
        share = self._shares.get(shopper_id)
        if share is None or message_id not in (None, share.notice.message_id):
            return
        async with share.lock:
            await self._end_visits(share, open_work or self._parts.database.work)
            if self._shares.get(shopper_id) is share:
                self._shares.close(shopper_id)

    async def tick(self) -> None:
        """Do what no fix sets off: end what ran out, look at what waited, notice who stays."""
        for share in self._shares.all():
            now = self._parts.machine_now()
            if now >= share.notice.ends_at:
                await self.end(share.shopper_id)
                continue
            async with share.lock:
                if self._shares.get(share.shopper_id) is not share:
                    continue
                waiting = share.take_waiting(now, self._rules.look_every)
                await self._look(share, waiting, self._parts.database.work)
        self._shares.sweep(self._parts.machine_now())

    async def _look(self, share: Share, fix: Fix | None, open_work: OpenWork) -> None:
        """Look at a share with a new fix, or with none but time that passed."""
        if fix is None and not share.fences:
            return
        if not await self._may_follow(share):
            return
        catalogue = await self._parts.concierge.catalogue()
        now, rules = self._parts.machine_now(), self._rules.fence
        seen = (
            look_again(share, catalogue.stores, now, rules)
            if fix is None
            else look(share, fix, catalogue.stores, now, rules)
        )
        if seen is None:
            return
        visits = share.visits
        if seen.changes:
            visits = await self._write_down(share, seen, catalogue, open_work)
        share.recent, share.fences, share.visits = seen.recent, seen.fences, visits

    async def _may_follow(self, share: Share) -> bool:
        """Tell whether nudges are wanted; if not, no fence is kept. Resumes what a restart cut off."""
        async with self._parts.database.reading() as work:
            shopper = await work.shoppers.get(share.shopper_id)
            consents = await work.consents.current(share.shopper_id)
            is_wanted = (
                shopper is not None and shut_by_wish(shopper, consents, self._parts.now()) is None
            )
            left_open = {}
            if is_wanted and not share.is_resumed:
                left_open = await work.visits.open_of(share.shopper_id)
        if not is_wanted:
            await self._end_visits(share, self._parts.database.work)
            share.fences, share.recent = {}, ()
            return False
        if not share.is_resumed:
            await self._resume(share, left_open)
        return True

    async def _resume(self, share: Share, left_open: dict[str, tuple[int, datetime]]) -> None:
        """Take visits that a former process left open as going on, and end those that are too old for it."""
        since = self._parts.now() - self._rules.resume_within
        old = [store_id for store_id, (_, entered_at) in left_open.items() if entered_at < since]
        if old:
            async with self._parts.database.work() as work:
                for store_id in old:
                    await work.visits.leave(share.shopper_id, store_id, self._parts.now())
                await work.commit()
        ahead = self._parts.now() - self._parts.machine_now()  # visits are dated in shop time
        for store_id, (visit_id, entered_at) in left_open.items():
            if store_id not in old:
                share.visits[store_id] = visit_id
                state = FenceState(entered_at=entered_at - ahead)
                share.fences = {**share.fences, store_id: state}
        share.is_resumed = True

    async def _write_down(
        self, share: Share, seen: Look, catalogue: Catalogue, open_work: OpenWork
    ) -> dict[str, int]:
        """Enter visits, and a nudge if there is one, in one transaction; gives the open visits."""
        async with open_work() as work:
            offering = Offering(work, catalogue, self._rules.nudges, self._parts.now())
            visits = await offering.note_visits(share.shopper_id, seen.changes, share.visits)
            offer = await offering.consider(share.shopper_id, seen, visits)
            if offer is not None:
                await work.outbox.add(self._message(offer), self._parts.machine_now())
            await work.commit()
        return visits

    def _message(self, offer: Offer) -> Outgoing:
        shopper = offer.shopper
        locale = locale_for(shopper.language)
        text = texts.nudge(offer, self._parts.now(), locale)
        keyboard = Buttons(self._parts.signer, shopper.id, locale).nudge(offer.suggestion)
        message = send(
            shopper.id,
            text,
            bold=(offer.candidate.store.name,),
            keyboard=keyboard,
            priority=Priority.NUDGE,
        )
        return Outgoing(
            message.chat_id,
            message.method,
            message.arguments,
            message.priority,
            unique_key=offer.key,
            send_before=self._parts.machine_now() + self._rules.send_within,
        )

    async def _end_visits(self, share: Share, open_work: OpenWork) -> None:
        if not share.visits:
            return
        async with open_work() as work:
            for store_id in share.visits:
                await work.visits.leave(share.shopper_id, store_id, self._parts.now())
            await work.commit()
        share.visits = {}
