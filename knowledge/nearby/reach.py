"""Which stores a shopper reaches on foot, and whether they are open on arrival."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from knowledge.geography.distance import distance_m
from knowledge.geography.store_index import StoreIndex
from knowledge.nearby.hours import OpenInterval, closing_soon, next_opening, open_interval
from knowledge.nearby.outings import Outing
from knowledge.nearby.places import Fix
from knowledge.rules import ReplyRules
from storage.records import Store

_A_MOMENT = timedelta(seconds=1)
_UNKNOWN = timedelta(
    days=7
)  # when a store opens whose hours nobody entered: good for sorting only


@dataclass(frozen=True, slots=True)
class Arrival:
    """How a shopper finds a store on arriving on foot; times are the store's local ones.

    `opens_at` is set when it is closed then. Else `closes_at` is set when it closes soon after, and `hours`
    when the shopper named the time to come: between which it is open then.
    """

    at: datetime
    opens_at: datetime | None = None
    closes_at: datetime | None = None
    hours: OpenInterval | None = None


def store_distances(
    index: StoreIndex, fix: Fix | None, rules: ReplyRules
) -> dict[str, float | None]:
    """Give metres to each store that is near by the rules; without a place all stores, at None."""
    if fix is None:
        return dict.fromkeys(index.stores)
    near = index.within(fix.latitude, fix.longitude, rules.near_m)
    return {store.id: metres for store, metres in near}


def exact_distance_m(store: Store, fix: Fix | None) -> float | None:
    """Give the metres that are shown to a shopper; None without a place."""
    if fix is None:
        return None
    return distance_m((fix.latitude, fix.longitude), (store.latitude, store.longitude))


def arrival(store: Store, distance_m: float | None, walk: Outing, rules: ReplyRules) -> Arrival:
    """Tell how the store is found on arriving from that distance; None = as if it were here."""
    on_foot = timedelta(minutes=(distance_m or 0.0) / rules.walking_m_per_min)
    return found_at(store, walk.sets_out_at + on_foot, walk)


def found_at(store: Store, at: datetime, walk: Outing) -> Arrival:
    """Tell how the store is found by somebody who can be there at that moment."""
    at = _when_open(store, at, walk)
    interval = open_interval(store, at)
    if interval is None:
        return Arrival(at, opens_at=next_opening(store, at) or at + _UNKNOWN)
    hours = interval if walk.is_named else None
    return Arrival(at, closes_at=closing_soon(store, at), hours=hours)


def _when_open(store: Store, at: datetime, walk: Outing) -> datetime:
    """Give the moment of arrival: a later one, or an earlier one of that day, for a store that is closed at first."""
    if walk.until is None or open_interval(store, at) is not None:
        return at
    for start in (at, walk.since):
        opens = next_opening(store, start - _A_MOMENT) if start is not None else None
        if opens is not None and opens < walk.until:
            return opens
    return at


def opens_when(
    store: Store, distance_m: float | None, now: datetime, rules: ReplyRules
) -> datetime | None:
    """Give None when the store is open on arrival on foot, else when it opens next."""
    return arrival(store, distance_m, Outing(now), rules).opens_at


def open_stores_near(
    index: StoreIndex, fix: Fix, now: datetime, rules: ReplyRules
) -> list[tuple[Store, float]]:
    """Give the stores that are open on arrival, nearest first, with the metres to show."""
    return sorted(
        (
            (store, exact_distance_m(store, fix) or 0.0)
            for store, metres in index.within(fix.latitude, fix.longitude, rules.near_m)
            if opens_when(store, metres, now, rules) is None
        ),
        key=lambda pair: (pair[1], pair[0].id),
    )
