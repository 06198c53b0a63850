"""Where people really were, second by second, and so when they really came to a store and left it.

It must not know the fence: it measures in a way of its own, on paths that carry no noise.
"""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from scripts.evaluate.fence.tables import Place
from storage.records import Store

UNKNOWN_AFTER_S = 600.0  # with rows further apart nobody knows where the user was in between
RESUMED_WITHIN_S = (
    7200.0  # who is at the same place when a recording goes on so soon has stayed there
)
SLACK_M = 60.0  # beside a store, so far outside its radius
GRACE_S = 60.0
_EQUATOR_RADIUS_M, _FLATTENING = 6_378_137.0, 1 / 298.257223563  # WGS-84
Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Stay:
    """From when to when somebody was somewhere, in seconds, both ends included."""

    from_s: float
    until_s: float

    @property
    def lasts_s(self) -> float:
        """Give its length."""
        return self.until_s - self.from_s


@dataclass(frozen=True, slots=True)
class Track:
    """One user's path at every whole second that is known: `times_s` (n,) and `points_m` (n, 3) in space."""

    times_s: Floats
    points_m: Floats

    @classmethod
    def of(cls, path: Sequence[Place]) -> "Track":
        """Fill in the seconds between a path's rows, in straight lines."""
        rows_s = np.array([place.time_s for place in path])
        rows_m = _in_space(path)
        ends = np.flatnonzero(np.diff(rows_s) > UNKNOWN_AFTER_S) + 1
        times: list[Floats] = []
        points: list[Floats] = []
        for part in np.split(np.arange(len(rows_s)), ends):
            at_s = np.arange(np.ceil(rows_s[part[0]]), rows_s[part[-1]] + 1e-6)
            axes = [np.interp(at_s, rows_s[part], rows_m[part, axis]) for axis in range(3)]
            times.append(at_s)
            points.append(np.stack(axes, axis=1))
        return cls(np.concatenate(times), np.concatenate(points))

    @property
    def hours(self) -> float:
        """Give how long the user was followed."""
        return len(self.times_s) / 3600

    def far_m(self, store: Store) -> Floats:
        """Give the metres to a store's door at each second, (n,)."""
        door = _in_space([Place(0.0, store.latitude, store.longitude)])[0]
        return np.asarray(np.linalg.norm(self.points_m - door, axis=1))

    def around(self, at_s: float) -> slice:
        """Give the places of the seconds within the grace; where none is known, the last one before."""
        first, last = np.searchsorted(self.times_s, (at_s - GRACE_S, at_s + GRACE_S))
        if first == last:
            first = max(first - 1, 0)
        return slice(int(first), max(int(last), int(first) + 1))

    def known_from(self, at_s: float) -> float:
        """Give the first known second from a time on; infinity after the last."""
        place = int(np.searchsorted(self.times_s, at_s))
        return float(self.times_s[place]) if place < len(self.times_s) else math.inf

    def is_known(self, at_s: float) -> bool:
        """Tell whether it is known where the user was at a time."""
        place = int(np.searchsorted(self.times_s, at_s - 1))
        return place < len(self.times_s) and self.times_s[place] <= at_s + 1

    def speed_m_per_s(self, at_s: float) -> float:
        """Give the speed over the ten seconds around a time."""
        first, last = np.searchsorted(self.times_s, (at_s - 5, at_s + 5))
        last = min(last, len(self.times_s) - 1)
        elapsed_s = self.times_s[last] - self.times_s[first] if last > first else 0.0
        if elapsed_s <= 0:
            return 0.0
        return float(np.linalg.norm(self.points_m[last] - self.points_m[first]) / elapsed_s)

    def stays(self, far_m: Floats, within_m: float) -> list[Stay]:
        """Give when the user was within so many metres; what lies less than the grace apart is one stay.

        So is what a gap in the recording cuts in two.
        """
        return list(_merged(self._raw_stays(far_m <= within_m)))

    def _raw_stays(self, is_within: NDArray[np.bool_]) -> Iterator[Stay]:
        seconds = np.flatnonzero(is_within)
        if not len(seconds):
            return
        apart = (np.diff(seconds) > 1) | (np.diff(self.times_s[seconds]) > RESUMED_WITHIN_S)
        for part in np.split(seconds, np.flatnonzero(apart) + 1):
            yield Stay(float(self.times_s[part[0]]), float(self.times_s[part[-1]]))


def _merged(stays: Iterator[Stay]) -> Iterator[Stay]:
    last: Stay | None = None
    for stay in stays:
        if last is not None and stay.from_s - last.until_s <= GRACE_S:
            last = Stay(last.from_s, stay.until_s)
            continue
        if last is not None:
            yield last
        last = stay
    if last is not None:
        yield last


def _in_space(path: Sequence[Place]) -> Floats:
    """Give places as points (n, 3) in metres from the middle of the earth."""
    north = np.radians([place.latitude for place in path])
    east = np.radians([place.longitude for place in path])
    squashed = _FLATTENING * (2 - _FLATTENING)
    across_m = _EQUATOR_RADIUS_M / np.sqrt(1 - squashed * np.sin(north) ** 2)
    out_m = across_m * np.cos(north)
    axes = (out_m * np.cos(east), out_m * np.sin(east), across_m * (1 - squashed) * np.sin(north))
    return np.stack(axes, axis=1)
