"""Whether a shopper is at a store: entering, staying and leaving, told from a trail of uncertain fixes (pure).

It knows distances, accuracies and times, never where anything lies: whoever measures passes the metres in.
A phone's place jumps; one fix alone says little. So it takes two that agree, or one that leaves no doubt.
"""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum


@dataclass(frozen=True, slots=True)
class FenceRules:
    """When a fix counts and when a crossing is believed.

    Sources: two fixes that agree, after Radar's confidence 3 and Tracelet's issue 294 (one fix that claims
    1.7 m can be 200 m off); the buffered exit, after Radar and Tracelet's issue 269; 50 m when no accuracy is
    told, Radar's example; dwell after Mapbox (> 60 s) and Radar (140 s). The rest is ours.
    """

    agree_apart_s: float = 5.0
    stale_s: float = 120.0
    accuracy_untold_m: float = 50.0
    accuracy_worst_m: float = 100.0
    jump_m_per_s: float = 70.0
    driving_m_per_s: float = 7.0
    walking_m_per_s: float = 3.0
    exit_buffer_share: float = 0.1
    exit_buffer_m: float = 20.0
    dwell_s: float = 120.0
    speed_over_s: float = 20.0


@dataclass(frozen=True, slots=True)
class Movement:
    """How a fix follows those before it. `moved_m` and `elapsed_s` count from the last accepted fix.

    `speed_m_per_s` is the mean over the last `speed_over_s` seconds. All are None for the first fix of a share.
    """

    moved_m: float | None = None
    elapsed_s: float | None = None
    speed_m_per_s: float | None = None


class Crossing(StrEnum):
    """What can happen between a shopper and a store."""

    ENTERED = "entered"
    DWELT = "dwelt"
    LEFT = "left"


@dataclass(frozen=True, slots=True)
class Sighting:
    """One accepted fix as seen from one store."""

    distance_m: float
    accuracy_m: float
    seen_at: datetime
    movement: Movement


@dataclass(frozen=True, slots=True)
class FenceState:
    """Where a shopper stands with one store.

    `doubted_since` is the first fix, of those that agree so far, that says otherwise than `entered_at` does.
    """

    entered_at: datetime | None = None
    doubted_since: datetime | None = None
    has_dwelt: bool = False

    @property
    def is_inside(self) -> bool:
        """Tell whether the shopper is believed to be at the store."""
        return self.entered_at is not None

    @property
    def is_idle(self) -> bool:
        """Tell whether there is nothing to remember."""
        return self.entered_at is None and self.doubted_since is None


def is_usable(
    seen_at: datetime, now: datetime, last_seen_at: datetime | None, rules: FenceRules
) -> bool:
    """Tell whether a fix is fresh and newer than the last one."""
    if now - seen_at > timedelta(seconds=rules.stale_s):
        return False
    return last_seen_at is None or seen_at > last_seen_at


def is_jump(movement: Movement, rules: FenceRules) -> bool:
    """Tell whether a fix is too far from the last one for any vehicle in a town."""
    if movement.moved_m is None or not movement.elapsed_s:
        return False
    return movement.moved_m / movement.elapsed_s > rules.jump_m_per_s


def exit_radius_m(radius_m: float, accuracy_m: float, rules: FenceRules) -> float:
    """Give the metres beyond which a fix says that the shopper has left."""
    return radius_m + max(rules.exit_buffer_share * radius_m, rules.exit_buffer_m) + accuracy_m


def step(
    state: FenceState, radius_m: float, sighting: Sighting, rules: FenceRules
) -> tuple[FenceState, Crossing | None]:
    """Give the state after one more fix, and what happened with it."""
    if sighting.accuracy_m > max(rules.accuracy_worst_m, radius_m):
        return state, None
    if state.is_inside:
        return _step_inside(state, radius_m, sighting, rules)
    return _step_outside(state, radius_m, sighting, rules)


def dwelt_by(
    state: FenceState, now: datetime, last_seen_at: datetime, rules: FenceRules
) -> tuple[FenceState, Crossing | None]:
    """Give the state at `now` when no new fix came: who stands still sends none for a while."""
    if now - last_seen_at > timedelta(seconds=rules.stale_s) or state.doubted_since is not None:
        return state, None
    return _with_dwell(state, now, rules)


def _step_outside(
    state: FenceState, radius_m: float, sighting: Sighting, rules: FenceRules
) -> tuple[FenceState, Crossing | None]:
    if sighting.distance_m > radius_m or _is_driving(sighting.movement, rules):
        return FenceState(), None
    since = state.doubted_since
    if _is_beyond_doubt(sighting, radius_m, rules):
        return FenceState(entered_at=since or sighting.seen_at), Crossing.ENTERED
    if since is None:
        return FenceState(doubted_since=sighting.seen_at), None
    if _agree(since, sighting.seen_at, rules):
        return FenceState(entered_at=since), Crossing.ENTERED
    return state, None


def _step_inside(
    state: FenceState, radius_m: float, sighting: Sighting, rules: FenceRules
) -> tuple[FenceState, Crossing | None]:
    if sighting.distance_m > exit_radius_m(radius_m, sighting.accuracy_m, rules):
        since = state.doubted_since
        if since is not None and _agree(since, sighting.seen_at, rules):
            return FenceState(), Crossing.LEFT
        return replace(state, doubted_since=since or sighting.seen_at), None
    state = replace(state, doubted_since=None)
    if sighting.distance_m > radius_m:  # at the edge: neither gone nor surely there
        return state, None
    return _with_dwell(state, sighting.seen_at, rules)


def _with_dwell(
    state: FenceState, at: datetime, rules: FenceRules
) -> tuple[FenceState, Crossing | None]:
    if state.entered_at is None or state.has_dwelt:
        return state, None
    if at - state.entered_at < timedelta(seconds=rules.dwell_s):
        return state, None
    return replace(state, has_dwelt=True), Crossing.DWELT


def _is_driving(movement: Movement, rules: FenceRules) -> bool:
    return (movement.speed_m_per_s or 0.0) > rules.driving_m_per_s


def _is_beyond_doubt(sighting: Sighting, radius_m: float, rules: FenceRules) -> bool:
    """Tell whether one fix is enough: its whole circle inside, and within a walk of the last accepted one."""
    movement = sighting.movement
    if movement.moved_m is None or not movement.elapsed_s:
        return False
    is_walk = movement.moved_m / movement.elapsed_s <= rules.walking_m_per_s
    return is_walk and sighting.distance_m + sighting.accuracy_m <= radius_m


def _agree(first: datetime, second: datetime, rules: FenceRules) -> bool:
    return second - first >= timedelta(seconds=rules.agree_apart_s)
