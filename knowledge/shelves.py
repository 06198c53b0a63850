"""What is on the shelves for a wish: products that fit, within the hard filters no score can overrule.

Where they can be had, and when, knowledge/whereabouts.py tells.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from knowledge.amounts import day_asked, opening_day
from knowledge.candidates import Candidate, Found, best_coupon
from knowledge.catalogue import Catalogue
from knowledge.constraints import Constraints
from knowledge.context import Question, ShopperContext
from knowledge.discretion import may_be_shown
from knowledge.measures import measures_in
from knowledge.naming import Named, named_in
from knowledge.nearby.hours import OpenInterval
from knowledge.nearby.reach import exact_distance_m
from knowledge.permitted import Permitted
from knowledge.prepared import Prepared
from knowledge.rules import ReplyRules
from knowledge.search.fusion import Hit
from knowledge.search.texts import suiting_text
from knowledge.sought import Sought, limits_products
from knowledge.variants import one_of_each
from knowledge.whereabouts import Place, Surroundings, Whereabouts
from storage.database import Database
from storage.records import Suggestion

_PRODUCTS_A_WISH = 40
_LOOKED_THROUGH = 5
# How much what a wish denies counts beside likeness: measured on the sample shop, where 0.1 does half (ours).
_SUITING = 0.25
# What is less similar than the first is another thing altogether, unless it says the words asked for: the second is
# all of them, in a title or a tag. Measured on the sample shop (ours).
RELEVANT_SIMILARITY = 0.36
RELEVANT_WORDS = 0.5
# The same for a name that no product says: wine and ginger ale (ours, on 160 things sold and not sold).
STRANGE_SIMILARITY = 0.5
_LONGEST_NAME = 3
_MARGIN_TO_BEST = 0.22
# What holds just as much as was asked for goes before its like, and beyond the margin (ours).
_MEASURED = 0.25
# What is cheaper or closer must be like what it is compared with: a pizza is not garlic. By a dozen trials (ours).
_LIKE_IT = 0.6
# What is named and closed is told of rather than something open that is so much less like it (ours).
_MUCH_BETTER, _AS_GOOD = 0.1, 0.06


class Shelves:
    """Finds products that a shopper can walk to and buy."""

    def __init__(self, prepared: Prepared, database: Database, rules: ReplyRules) -> None:
        self._finder = prepared.finder
        self._catalogue = prepared.catalogue
        self._suiting = prepared.suiting
        self._permitted = Permitted(prepared.catalogue)
        self._surroundings = Surroundings(database, prepared.catalogue, rules)

    async def find(
        self, sought: Sought, constraints: Constraints, context: ShopperContext
    ) -> Found:
        """Give what fits a wish within its limits and can be had by this shopper."""
        allowed = await self._allowed(constraints, context.question)
        name = named_in(sought.text, constraints) if sought.text else ()
        thing = Named(name, self._finder.of_kind(name))
        hits = await self._hits(sought, thing, allowed)
        wish = context.question.text
        scores = self._scores(hits, thing, wish, is_cheapest=constraints.wants_cheapest)
        least = 0.0
        if context.question.is_compared:
            least = _LIKE_IT * await self._best_fit(sought, thing)
        excluding = context.question.excluding
        scores = {k: fit for k, fit in scores.items() if k not in excluding and fit >= least}
        fitting = [self._catalogue.products[key] for key in scores]
        found = await self._surroundings.look_for(fitting, constraints, context.question)
        if name:
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
            is_relevant=bool(hits) or bool(await self._relevant(sought, thing, None)),
        )

    async def _best_fit(self, sought: Sought, thing: Named) -> float:
        """Give how well the best there is fits, whatever it costs and wherever it stands."""
        hits = await self._relevant(sought, thing, None)
        fits = self._scores(hits, thing, "", is_cheapest=False)
        return max(fits.values(), default=0.0)

    async def _allowed(
        self, constraints: Constraints, question: Question
    ) -> frozenset[str] | None:
        """Give the ids of the products to look among; None = all of them."""
        allowed = await self._permitted.by(constraints) if limits_products(constraints) else None
        if question.closer_than_m is None:
            return allowed
        there = await self._surroundings.on_shelves_closer_by(question)
        return there if allowed is None else allowed & there

    async def _hits(
        self, sought: Sought, thing: Named, allowed: Collection[str] | None
    ) -> list[Hit]:
        """Give what has to do with the wish: when it is called by name, only what is called so."""
        hits = await self._relevant(sought, thing, allowed)
        named = [hit for hit in hits if self._is_so(hit, thing)]
        if named or allowed is None:
            return named or hits
        # What is called so is there, but beyond the limits: then what stands beside it, and nothing else.
        known = await self._finder.search(sought.text, sought.vectors, _LOOKED_THROUGH, None)
        aisles = {self._aisle(hit) for hit in known if self._is_so(hit, thing)}
        beside = [hit for hit in hits if self._aisle(hit) in aisles]
        # Where nothing of the like is within the limits, what says the very word may be: of local cheese the cheddar.
        return (beside or [hit for hit in hits if hit.words >= RELEVANT_WORDS]) if aisles else hits

    def _aisle(self, hit: Hit) -> str | None:
        product = self._catalogue.products.get(hit.id)
        return product.attributes.get("aisle", product.category) if product is not None else None

    def _is_so(self, hit: Hit, thing: Named) -> bool:
        product = self._catalogue.products.get(hit.id)
        return product is not None and thing.holds(product)

    def _scores(
        self, hits: Sequence[Hit], thing: Named, wish: str, *, is_cheapest: bool
    ) -> Mapping[str, float]:
        """Give how well each hit fits, and suits what the wish denies, without those that fit much less than the best."""
        products = [self._catalogue.products[hit.id] for hit in hits]
        weights = self._suiting.weigh(wish, [suiting_text(product) for product in products])
        measures = measures_in(wish)
        fits = {
            hit.id: thing.fit(hit.score, product)
            + _SUITING * weight
            + (_MEASURED if measures & measures_in(product.title) else 0.0)
            for hit, product, weight in zip(hits, products, weights, strict=True)
        }
        best = max(fits.values(), default=0.0)
        if is_cheapest and any(self._is_so(hit, thing) for hit in hits):
            return dict.fromkeys(fits, best)  # of what is called so, the price alone decides
        return {key: fit for key, fit in fits.items() if fit >= best - _MARGIN_TO_BEST}

    async def has_named(self, sought: Sought) -> bool:
        """Tell whether the words to look up are what something is called; without words nothing is."""
        if not sought.text:
            return False
        named = self._finder.saying(sought.text, sought.vectors, _LOOKED_THROUGH, RELEVANT_WORDS)
        return bool(await named)

    async def _relevant(
        self, sought: Sought, thing: Named, allowed: Collection[str] | None
    ) -> list[Hit]:
        """Give the hits that have something to do with the wish, by meaning or by its words, best first."""
        hits = await self._finder.search(sought.text, sought.vectors, _PRODUCTS_A_WISH, allowed)
        # Whatever a shop does not sell has something beside it on the shelf that is a little like it.
        is_strange = 0 < len(thing.name) <= _LONGEST_NAME and not self._finder.sells(thing.name)
        enough = STRANGE_SIMILARITY if is_strange else RELEVANT_SIMILARITY
        return [
            hit
            for hit in hits
            if (hit.similarity >= enough or hit.words >= RELEVANT_WORDS)
            # What is not in the catalogue read here came since: the next question finds it.
            and hit.id in self._catalogue.products
            and may_be_shown(self._catalogue.products[hit.id], sought.text, is_open=sought.is_open)
        ]

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
    day = day_asked(at.astimezone(hours.opens.tzinfo), now)
    return replace(candidate, opens_at=opens, closes_at=closes, day=day)


def _best_of(found: Whereabouts, scores: Mapping[str, float]) -> Whereabouts:
    """Leave out what is open only instead of the thing named, and what opens only instead of it."""
    open_, closed = ([scores[each.product_id] for each in at] for at in (found.open, found.closed))
    best = max(closed, default=0.0)
    if found.open and best - max(open_) > _MUCH_BETTER:
        found = replace(found, open=())
    fitting = (each for each in found.closed if best - scores[each.product_id] <= _AS_GOOD)
    return replace(found, closed=tuple(fitting))


def recalled(
    suggestion: Suggestion, catalogue: Catalogue, context: ShopperContext
) -> Candidate | None:
    """Give what was suggested as it stands now, seen from the shopper's place; None when it is gone."""
    product = catalogue.products.get(suggestion.product_id)
    store = catalogue.stores.get(suggestion.store_id)
    if product is None or store is None:
        return None
    far = exact_distance_m(store, context.question.fix)
    # Not the best one: what is told must be what the button under it books.
    told = [coupon for coupon in context.coupons if coupon.code == suggestion.coupon_code]
    coupon = best_coupon(told, product, store.id)
    return Candidate(product, store, 0.0, far, coupon)
