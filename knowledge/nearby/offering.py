"""What a visit leads to: gathers what the policy weighs, and enters visit, suggestion and nudge.

It works inside a transaction that somebody else opened and commits, so that all of it happens or nothing.
"""

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from knowledge.acquaintance import acquaintance
from knowledge.candidates import Candidate
from knowledge.catalogue import Catalogue
from knowledge.declaring import standing
from knowledge.discretion import is_sensitive_store
from knowledge.nearby.exclusion import is_in_exclusion_zone
from knowledge.nearby.fence import Crossing
from knowledge.nearby.holding_out import lot_of
from knowledge.nearby.policy import Considered, decide_among
from knowledge.nearby.receipt_book import ReceiptBook
from knowledge.nearby.situation import NudgeRules, Passing, Person
from knowledge.nearby.usefulness import useful_until
from knowledge.nearby.watching import Change, Look
from knowledge.ranking import Ranked
from storage.records import (
    NOT_SHOWN,
    Coupon,
    Nudge,
    NudgeAnswer,
    Outcome,
    Product,
    ReminderKind,
    Shopper,
    Signal,
    SignalKind,
    Store,
    Suggestion,
)
from storage.work import Work

NEED = "offer close by"  # what a nudge's suggestion answers: nothing was asked
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Offer:
    """A nudge that was entered: `is_saved` tells of its coupon, `is_on_list` of its product; `suggestion` is what its buttons point to, `key` is no other nudge's.

    After `useful_until` (shop time) a gate that was open is shut. `times_bought` counts the days on which the shopper bought from the same category.
    """

    shopper: Shopper
    candidate: Candidate
    suggestion: Suggestion
    is_saved: bool
    is_on_list: bool
    key: str
    times_bought: int
    useful_until: datetime


