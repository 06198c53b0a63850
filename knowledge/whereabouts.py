"""Where products can be had: for each the nearest store that has it and is open on arrival, else what is in the way.

It knows nothing of wishes and meaning; the products it is given fit already.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from knowledge.candidates import Missed
from knowledge.catalogue import Catalogue
from knowledge.constraints import Constraints
from knowledge.context import Question
from knowledge.nearby.outings import Outing, outing
from knowledge.nearby.reach import Arrival, arrival, exact_distance_m, store_distances
from knowledge.rules import ReplyRules
from storage.database import Database
from storage.records import Product, Store

_FAR_M = 10_000.0  # nobody is told to walk further (ours)


@dataclass(frozen=True, slots=True)
class Place:
    """A product on a store's shelf, and how the store is found on arriving."""

    product_id: str
    store_id: str
    distance_m: float | None
    arrival: Arrival


@dataclass(frozen=True, slots=True)
class Whereabouts:
    """One place a product, by what is in the way; `far` and `sold_out` are empty when there is anything near."""

    open: tuple[Place, ...] = ()
    closed: tuple[Place, ...] = ()
    far: tuple[Place, ...] = ()
    sold_out: tuple[str, ...] = ()
    missed: Missed | None = None


@dataclass(frozen=True, slots=True)
class _Shelves:
    """What stands around a shopper: pieces by (store id, product id), and metres by store id (None = no place known)."""

    stores: Mapping[str, Store]
    distances: Mapping[str, float | None]
    pieces: Mapping[tuple[str, str], int]
    now: datetime
    rules: ReplyRules

    def whereabouts(self, walk: Outing) -> Whereabouts:
        """Give the nearest place of each product, found open or closed on that walk."""
        arrivals = {
            key: arrival(self.stores[key], far, walk, self.now, self.rules)
            for key, far in self.distances.items()
        }
        places = [
            Place(product_id, store_id, self.distances[store_id], arrivals[store_id])
            for (store_id, product_id), quantity in self.pieces.items()
            if quantity > 0
        ]
        is_closed = [place for place in places if place.arrival.opens_at is not None]
        sold_out = set() if places else {product_id for _, product_id in self.pieces}
        return Whereabouts(
            open=_nearest(place for place in places if _is_in_time(place.arrival, walk)),
            closed=_nearest(is_closed),
            sold_out=tuple(sorted(sold_out)),
        )

    def at(self, store: Store) -> "_Shelves":
        """Give what stands in one store alone."""
        there = {key: pieces for key, pieces in self.pieces.items() if key[0] == store.id}
        return replace(self, pieces=there)


class Surroundings:
    """Looks for products in the stores around a shopper."""

    def __init__(self, database: Database, catalogue: Catalogue, rules: ReplyRules) -> None:
        self._database = database
        self._catalogue = catalogue
        self._rules = rules

    async def look_for(
        self, products: Sequence[Product], constraints: Constraints, question: Question
    ) -> Whereabouts:
        """Give where these products can be had, the nearest store of each."""
        walk = outing(constraints.when, question.asked_at, self._catalogue.time_zone)
        stores = self._catalogue.stores.values()
        named = next((store for store in stores if store.name == constraints.store), None)
        shelves = await self._shelves(products, question, self._rules.near_m, named)
        if named is not None:
            there = _soonest(shelves.at(named), walk)
            if there.open:
                return there
            opens_at = there.closed[0].arrival.opens_at if there.closed else None
            elsewhere = _soonest(shelves, walk)
            found = there if there.closed and not elsewhere.open else elsewhere
            return replace(found, missed=Missed(named, opens_at))
        found = _soonest(shelves, walk)
        if found.open or found.closed or question.fix is None:
            return found
        further = await self._shelves(products, question, _FAR_M)
        return replace(found, far=_soonest(further, walk).open)

    async def _shelves(
        self,
        products: Sequence[Product],
        question: Question,
        within_m: float,
        named: Store | None = None,
    ) -> _Shelves:
        """Read what stands within so many metres, and in the store that was asked for."""
        stores, rules = self._catalogue.stores, replace(self._rules, near_m=within_m)
        distances = store_distances(stores.values(), question.fix, rules)
        if named is not None:
            distances.setdefault(named.id, exact_distance_m(named, question.fix))
        async with self._database.reading() as work:
            pieces = await work.stock.quantities([p.id for p in products], list(distances))
        known = {k: 0 if k in question.excluding_at else n for k, n in sorted(pieces.items())}
        return _Shelves(stores, distances, known, question.asked_at, self._rules)


def _soonest(shelves: _Shelves, walk: Outing) -> Whereabouts:
    """Look at the time that was asked about, else right away: what is bought now is there tonight as well."""
    found = shelves.whereabouts(walk)
    if found.open or walk.sets_out_at <= shelves.now:
        return found
    at_once = shelves.whereabouts(Outing(shelves.now))
    return at_once if at_once.open else found


def _is_in_time(found: Arrival, walk: Outing) -> bool:
    return found.opens_at is None and (walk.arrives_by is None or found.at <= walk.arrives_by)


def _nearest(places: Iterable[Place]) -> tuple[Place, ...]:
    """Give the best place of each product: one that does not close right after arrival, then the nearest."""
    best: dict[str, Place] = {}
    for place in places:
        known = best.get(place.product_id)
        if known is None or _order(place) < _order(known):
            best[place.product_id] = place
    return tuple(best.values())


def _order(place: Place) -> tuple[bool, float, str]:
    return (place.arrival.closes_at is not None, place.distance_m or 0.0, place.store_id)
