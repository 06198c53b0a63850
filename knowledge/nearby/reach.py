"""Which stores a shopper reaches on foot, and whether they are open on arrival."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from knowledge.nearby.distance import distance_m, rough_distance_m
from knowledge.nearby.hours import next_opening, open_interval
from knowledge.nearby.places import Fix
from knowledge.rules import ReplyRules
from storage.records import Store


def store_distances(
    stores: Iterable[Store], fix: Fix | None, rules: ReplyRules
) -> dict[str, float | None]:
    """Give metres to each store that is near by the rules; without a place all stores, at None."""
    if fix is None:
        return {store.id: None for store in stores}
    here = (fix.latitude, fix.longitude)
    far = {store.id: rough_distance_m(here, (store.latitude, store.longitude)) for store in stores}
    return {store_id: metres for store_id, metres in far.items() if metres <= rules.near_m}


def exact_distance_m(store: Store, fix: Fix | None) -> float | None:
    """Give the metres that are shown to a shopper; None without a place."""
    if fix is None:
        return None
    return distance_m((fix.latitude, fix.longitude), (store.latitude, store.longitude))


def opens_when(
    store: Store, distance_m: float | None, now: datetime, rules: ReplyRules
) -> datetime | None:
    """Give None when the store is open on arrival on foot, else when it opens next."""
    arrival = now + timedelta(minutes=(distance_m or 0.0) / rules.walking_m_per_min)
    if open_interval(store, arrival) is not None:
        return None
    # A store without opening hours is one whose hours nobody entered: never promised as open.
    return next_opening(store, arrival) or arrival + timedelta(days=7)


def open_stores_near(
    stores: Iterable[Store], fix: Fix, now: datetime, rules: ReplyRules
) -> list[tuple[Store, float]]:
    """Give the stores that are open on arrival, nearest first, with the metres to show."""
    by_id = {store.id: store for store in stores}
    near = store_distances(by_id.values(), fix, rules)
    return sorted(
        (
            (by_id[key], exact_distance_m(by_id[key], fix) or 0.0)
            for key, metres in near.items()
            if opens_when(by_id[key], metres, now, rules) is None
        ),
        key=lambda pair: (pair[1], pair[0].id),
    )