@dataclass(frozen=True, slots=True)
class Offering:
    """One transaction's worth of deciding, at shop time `now`. By `lot_key` it is drawn who is held out."""

    work: Work
    catalogue: Catalogue
    rules: NudgeRules
    now: datetime
    lot_key: bytes

    async def note_visits(
        self, shopper_id: int, changes: Sequence[Change], visits: Mapping[str, int]
    ) -> dict[str, int]:
        """Begin and end visits as the fences say, and give the ids of the open ones by store.

        None begins at a sensitive store; one from before its category said so is ended like any other.
        """
        is_open = dict(visits)
        for change in changes:
            key = change.store.id
            if change.crossing is Crossing.ENTERED:
                if is_sensitive_store(change.store):
                    continue
                is_open[key] = await self.work.visits.enter(shopper_id, key, self.now)
            elif change.crossing is Crossing.LEFT:
                await self.work.visits.leave(shopper_id, key, self.now)
                is_open.pop(key, None)
        return is_open

    async def consider(
        self, shopper_id: int, look: Look, visits: Mapping[str, int]
    ) -> Offer | None:
        """Enter the one nudge that is worth it, on entering a store or staying there; None for silence."""
        at = [
            change
            for change in look.changes
            if change.crossing is not Crossing.LEFT and change.store.id in visits
        ]
        shopper = await self.work.shoppers.get(shopper_id) if at else None
        if shopper is None:
            return None
        person = await self._person(shopper)
        passings = await self._passings(shopper_id, at, look.speed_m_per_s, visits)
        decision = decide_among(person, passings, self.now, self.rules)
        await ReceiptBook(self.work, self.catalogue, shopper_id).keep(
            decision, person.local(self.now).date()
        )
        if decision.chosen is None:
            return None
        return await self._enter(person, decision.chosen)

    async def _person(self, shopper: Shopper) -> Person:
        work = self.work
        products = self.catalogue.products
        known = await acquaintance(work, self.catalogue, shopper.id, self.now)
        since = self.now - self.rules.remembered
        dismissed = await work.signals.of_kind(shopper.id, SignalKind.DISMISS, since)
        wished = await work.signals.of_kind(shopper.id, SignalKind.WISHLIST)
        nudges = await work.nudges.of_shopper(shopper.id, since)
        return Person(
            shopper=shopper,
            consents=await work.consents.current(shopper.id),
            time_zone=await self._time_zone(shopper),
            taste=known.taste,
            nudges=nudges,
            reminded_at=await self._reminded_at(shopper.id),
            signals=dismissed,
            saved_codes={coupon.code for coupon in await work.coupons.saved_by(shopper.id)},
            saved_products={each.product_id for each in wished},
            fewer_of=fewer_of(nudges, dismissed, products),
            lot=lot_of(self.lot_key, shopper.id),
            standing=standing(tuple(known.declared.limits.values())),
        )

    async def _reminded_at(self, shopper_id: int) -> frozenset[datetime]:
        """Give when reminders came in the last 24 hours; what is told in one message is entered at one moment.

        That a share ends is not among them: it asks whether more offers are to come.
        """
        entries = await self.work.reminders.of_shopper(shopper_id, self.now - _DAY)
        return frozenset(
            each.decided_at
            for each in entries
            if each.is_told and each.kind is not ReminderKind.SHARE_ENDS
        )

    async def _time_zone(self, shopper: Shopper) -> str | None:
        """Give the shopper's own zone, else that of the store visited last, which may be this one."""
        if shopper.time_zone is not None:
            return shopper.time_zone if _is_zone(shopper.time_zone) else None
        for visit in await self.work.visits.of_shopper(shopper.id, limit=1):
            store = self.catalogue.stores.get(visit.store_id)
            if store is not None and _is_zone(store.time_zone):
                return store.time_zone
        return None

    async def _passings(
        self,
        shopper_id: int,
        at: Sequence[Change],
        speed_m_per_s: float | None,
        visits: Mapping[str, int],
    ) -> list[Passing]:
        coupons = await self.work.coupons.about_goods(self.now)
        uses = await self.work.coupons.uses(shopper_id)
        store_ids = [change.store.id for change in at]
        products = self._named_by(coupons, set(store_ids))
        stock = await self.work.stock.quantities([each.id for each in products], store_ids)
        return [
            Passing(
                visit_id=visits[change.store.id],
                store=change.store,
                distance_m=change.distance_m,
                speed_m_per_s=speed_m_per_s,
                products=[p for p in products if stock.get((change.store.id, p.id), 0) > 0],
                coupons=coupons,
                sold_out=[p for p in products if stock.get((change.store.id, p.id)) == 0],
                uses=uses,
                is_in_exclusion_zone=self._is_in_exclusion_zone(change.store),
            )
            for change in at
        ]

    def _named_by(self, coupons: Sequence[Coupon], store_ids: Set[str]) -> list[Product]:
        """Give the products that coupons of these stores name."""
        here = [each for each in coupons if not each.store_ids or each.store_ids & store_ids]
        ids = {product_id for coupon in here for product_id in coupon.product_ids}
        categories = {category for coupon in here for category in coupon.categories}
        return [
            product
            for product in self.catalogue.products.values()
            if product.id in ids or product.category in categories
        ]

    def _is_in_exclusion_zone(self, store: Store) -> bool:
        rules = self.rules
        return is_in_exclusion_zone(
            store, self.catalogue.index, rules.exclusion_places, rules.exclusion_m
        )

    async def _enter(self, person: Person, chosen: Considered) -> Offer | None:
        """Enter suggestion and nudge; None when the ledger has this one already, or the shopper is held out.

        A ghost, for who is held out, is in the ledger alone: it uses up their caps, and nothing is shown.
        """
        best, shopper = chosen.told, person.shopper
        if best is None or best.candidate.coupon is None:
            return None
        candidate, coupon = best.candidate, best.candidate.coupon
        nudge = Nudge(
            shopper.id,
            candidate.store.id,
            coupon.code,
            chosen.passing.visit_id,
            NOT_SHOWN,
            self.now,
        )
        if chosen.verdict.outcome is Outcome.HELD_OUT:
            await self.work.nudges.add(replace(nudge, is_held_out=True))
            return None
        suggestion = self._suggestion(person, best, chosen.passing.within_m)
        suggestion = replace(suggestion, id=await self.work.suggestions.add(suggestion))
        if not await self.work.nudges.add(replace(nudge, suggestion_id=suggestion.id)):
            return None
        key = f"nudge:{shopper.id}:{candidate.store.id}:{coupon.code}:{nudge.visit_id}"
        return Offer(
            shopper=shopper,
            candidate=candidate,
            suggestion=suggestion,
            is_saved=coupon.code in person.saved_codes,
            is_on_list=candidate.product.id in person.saved_products,
            key=key,
            times_bought=person.taste.times_bought(candidate.product.category),
            useful_until=useful_until(person.local(self.now), coupon, candidate.store, self.rules),
        )

    def _suggestion(self, person: Person, best: Ranked, within_m: int) -> Suggestion:
        candidate = best.candidate
        return Suggestion(
            id=0,
            shopper_id=person.shopper.id,
            need=NEED,
            product_id=candidate.product.id,
            store_id=candidate.store.id,
            coupon_code=candidate.coupon.code if candidate.coupon else None,
            price_cents=candidate.product.price_cents,
            distance_band_m=within_m,
            contributions=_told(best),
            position=0,
            shown_at=self.now,
        )


def fewer_of(
    nudges: Sequence[Nudge], signals: Sequence[Signal], products: Mapping[str, Product]
) -> frozenset[str]:
    """Give the categories of what was answered with "fewer like this"."""
    asked_in = {each.suggestion_id for each in nudges if each.answer is NudgeAnswer.FEWER}
    return frozenset(
        products[each.product_id].category
        for each in signals
        if each.suggestion_id in asked_in and each.product_id in products
    )


def _is_zone(name: str) -> bool:
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError):
        return False
    return True


def _told(best: Ranked) -> dict[str, float]:
    """Give the contributions without that of the distance, from which the metres could be computed."""
    return {name: value for name, value in best.contributions.items() if name != "distance"}
