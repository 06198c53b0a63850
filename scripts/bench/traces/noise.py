"""How far a phone's fixes lie from the truth, and what accuracy it claims for them.

Under the open sky errors are drawn in stretches from real fixes of a phone at rest, if there are any, else from a fit. Between tall
buildings and indoors, errors are large, last for minutes and lean to one side: a slow drift on top of a bias that
stays for a while (van Diggelen, GPS.gov/ION 2015: 4.9 m under open sky, tens of metres in street canyons; the rest is
ours).
"""

import csv
from dataclasses import dataclass
from enum import IntEnum
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from scripts.bench.traces.town import Floats

_M_PER_DEGREE = 111_320.0
_DRIFT_EVERY_S = 10
_STRETCH_S = 60


class Around(IntEnum):
    """What is around a phone."""

    SKY = 0
    TALL = 1
    INDOORS = 2


# Metres: how far the drift goes, how far the bias, and between which the claimed accuracy lies.
_DRIFT_M = {Around.SKY: 2.5, Around.TALL: 14.0, Around.INDOORS: 10.0}
_BIAS_M = {Around.SKY: 1.0, Around.TALL: 14.0, Around.INDOORS: 8.0}
_CLAIMED_M = {Around.SKY: (3.0, 10.0), Around.TALL: (10.0, 35.0), Around.INDOORS: (12.0, 45.0)}
_DRIFT_LASTS_S = 60.0
_BIAS_LASTS_S = 240


@dataclass(frozen=True, slots=True)
class Noise:
    """Errors at each second: `off_m` (n, 2) east and north, `claimed_m` (n,) the accuracy told."""

    off_m: Floats
    claimed_m: Floats


@dataclass(frozen=True, slots=True)
class RealFixes:
    """Errors of a real phone, second by second: `off_m` (n, 2) from the middle of its fixes, `claimed_m` (n,)."""

    off_m: Floats
    claimed_m: Floats

    @classmethod
    def read(cls, path: Path) -> "RealFixes":
        """Read fixes of a phone at rest: a CSV file with lat, lon and accuracy_m."""
        with path.open(encoding="utf-8", newline="") as file:
            rows = [
                (float(row["lat"]), float(row["lon"]), float(row["accuracy_m"]))
                for row in csv.DictReader(file)
            ]
        latitude, longitude, claimed_m = np.array(rows).T
        across_m = _M_PER_DEGREE * np.cos(np.radians(latitude.mean()))
        east_m = (longitude - np.median(longitude)) * across_m
        north_m = (latitude - np.median(latitude)) * _M_PER_DEGREE
        return cls(np.stack([east_m, north_m], axis=1), claimed_m)


def draw_noise(
    around: NDArray[np.int64], scale: float, real: RealFixes | None, dice: np.random.Generator
) -> Noise:
    """Draw the errors of one phone for each second; `around` (n,) says what is around it then."""
    length = len(around)
    off_m, claimed_m = np.zeros((length, 2)), np.zeros(length)
    for kind in Around:
        drift_m = _drift(length, dice) * _DRIFT_M[kind]
        bias_m = _steps(dice.normal(0, _BIAS_M[kind], (length // _BIAS_LASTS_S + 2, 2)), length)
        low_m, high_m = _CLAIMED_M[kind]
        said_m = _steps(dice.uniform(low_m, high_m, (length // _STRETCH_S + 2, 1)), length)[:, 0]
        here = around == kind
        off_m[here] = (drift_m + bias_m)[here]
        claimed_m[here] = said_m[here]
    off_m += dice.normal(0, 1.0, (length, 2))
    if real is not None:
        sky = around == Around.SKY
        drawn = _stretches(real, length, dice)
        off_m[sky], claimed_m[sky] = drawn.off_m[sky], drawn.claimed_m[sky]
    return Noise(off_m * scale, claimed_m * scale)


def _drift(length: int, dice: np.random.Generator) -> Floats:
    """Give a slow random walk back to zero, (n, 2), of deviation 1 (an AR(1) process, every ten seconds)."""
    kept = float(np.exp(-_DRIFT_EVERY_S / _DRIFT_LASTS_S))
    kicks = dice.normal(0, np.sqrt(1 - kept**2), (length // _DRIFT_EVERY_S + 2, 2))
    values = np.empty_like(kicks)
    values[0] = dice.normal(0, 1, 2)
    for place in range(1, len(kicks)):
        values[place] = kept * values[place - 1] + kicks[place]
    at = np.arange(len(values)) * _DRIFT_EVERY_S
    return np.stack([np.interp(np.arange(length), at, values[:, axis]) for axis in (0, 1)], axis=1)


def _steps(values: Floats, length: int) -> Floats:
    """Spread values (k, m) over so many seconds, (n, m), each as long as the others."""
    return values[np.arange(length) * (len(values) - 1) // length]


def _stretches(real: RealFixes, length: int, dice: np.random.Generator) -> Noise:
    """Draw stretches of a minute from the real fixes, so that errors stay as like their neighbours as they were."""
    begins = dice.integers(0, len(real.claimed_m), length // _STRETCH_S + 1)
    places = (begins[:, None] + np.arange(_STRETCH_S)).ravel()[:length] % len(real.claimed_m)
    return Noise(real.off_m[places], real.claimed_m[places])
