"""Looks at a share with a new fix: how far it moved, which fences it crosses. It measures; the fence decides.

Nothing is changed here: whoever looks keeps what was seen once it is safely written down.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import cos, radians

from knowledge.nearby.distance import distance_m
from knowledge.nearby.fence import (
    Crossing,
    FenceRules,
    FenceState,
    Movement,
    Sighting,
    dwelt_by,
    is_jump,
    is_usable,
    step,
)
from knowledge.nearby.places import Fix
from knowledge.nearby.policy import is_health_service
from knowledge.nearby.shares import Share
from storage.records import Store

_M_PER_DEGREE = 110_500.0  # a little less than the shortest degree of latitude, so that nothing near is left out
_HALF_TURN, _FULL_TURN = 180.0, 360.0  # degrees


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
    share: Share, fix: Fix, stores: Mapping[str, Store], now: datetime, rules: FenceRules
) -> Look | None:
    """Give what a new fix changes; None when it does not count (stale, out of order, a jump)."""
    last = share.last
    if not is_usable(fix.seen_at, now, last.seen_at if last else None, rules):
        return None
    movement = _movement(share.recent, fix, rules)
    if is_jump(movement, rules):
        return None
    accuracy_m = rules.accuracy_untold_m if fix.accuracy_m is None else fix.accuracy_m
    fences: dict[str, FenceState] = {}
    changes: list[Change] = []
    for store in _worth_measuring(share, fix, stores):
        far = _metres(fix, store)
        state = share.fences.get(store.id, FenceState())
        sighting = Sighting(far, accuracy_m, fix.seen_at, movement)
        state, crossing = step(state, store.radius_m, sighting, rules)
        if not state.is_idle:
            fences[store.id] = state
        if crossing is not None:
            changes.append(Change(store, crossing, far))
    since = fix.seen_at - timedelta(seconds=rules.speed_over_s)
    kept = tuple(each for each in share.recent if each.seen_at >= since)
    recent = (*(kept or share.recent[-1:]), fix)
    return Look(recent, fences, tuple(changes), movement.speed_m_per_s)


def look_again(
    share: Share, stores: Mapping[str, Store], now: datetime, rules: FenceRules
) -> Look | None:
    """Give what the passing of time changes while no fix comes; None when nothing."""
    last = share.last
    if last is None:
        return None
    fences = dict(share.fences)
    changes: list[Change] = []
    for store_id, state in share.fences.items():
        fences[store_id], crossing = dwelt_by(state, now, last.seen_at, rules)
        if crossing is not None and store_id in stores:
            store = stores[store_id]
            changes.append(Change(store, crossing, _metres(last, store)))
    if not changes:
        return None
    return Look(share.recent, fences, tuple(changes), _last_speed(share.recent))


def _last_speed(recent: tuple[Fix, ...]) -> float | None:
    """Give the mean speed over the last fixes; None when one alone is left of them.

    Silence does not mean standing still: a phone in a car sends nothing either while it has no signal.
    """
    first, last = recent[0], recent[-1]
    elapsed_s = (last.seen_at - first.seen_at).total_seconds()
    return _between(first, last) / elapsed_s if elapsed_s > 0 else None


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


def _worth_measuring(share: Share, fix: Fix, stores: Mapping[str, Store]) -> Iterable[Store]:
    """Give the stores that have a fence and are, or may be, close; cheap, since most are far."""
    for store in stores.values():
        if is_health_service(store):
            continue
        if store.id in share.fences or _may_be_within(fix, store):
            yield store


def _may_be_within(fix: Fix, store: Store) -> bool:
    north_m = abs(fix.latitude - store.latitude) * _M_PER_DEGREE
    if north_m > store.radius_m:
        return False
    turn = abs(fix.longitude - store.longitude)
    turn = _FULL_TURN - turn if turn > _HALF_TURN else turn
    widest = max(abs(fix.latitude), abs(store.latitude))
    return turn * _M_PER_DEGREE * cos(radians(widest)) <= store.radius_m


def _metres(fix: Fix, store: Store) -> float:
    return distance_m((fix.latitude, fix.longitude), (store.latitude, store.longitude))


def _between(a: Fix, b: Fix) -> float:
    return distance_m((a.latitude, a.longitude), (b.latitude, b.longitude))
