"""Whether a shopper is at a store: entering, staying and leaving, told from a trail of uncertain fixes (pure).

It knows distances, accuracies and times, never where anything lies: whoever measures passes the metres in.
A phone's place jumps and drifts, so no fix is believed alone. Each weighs as many seconds as it stands for, fewer the
closer it lies to the circle for its accuracy; when those that say otherwise than what is believed have come to
enough seconds, the crossing is (a cumulative sum, Page 1954), and as of when the first of them said so.
"""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum


@dataclass(frozen=True, slots=True)
class FenceRules:
    """When a fix counts and when a crossing is believed. Durations and speeds are in the names.

    A fix weighs the seconds since the last one, `fix_evidence_s` at most, all of them where it lies its own accuracy
    beyond the circle (no accuracy counts as better than `accuracy_best_m`: Tracelet's issue 294, 1.7 m claimed and
    200 m off), and `driving_counts` of them in a car. Entering takes `enter_evidence_s`, leaving `leave_evidence_s`; who
    fell silent after `silent_evidence_s` is taken to have stayed.

    `after_ride_s`: who came faster than a walk may stand at a red light, and is decided about again after that, once
    as slow as `settled_m_per_s`. `speed_known_s`: what may be a walk over a minute may as well be a ride of the last
    so many seconds. `gap_s`: what was seen before counts no more. `silence_s`: a visit of which nothing is heard is
    over; phones that lie still send nothing. `dwell_unseen_s`: so long a silence still means staying.

    `exit_accuracy_share`: leaving is said by what lies beyond the buffer by that share of its accuracy. Errors last for
    minutes, so many fixes that are hardly outside are one error seen often, not much evidence.

    Sources: the buffered exit, after Radar and Tracelet's issue 269; dwell after Mapbox (> 60 s) and Radar (140 s), ten
    seconds less than two minutes since people who stay just that long were missed otherwise. The rest is ours, measured
    on made-up and on real tracks (scripts/bench/traces, scripts/bench/LOG.md).
    """

    stale_s: float = 120.0
    accuracy_untold_m: float = 25.0
    accuracy_worst_m: float = 100.0
    accuracy_best_m: float = 15.0
    jump_m_per_s: float = 70.0
    driving_m_per_s: float = 7.0
    walking_m_per_s: float = 3.0
    exit_buffer_share: float = 0.1
    exit_buffer_m: float = 20.0
    exit_accuracy_share: float = 0.5
    enter_evidence_s: float = 20.0
    leave_evidence_s: float = 60.0
    silent_evidence_s: float = 5.0
    fix_evidence_s: float = 60.0
    driving_counts: float = 0.2
    after_ride_s: float = 150.0
    gap_s: float = 240.0
    silence_s: float = 7200.0
    dwell_s: float = 110.0
    dwell_unseen_s: float = 120.0
    speed_over_s: float = 20.0
    speed_known_s: float = 10.0
    settled_m_per_s: float = 1.0


@dataclass(frozen=True, slots=True)
class Movement:
    """How a fix follows those before it. `moved_m` and `elapsed_s` count from the last accepted fix.

    `speed_m_per_s` is the mean over the last `speed_over_s` seconds. All are None for the first fix of a share.
    """

    moved_m: float | None = None
    elapsed_s: float | None = None
    speed_m_per_s: float | None = None


class Crossing(StrEnum):
    """What can happen between a shopper and a store; `slowed`: who came on wheels is still there, and slow."""

    ENTERED = "entered"
    DWELT = "dwelt"
    SLOWED = "slowed"
    LEFT = "left"


@dataclass(frozen=True, slots=True)
class Sighting:
    """One accepted fix as seen from one store. `before_m` is how far the last accepted one was, None = unknown."""

    distance_m: float
    accuracy_m: float
    seen_at: datetime
    movement: Movement
    before_m: float | None = None


@dataclass(frozen=True, slots=True)
class FenceState:
    """Where a shopper stands with one store.

    `doubted_since` is as of when fixes say otherwise than `entered_at` does, `evidence_s` what these come to.
    `rode_at` is when the shopper was last seen in the circle faster than a walk.
    """

    entered_at: datetime | None = None
    doubted_since: datetime | None = None
    has_dwelt: bool = False
    evidence_s: float = 0.0
    rode_at: datetime | None = None

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


