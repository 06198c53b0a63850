"""Whom a reminder may go to now, and queueing it: entered in the ledger and put in the outbox in one transaction.

The ledger's key makes it happen once: what died before the commit is found again by the next tick, and of two processes
that look at the same time one finds the key taken and leaves it.
"""

import asyncio
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from handlers.keyboards import Buttons
from handlers.reminders.searching import first_known
from handlers.unasked import UnaskedParts
from knowledge.amounts import locale_for
from knowledge.catalogue import Catalogue
from knowledge.reminding import (
    Hours,
    ReminderRules,
    closes_at,
    is_same_day,
    is_wanted,
)
from storage.records import ConsentKind, Outgoing, Reminder, ReminderKind, Shopper
from storage.work import Work

LONG_AGO = timedelta(days=400)  # longer than the ledger is ever kept
_A_DAY = timedelta(days=1)
About = tuple[ReminderKind, str]


@dataclass(frozen=True, slots=True)
class Reader:
    """Somebody who may be written to now, until `closes_at` (shop time) comes; `zone` is theirs."""

    shopper: Shopper
    zone: ZoneInfo
    closes_at: datetime


@dataclass(frozen=True, slots=True)
class Reminding:
    """One transaction's worth of reminding one shopper, at shop time `now`."""

    work: Work
    parts: UnaskedParts
    catalogue: Catalogue
    rules: ReminderRules
    now: datetime

    async def reader(self, shopper_id: int, hours: Hours, *kinds: ConsentKind) -> Reader | None:
        """Give the shopper if all these consents stand, the hour is decent where they are, and they heard nothing today."""
        shopper = await self.work.shoppers.get(shopper_id)
        consents = await self.work.consents.current(shopper_id)
        if shopper is None or not all(
            is_wanted(shopper, consents, kind, self.now) for kind in kinds
        ):
            return None
        zone = await self._zone(shopper)
        until = closes_at(self.now, zone, hours)
        if until is None or is_same_day(await self._heard(shopper), self.now, zone):
            return None
        return Reader(shopper, zone, until)

    async def enter(self, shopper: Shopper, abouts: Iterable[About], *, is_told: bool) -> bool:
        """Enter what is decided in the ledger; False when any of it was decided before: then do not commit."""
        for kind, about in abouts:
            entry = Reminder(shopper.id, kind, about, self.now, is_told)
            if not await self.work.reminders.add(entry):
                return False
        return True

    async def queue(
        self,
        reader: Reader,
        message: Outgoing,
        abouts: Sequence[About],
        until: datetime | None = None,
    ) -> bool:
        """Enter and queue a message, which is of no use after the reader's hours or `until` (shop time) and then dropped.

        False when it was told before: then do not commit.
        """
        if not await self.enter(reader.shopper, abouts, is_told=True):
            return False
        kind, about = abouts[0]
        ends = reader.closes_at if until is None else min(until, reader.closes_at)
        machine_now = self.parts.machine_now()
        message = replace(
            message,
            unique_key=f"reminder:{reader.shopper.id}:{kind.value}:{about}",
            send_before=machine_now + (ends - self.now),  # the outbox goes by the machine's clock
        )
        return await self.work.outbox.add(message, machine_now) is not None

    def buttons(self, shopper: Shopper) -> Buttons:
        """Give the maker of somebody's buttons."""
        return Buttons(self.parts.signer, shopper.id, locale_for(shopper.language))

    async def _heard(self, shopper: Shopper) -> list[datetime]:
        """Give when the shopper was told something unasked, as far back as today can reach."""
        since = self.now - _A_DAY
        nudges = await self.work.nudges.of_shopper(shopper.id, since)
        reminders = await self.work.reminders.of_shopper(shopper.id, since)
        told = [each.decided_at for each in reminders if each.is_told]
        return [*told, *(each.nudged_at for each in nudges)]

    async def _zone(self, shopper: Shopper) -> ZoneInfo:
        """Give the shopper's own time zone, else that of the store passed last, else the shop's."""
        names = [shopper.time_zone]
        for visit in await self.work.visits.of_shopper(shopper.id, limit=1):
            store = self.catalogue.stores.get(visit.store_id)
            names.append(None if store is None else store.time_zone)
        zone = await asyncio.to_thread(first_known, [each for each in names if each])
        return zone or self.catalogue.time_zone
