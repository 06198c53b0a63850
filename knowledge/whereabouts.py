"""Where products can be had: for each the nearest store that has it and is open on arrival, else what is in the way.

It knows nothing of wishes and meaning; the products it is given fit already.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from zoneinfo import ZoneInfo

from knowledge.candidates import Missed
from knowledge.catalogue import Catalogue
from knowledge.constraints import Constraints, When
from knowledge.context import Question
from knowledge.nearby.landmarks import Landmark, landmark
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
    """One place a product, by what is in the way; `far` and `sold_out` are empty when there is anything near.

    `asked_for` is the moment to come that was asked about, if any; what `is_sooner` is open now, but not then.
    """

    open: tuple[Place, ...] = ()
    closed: tuple[Place, ...] = ()
    far: tuple[Place, ...] = ()
    sold_out: tuple[str, ...] = ()
    missed: Missed | None = None
    asked_for: datetime | None = None
    is_sooner: bool = False


@dataclass(frozen=True, slots=True)
class _Shelves:
    """What stands around a shopper: pieces by (store id, product id), and metres by store id (None = no place known)."""

    stores: Mapping[str, Store]
    distances: Mapping[str, float | None]
    pieces: Mapping[tuple[str, str], int]
    now: datetime
    rules: ReplyRules

    def whereabouts(self, when: When | None, *, is_told: bool = False) -> Whereabouts:
        """Give the nearest place of each product, found open or closed at that time of the store's own clock.

        With `is_told` its hours are told though they are those of right now.
        """
        walks = self._walks(when, is_told=is_told)
        arrivals = {
            key: arrival(self.stores[key], far, walks[key], self.rules)
            for key, far in self.distances.items()
        }
        places = [
            Place(product_id, store_id, self.distances[store_id], arrivals[store_id])
            for (store_id, product_id), quantity in self.pieces.items()
            if quantity > 0
        ]
        is_closed = [place for place in places if place.arrival.opens_at is not None]
        in_time = [place for place in places if _is_in_time(place.arrival, walks[place.store_id])]
        sold_out = set() if places else {product_id for _, product_id in self.pieces}
        return Whereabouts(
            open=_nearest(in_time), closed=_nearest(is_closed), sold_out=tuple(sorted(sold_out))
        )

    def at(self, store: Store) -> "_Shelves":
        """Give what stands in one store alone."""
        there = {key: pieces for key, pieces in self.pieces.items() if key[0] == store.id}
        return replace(self, pieces=there)

    def _walks(self, when: When | None, *, is_told: bool) -> dict[str, Outing]:
        """Give the walk to each store, by the clock that hangs there."""
        zones = {key: self.stores[key].time_zone for key in self.distances}
        walks = {zone: outing(when, self.now, ZoneInfo(zone)) for zone in set(zones.values())}
        told = {zone: replace(w, is_named=w.is_named or is_told) for zone, w in walks.items()}
        return {key: told[zone] for key, zone in zones.items()}


class Surroundings:
    """Looks for products in the stores around a shopper."""

    def __init__(self, database: Database, catalogue: Catalogue, rules: ReplyRules) -> None:
        self._database = database
        self._catalogue = catalogue
        self._rules = rules

    async def on_shelves_closer_by(self, question: Question) -> frozenset[str]:
        """Give what is on any shelf that is closer than the question allows, by product id."""
        stores = self._distances(question, self._rules.near_m)
        async with self._database.reading() as work:
            return await work.stock.kept_at(list(stores))

    async def look_for(
        self, products: Sequence[Product], constraints: Constraints, question: Question
    ) -> Whereabouts:
        """Give where these products can be had, the nearest store of each."""
        when = constraints.when
        named = self._store_named(constraints.store)
        walk = outing(when, question.asked_at, self._catalogue.time_zone)
        asked_for = walk.sets_out_at if walk.is_named else None
        near = constraints.near if named is None else None
        place = landmark(near or "", self._catalogue.index)
        found = await self._around(place, products, when, question)
        if not found.open:
            shelves = await self._shelves(products, question, self._rules.near_m, named)
            found = _soonest(shelves, when)
            if named is not None:
                found = _there(named, _soonest(shelves.at(named), when), found)
            elif not (found.open or found.closed or question.fix is None):
                further = await self._shelves(products, question, _FAR_M)
                found = replace(found, far=_soonest(further, when).open)
            if place is not None and found.missed is None:
                found = replace(found, missed=Missed(None, place=place.name))
        return replace(found, asked_for=asked_for)

    def _store_named(self, name: str | None) -> Store | None:
        stores = self._catalogue.stores.values()
        return next((store for store in stores if store.name == name), None)

    async def _around(
        self,
        place: Landmark | None,
        products: Sequence[Product],
        when: When | None,
        question: Question,
    ) -> Whereabouts:
        """Look around a place of the town, if one was named."""
        if place is None:
            return Whereabouts()
        stores = self._catalogue.stores
        distances = {key: exact_distance_m(stores[key], question.fix) for key in place.store_ids}
        return _soonest(await self._stocked(products, distances, question), when)

    async def _shelves(
        self,
        products: Sequence[Product],
        question: Question,
        within_m: float,
        named: Store | None = None,
    ) -> _Shelves:
        """Read what stands within so many metres, and in the store that was asked for."""
        distances = self._distances(question, within_m)
        if named is not None:
            distances.setdefault(named.id, exact_distance_m(named, question.fix))
        return await self._stocked(products, distances, question)

    def _distances(self, question: Question, within_m: float) -> dict[str, float | None]:
        """Give metres to the stores within so many, and closer than the question allows."""
        stores, rules = self._catalogue.stores, replace(self._rules, near_m=within_m)
        distances = store_distances(self._catalogue.index, question.fix, rules)
        most = question.closer_than_m
        return {
            key: metres
            for key, metres in distances.items()
            if most is None or (exact_distance_m(stores[key], question.fix) or 0.0) < most
        }

    async def _stocked(
        self,
        products: Sequence[Product],
        distances: Mapping[str, float | None],
        question: Question,
    ) -> _Shelves:
        async with self._database.reading() as work:
            pieces = await work.stock.quantities([p.id for p in products], list(distances))
        known = {k: 0 if k in question.excluding_at else n for k, n in sorted(pieces.items())}
        stores = self._catalogue.stores
        return _Shelves(stores, distances, known, question.asked_at, self._rules)


def _there(named: Store, there: Whereabouts, anywhere: Whereabouts) -> Whereabouts:
    """Give what is in the store that was asked for, else what is elsewhere, and why it is not that one."""
    if there.open:
        return there
    opens_at = there.closed[0].arrival.opens_at if there.closed else None
    found = there if there.closed and not anywhere.open else anywhere
    return replace(found, missed=Missed(named, opens_at))


def _soonest(shelves: _Shelves, when: When | None) -> Whereabouts:
    """Look at the time that was asked about, else right away: what is bought now is there tonight as well."""
    found = shelves.whereabouts(when)
    if found.open or when is None or not when.names_time:
        return found
    at_once = shelves.whereabouts(None, is_told=True)
    return replace(at_once, is_sooner=True) if at_once.open else found


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
