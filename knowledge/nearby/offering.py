"""What a visit leads to: gathers what the policy weighs, and enters visit, suggestion and nudge.

It works inside a transaction that somebody else opened and commits, so that all of it happens or nothing.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from knowledge.candidates import Candidate, covers
from knowledge.catalogue import Catalogue
from knowledge.nearby.bands import distance_band_m
from knowledge.nearby.fence import Crossing
from knowledge.nearby.policy import NudgeRules, Passing, Person, decide
from knowledge.nearby.watching import Change, Look
from knowledge.preferences import Taste
from knowledge.ranking import Ranked
from storage.records import Coupon, Nudge, Shopper, Suggestion
from storage.work import Work

NEED = "offer close by"  # what a nudge's suggestion answers: nothing was asked
_PURCHASES = 200


@dataclass(frozen=True, slots=True)
class Offer:
    """A nudge that was entered: `suggestion` is what its buttons point to, `key` is no other nudge's.

    `times_bought` counts what the shopper bought from the same category.
    """

    shopper: Shopper
    candidate: Candidate
    suggestion: Suggestion
    is_saved: bool
    key: str
    times_bought: int


@dataclass(frozen=True, slots=True)
class Offering:
    """One transaction's worth of deciding, at shop time `now`."""

    work: Work
    catalogue: Catalogue
    rules: NudgeRules
    now: datetime

    async def note_visits(
        self, shopper_id: int, changes: Sequence[Change], visits: Mapping[str, int]
    ) -> dict[str, int]:
        """Begin and end visits as the fences say, and give the ids of the open ones by store."""
        is_open = dict(visits)
        for change in changes:
            key = change.store.id
            if change.crossing is Crossing.ENTERED:
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
        told: list[tuple[int, Ranked]] = []
        for passing in await self._passings(shopper_id, at, look.speed_m_per_s, visits):
            decision = decide(person, passing, self.now, self.rules)
            if decision.told is not None:
                told.append((passing.visit_id, decision.told))
        if not told:
            return None
        visit_id, best = max(told, key=lambda pair: (pair[1].score, -pair[0]))
        return await self._enter(person, best, visit_id)

    async def _person(self, shopper: Shopper) -> Person:
        work = self.work
        products = self.catalogue.products
        purchases = await work.purchases.of_shopper(shopper.id, limit=_PURCHASES)
        bought = [products[each.product_id] for each in purchases if each.product_id in products]
        return Person(
            shopper=shopper,
            consents=await work.consents.current(shopper.id),
            time_zone=await self._time_zone(shopper),
            taste=Taste.learned_from(bought, self.catalogue.shares),
            nudges=await work.nudges.of_shopper(shopper.id, self.now - self.rules.remembered),
            signals=await work.signals.of_shopper(shopper.id),
            saved_codes={coupon.code for coupon in await work.coupons.saved_by(shopper.id)},
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
        coupons = await self._usable_coupons(shopper_id)
        store_ids = [change.store.id for change in at]
        products = [
            product
            for product in self.catalogue.products.values()
            if any(covers(coupon, product, key) for coupon in coupons for key in store_ids)
        ]
        stock = await self.work.stock.quantities([each.id for each in products], store_ids)
        return [
            Passing(
                visit_id=visits[change.store.id],
                store=change.store,
                distance_m=change.distance_m,
                speed_m_per_s=speed_m_per_s,
                products=[p for p in products if stock.get((change.store.id, p.id), 0) > 0],
                coupons=coupons,
            )
            for change in at
        ]

    async def _usable_coupons(self, shopper_id: int) -> list[Coupon]:
        uses = await self.work.coupons.uses(shopper_id)
        valid = await self.work.coupons.valid_at(self.now)
        return [each for each in valid if uses.get(each.code, 0) < each.per_shopper]

    async def _enter(self, person: Person, best: Ranked, visit_id: int) -> Offer | None:
        """Enter suggestion and nudge; None when the ledger has this one already."""
        candidate, shopper = best.candidate, person.shopper
        coupon = candidate.coupon
        if coupon is None:
            return None
        suggestion = Suggestion(
            id=0,
            shopper_id=shopper.id,
            need=NEED,
            product_id=candidate.product.id,
            store_id=candidate.store.id,
            coupon_code=coupon.code,
            price_cents=candidate.product.price_cents,
            distance_band_m=distance_band_m(candidate.distance_m),
            contributions=_told(best),
            position=0,
            shown_at=self.now,
        )
        suggestion = replace(suggestion, id=await self.work.suggestions.add(suggestion))
        nudge = Nudge(
            shopper.id, candidate.store.id, coupon.code, visit_id, suggestion.id, self.now
        )
        if not await self.work.nudges.add(nudge):
            return None
        key = f"nudge:{shopper.id}:{candidate.store.id}:{coupon.code}:{visit_id}"
        return Offer(
            shopper=shopper,
            candidate=candidate,
            suggestion=suggestion,
            is_saved=coupon.code in person.saved_codes,
            key=key,
            times_bought=person.taste.categories.get(candidate.product.category, 0),
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
