"""The weekly digest, for who asked for it: once a week of the calendar, at a decent hour, or not at all."""

from collections import Counter
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from handlers.reminders import texts
from handlers.reminders.searching import Search, each_due
from handlers.reminders.telling import LONG_AGO, About, Reader, Reminding
from handlers.rendering import send
from handlers.unasked import UnaskedParts
from knowledge import digest as picking
from knowledge.amounts import locale_for
from knowledge.catalogue import Catalogue
from knowledge.digest import Pick
from knowledge.nearby.offering import fewer_of
from knowledge.reminding import (
    ReminderRules,
    closes_at,
    is_digest_day,
    is_digest_day_anywhere,
    week_of,
)
from storage.records import ConsentKind, Outgoing, Priority, ReminderKind, SignalKind
from storage.work import Work

_PURCHASES = 200
_REMEMBERED = timedelta(days=90)
_KIND = ConsentKind.DIGEST


class WeeklyDigest:
    """Decides about each week's digest once for everybody who wants one; a week with nothing to tell is decided, too."""

    def __init__(self, parts: UnaskedParts, rules: ReminderRules) -> None:
        self._parts = parts
        self._rules = rules

    async def tick(self) -> None:
        """Decide for whoever is due; who sleeps now, or heard something else today, is due again later."""
        catalogue, now = await self._parts.concierge.catalogue(), self._parts.now()
        if not is_digest_day_anywhere(now, self._rules):
            return
        since = now - self._rules.digest_apart
        search = Search(
            zones=lambda work: work.reminders.zones_without_digest(now, since),
            is_time=lambda zone: self._is_time(now, zone),
            page=lambda work, day, last: work.reminders.without_digest(
                now, since, day, after_id=last
            ),
        )
        async for shopper_id in each_due(self._parts, catalogue.time_zone, now, search):
            await self._decide(shopper_id, catalogue)

    def _is_time(self, now: datetime, zone: ZoneInfo) -> bool:
        is_decent = closes_at(now, zone, self._rules.hours) is not None
        return is_decent and is_digest_day(now, zone, self._rules)

    async def _reader(
        self, work: Work, shopper_id: int, catalogue: Catalogue, now: datetime
    ) -> Reader | None:
        reminding = Reminding(work, self._parts, catalogue, self._rules, now)
        reader = await reminding.reader(shopper_id, self._rules.hours, _KIND)
        if reader is None or not is_digest_day(now, reader.zone, self._rules):
            return None
        return reader

    async def _decide(self, shopper_id: int, catalogue: Catalogue) -> None:
        now = self._parts.now()
        async with self._parts.database.work() as work:
            reader = await self._reader(work, shopper_id, catalogue, now)
            if reader is None:
                return
            reminding = Reminding(work, self._parts, catalogue, self._rules, now)
            whom = await self._known_of(work, shopper_id, catalogue, now)
            coupons = await work.coupons.valid_at(now)
            picks = picking.digest(coupons, whom, catalogue, now, self._rules)
            abouts = _abouts(week_of(now, reader.zone), picks)
            if picks:
                is_new = await reminding.queue(
                    reader, self._message(reminding, reader, picks), abouts
                )
            else:
                is_new = await reminding.enter(reader.shopper, abouts, is_told=False)
            if is_new:
                await work.commit()

    def _message(self, reminding: Reminding, reader: Reader, picks: list[Pick]) -> Outgoing:
        zone, locale = reminding.catalogue.time_zone, locale_for(reader.shopper.language)
        return send(
            reader.shopper.id,
            texts.digest(picks, zone, reminding.now, locale),
            bold=[pick.coupon.code for pick in picks],
            keyboard=reminding.buttons(reader.shopper).rights.turn_off(_KIND),
            priority=Priority.CAMPAIGN,
        )

    async def _known_of(
        self, work: Work, shopper_id: int, catalogue: Catalogue, now: datetime
    ) -> picking.Reader:
        """Gather what the digest goes by."""
        products, since = catalogue.products, now - _REMEMBERED
        saved = await work.signals.of_kind(shopper_id, SignalKind.WISHLIST)
        dismissed = await work.signals.of_kind(shopper_id, SignalKind.DISMISS, since)
        nudges = await work.nudges.of_shopper(shopper_id, since)
        bought = await work.purchases.of_shopper(shopper_id, limit=_PURCHASES)
        told = await work.reminders.of_shopper(shopper_id, now - LONG_AGO)
        kept = {coupon.code for coupon in await work.coupons.saved_by(shopper_id)}
        wished = [each.product_id for each in saved]
        return picking.Reader(
            saved=[products[key] for key in dict.fromkeys(wished) if key in products],
            bought=Counter(
                products[each.product_id].category
                for each in bought
                if each.product_id in products
            ),
            uses=await work.coupons.uses(shopper_id),
            known_codes=kept
            | {each.about for each in told if each.kind is ReminderKind.IN_DIGEST},
            unwanted={each.product_id for each in dismissed},
            unwanted_kinds=fewer_of(nudges, dismissed, products),
        )


def _abouts(week: str, picks: list[Pick]) -> list[About]:
    told = [(ReminderKind.IN_DIGEST, pick.coupon.code) for pick in picks]
    return [(ReminderKind.DIGEST, week), *told]