def rode_lately(state: FenceState, at: datetime, rules: FenceRules) -> bool:
    """Tell whether who stands still may be waiting at a red light."""
    return state.rode_at is not None and at - state.rode_at <= timedelta(
        seconds=rules.after_ride_s
    )


def exit_radius_m(radius_m: float, rules: FenceRules) -> float:
    """Give the metres from the door beyond which fixes say that the shopper has left."""
    return radius_m + max(rules.exit_buffer_share * radius_m, rules.exit_buffer_m)


def step(
    state: FenceState, radius_m: float, sighting: Sighting, rules: FenceRules
) -> tuple[FenceState, Crossing | None]:
    """Give the state after one more fix, and what happened with it."""
    if sighting.accuracy_m > max(rules.accuracy_worst_m, radius_m):
        return state, None
    if state.is_inside:
        return _step_inside(state, radius_m, sighting, rules)
    return _step_outside(state, radius_m, sighting, rules)


def wait(
    state: FenceState, radius_m: float, last: Sighting, now: datetime, rules: FenceRules
) -> tuple[FenceState, Crossing | None]:
    """Give the state at `now` when no new fix came after the last: who stands still sends none for a while."""
    silent_s = (now - last.seen_at).total_seconds()
    if silent_s > rules.silence_s:
        return FenceState(), Crossing.LEFT if state.is_inside else None
    if silent_s > rules.dwell_unseen_s or not _is_likely_there(radius_m, last, silent_s, rules):
        return state, None
    if state.is_inside:
        return _with_dwell(state, now, rules) if state.doubted_since is None else (state, None)
    return _entered_silently(state, silent_s, last, rules)


def _is_likely_there(radius_m: float, last: Sighting, silent_s: float, rules: FenceRules) -> bool:
    speed = last.movement.speed_m_per_s
    if speed is None:
        return False
    gone_m = 0.0 if speed <= rules.walking_m_per_s else speed * silent_s
    return last.distance_m + gone_m <= exit_radius_m(radius_m, rules)


def _entered_silently(
    state: FenceState, silent_s: float, last: Sighting, rules: FenceRules
) -> tuple[FenceState, Crossing | None]:
    """Believe whoever walked in, seen twice at least, and then sat down."""
    is_walk = (last.movement.speed_m_per_s or 0.0) <= rules.walking_m_per_s
    if not is_walk or state.evidence_s < rules.silent_evidence_s:
        return state, None
    if state.evidence_s + silent_s < rules.enter_evidence_s:
        return state, None
    entered_at = state.doubted_since
    return replace(
        state, entered_at=entered_at, doubted_since=None, evidence_s=0.0
    ), Crossing.ENTERED


def _step_outside(
    state: FenceState, radius_m: float, sighting: Sighting, rules: FenceRules
) -> tuple[FenceState, Crossing | None]:
    inside_m = radius_m - sighting.distance_m
    since = state.doubted_since
    if since is None or _is_after_a_gap(sighting, rules):
        return FenceState() if inside_m < 0 else _begun(radius_m, sighting, rules), None
    is_driving = _is_driving(sighting, rules)
    weight_s = _weight_s(inside_m, sighting, rules)
    evidence_s = state.evidence_s + weight_s * (rules.driving_counts if is_driving else 1.0)
    if weight_s < 0 and evidence_s <= 0:
        return FenceState(), None
    state = _noting_a_ride(replace(state, evidence_s=evidence_s), sighting, rules)
    if evidence_s < rules.enter_evidence_s:
        return state, None
    return replace(state, entered_at=since, doubted_since=None, evidence_s=0.0), Crossing.ENTERED


def _begun(radius_m: float, sighting: Sighting, rules: FenceRules) -> FenceState:
    """Give the state with the first fix in the circle; with fixes far apart, all of the way to it may be a short ride."""
    state = FenceState(doubted_since=_crossed_at(radius_m, sighting, rules))
    if (fastest_m_per_s(sighting.movement, rules) or 0.0) <= rules.walking_m_per_s:
        return state
    return replace(state, rode_at=sighting.seen_at)


