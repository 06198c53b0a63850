"""Tells who asked for it that a coupon they saved ends soon: once for each coupon, at a decent hour of theirs."""

from datetime import datetime

from handlers.reminders import texts
from handlers.reminders.searching import each_awake
from handlers.reminders.telling import LONG_AGO, Reminding
from handlers.rendering import send
from handlers.unasked import UnaskedParts
from knowledge.amounts import locale_for
from knowledge.catalogue import Catalogue
from knowledge.reminding import ReminderRules, ending
from storage.records import ConsentKind, Coupon, Priority, ReminderKind
from storage.work import Work

_KIND = ConsentKind.COUPON_REMINDERS


class CouponReminders:
    """Looks after saved coupons that end."""

    def __init__(self, parts: UnaskedParts, rules: ReminderRules) -> None:
        self._parts = parts
        self._rules = rules

    async def tick(self) -> None:
        """Remind whoever is due; who sleeps now, or heard something else today, is due again later."""
        catalogue, now = await self._parts.concierge.catalogue(), self._parts.now()
        until = now + self._rules.coupon_ahead
        found = each_awake(
            self._parts,
            self._rules.hours,
            lambda work: work.reminders.zones_with_ending_coupons(now, until),
            lambda work, day, last: work.reminders.with_ending_coupons(
                now, until, day, after_id=last
            ),
        )
        async for shopper_id in found:
            await self._remind(shopper_id, catalogue)

    async def _remind(self, shopper_id: int, catalogue: Catalogue) -> None:
        now = self._parts.now()
        async with self._parts.database.work() as work:
            reminding = Reminding(work, self._parts, catalogue, self._rules, now)
            reader = await reminding.reader(shopper_id, self._rules.hours, _KIND)
            coupons = [] if reader is None else await self._due(work, shopper_id, catalogue, now)
            if reader is None or not coupons:
                return
            locale = locale_for(reader.shopper.language)
            message = send(
                shopper_id,
                texts.coupons_end(coupons, catalogue.time_zone, now, locale),
                bold=[coupon.code for coupon in coupons],
                keyboard=reminding.buttons(reader.shopper).rights.turn_off(_KIND),
                priority=Priority.CAMPAIGN,
            )
            abouts = [(ReminderKind.COUPON_ENDS, coupon.code) for coupon in coupons]
            if await reminding.queue(reader, message, abouts, coupons[0].valid_until):
                await work.commit()

    async def _due(
        self, work: Work, shopper_id: int, catalogue: Catalogue, now: datetime
    ) -> list[Coupon]:
        """Give the coupons that they were not reminded of yet, the first to end first."""
        told = await work.reminders.of_shopper(shopper_id, now - LONG_AGO)
        codes = {each.about for each in told if each.kind is ReminderKind.COUPON_ENDS}
        saved = [
            each for each in await work.coupons.saved_by(shopper_id) if each.code not in codes
        ]
        uses = await work.coupons.uses(shopper_id)
        return ending(saved, uses, catalogue, now, self._rules)[: self._rules.at_most]
