import pytest

from knowledge.geography.store_index import StoreIndex
from knowledge.nearby.landmarks import landmark, without_place
from storage.records import Store
from tests.builders import store

DEGREE_M = 111_263.0  # of latitude, at 52.5° on WGS-84


def at(key: str, name: str, address: str, north_m: float = 0.0) -> Store:
    return store(key, name=name, address=address, latitude=52.5 + north_m / DEGREE_M)


TOWN = (
    at("cafe", "Downtown Café", "12 Main Street, Harborton"),
    at("books", "Tidewater Books", "3 Water Street, Harborton", 200),
    at("diner", "The Lantern Diner", "9 Water Street, Harborton", 900),
    at("kiosk", "Ferry Landing Kiosk", "1 Town Wharf, Harborton", 2_000),
)


@pytest.mark.parametrize(
    ("said", "name", "stores"),
    [
        ("water street", "Water Street", {"books", "diner"}),
        ("the wharf", "Town Wharf", {"kiosk"}),
        ("downtown café", "Downtown Café", {"cafe", "books"}),
        ("the lantern diner", "The Lantern Diner", {"diner"}),
        ("the ferry landing", "Ferry Landing Kiosk", {"kiosk"}),
        ("main st", "Main Street", {"cafe"}),
    ],
)
def test_place_is_known_by_the_stores_there(said: str, name: str, stores: set[str]) -> None:
    found = landmark(said, StoreIndex(TOWN))
    assert found is not None
    assert (found.name, found.store_ids) == (name, stores)


@pytest.mark.parametrize(
    "said", ["", "the station", "street", "the store", "harborton", "landing", "morning"]
)
def test_what_no_store_stands_at_is_no_place(said: str) -> None:
    assert landmark(said, StoreIndex(TOWN)) is None


@pytest.mark.parametrize(
    ("text", "near", "rest"),
    [
        ("tea on Water Street", "water street", "tea"),
        ("something near the wharf, under $5", "wharf", "something, under $5"),
        ("close to the wharf", "wharf", "close to the wharf"),
    ],
)
def test_place_says_nothing_of_the_thing(text: str, near: str, rest: str) -> None:
    assert without_place(text, near) == rest
