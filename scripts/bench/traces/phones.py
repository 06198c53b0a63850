"""What arrives of a path: fixes at an interval, some wild, late, twice or not at all (pure, all chance is passed in)."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from scripts.bench.traces.noise import Around, Noise, RealFixes, draw_noise
from scripts.bench.traces.town import Floats

_WILD_CLAIMED_M = 1.7  # Tracelet issue 294: 200 m off
_WILD_M = (50.0, 200.0)
_TALL_WITHIN_M = 600.0  # of the town's middle
_INDOORS = 0.5  # of those who stay somewhere
_STAYS_M, _STAYS_S = 30.0, 90  # who moves no further in that time may be indoors


@dataclass(frozen=True, slots=True)
class Faults:
    """How often things go wrong: shares of the fixes, and gaps of minutes an hour. `noise` scales all errors."""

    noise: float = 1.0
    wild: float = 0.002
    lost: float = 0.02
    twice: float = 0.01
    late: float = 0.01
    untold: float = 0.03
    untold_phones: float = 0.1
    gaps_per_hour: float = 0.15
    gap_s: tuple[float, float] = (60.0, 600.0)
    stopped_phones: float = 0.2


@dataclass(frozen=True, slots=True)
class Arrived:
    """Fixes in order of arrival: times (n,) in s, places (n, 2) on the plane in m, accuracies (n,), NaN = not told."""

    times_s: Floats
    places_m: Floats
    accuracies_m: Floats


class Phone:
    """One phone on one path: its errors are drawn once, so that every interval sees the same day."""

    def __init__(
        self, path: Floats, faults: Faults, real: RealFixes | None, dice: np.random.Generator
    ) -> None:
        """Draw the errors; `path` (n, 3) has rows of time in s, metres east and metres north."""
        self._faults = faults
        self._times_s = np.arange(np.ceil(path[0, 0]), path[-1, 0])
        self._true_m = np.stack(
            [np.interp(self._times_s, path[:, 0], path[:, axis]) for axis in (1, 2)], axis=1
        )
        around = _around(self._true_m, dice)
        self._noise: Noise = draw_noise(around, faults.noise, real, dice)
        self._is_silent = _gaps(len(self._times_s), faults, dice)
        self._is_untold = dice.random() < faults.untold_phones

    def fixes(self, interval_s: float, dice: np.random.Generator) -> Arrived:
        """Give what arrives with a fix every so many seconds."""
        picked = self._picked(interval_s, dice)
        faults, count = self._faults, len(picked)
        places_m = self._true_m[picked] + self._noise.off_m[picked]
        claimed_m = self._noise.claimed_m[picked].copy()
        wild = dice.random(count) < faults.wild
        turn, far_m = dice.uniform(0, 2 * np.pi, count), dice.uniform(*_WILD_M, count)
        off_m = np.stack([np.cos(turn), np.sin(turn)], axis=1) * far_m[:, None]
        places_m[wild] = (self._true_m[picked] + off_m)[wild]
        claimed_m[wild] = _WILD_CLAIMED_M
        claimed_m[(dice.random(count) < faults.untold) | self._is_untold] = np.nan
        order = self._order(count, dice)
        return Arrived(self._times_s[picked][order], places_m[order], claimed_m[order])

    def _picked(self, interval_s: float, dice: np.random.Generator) -> NDArray[np.int64]:
        """Give the seconds with a fix: about every interval, none in a gap, some lost."""
        step = max(round(interval_s), 1)
        picked = np.arange(int(dice.integers(step)), len(self._times_s), step)
        if step > 1:
            shake = max(step // 10, 1)
            picked = np.clip(
                picked + dice.integers(-shake, shake + 1, len(picked)), 0, len(self._times_s) - 1
            )
        is_kept = ~self._is_silent[picked] & (dice.random(len(picked)) >= self._faults.lost)
        return np.unique(picked[is_kept])

    def _order(self, count: int, dice: np.random.Generator) -> NDArray[np.int64]:
        """Give which fix arrives when: late ones after up to three that are newer, some a second time."""
        rank = np.arange(count, dtype=np.float64)
        late = dice.random(count) < self._faults.late
        rank[late] += dice.integers(1, 4, int(late.sum())) + 0.5
        twice = np.flatnonzero(dice.random(count) < self._faults.twice)
        ranks = np.concatenate([rank, rank[twice] + 0.25])
        fixes = np.concatenate([np.arange(count), twice])
        return fixes[np.argsort(ranks, kind="stable")]


def stop_early(path: Floats, faults: Faults, dice: np.random.Generator) -> Floats:
    """Give the path until its share is stopped; most are not."""
    if dice.random() >= faults.stopped_phones:
        return path
    return path[: max(int(len(path) * dice.uniform(0.3, 1.0)), 2)]


def _around(true_m: Floats, dice: np.random.Generator) -> NDArray[np.int64]:
    """Tell what is around a phone at each second: tall buildings in the middle, and many who stay are indoors."""
    around = np.where(np.hypot(*true_m.T) < _TALL_WITHIN_M, Around.TALL, Around.SKY)
    later = np.minimum(np.arange(len(true_m)) + _STAYS_S, len(true_m) - 1)
    stays = np.hypot(*(true_m[later] - true_m).T) < _STAYS_M
    begins = np.flatnonzero(np.diff(stays.astype(int), prepend=0) == 1)
    for begin in begins:
        length = int(np.argmin(stays[begin:])) or len(stays) - begin
        if dice.random() < _INDOORS:
            around[begin : begin + length + _STAYS_S] = Around.INDOORS
    return around.astype(np.int64)


def _gaps(length: int, faults: Faults, dice: np.random.Generator) -> NDArray[np.bool_]:
    """Tell at which seconds nothing can be sent."""
    silent = np.zeros(length, dtype=np.bool_)
    for _ in range(dice.poisson(faults.gaps_per_hour * length / 3600)):
        begin = int(dice.integers(length))
        silent[begin : begin + int(dice.uniform(*faults.gap_s))] = True
    return silent
