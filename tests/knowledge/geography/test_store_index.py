"""The index finds what looking at every store would find, wherever on earth."""

import random
from collections.abc import Sequence
from math import cos, radians

import pytest

from knowledge.catalogue import Catalogue
from knowledge.geography.distance import between_m, distance_m, point
from knowledge.geography.looked_up import LookedUp
from knowledge.geography.store_index import StoreIndex
from storage.database import Database
from storage.records import Store
from tests.builders import store

M = 1 / 111_200  # degrees of latitude
# Where a town lies: in the middle of a map, on the date line, around a pole, where degrees of longitude are narrow.
TOWNS = {
    "in town": (52.5, 13.4),
    "south and west": (-33.9, -70.7),
    "date line": (-16.5, 180.0),
    "north pole": (90.0, 0.0),
    "south pole": (-89.999, 45.0),
    "far north": (78.2, 15.6),
}
RADII_M = ((150,), (50, 150, 2_000), (1, 60, 64, 500))


def place(town: tuple[float, float], draw: random.Random, spread_m: float) -> tuple[float, float]:
    """Draw a place of a town; over a pole one comes down on the other side."""
    latitude = town[0] + draw.uniform(-spread_m, spread_m) * M
    wide = max(cos(radians(latitude)), 1e-4)
    longitude = town[1] + draw.uniform(-spread_m, spread_m) * M / wide
    if abs(latitude) > 90:
        latitude, longitude = (180 if latitude > 0 else -180) - latitude, longitude + 180
    return latitude, (longitude + 180) % 360 - 180


def stores_of(
    town: tuple[float, float], draw: random.Random, radii_m: Sequence[int], count: int
) -> list[Store]:
    places = [place(town, draw, 3_000) for _ in range(count)]
    return [
        store(f"s{number}", latitude=at[0], longitude=at[1], radius_m=draw.choice(radii_m))
        for number, at in enumerate(places)
    ]


def far(each: Store, at: tuple[float, float]) -> float:
    return between_m(point(*at), point(each.latitude, each.longitude))


@pytest.mark.parametrize("radii_m", RADII_M, ids=str)
@pytest.mark.parametrize("town", TOWNS.values(), ids=TOWNS)
def test_index_finds_what_looking_at_every_store_finds(
    town: tuple[float, float], radii_m: tuple[int, ...]
) -> None:
    draw = random.Random(7)  # noqa: S311 - no secret
    stores = stores_of(town, draw, radii_m, count=300)
    index = StoreIndex(stores)
    for _ in range(200):
        at = place(town, draw, 3_200)
        metres = {each.id: far(each, at) for each in stores}
        reaching = [each.id for each in stores if metres[each.id] <= each.radius_m]
        assert [each.id for each, _ in index.around(*at)] == reaching
        within = [each.id for each in stores if metres[each.id] <= 400]
        assert [each.id for each, _ in index.within(*at, 400)] == within
        nearest = sorted(metres, key=metres.__getitem__)[:5]
        assert [each.id for each, _ in index.nearest(*at, 5)] == nearest
        for each, told_m in (*index.around(*at), *index.within(*at, 900), *index.nearest(*at, 3)):
            assert told_m == pytest.approx(metres[each.id], abs=0.001)


@pytest.mark.parametrize("radii_m", RADII_M, ids=str)
@pytest.mark.parametrize("town", TOWNS.values(), ids=TOWNS)
def test_many_places_at_once_are_as_each_by_itself(
    town: tuple[float, float], radii_m: tuple[int, ...]
) -> None:
    draw = random.Random(5)  # noqa: S311 - no secret
    index = StoreIndex(stores_of(town, draw, radii_m, count=1_000))
    places = [place(town, draw, 3_500) for _ in range(300)]
    found = index.around_each([at[0] for at in places], [at[1] for at in places])
    alone = {
        (number, each.id): metres
        for number, at in enumerate(places)
        for each, metres in index.around(*at)
    }
    assert {(at, each.id): far for at, each, far in found} == pytest.approx(alone, abs=0.001)
    assert len(found) == len(alone)