def _step_inside(
    state: FenceState, radius_m: float, sighting: Sighting, rules: FenceRules
) -> tuple[FenceState, Crossing | None]:
    unsure_m = rules.exit_accuracy_share * max(sighting.accuracy_m, rules.accuracy_best_m)
    beyond_m = sighting.distance_m - exit_radius_m(radius_m, rules) - unsure_m
    state = _noting_a_ride(state, sighting, rules)
    if state.doubted_since is None:
        if beyond_m > 0:
            return replace(state, doubted_since=sighting.seen_at), None
        return _staying(state, sighting, rules)
    evidence_s = state.evidence_s + _weight_s(beyond_m, sighting, rules)
    if evidence_s >= rules.leave_evidence_s:
        return FenceState(), Crossing.LEFT
    if evidence_s > 0 or beyond_m > 0:
        return replace(state, evidence_s=max(evidence_s, 0.0)), None
    return _staying(replace(state, doubted_since=None, evidence_s=0.0), sighting, rules)


def _staying(
    state: FenceState, sighting: Sighting, rules: FenceRules
) -> tuple[FenceState, Crossing | None]:
    """Give what staying comes to: a dwell, or that whoever rode before is on foot now."""
    at = sighting.seen_at
    state, crossing = _with_dwell(state, at, rules)
    if crossing is not None or state.rode_at is None or rode_lately(state, at, rules):
        return state, crossing
    speed = fastest_m_per_s(sighting.movement, rules)
    if speed is None or speed > rules.settled_m_per_s:
        return state, None
    return replace(state, rode_at=None), Crossing.SLOWED


def fastest_m_per_s(movement: Movement, rules: FenceRules) -> float | None:
    """Give the speed at which somebody may be going: with fixes far apart, all of the way may have been made just now.

    None when nothing is known.
    """
    if movement.moved_m is None or (movement.elapsed_s or 0.0) <= rules.speed_over_s:
        return movement.speed_m_per_s
    return movement.moved_m / rules.speed_known_s


def _weight_s(over_m: float, sighting: Sighting, rules: FenceRules) -> float:
    """Give the seconds by which a fix speaks for a crossing, less than zero: against it."""
    elapsed_s = min(sighting.movement.elapsed_s or 0.0, rules.fix_evidence_s)
    clarity = over_m / max(sighting.accuracy_m, rules.accuracy_best_m)
    return elapsed_s * max(-1.0, min(1.0, clarity))


def _is_driving(sighting: Sighting, rules: FenceRules) -> bool:
    return (sighting.movement.speed_m_per_s or 0.0) > rules.driving_m_per_s


def _noting_a_ride(state: FenceState, sighting: Sighting, rules: FenceRules) -> FenceState:
    """Note who is faster than a walk; of a share that begins in the circle nobody says that it came on wheels."""
    if (sighting.movement.speed_m_per_s or 0.0) <= rules.walking_m_per_s:
        return state
    return replace(state, rode_at=sighting.seen_at)


def _crossed_at(radius_m: float, sighting: Sighting, rules: FenceRules) -> datetime:
    """Give when the circle was crossed, with a steady pace since the last fix; its own time after a gap."""
    before_m = sighting.before_m
    if before_m is None or before_m <= radius_m or _is_after_a_gap(sighting, rules):
        return sighting.seen_at
    share = (radius_m - sighting.distance_m) / (before_m - sighting.distance_m)
    return sighting.seen_at - timedelta(seconds=share * (sighting.movement.elapsed_s or 0.0))


def _is_after_a_gap(sighting: Sighting, rules: FenceRules) -> bool:
    return sighting.movement.elapsed_s is None or sighting.movement.elapsed_s > rules.gap_s


def _with_dwell(
    state: FenceState, at: datetime, rules: FenceRules
) -> tuple[FenceState, Crossing | None]:
    if state.entered_at is None or state.has_dwelt:
        return state, None
    if at - state.entered_at < timedelta(seconds=rules.dwell_s):
        return state, None
    return replace(state, has_dwelt=True), Crossing.DWELT
