from math import cos, hypot, radians, sin
from random import Random

import pytest

from knowledge.nearby.vagueness import ROOM_M, Kept, room_m, stores_to_drop
from storage.records import Importance, Store
from tests.builders import store

M_PER_DEGREE = 111_200.0
MIDDLE = store()
PER_DEGREE_EAST = M_PER_DEGREE * cos(radians(MIDDLE.latitude))


def at(east_m: float, north_m: float = 0.0, radius_m: int = 150, name: str = "") -> Store:
    return store(
        name or f"{east_m:.0f}/{north_m:.0f}/{radius_m}",
        latitude=MIDDLE.latitude + north_m / M_PER_DEGREE,
        longitude=MIDDLE.longitude + east_m / PER_DEGREE_EAST,
        radius_m=radius_m,
    )


@pytest.mark.parametrize(
    ("stores", "expected_m"),
    [
        ([at(0)], 300.0),
        ([at(0), at(0)], 300.0),
        ([at(0), at(180)], 240.0),
        ([at(0), at(299)], 24.5),
        ([at(0), at(301)], None),
        ([at(0, radius_m=500), at(100)], 300.0),
        ([at(0, radius_m=50)], 200.0),
        ([at(0), at(200), at(100, 265)], None),
        ([at(0), at(200), at(100, 200)], 78.9),
    ],
    ids=["one", "the same twice", "lens", "sliver", "apart", "inside", "small", "pairs", "three"],
)
def test_room_is_what_all_fences_share(stores: list[Store], expected_m: float | None) -> None:
    found = room_m(stores)
    assert (found is None) is (expected_m is None)
    assert found == (None if expected_m is None else pytest.approx(expected_m, rel=0.01))


@pytest.mark.parametrize("seed", range(40))
def test_room_is_never_more_than_what_a_search_finds(seed: int) -> None:
    dice = Random(seed)  # noqa: S311 - a drawn town, no secret
    stores = [
        at(dice.uniform(-150, 150), dice.uniform(-150, 150), dice.choice([100, 150, 250]))
        for _ in range(dice.randint(2, 5))
    ]
    found, searched_m = room_m(stores), across_m(stores)
    if found is not None:
        assert found <= searched_m + 3 * STEP_M
    else:
        assert searched_m == 0.0


STEP_M = 10


def across_m(stores: list[Store]) -> float:
    """Search a grid for places in all fences, and give how far they reach, seen from all sides."""
    circles = [
        (
            (each.longitude - MIDDLE.longitude) * PER_DEGREE_EAST,
            (each.latitude - MIDDLE.latitude) * M_PER_DEGREE,
            each.radius_m,
        )
        for each in stores
    ]
    inside = [
        (east, north)
        for east in range(-400, 401, STEP_M)
        for north in range(-400, 401, STEP_M)
        if all(hypot(x - east, y - north) <= radius for x, y, radius in circles)
    ]
    sides = [(cos(radians(turn)), sin(radians(turn))) for turn in range(0, 180, 10)]
    seen = [[east * x + north * y for east, north in inside] for x, y in sides]
    return max((max(each) - min(each) for each in seen if each), default=0.0)


def test_antimeridian_is_nothing_special() -> None:
    one = store("one", latitude=0.0, longitude=179.9995)
    other = store("other", latitude=0.0, longitude=-179.9995)
    assert room_m([one, other]) == pytest.approx(2 * (150**2 - 55.6**2) ** 0.5, rel=0.01)


def test_no_store_is_no_place() -> None:
    with pytest.raises(ValueError, match="without a store"):
        room_m([])


# Which are kept

FILLER, RELEVANT, DECIDED = Importance
OLD = at(0, name="old")
WIDE = Kept(at(200, name="wide"), FILLER)
FAR = Kept(at(2_000, name="far"), DECIDED)


def dropped(importance: Importance, *known: Kept) -> frozenset[str] | None:
    """Receipts of a store that with the old one's leave too little room."""
    return stores_to_drop(Kept(at(260, name="new"), importance), known)


@pytest.mark.parametrize("importance", Importance)
def test_receipts_that_leave_room_are_all_kept(importance: Importance) -> None:
    assert dropped(importance) == frozenset()
    assert dropped(importance, WIDE, FAR) == frozenset()


@pytest.mark.parametrize(
    ("importance", "old", "goes"),
    [
        (FILLER, FILLER, None),
        (FILLER, RELEVANT, None),
        (FILLER, DECIDED, None),
        (RELEVANT, FILLER, {"old"}),
        (RELEVANT, RELEVANT, {"old"}),
        (RELEVANT, DECIDED, None),
        (DECIDED, FILLER, {"old"}),
        (DECIDED, RELEVANT, {"old"}),
        (DECIDED, DECIDED, {"old"}),
    ],
)
def test_of_two_that_would_tell_too_exactly_where_one_is_kept(
    importance: Importance, old: Importance, goes: set[str] | None
) -> None:
    room = room_m([at(260), OLD])
    assert room is not None
    assert room < ROOM_M
    assert dropped(importance, Kept(OLD, old), WIDE, FAR) == goes


def test_second_visit_to_a_store_is_no_second_fence() -> None:
    assert dropped(FILLER, Kept(at(260, name="new"), DECIDED)) == frozenset()


def test_walk_past_stores_leaves_no_two_with_a_narrow_place_in_common() -> None:
    street = [Kept(at(60.0 * n, name=str(n)), FILLER) for n in range(20)]
    kept: list[Kept] = []
    for each in street:
        if stores_to_drop(each, kept) == frozenset():
            kept.append(each)
    rooms = [room_m([a.store, b.store]) for a in kept for b in kept]
    assert len(kept) > len(street) // 3
    assert not [room for room in rooms if room is not None and room < ROOM_M]


def test_mall_keeps_all_its_stores() -> None:
    mall = [Kept(at(3.0 * n, 2.0 * n, name=str(n)), FILLER) for n in range(25)]
    assert stores_to_drop(Kept(at(20, 30, name="new"), FILLER), mall) == frozenset()
