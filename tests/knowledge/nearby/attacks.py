"""What somebody who has all receipts of a shopper, and a map of the stores, can make of them."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import cos, hypot, radians, sin

from storage.records import Receipt, Store

_M_PER_DEGREE = 111_200.0
STEP_M = 6
Place = tuple[float, float]  # metres east and north of the middle of the town


@dataclass(frozen=True, slots=True)
class Town:
    """Stores by id, on a plane around (latitude, longitude)."""

    stores: Mapping[str, Store]
    latitude: float
    longitude: float

    def place_of(self, store: Store) -> Place:
        per_degree_m = _M_PER_DEGREE * cos(radians(self.latitude))
        return (
            (store.longitude - self.longitude) * per_degree_m,
            (store.latitude - self.latitude) * _M_PER_DEGREE,
        )

    def degrees_of(self, place: Place) -> tuple[float, float]:
        per_degree_m = _M_PER_DEGREE * cos(radians(self.latitude))
        return (
            self.latitude + place[1] / _M_PER_DEGREE,
            self.longitude + place[0] / per_degree_m,
        )

    def overlap(self, one: Receipt, other: Receipt) -> bool:
        """Tell whether the fences of two receipts' stores have a place in common."""
        first, second = self.stores[one.store_id], self.stores[other.store_id]
        a, b = self.place_of(first), self.place_of(second)
        return hypot(a[0] - b[0], a[1] - b[1]) <= first.radius_m + second.radius_m

    def region(self, receipts: Sequence[Receipt]) -> list[Place]:
        """Give where somebody can have been if all these receipts are of one moment: rings around doors, cut."""
        stores = [self.stores[each] for each in {receipt.store_id for receipt in receipts}]
        within = {receipt.store_id: receipt.within_m for receipt in receipts}
        discs = [
            (*self.place_of(store), min(within[store.id], store.radius_m)) for store in stores
        ]
        east, north, reach = min(discs, key=lambda disc: disc[2])
        steps = range(-int(reach), int(reach) + 1, STEP_M)
        squared = [(x - east, y - north, far * far) for x, y, far in discs]
        return [
            (east + dx, north + dy)
            for dx in steps
            for dy in steps
            if all((dx - x) ** 2 + (dy - y) ** 2 <= far for x, y, far in squared)
        ]


def as_of_one_moment(town: Town, receipts: Sequence[Receipt]) -> Iterator[Sequence[Receipt]]:
    """Give groups of receipts that may be taken to be of one moment, of a day and of all days.

    Those of one store; of two whose fences overlap; of all that overlap one; and all. Receipts of the same stores say
    the same, and come once a day.
    """
    days = {each.decided_on for each in receipts}
    spans = [[each for each in receipts if each.decided_on == day] for day in days]
    for span in [*spans, receipts]:
        by_store = {each.store_id: each for each in span}
        groups = {frozenset(by_store)}
        for one in by_store.values():
            around = {each.store_id for each in by_store.values() if town.overlap(one, each)}
            groups |= {frozenset(around), *(frozenset({one.store_id, each}) for each in around)}
        yield from ([by_store[each] for each in group] for group in groups if group)


def outermost(region: Sequence[Place]) -> list[Place]:
    """Give the places of a region that lie farthest out, seen from all sides."""
    sides = [(cos(radians(turn)), sin(radians(turn))) for turn in range(0, 360, 10)]
    return list({max(region, key=lambda p: p[0] * x + p[1] * y) for x, y in sides})


def farthest_m(place: Place, region: Sequence[Place]) -> float:
    """Give how far from a place the region still reaches."""
    return max(hypot(place[0] - x, place[1] - y) for x, y in region)
