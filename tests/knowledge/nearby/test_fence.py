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
    exit_radius_m,
    is_jump,
    is_usable,
    rode_lately,
    step,
    wait,
)

NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)
RULES = FenceRules()
R = 150.0
E, D, S, L = Crossing.ENTERED, Crossing.DWELT, Crossing.SLOWED, Crossing.LEFT
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
    state, found = FenceState(), list[tuple[float, Crossing]]()
    last: Seen | None = None
    for seen in trail:
        movement, before_m = Movement(), None if last is None else last.far_m
        if last is not None:
            elapsed_s = seen.at_s - last.at_s
            moved_m = seen.speed * elapsed_s if seen.moved_m is None else seen.moved_m
            movement = Movement(moved_m, elapsed_s, seen.speed)
        at = NOON + timedelta(seconds=seen.at_s)
        sighting = Sighting(seen.far_m, seen.accuracy_m, at, movement, before_m)
        state, crossing = step(state, radius_m, sighting, RULES)
        if crossing is not None:
            found.append((seen.at_s, crossing))
        last = seen
    return found


def at(far_m: float, *at_s: float, accuracy_m: float = 20.0, speed: float = WALK) -> list[Seen]:
    return [Seen(s, far_m, accuracy_m, speed) for s in at_s]


def every(step_s: int, *far_m: float) -> list[Seen]:
    return [Seen(step_s * n, far) for n, far in enumerate(far_m)]


TRAILS: dict[str, tuple[list[Seen], list[tuple[float, Crossing]]]] = {
    "deep inside, for twenty seconds": (every(10, 200, 120, 110, 100), [(30, E)]),
    "near the edge it takes longer": (every(10, 200, 140, 140, 140, 140, 140), [(50, E)]),
    "one fix alone": (every(10, 200, 120, 200, 200), []),
    "one fix a minute: the second is believed": (every(60, 200, 120, 110), [(120, E)]),
    "one that claims 1.7 m but lies 200 m off": (
        [*at(300, 0, 5), Seen(10, 10, 1.7, moved_m=290), *at(300, 15, 20, 25, 30)],
        [],
    ),
    "two such in a row": (
        [*at(300, 0, 5), *at(10, 10, 15, accuracy_m=1.7), *at(300, 20, 25, 30)],
        [],
    ),
    "first fix of a share, at the door": (at(0, 0, accuracy_m=2), []),
    "a share that begins at the door": (at(0, 0, 8, 16, 24, accuracy_m=2), [(24, E)]),
    "fixes too coarse": (at(20, 0, 10, 20, 30, accuracy_m=151), []),
    "a coarse fix between good ones": (
        [*at(200, 0), *at(100, 10, 20), *at(100, 30, accuracy_m=151), *at(100, 40)],
        [(40, E)],
    ),
    "beside the circle": (every(10, 200, *[155] * 9), []),
    "now in, now out": (every(10, 200, *[140, 160] * 5), []),
    "after a gap everything begins anew": ([*at(100, 0, 10), *at(100, 300, 310)], []),
    "driving past": ([Seen(s, abs(300 - 12 * s), speed=RIDE) for s in range(0, 60, 5)], []),
    "driving through a large circle for long": (
        [Seen(s, 110 - s / 2, speed=RIDE) for s in range(0, 110, 10)],
        [(100, E)],
    ),
    "driving up and getting out": (
        [*at(300, 0, speed=RIDE), *at(100, 10, speed=RIDE), *at(90, 20, 30)],
        [(30, E)],
    ),
    "driving up and staying: slow for good when no light is red for so long": (
        [
            *at(300, 0, speed=RIDE),
            *at(100, 10, speed=RIDE),
            *at(100, *range(20, 100, 10)),
            *at(100, 200, 210, speed=0.5),
        ],
        [(30, E), (200, D), (210, S)],
    ),
    "driving up and on": (
        [
            *at(300, 0, speed=RIDE),
            *at(100, 10, speed=RIDE),
            *at(100, *range(20, 150, 10)),
            *at(100, 170, 190, speed=RIDE),
        ],
        [(30, E), (120, D)],
    ),
    "staying: counted from when the circle was crossed": (
        every(10, 200, *[100] * 12),
        [(30, E), (120, D)],
    ),
    "leaving": (every(10, *[100] * 4, *[220] * 8), [(20, E), (100, L)]),
    "minutes hardly outside for their accuracy": (
        [*at(100, 0, 10, 20), *at(190, *range(30, 330, 10), accuracy_m=50)],
        [(20, E), (110, D)],
    ),
    "one fix outside": (every(10, *[100] * 4, 400, *[100] * 4), [(20, E)]),
    "a minute of drift to the edge": (every(10, *[100] * 4, *[165] * 6, 100), [(20, E)]),
    "leaving is believed later the coarser the fixes": (
        [*at(100, 0, 10, 20), *at(280, *range(30, 120, 10), accuracy_m=100)],
        [(20, E)],
    ),
    "leaving and coming back": (
        every(10, *[100] * 3, *[250] * 7, *[100] * 3),
        [(20, E), (90, L), (120, E)],
    ),
}


