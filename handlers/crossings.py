"""What comes of a share that crossed a fence: visits and now and then a nudge, written down in one transaction.

It takes up visits that a former process left open, and ends those of shares that are over. It knows nothing of the order
in which shares are looked at.
"""

from collections.abc import Callable, Mapping
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from datetime import datetime, timedelta

from handlers import texts
from handlers.keyboards import Buttons
from handlers.rendering import send
from handlers.unasked import UnaskedParts
from handlers.wishes import wanted_by
from knowledge.amounts import locale_for
from knowledge.catalogue import Catalogue
from knowledge.nearby.fence import Crossing, FenceState
from knowledge.nearby.offering import Offer, Offering
from knowledge.nearby.shares import Share
from knowledge.nearby.situation import NudgeRules
from knowledge.nearby.watching import Look
from storage.records import OpenVisit, Outgoing, Priority
from storage.work import Work

OpenWork = Callable[[], AbstractAsyncContextManager[Work]]


@dataclass(frozen=True, slots=True)
class CrossingRules:
    """Which nudges there are, how long one is of use, and how old a visit may be to be taken up again."""

    nudges: NudgeRules
    send_within: timedelta
    resume_within: timedelta


class Crossings:
    """The visits of those who are followed."""

    def __init__(self, parts: UnaskedParts, rules: CrossingRules) -> None:
        self._parts = parts
        self._rules = rules
        self._lot_key = parts.database.cipher.derive("hold-out")

    async def write_down(
        self, share: Share, seen: Look, catalogue: Catalogue, open_work: OpenWork
    ) -> Mapping[str, int] | None:
        """Enter visits, and a nudge if there is one, in one transaction.

        Gives the open visits; None: the shopper does not wish to be followed any more, and what was open is ended.
        """
        async with open_work() as work:
            # The wish may have been read a minute ago, and somebody may be about to pause or to be forgotten.
            await work.shoppers.take_turn(share.shopper_id)
            if not await wanted_by(work, [share.shopper_id], self._parts.now()):
                await work.visits.leave_all(share.shopper_id, self._parts.now())
                await work.commit()
                return None
            offering = Offering(
                work, catalogue, self._rules.nudges, self._parts.now(), self._lot_key
            )
            visits = await offering.note_visits(share.shopper_id, seen.changes, share.visits)
            await self._note_share(work, share, seen, visits)
            offer = await offering.consider(share.shopper_id, seen, visits)
            if offer is not None:
                await work.outbox.add(self._message(offer), self._parts.machine_now())
            await work.commit()
        return visits

    async def resume(self, shopper_id: int) -> tuple[dict[str, FenceState], dict[str, int]]:
        """Give the fences and the visits that a former process left open, and end those that cannot go on."""
        async with self._parts.database.reading() as work:
            left_open = await work.visits.open_of(shopper_id)
        going_on = {key: visit for key, visit in left_open.items() if self._goes_on(visit)}
        if len(going_on) < len(left_open):
            async with self._parts.database.work() as work:
                for store_id in left_open.keys() - going_on.keys():
                    await work.visits.leave(shopper_id, store_id, self._parts.now())
                await work.commit()
        fences = {
            key: FenceState(entered_at=visit.entered_at - self._ahead, has_dwelt=visit.has_dwelt)
            for key, visit in going_on.items()
        }
        return fences, {key: visit.id for key, visit in going_on.items()}

    async def end(self, share: Share, open_work: OpenWork) -> None:
        """End the visits of a share."""
        if not share.visits:
            return
        async with open_work() as work:
            for store_id in share.visits:
                await work.visits.leave(share.shopper_id, store_id, self._parts.now())
            await work.commit()

    async def end_left_open(
        self, shopper_id: int, message_id: int | None, open_work: OpenWork
    ) -> None:
        """End the visits that a former process left open, with `message_id` those of that share."""
        async with open_work() as work:
            await work.visits.leave_all(shopper_id, self._parts.now(), message_id=message_id)
            await work.commit()

    async def end_run_out(self) -> None:
        """End the visits of all shares that ran out while no process was there to see it."""
        async with self._parts.database.work() as work:
            await work.visits.leave_run_out(self._parts.now())
            await work.commit()

    @property
    def _ahead(self) -> timedelta:
        """Give how far shop time, by which visits are dated, is ahead of the machine's, by which fixes are."""
        return self._parts.now() - self._parts.machine_now()

    def _goes_on(self, visit: OpenVisit) -> bool:
        now = self._parts.now()
        has_run_out = visit.share_ends_at is not None and visit.share_ends_at <= now
        return not has_run_out and now - visit.entered_at <= self._rules.resume_within

    async def _note_share(
        self, work: Work, share: Share, seen: Look, visits: Mapping[str, int]
    ) -> None:
        """Keep with the visits what a restart would lose: who has dwelt, and by which share it is known."""
        for change in seen.changes:
            if change.crossing is Crossing.DWELT and change.store.id in visits:
                await work.visits.dwell(visits[change.store.id], self._parts.now())
        notice = share.notice
        ends_at: datetime | None = notice.ends_at + self._ahead if notice.has_end else None
        await work.visits.belong_to(share.shopper_id, notice.message_id, ends_at)

    def _message(self, offer: Offer) -> Outgoing:
        shopper, now = offer.shopper, self._parts.now()
        ends = min(now + self._rules.send_within, offer.useful_until)
        locale = locale_for(shopper.language)
        text = texts.nudge(offer, now, locale)
        buttons = Buttons(self._parts.signer, shopper.id, locale).nudges
        message = send(
            shopper.id,
            text,
            bold=(offer.candidate.store.name,),
            keyboard=buttons.offer(offer.suggestion, is_saved=offer.is_saved),
            priority=Priority.NUDGE,
        )
        return Outgoing(
            message.chat_id,
            message.method,
            message.arguments,
            message.priority,
            unique_key=offer.key,
            send_before=self._parts.machine_now() + (ends - now),  # the outbox's clock
        )
