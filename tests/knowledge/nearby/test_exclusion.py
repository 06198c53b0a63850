import pytest

from knowledge.geography.distance import distance_m
from knowledge.geography.store_index import StoreIndex
from knowledge.nearby.exclusion import is_in_exclusion_zone
from tests.builders import store

CAFE = store(radius_m=150)
M_PER_DEGREE = 111_270.0  # of latitude, at the café


def north_of_the_cafe(metres: float) -> tuple[float, float]:
    place = (CAFE.latitude + metres / M_PER_DEGREE, CAFE.longitude)
    assert abs(distance_m((CAFE.latitude, CAFE.longitude), place) - metres) < 2
    return place


def is_silent(metres: float, category: str = "pharmacy", exclusion_m: float = 610.0) -> bool:
    north, east = north_of_the_cafe(metres)
    other = store("other", category=category, latitude=north, longitude=east)
    return is_in_exclusion_zone(CAFE, StoreIndex([CAFE, other]), (), exclusion_m)


@pytest.mark.parametrize(
    ("metres", "is_near"), [(0, True), (400, True), (755, True), (765, False), (5_000, False)]
)
def test_fence_must_not_reach_into_the_zone_of_a_health_service(
    metres: float, is_near: bool
) -> None:
    assert is_silent(metres) is is_near


@pytest.mark.parametrize("category", ["Clinic", "hospital", "dentist"])
def test_all_health_services_have_a_zone(category: str) -> None:
    assert is_silent(300, category)


def test_other_stores_have_none() -> None:
    assert not is_silent(10, "bakery")


def test_shop_may_set_the_width_of_the_zone_and_have_none() -> None:
    assert is_silent(900, exclusion_m=800)
    assert not is_silent(300, exclusion_m=100)
    assert not is_silent(0, exclusion_m=0)


@pytest.mark.parametrize(("metres", "is_near"), [(750, True), (770, False)])
def test_place_that_the_shop_names_has_a_zone(metres: float, is_near: bool) -> None:
    places = ((0.0, 0.0), north_of_the_cafe(metres))
    assert is_in_exclusion_zone(CAFE, StoreIndex([CAFE]), places, 610.0) is is_near


def test_zone_reaches_over_the_antimeridian() -> None:
    here = store(latitude=-17.0, longitude=179.999)
    clinic = store("clinic", category="clinic", latitude=-17.0, longitude=-179.999)
    assert is_in_exclusion_zone(here, StoreIndex([here, clinic]), (), 610.0)
