"""Stores around a place, as lines of a list (pure)."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from knowledge import amounts
from knowledge.nearby.distance import distance_m, rough_distance_m
from knowledge.nearby.places import Fix
from knowledge.shelves import NEAR_M, opens_when
from storage.records import Store

STORES_SHOWN = 5


def open_stores_near(
    stores: Iterable[Store], fix: Fix, now: datetime
) -> list[tuple[Store, float]]:
    """Give the nearest stores that are open on arrival on foot, with their metres."""
    here = (fix.latitude, fix.longitude)
    rough = [
        (rough_distance_m(here, (store.latitude, store.longitude)), store) for store in stores
    ]
    reachable = [
        store
        for far, store in sorted(rough, key=lambda pair: (pair[0], pair[1].id))
        if far <= NEAR_M and opens_when(store, far, now) is None
    ]
    nearest = reachable[:STORES_SHOWN]
    return [(store, distance_m(here, (store.latitude, store.longitude))) for store in nearest]


def store_lines(
    heading: str, stores: Sequence[tuple[Store, float]], language_code: str | None
) -> str:
    """List stores by number, name and distance."""
    locale = amounts.locale_for(language_code)
    lines = [
        f"{number}. {store.name}, {amounts.distance(far, locale)}"
        for number, (store, far) in enumerate(stores, 1)
    ]
    return "\n".join([heading, *lines])
