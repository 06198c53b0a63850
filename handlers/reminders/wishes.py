"""Tells who asked for it that something they saved got cheaper or has a coupon: once for each, at a decent hour."""

from collections.abc import Sequence
from datetime import datetime

from handlers.reminders import texts
from handlers.reminders.searching import each_awake
from handlers.reminders.telling import LONG_AGO, Reminding
from handlers.rendering import send
from handlers.unasked import UnaskedParts
from knowledge.amounts import locale_for
from knowledge.catalogue import Catalogue
from knowledge.reminding import ReminderRules
from knowledge.wished_for import Comeback, Saved, Wishing, comebacks
from storage.records import ConsentKind, Priority, ReminderKind, SignalKind
from storage.work import Work

_KIND = ConsentKind.WISHES


class WishReminders:
    """Looks after what was saved."""

    def __init__(self, parts: UnaskedParts, rules: ReminderRules) -> None:
        self._parts = parts
        self._rules = rules

    async def tick(self) -> None:
        """Tell whoever is due; who sleeps now, or heard something else today, is due again later."""
        catalogue, now = await self._parts.concierge.catalogue(), self._parts.now()
        found = each_awake(
            self._parts,
            self._rules.hours,
            lambda work: work.reminders.zones_with_wishes(now),
            lambda work, day, last: work.reminders.with_wishes(now, day, after_id=last),
        )
        async for shopper_id in found:
            await self._remind(shopper_id, catalogue)

    async def _remind(self, shopper_id: int, catalogue: Catalogue) -> None:
        now = self._parts.now()
        async with self._parts.database.work() as work:
            reminding = Reminding(work, self._parts, catalogue, self._rules, now)
            reader = await reminding.reader(shopper_id, self._rules.hours, _KIND)
            found = [] if reader is None else await self._due(work, shopper_id, catalogue, now)
            if reader is None or not found:
                return
            message = send(
                shopper_id,
                texts.comebacks(
                    found, catalogue.time_zone, now, locale_for(reader.shopper.language)
                ),
                bold=[each.saved.product.title for each in found],
                keyboard=reminding.buttons(reader.shopper).history.comebacks(_shown(found)),
                priority=Priority.CAMPAIGN,
            )
            abouts = [(ReminderKind.WISH, each.about) for each in found]
            ends = [each.coupon.valid_until for each in found if each.coupon is not None]
            if await reminding.queue(reader, message, abouts, min(ends, default=None)):
                await work.commit()

    async def _due(
        self, work: Work, shopper_id: int, catalogue: Catalogue, now: datetime
    ) -> list[Comeback]:
        """Give what came back and was not told yet."""
        told = await work.reminders.of_shopper(shopper_id, now - LONG_AGO)
        saved = await self._saved(work, shopper_id, catalogue)
        stores = list(catalogue.stores)
        pieces = await work.stock.quantities([each.product.id for each in saved], stores)
        wishing = Wishing(
            saved=saved,
            uses=await work.coupons.uses(shopper_id),
            kept_codes={coupon.code for coupon in await work.coupons.saved_by(shopper_id)},
            known={each.about for each in told if each.kind is ReminderKind.WISH},
            on_shelves={product_id for (_, product_id), count in pieces.items() if count > 0},
        )
        coupons = await work.coupons.valid_at(now)
        return comebacks(coupons, wishing, catalogue, now, self._rules)

    async def _saved(self, work: Work, shopper_id: int, catalogue: Catalogue) -> list[Saved]:
        """Give what stands on the list, with the price it was saved at as far as that is still known."""
        wished = await work.signals.of_kind(shopper_id, SignalKind.WISHLIST)
        latest = {each.product_id: each.suggestion_id for each in reversed(wished)}
        saved = []
        for product_id, suggestion_id in latest.items():
            product = catalogue.products.get(product_id)
            if product is None:
                continue
            shown = None if suggestion_id is None else await work.suggestions.get(suggestion_id)
            was = None if shown is None else shown.price_cents
            saved.append(Saved(product, suggestion_id if shown else None, was))
        return saved


def _shown(found: Sequence[Comeback]) -> list[tuple[str, int]]:
    """Give title and suggestion of what can be shown by a button: where it was saved from is forgotten in time."""
    pairs = [(each.saved.product.title, each.saved.suggestion_id) for each in found]
    return [(title, key) for title, key in pairs if key is not None]