@pytest.mark.parametrize(("trail", "happens"), TRAILS.values(), ids=TRAILS.keys())
def test_crossings(trail: list[Seen], happens: list[tuple[float, Crossing]]) -> None:
    assert crossings(trail) == happens


def test_big_store_takes_coarser_fixes() -> None:
    trail = [Seen(0, 900), *at(200, 10, 20, 30, accuracy_m=400)]
    assert crossings(trail, radius_m=600) == [(30, E)]


@pytest.mark.parametrize(("radius_m", "leaves_at_m"), [(50, 70), (150, 170), (1000, 1100)])
def test_exit_lies_further_out_than_entry(radius_m: float, leaves_at_m: float) -> None:
    assert exit_radius_m(radius_m, RULES) == pytest.approx(leaves_at_m)


@pytest.mark.parametrize(("after_s", "rode"), [(0, True), (150, True), (151, False)])
def test_who_rode_up_may_stand_at_a_red_light(after_s: float, rode: bool) -> None:
    sighting = Sighting(100, 10, NOON, Movement(300, 10, 30))
    state, _ = step(FenceState(), R, sighting, RULES)
    assert rode_lately(state, NOON + timedelta(seconds=after_s), RULES) is rode


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
SEEN_TWICE = FenceState(doubted_since=NOON, evidence_s=5.0)
Case = tuple[FenceState, float, float, float, float | None, Crossing | None]
WAITS: dict[str, Case] = {  # state, s since coming, s since the last fix, m from the door, speed
    "long enough, seen lately": (STAYING, 120, 70, 100, 0.5, D),
    "not long enough": (STAYING, 109, 70, 100, 0.5, None),
    "not seen for long": (STAYING, 300, 121, 100, 0.5, None),
    "last seen beside the circle": (STAYING, 120, 30, 181, 0.5, None),
    "on a bicycle, gone by now": (STAYING, 120, 60, 100, 5, None),
    "on a bicycle, still there": (STAYING, 120, 10, 100, 5, D),
    "nobody knows how fast": (STAYING, 120, 30, 100, None, None),
    "perhaps gone": (FenceState(NOON, doubted_since=NOON), 120, 30, 100, 0.5, None),
    "told already": (FenceState(NOON, has_dwelt=True), 120, 30, 100, 0.5, None),
    "seen once": (FenceState(doubted_since=NOON), 120, 30, 100, 0.5, None),
    "seen twice on foot, and silent": (SEEN_TWICE, 20, 15, 100, 0.5, E),
    "seen twice on foot, and silent for a moment": (SEEN_TWICE, 15, 10, 100, 0.5, None),
    "seen twice in a car, and silent": (SEEN_TWICE, 20, 15, 100, 5, None),
    "nothing heard for two hours": (STAYING, 9000, 7201, 100, 0.5, L),
    "nothing heard for two hours of who was not inside": (
        FenceState(doubted_since=NOON), 9000, 7201, 100, 0.5, None,
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", WAITS.values(), ids=WAITS)
def test_time_that_passes_without_a_fix(case: Case) -> None:
    state, after_s, silent_s, far_m, speed, happens = case
    now = NOON + timedelta(seconds=after_s)
    last = Sighting(far_m, 10, now - timedelta(seconds=silent_s), Movement(speed_m_per_s=speed))
    after, crossing = wait(state, R, last, now, RULES)
    assert crossing is happens
    assert after.has_dwelt is (happens is D or state.has_dwelt)
    assert after.is_idle is (silent_s > RULES.silence_s)
