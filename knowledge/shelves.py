"""What is on the shelves for a wish: products that fit, within the hard filters no score can overrule.

Where they can be had, and when, knowledge/whereabouts.py tells.
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime

from knowledge.candidates import Candidate, Found, best_coupon
from knowledge.constraints import Constraints
from knowledge.context import ShopperContext
from knowledge.days_ahead import day_ahead, opening_day
from knowledge.likeness import Likeness
from knowledge.nearby.hours import OpenInterval
from knowledge.permitted import Permitted
from knowledge.prepared import Prepared
from knowledge.rules import ReplyRules
from knowledge.sought import Sought, limits_products
from knowledge.variants import one_of_each
from knowledge.whereabouts import Place, Surroundings, Whereabouts
from storage.database import Database
from storage.records import Product

# What is cheaper or closer must be like what it is compared with: a pizza is not garlic. By a dozen trials (ours).
_LIKE_IT = 0.6
# What is named and closed is told of rather than something open that is so much less like it (ours).
_MUCH_BETTER, _AS_GOOD = 0.1, 0.06
_ITSELF = 1.0  # nothing is more like a thing than the thing


class Shelves:
    """Finds products that a shopper can walk to and buy."""

    def __init__(self, prepared: Prepared, database: Database, rules: ReplyRules) -> None:
        self._catalogue = prepared.catalogue
        self._likeness = Likeness(prepared)
        self._permitted = Permitted(prepared.catalogue)
        self._surroundings = Surroundings(database, prepared.catalogue, rules)

    async def find(
        self, sought: Sought, constraints: Constraints, context: ShopperContext
    ) -> Found:
        """Give what fits a wish within its limits and can be had by this shopper."""
        allowed = await self._allowed(constraints, context)
        thing = self._likeness.thing_named(sought, constraints)
        hits = await self._likeness.hits(sought, thing, allowed)
        wish = context.question.text
        scores = self._likeness.scores(hits, thing, wish, is_cheapest=constraints.wants_cheapest)
        least = 0.0
        if context.question.is_compared:
            least = _LIKE_IT * await self._likeness.best_fit(sought, thing)
        excluding = context.question.excluding
        scores = {k: fit for k, fit in scores.items() if k not in excluding and fit >= least}
        fitting = [self._catalogue.products[key] for key in scores]
        found = await self._surroundings.look_for(fitting, constraints, context.question)
        if thing.name:
            found = _best_of(found, scores)

        def candidates(places: Iterable[Place]) -> tuple[Candidate, ...]:
            """Give one candidate of each variety, at its place."""
            each = [self._candidate(place, scores[place.product_id], context) for place in places]
            bought, cheapest = context.taste.products, constraints.wants_cheapest
            return tuple(one_of_each(each, bought, is_cheapest=cheapest))

        return Found(
            available=candidates(found.open),
            closed=() if found.open else candidates(found.closed),
            far=candidates(found.far),
            sold_out=tuple(self._catalogue.products[key] for key in found.sold_out),
            missed=found.missed,
            asked_for=found.asked_for,
            is_sooner=found.is_sooner,
            is_relevant=bool(hits) or bool(await self._likeness.relevant(sought, thing, None)),
        )

    async def places_of(self, product: Product, context: ShopperContext) -> Found:
        """Give where one product, known to be the one that is meant, can be had by this shopper."""
        found = await self._surroundings.look_for([product], Constraints(), context.question)

        def candidates(places: Iterable[Place]) -> tuple[Candidate, ...]:
            return tuple(self._candidate(place, _ITSELF, context) for place in places)

        return Found(
            available=candidates(found.open),
            closed=() if found.open else candidates(found.closed),
            far=candidates(found.far),
            sold_out=tuple(self._catalogue.products[key] for key in found.sold_out),
            is_relevant=True,
        )

    async def _allowed(
        self, constraints: Constraints, context: ShopperContext
    ) -> frozenset[str] | None:
        """Give the ids of the products to look among; None = all of them."""
        question, receiver = context.question, context.receiver
        allowed = await self._permitted.by(constraints) if limits_products(constraints) else None
        if context.standing is not None and constraints.recipient is None:
            standing = await self._permitted.by(context.standing)
            allowed = standing if allowed is None else allowed & standing
        if receiver is not None and not receiver.limits.is_empty:
            for_them = await self._permitted.by(receiver.limits)
            allowed = for_them if allowed is None else allowed & for_them
        if question.closer_than_m is None:
            return allowed
        there = await self._surroundings.on_shelves_closer_by(context.question)
        return there if allowed is None else allowed & there

    def _candidate(self, place: Place, score: float, context: ShopperContext) -> Candidate:
        product = self._catalogue.products[place.product_id]
        found, now = place.arrival, context.question.asked_at
        candidate = Candidate(
            product=product,
            store=self._catalogue.stores[place.store_id],
            similarity=score,
            distance_m=place.distance_m,
            coupon=best_coupon(context.coupons, product, place.store_id, found.at),
            opens_at=found.opens_at,
            opens_day=opening_day(found.opens_at, now) if found.opens_at else None,
            closes_at=found.closes_at,
        )
        return (
            candidate
            if found.hours is None
            else _on_that_day(candidate, found.hours, found.at, now)
        )


def _on_that_day(
    candidate: Candidate, hours: OpenInterval, at: datetime, now: datetime
) -> Candidate:
    """Give a candidate with the hours of the day on which somebody means to come."""
    opens, closes = (None, None) if hours.is_all_day else (hours.opens, hours.closes)
    day = day_ahead(at.astimezone(hours.opens.tzinfo), now)
    return replace(candidate, opens_at=opens, closes_at=closes, day=day)


def _best_of(found: Whereabouts, scores: Mapping[str, float]) -> Whereabouts:
    """Leave out what is open only instead of the thing named, and what opens only instead of it."""
    open_, closed = ([scores[each.product_id] for each in at] for at in (found.open, found.closed))
    best = max(closed, default=0.0)
    if found.open and best - max(open_) > _MUCH_BETTER:
        found = replace(found, open=())
    fitting = (each for each in found.closed if best - scores[each.product_id] <= _AS_GOOD)
    return replace(found, closed=tuple(fitting))
