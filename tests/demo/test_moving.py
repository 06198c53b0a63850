import itertools
from datetime import date
from zoneinfo import ZoneInfo

import pytest

from knowledge.geography.distance import distance_m
from scripts.demo.moving import town_at
from scripts.demo.stores import stores
from scripts.demo.town import town_plan
from storage.records import Store

TODAY = date(2026, 11, 20)
PLACES = [
    (52.52, 13.405, "Europe/Berlin"),
    (-33.87, 151.21, "Australia/Sydney"),
    (0.0, 179.9999, "Etc/GMT-12"),
    (64.15, -21.94, "Atlantic/Reykjavik"),
]


def at(store: Store) -> tuple[float, float]:
    return store.latitude, store.longitude


@pytest.mark.parametrize(("latitude", "longitude", "zone"), PLACES)
def test_town_keeps_its_shape_around_another_place(
    latitude: float, longitude: float, zone: str
) -> None:
    moved = town_at(latitude, longitude, ZoneInfo(zone), TODAY).stores
    plan = town_plan()
    for old, new in zip(stores(), moved, strict=True):
        was_m = distance_m((plan.latitude, plan.longitude), at(old))
        assert distance_m((latitude, longitude), at(new)) == pytest.approx(was_m, rel=0.002, abs=1)
        assert new.time_zone == zone
        assert -180 <= new.longitude < 180
    for (old_a, new_a), (old_b, new_b) in itertools.pairwise(zip(stores(), moved, strict=True)):
        apart_m = distance_m(at(old_a), at(old_b))
        assert distance_m(at(new_a), at(new_b)) == pytest.approx(apart_m, rel=0.005, abs=2)


def test_coupon_holds_from_midnight_to_midnight_by_the_new_clocks() -> None:
    zone = ZoneInfo("Europe/Berlin")
    for coupon in town_at(52.52, 13.405, zone, TODAY).coupons:
        assert coupon.valid_from.astimezone(zone).strftime("%H:%M:%S") == "00:00:00"
        assert coupon.valid_until.astimezone(zone).strftime("%H:%M:%S") == "23:59:59"


def test_town_is_not_in_maine_any_more() -> None:
    town = town_at(52.52, 13.405, ZoneInfo("Europe/Berlin"), TODAY)
    assert not [store.address for store in town.stores if store.address.endswith(", ME")]
