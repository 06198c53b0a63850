"""Tells who wants offers close by that their live location is about to end: once a share, if anything came of it.

Shares are in memory only; one that a restart lost is there again with its next place. A share without an end, and one of
somebody who was told an offer today, is none to remind of: going on would bring nothing more today.
"""

from handlers.nudging import Nudging
from handlers.reminders import texts
from handlers.reminders.telling import Reader, Reminding
from handlers.rendering import send
from handlers.unasked import UnaskedParts
from knowledge.amounts import locale_for
from knowledge.catalogue import Catalogue
from knowledge.nearby.shares import Notice
from knowledge.reminding import ReminderRules
from storage.records import ConsentKind, Priority, ReminderKind


class ShareReminders:
    """Looks after live locations that end."""

    def __init__(self, parts: UnaskedParts, nudging: Nudging, rules: ReminderRules) -> None:
        self._parts = parts
        self._nudging = nudging
        self._rules = rules

    async def tick(self) -> None:
        """Remind of whatever ends soon."""
        ending = self._nudging.ending(self._rules.share_ahead)
        if not ending:
            return
        catalogue = await self._parts.concierge.catalogue()
        for shopper_id, notice in ending.items():
            if await self._is_due(shopper_id, catalogue):
                await self._remind(shopper_id, notice, catalogue)

    async def _is_due(self, shopper_id: int, catalogue: Catalogue) -> bool:
        """Tell whether there is anything to say. It only reads, since mostly there is not; whoever writes looks again."""
        async with self._parts.database.reading() as work:
            now = self._parts.now()
            reminding = Reminding(work, self._parts, catalogue, self._rules, now)
            return await self._reader(reminding, shopper_id) is not None

    async def _reader(self, reminding: Reminding, shopper_id: int) -> Reader | None:
        """Give the shopper if they may hear of it now and passed a store lately."""
        passed = await reminding.work.visits.of_shopper(shopper_id, limit=1)
        since = reminding.now - self._rules.passed_within
        if not passed or not passed[0].may_have_begun_since(since):
            return None
        kinds = (ConsentKind.LOCATION, ConsentKind.NUDGES)
        return await reminding.reader(shopper_id, self._rules.share_hours, *kinds)

    async def _remind(self, shopper_id: int, notice: Notice, catalogue: Catalogue) -> None:
        now = self._parts.now()
        ends_at = now + (notice.ends_at - self._parts.machine_now())  # in shop time
        async with self._parts.database.work() as work:
            reminding = Reminding(work, self._parts, catalogue, self._rules, now)
            reader = await self._reader(reminding, shopper_id)
            if reader is None:
                return
            message = send(
                shopper_id,
                texts.share_ends(ends_at, reader.zone, locale_for(reader.shopper.language)),
                keyboard=reminding.buttons(reader.shopper).rights.open_pause(),
                priority=Priority.CAMPAIGN,
            )
            about = (ReminderKind.SHARE_ENDS, str(notice.message_id))
            if await reminding.queue(reader, message, [about], ends_at):
                await work.commit()