def test_what_was_looked_up_is_what_the_index_would_tell() -> None:
    draw = random.Random(3)  # noqa: S311 - no secret
    town = TOWNS["in town"]
    index = StoreIndex(
        sorted(stores_of(town, draw, (50, 150, 2_000), count=500), key=lambda each: each.id)
    )
    places = [place(town, draw, 3_500) for _ in range(100)]
    looked_up = LookedUp(index, places[:50])
    for at in places:
        told, alone = looked_up.around(*at), index.around(*at)
        assert [each.id for each, _ in told] == [each.id for each, _ in alone]
        assert [far for _, far in told] == pytest.approx([far for _, far in alone], abs=0.001)
    assert LookedUp(index, []).around(*places[0]) == index.around(*places[0])


def test_no_place_has_nothing_around() -> None:
    assert StoreIndex([store()]).around_each([], []) == []
    assert StoreIndex([]).around_each([52.5], [13.4]) == []


@pytest.mark.parametrize("town", TOWNS.values(), ids=TOWNS)
def test_metres_are_those_of_the_exact_distance(town: tuple[float, float]) -> None:
    draw = random.Random(11)  # noqa: S311 - no secret
    for _ in range(300):
        a, b = place(town, draw, 3_000), place(town, draw, 3_000)
        assert between_m(point(*a), point(*b)) == pytest.approx(distance_m(a, b), abs=0.001)


def test_hundred_kilometres_are_within_a_decimetre() -> None:
    draw = random.Random(13)  # noqa: S311 - no secret
    for _ in range(500):
        a = (draw.uniform(-89, 89), draw.uniform(-180, 180))
        b = place(a, draw, 70_000)
        assert between_m(point(*a), point(*b)) == pytest.approx(distance_m(a, b), abs=0.1)


def test_shop_without_stores_has_nothing_near() -> None:
    index = StoreIndex([])
    assert (index.around(52.5, 13.4), index.within(52.5, 13.4, 1e7), index.nearest(52.5, 13.4, 3)) == ([], [], [])  # fmt: skip


def test_one_store_is_the_nearest_from_anywhere() -> None:
    only = store(latitude=52.5, longitude=13.4)
    index = StoreIndex([only])
    for at in ((52.5, 13.4), (-52.5, -166.6), (90.0, 0.0)):
        assert [each.id for each, _ in index.nearest(*at, 3)] == [only.id]
    assert index.nearest(52.5, 13.4, 0) == []
    assert index.around(52.5 + 140 * M, 13.4)
    assert index.around(52.5 + 160 * M, 13.4) == []


def test_stores_are_told_in_the_order_they_were_given() -> None:
    ids = ["c", "a", "d", "b"]
    radii_m = (2_000, 50, 150, 60)
    index = StoreIndex(store(each, radius_m=r) for each, r in zip(ids, radii_m, strict=True))
    assert [each.id for each, _ in index.around(52.5, 13.4)] == ids
    assert [each.id for each, _ in index.within(52.5, 13.4, 10)] == ids


def test_longitude_may_be_told_either_way_round() -> None:
    index = StoreIndex([store(latitude=-16.5, longitude=-180.0)])
    assert index.around(-16.5, 180.0)
    assert index.around(-16.5, -180.0)


async def test_catalogue_loaded_anew_knows_a_new_store_while_the_old_one_goes_on(
    town: Database,
) -> None:
    before = await Catalogue.load(town)
    kiosk = store("kiosk", latitude=10.0, longitude=20.0)
    async with town.work() as work:
        await work.stores.add_many([kiosk])
        await work.commit()
    after = await Catalogue.load(town)
    assert [each.id for each, _ in after.index.around(10.0, 20.0)] == ["kiosk"]
    assert before.index.around(10.0, 20.0) == []
    assert after.stores.keys() - before.stores.keys() == {"kiosk"}
