"""Where no nudge is ever sent: around health services, and around places that the shop named.

It looks at the store alone, never at the shopper: a store whose fence reaches into a zone stays silent as a whole.
So nobody inside a zone is told anything, and a silence says nothing of where somebody stood.
"""

from collections.abc import Iterable

from knowledge.discretion import is_health_service
from knowledge.geography.distance import between_m, point
from knowledge.geography.store_index import StoreIndex
from storage.records import Store

Place = tuple[float, float]  # latitude, longitude in degrees


def is_in_exclusion_zone(
    store: Store, stores: StoreIndex, places: Iterable[Place], exclusion_m: float
) -> bool:
    """Tell whether a store's fence comes within `exclusion_m` of a health service or a place; 0 = there are no zones."""
    if exclusion_m <= 0:
        return False
    reach_m = exclusion_m + store.radius_m
    here = point(store.latitude, store.longitude)
    if any(between_m(here, point(*place)) <= reach_m for place in places):
        return True
    around = stores.within(store.latitude, store.longitude, reach_m)
    return any(is_health_service(other) for other, _ in around)
