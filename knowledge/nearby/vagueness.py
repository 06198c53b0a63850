"""How much room the receipts of one shopper leave, and which are not kept so that it stays enough (pure).

A receipt says that somebody was inside a fence. Receipts of fences that overlap say, if they were of one moment, that
it was where all of them overlap, which may be a narrow place. Nothing in receipts says that they were; but whoever
stays at one spot, or comes back to it, makes it a good guess. So of one shopper's receipts, whichever are put together,
the place common to all their fences is at least 200 m across, or there is none: something in it is 100 m or more from
wherever the shopper was. What would make it narrower is not kept, so that a missing receipt proves nothing either.

It works with the stores' places alone, and never learns the shopper's.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations
from math import cos, hypot, radians, sqrt

from storage.records import Importance, Store

ROOM_M = 200.0
# A fix counts with an accuracy of 100 m or of the radius, whichever is more: so far off is where somebody was.
_LEAST_RADIUS_M = 100.0
_M_PER_DEGREE = 111_200.0
_HALF_TURN, _FULL_TURN = 180.0, 360.0  # degrees
_TOUCHES_M = 1e-6  # what rounding may cost


@dataclass(frozen=True, slots=True)
class Kept:
    """That there are receipts of a store, and what the weightiest of them is worth."""

    store: Store
    importance: Importance


@dataclass(frozen=True, slots=True)
class _Circle:
    """A fence on a plane, in metres east and north of some store."""

    east_m: float
    north_m: float
    radius_m: float


def stores_to_drop(new: Kept, known: Iterable[Kept]) -> frozenset[str] | None:
    """Name the stores whose receipts go so that the new ones can stay; None: rather the new ones are not kept.

    What was decided goes before what was relevant, and both before their like of older days; filler gives way to all.
    Those farthest from the new store go first.
    """
    others = [each for each in known if each.store.id != new.store.id]
    new_circle, *circles = _circles([new.store, *(each.store for each in others)])
    dropped: set[int] = set()
    for group in _narrow_groups(new_circle, circles):
        left = sorted(group - dropped, key=lambda n: _apart_m(circles[n], new_circle))
        while left and _is_narrow([new_circle, *(circles[n] for n in left)]):
            losers = [n for n in left if _gives_way(others[n], new)]
            if not losers:
                return None
            left.remove(losers[-1])
            dropped.add(losers[-1])
    return frozenset(others[n].store.id for n in dropped)


def room_m(stores: Sequence[Store]) -> float | None:
    """Give how many metres the place is across that is in all of these stores' fences; None when there is none.

    At least so many: the straight line between its two corners that are farthest apart.

    Raises:
        ValueError: there are no stores.
    """
    if not stores:
        raise ValueError("There is no place without a store.")
    return _room_m(_circles(stores))


def _gives_way(old: Kept, new: Kept) -> bool:
    if new.importance is Importance.FILLER:
        return False
    return old.importance <= new.importance


def _narrow_groups(new: _Circle, others: Sequence[_Circle]) -> list[frozenset[int]]:
    """Give, by their numbers, the largest groups of others that share with the new circle a place, but a narrow one."""
    near = [n for n, each in enumerate(others) if _meet(each, new)]
    if _are_close([new, *(others[n] for n in near)]):
        return []
    corners = (
        corner
        for one, other in combinations([new, *(others[n] for n in near)], 2)
        for corner in _crossings(one, other)
        if _is_in(corner, new)
    )
    groups = {frozenset(n for n in near if _is_in(corner, others[n])) for corner in corners}
    largest = [group for group in groups if not any(group < other for other in groups)]
    narrow = [group for group in largest if _is_narrow([new, *(others[n] for n in group)])]
    return sorted(narrow, key=sorted)


def _are_close(circles: Sequence[_Circle]) -> bool:
    """Tell, at a glance, that around the middle of them all there is room enough in every circle, as in a mall."""
    east_m = sum(each.east_m for each in circles) / len(circles)
    north_m = sum(each.north_m for each in circles) / len(circles)
    return all(
        2.0 * (each.radius_m - hypot(each.east_m - east_m, each.north_m - north_m)) >= ROOM_M
        for each in circles
    )


def _is_narrow(circles: Sequence[_Circle]) -> bool:
    room = _room_m(circles)
    return room is not None and room < ROOM_M


def _room_m(circles: Sequence[_Circle]) -> float | None:
    for inner in circles:
        if all(_reach_m(inner, outer) <= outer.radius_m + _TOUCHES_M for outer in circles):
            return 2.0 * inner.radius_m
    corners = [
        corner
        for one, other in combinations(set(circles), 2)
        for corner in _crossings(one, other)
        if all(_is_in(corner, circle) for circle in circles)
    ]
    if not corners:
        return None
    return max((hypot(a[0] - b[0], a[1] - b[1]) for a, b in combinations(corners, 2)), default=0.0)


def _circles(stores: Sequence[Store]) -> list[_Circle]:
    """Lay the fences onto a plane around the first store, in the same order."""
    middle = stores[0]
    per_degree_m = _M_PER_DEGREE * cos(radians(middle.latitude))
    return [
        _Circle(
            _turn(store.longitude - middle.longitude) * per_degree_m,
            (store.latitude - middle.latitude) * _M_PER_DEGREE,
            max(float(store.radius_m), _LEAST_RADIUS_M),
        )
        for store in stores
    ]


def _turn(degrees: float) -> float:
    """Give a difference of longitudes the short way round."""
    return (degrees + _HALF_TURN) % _FULL_TURN - _HALF_TURN


def _apart_m(one: _Circle, other: _Circle) -> float:
    return hypot(one.east_m - other.east_m, one.north_m - other.north_m)


def _meet(one: _Circle, other: _Circle) -> bool:
    return _apart_m(one, other) <= one.radius_m + other.radius_m


def _reach_m(inner: _Circle, outer: _Circle) -> float:
    """Give how far the farthest point of one circle is from the middle of the other."""
    return _apart_m(inner, outer) + inner.radius_m


def _is_in(place: tuple[float, float], circle: _Circle) -> bool:
    away_m = hypot(place[0] - circle.east_m, place[1] - circle.north_m)
    return away_m <= circle.radius_m + _TOUCHES_M


def _crossings(one: _Circle, other: _Circle) -> list[tuple[float, float]]:
    """Give where two circles cross: two places, one, or none."""
    east_m, north_m = other.east_m - one.east_m, other.north_m - one.north_m
    apart_m = hypot(east_m, north_m)
    if apart_m == 0.0 or apart_m > one.radius_m + other.radius_m:
        return []
    along_m = (apart_m**2 + one.radius_m**2 - other.radius_m**2) / (2.0 * apart_m)
    squared = one.radius_m**2 - along_m**2
    if squared < 0.0:
        return []
    aside_m = sqrt(squared)
    east, north = east_m / apart_m, north_m / apart_m
    foot = (one.east_m + along_m * east, one.north_m + along_m * north)
    return [
        (foot[0] - aside_m * north, foot[1] + aside_m * east),
        (foot[0] + aside_m * north, foot[1] - aside_m * east),
    ]
