from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import pytest

from knowledge.nearby.fence import (
    Crossing,
    FenceRules,
    FenceState,
    Movement,
    Sighting,
    dwelt_by,
    exit_radius_m,
    is_jump,
    is_usable,
    step,
)

NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)
RULES = FenceRules()
R = 150.0
E, D, L = Crossing.ENTERED, Crossing.DWELT, Crossing.LEFT
WALK, RIDE = 1.3, 12.0


@dataclass(frozen=True)
class Seen:
    """A fix `at_s` after noon, so far from the door; `moved_m` from the last one, at `speed`."""

    at_s: float
    far_m: float
    accuracy_m: float = 20.0
    speed: float = WALK
    moved_m: float | None = None


def crossings(trail: Sequence[Seen], radius_m: float = R) -> list[tuple[float, Crossing]]:
    """Walk a trail and give what happened when; the first fix is the first of its share."""
    state, found, last = FenceState(), [], None
    for seen in trail:
        movement = Movement()
        if last is not None:
            elapsed_s = seen.at_s - last.at_s
            moved_m = seen.speed * elapsed_s if seen.moved_m is None else seen.moved_m
            movement = Movement(moved_m, elapsed_s, seen.speed)
        at = NOON + timedelta(seconds=seen.at_s)
        sighting = Sighting(seen.far_m, seen.accuracy_m, at, movement)
        state, crossing = step(state, radius_m, sighting, RULES)
        if crossing is not None:
            found.append((seen.at_s, crossing))
        last = seen
    return found


def inside(*at_s: float) -> list[Seen]:
    return [Seen(s, 145) for s in at_s]


TRAILS: dict[str, tuple[list[Seen], list[tuple[float, Crossing]]]] = {
    "two fixes that agree": ([Seen(0, 200), *inside(10, 20)], [(20, E)]),
    "one fix alone": ([Seen(0, 200), Seen(10, 145), Seen(20, 160)], []),
    "two fixes closer than 5 s, then a third": ([Seen(0, 200), *inside(10, 13, 15)], [(15, E)]),
    "one whose whole circle is inside, within a walk": ([Seen(0, 160), Seen(10, 120)], [(10, E)]),
    "one whose circle reaches out": ([Seen(0, 160), Seen(10, 140)], []),
    "one that claims 1.7 m but lies 200 m off": (
        [Seen(0, 300), Seen(10, 10, accuracy_m=1.7, moved_m=290), Seen(20, 300, moved_m=290)],
        [],
    ),
    "first fix of a share, at the door": ([Seen(0, 0, accuracy_m=2)], []),
    "first fix of a share and a second": ([Seen(0, 0, accuracy_m=2), Seen(8, 1)], [(8, E)]),
    "fixes too coarse": ([Seen(0, 20, 151), Seen(10, 20, 151), Seen(20, 20, 151)], []),
    "a coarse fix between two good ones": (
        [Seen(0, 200), Seen(10, 145), Seen(20, 145, 151), Seen(30, 145)],
        [(30, E)],
    ),
    "at the edge": ([Seen(0, 200), Seen(10, 151), Seen(20, 151), Seen(30, 151)], []),
    "driving past": ([Seen(s, abs(300 - 12 * s), speed=RIDE) for s in range(0, 60, 5)], []),
    "driving up and getting out": (
        [Seen(0, 300, speed=RIDE), Seen(10, 100, speed=RIDE), Seen(20, 90), Seen(30, 80)],
        [(20, E)],
    ),
    "staying": ([*inside(0, 10), Seen(60, 40), Seen(121, 5), Seen(200, 5)], [(10, E), (121, D)]),
    "leaving": ([*inside(0, 10), Seen(20, 200), Seen(30, 210)], [(10, E), (30, L)]),
    "one fix outside": ([*inside(0, 10), Seen(20, 300), *inside(30, 40)], [(10, E)]),
    "flapping at the edge": (
        [*inside(0, 10), *[Seen(20 + 10 * n, 149 + 30 * (n % 2)) for n in range(9)]],
        [(10, E)],
    ),
    "leaving is believed later the coarser the fixes": (
        [*inside(0, 10), Seen(20, 200, 90), Seen(30, 200, 90)],
        [(10, E)],
    ),
    "leaving and coming back": (
        [*inside(0, 10), Seen(20, 250), Seen(30, 260), *inside(40, 50)],
        [(10, E), (30, L), (50, E)],
    ),
    "leaving by car": (
        [*inside(0, 10), Seen(20, 250, speed=RIDE), Seen(30, 370, speed=RIDE)],
        [(10, E), (30, L)],
    ),
}


@pytest.mark.parametrize(("trail", "happens"), TRAILS.values(), ids=TRAILS.keys())
def test_crossings(trail: list[Seen], happens: list[tuple[float, Crossing]]) -> None:
    assert crossings(trail) == happens


def test_big_store_takes_coarser_fixes() -> None:
    trail = [Seen(0, 900), Seen(10, 500, 400), Seen(20, 500, 400)]
    assert crossings(trail, radius_m=600) == [(20, E)]


@pytest.mark.parametrize(
    ("radius_m", "accuracy_m", "leaves_at_m"), [(50, 10, 80), (150, 0, 170), (1000, 50, 1150)]
)
def test_exit_lies_further_out_than_entry(
    radius_m: float, accuracy_m: float, leaves_at_m: float
) -> None:
    assert exit_radius_m(radius_m, accuracy_m, RULES) == pytest.approx(leaves_at_m)


@pytest.mark.parametrize(
    ("age_s", "last_age_s", "is_used"),
    [
        (0, None, True),
        (120, None, True),
        (121, None, False),
        (10, 20, True),
        (20, 10, False),
        (10, 10, False),
    ],
)
def test_stale_and_overtaken_fixes_are_dropped(
    age_s: float, last_age_s: float | None, is_used: bool
) -> None:
    last = None if last_age_s is None else NOON - timedelta(seconds=last_age_s)
    assert is_usable(NOON - timedelta(seconds=age_s), NOON, last, RULES) is is_used


@pytest.mark.parametrize(("moved_m", "is_dropped"), [(699, False), (701, True)])
def test_jump_is_what_nothing_in_a_town_can_do(moved_m: float, is_dropped: bool) -> None:
    assert is_jump(Movement(moved_m, 10, moved_m / 10), RULES) is is_dropped


def test_first_fix_is_no_jump() -> None:
    assert not is_jump(Movement(), RULES)


STAYING = FenceState(entered_at=NOON)
DWELLS: dict[str, tuple[FenceState, float, float, bool]] = {
    "long enough, seen lately": (STAYING, 120, 30, True),
    "not long enough": (STAYING, 119, 30, False),
    "not seen for long": (STAYING, 300, 179, False),
    "perhaps gone": (FenceState(NOON, doubted_since=NOON), 120, 30, False),
    "told already": (FenceState(NOON, has_dwelt=True), 120, 30, False),
    "outside": (FenceState(), 120, 30, False),
}


@pytest.mark.parametrize(("state", "after_s", "seen_s", "dwells"), DWELLS.values(), ids=DWELLS)
def test_who_stands_still_stays(
    state: FenceState, after_s: float, seen_s: float, dwells: bool
) -> None:
    now = NOON + timedelta(seconds=after_s)
    after, crossing = dwelt_by(state, now, NOON + timedelta(seconds=seen_s), RULES)
    assert crossing is (D if dwells else None)
    assert after.has_dwelt is (dwells or state.has_dwelt)
