"""Looks at a share with a new fix: how far it moved, which fences it crosses. It measures; the fence decides.

Nothing is changed here: whoever looks keeps what was seen once it is safely written down.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import inf

from knowledge.discretion import is_health_service
from knowledge.geography.distance import Point, between_m, point
from knowledge.geography.looked_up import Surroundings
from knowledge.nearby.fence import (
    Crossing,
    FenceRules,
    FenceState,
    Movement,
    Sighting,
    fastest_m_per_s,
    is_jump,
    is_usable,
    rode_lately,
    step,
    wait,
)
from knowledge.nearby.places import Fix
from knowledge.nearby.shares import Share
from storage.records import Store


@dataclass(frozen=True, slots=True)
class Change:
    """Something happened at a store, seen from so many metres."""

    store: Store
    crossing: Crossing
    distance_m: float


@dataclass(frozen=True, slots=True)
class Look:
    """What a share looks like after a fix: keep `recent` and `fences` when the changes are written down."""

    recent: tuple[Fix, ...]
    fences: Mapping[str, FenceState]
    changes: tuple[Change, ...]
    speed_m_per_s: float | None


def look(
    share: Share, fix: Fix, index: Surroundings, now: datetime, rules: FenceRules
) -> Look | None:
    """Give what a new fix changes; None when it does not count (stale, out of order)."""
    trail = share.recent  # unpacked at each reading
    last = trail[-1] if trail else None
    if not is_usable(fix.seen_at, now, last.seen_at if last else None, rules):
        return None
    movement = _movement(trail, fix, rules)
    if is_jump(movement, rules):
        return _begun_anew(share, fix)
    accuracy_m = rules.accuracy_untold_m if fix.accuracy_m is None else fix.accuracy_m
    fences: dict[str, FenceState] = {}
    changes: list[Change] = []
    speed = fastest_m_per_s(movement, rules)
    for store, far in _worth_measuring(share, fix, index):
        state = share.fences.get(store.id)
        before_m = None if state is not None or last is None else _far(last, store)
        sighting = Sighting(far, accuracy_m, fix.seen_at, movement, before_m)
        state, crossing = step(state or FenceState(), store.radius_m, sighting, rules)
        if not state.is_idle:
            fences[store.id] = state
        if crossing is not None:
            changes.append(Change(store, crossing, far))
            speed = _with_rides(speed, state, fix.seen_at, rules)
    recent = trail if accuracy_m > rules.accuracy_worst_m else _with(fix, trail, rules)
    return Look(recent, fences, tuple(changes), speed)


def _begun_anew(share: Share, fix: Fix) -> Look:
    """Begin a new trail: of two fixes that far apart one is wrong, and nobody knows which, so neither tells a crossing."""
    inside = {key: state for key, state in share.fences.items() if state.is_inside}
    return Look((fix,), inside, (), None)


def look_again(share: Share, index: Surroundings, now: datetime, rules: FenceRules) -> Look | None:
    """Give what the passing of time changes while no fix comes; None when nothing."""
    trail = share.recent
    last = trail[-1] if trail else None
    heard_at = share.heard_at if last is None else last.seen_at
    if heard_at is None:
        return None
    movement = Movement(speed_m_per_s=_last_speed(trail))
    speed = movement.speed_m_per_s if _is_dense(trail, rules) else None
    fences: dict[str, FenceState] = {}
    changes: list[Change] = []
    for store_id, state in share.fences.items():
        store = index.stores.get(store_id)
        if store is None:
            continue
        far = inf if last is None else _far(last, store)  # where it was is forgotten in time
        sighting = Sighting(far, 0.0, heard_at, movement)
        after, crossing = wait(state, store.radius_m, sighting, now, rules)
        if not after.is_idle:
            fences[store_id] = after
        if crossing is not None:
            changes.append(Change(store, crossing, far))
            speed = _with_rides(speed, after, now, rules)
    if len(fences) == len(share.fences) and not changes:
        return None
    return Look(trail, fences, tuple(changes), speed)


def _last_speed(recent: tuple[Fix, ...]) -> float | None:
    """Give the mean speed over the last fixes, in m/s; None when fewer than two are left of them."""
    if not recent:
        return None
    first, last = recent[0], recent[-1]
    elapsed_s = (last.seen_at - first.seen_at).total_seconds()
    return _between(first, last) / elapsed_s if elapsed_s > 0 else None


def _is_dense(trail: tuple[Fix, ...], rules: FenceRules) -> bool:
    """Tell whether fixes came often. Of somebody seen once a minute silence tells nothing: they may be on a bus by now."""
    covers = timedelta(seconds=rules.speed_over_s)
    return bool(trail) and trail[-1].seen_at - trail[0].seen_at <= covers


def _with_rides(
    speed: float | None, state: FenceState, at: datetime, rules: FenceRules
) -> float | None:
    """Give the speed, that of a car for whoever may be waiting in one."""
    if speed is None or not rode_lately(state, at, rules):
        return speed
    return max(speed, rules.driving_m_per_s)


def _with(fix: Fix, trail: tuple[Fix, ...], rules: FenceRules) -> tuple[Fix, ...]:
    """Give the trail that goes on with a fix: as much of it as tells the speed."""
    since = fix.seen_at - timedelta(seconds=rules.speed_over_s)
    kept = tuple(each for each in trail if each.seen_at >= since)
    return (*(kept or trail[-1:]), fix)


def _movement(recent: tuple[Fix, ...], fix: Fix, rules: FenceRules) -> Movement:
    if not recent:
        return Movement()
    last = recent[-1]
    since = fix.seen_at - timedelta(seconds=rules.speed_over_s)
    base = next((each for each in recent if each.seen_at >= since), last)
    return Movement(
        moved_m=_between(last, fix),
        elapsed_s=(fix.seen_at - last.seen_at).total_seconds(),
        speed_m_per_s=_between(base, fix) / (fix.seen_at - base.seen_at).total_seconds(),
    )


def _worth_measuring(share: Share, fix: Fix, index: Surroundings) -> Iterator[tuple[Store, float]]:
    """Give the stores that have a fence and are close, or were, each with the metres to it."""
    around = index.around(fix.latitude, fix.longitude)
    for store, far in around:
        if not is_health_service(store):
            yield store, far
    if not share.fences:
        return
    measured = {store.id for store, _ in around}
    here = _point(fix)
    for store_id in share.fences:
        store_left = index.stores.get(store_id)
        if store_left is None or store_id in measured or is_health_service(store_left):
            continue
        yield store_left, between_m(here, _point(store_left))


def _between(a: Fix, b: Fix) -> float:
    return between_m(_point(a), _point(b))


def _far(fix: Fix, store: Store) -> float:
    return between_m(_point(fix), _point(store))


def _point(at: Fix | Store) -> Point:
    return point(at.latitude, at.longitude)
