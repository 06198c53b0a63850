"""Real tracks in place of made-up people: stores put where people stayed and where they only passed.

A track is a CSV file with user, datetime_utc, lat and lon, in order of time, as GeoLife's. What arrives is the track as
it is, thinned out to an interval; the truth is the track smoothed by a running median, which no fence does.
"""

import csv
import gzip
from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from scripts.bench.traces.town import CATEGORIES, Floats
from scripts.bench.traces.writing import opened_tables

_M_PER_DEGREE = 111_320.0
_APART_S = 600.0  # a track is cut where nothing is known for longer
_SMOOTHED_OVER = 5
_STAYS_S, _STAYS_M = 180.0, 40.0
_PASSES_M_PER_S = 3.0


def read_tracks(path: Path) -> dict[str, Floats]:
    """Read tracks by user: rows (n, 3) of seconds since 1970 and degrees north and east.

    Raises:
        OSError: the file cannot be read.
        KeyError, ValueError: a column is missing or is no number.
    """
    tracks: dict[str, list[tuple[float, float, float]]] = defaultdict(list)
    opened = gzip.open if path.suffix == ".gz" else open
    with opened(path, "rt", encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            seen_at = datetime.fromisoformat(row["datetime_utc"]).replace(tzinfo=UTC)
            tracks[row["user"]].append((seen_at.timestamp(), float(row["lat"]), float(row["lon"])))
    return {user: np.array(rows) for user, rows in tracks.items()}


def write_real_traces(
    path: Path,
    folder: Path,
    radii_m: Sequence[int],
    intervals_s: Sequence[float],
    dice: np.random.Generator,
) -> None:
    """Write stores.csv, truth.csv and one fixes-S.csv an interval into a folder."""
    tracks = read_tracks(path)
    doors = [place for track in tracks.values() for place in _doors(track, dice)]
    with opened_tables(folder, intervals_s) as tables:
        tables.stores.writerows(
            (
                f"store-{number}",
                f"{lat:.7f}",
                f"{lon:.7f}",
                int(dice.choice(radii_m)),
                str(dice.choice(CATEGORIES)),
            )
            for number, (lat, lon) in enumerate(doors)
        )
        for user, track in tracks.items():
            tables.truth.writerows(_rows(user, _smoothed(track)))
            for interval_s, fixes in tables.fixes.items():
                fixes.writerows((*row, "") for row in _rows(user, _thinned(track, interval_s)))


def _doors(track: Floats, dice: np.random.Generator) -> list[tuple[float, float]]:
    """Give where to put stores: at every place somebody stayed, 40 m away at most, and at as many they only passed."""
    stayed, passed = _stayed_and_passed(track)
    doors: list[tuple[float, float]] = []
    for rows, least_m in ((stayed, 400.0), (passed, 800.0)):
        kept: list[NDArray[np.float64]] = []
        for row in dice.permutation(rows):
            place = track[row, 1:] + dice.uniform(-40, 40, 2) / _M_PER_DEGREE
            if all(np.abs(place - other).max() * _M_PER_DEGREE > least_m for other in kept):
                kept.append(place)
        doors += [(float(lat), float(lon)) for lat, lon in kept[: max(20, len(doors))]]
    return doors


def _stayed_and_passed(track: Floats) -> tuple[list[int], list[int]]:
    """Give rows at which somebody stays for three minutes from then on, and rows at which they move fast."""
    stayed: list[int] = []
    passed: list[int] = []
    ends = np.searchsorted(track[:, 0], track[:, 0] + _STAYS_S)
    for row in range(0, len(track) - 1, 10):
        end = min(int(ends[row]), len(track) - 1)
        lasts_s = track[end, 0] - track[row, 0]
        if not 0 < lasts_s <= 2 * _STAYS_S:
            continue
        offs_m = np.abs(track[row:end, 1:] - track[row, 1:]).max() * _M_PER_DEGREE
        if offs_m <= _STAYS_M:
            stayed.append(row)
        elif offs_m > _PASSES_M_PER_S * lasts_s:
            passed.append(row)
    return stayed, passed


def _smoothed(track: Floats) -> Floats:
    """Give a track with each place the median of five, where these were seen one soon after another."""
    if len(track) < _SMOOTHED_OVER:
        return track
    half = _SMOOTHED_OVER // 2
    windows = np.lib.stride_tricks.sliding_window_view(track, _SMOOTHED_OVER, axis=0)
    smooth = track.copy()
    together = windows[:, 0, -1] - windows[:, 0, 0] <= _APART_S
    places = np.median(windows[:, 1:], axis=2)
    smooth[half:-half, 1:][together] = places[together]
    return smooth


def _thinned(track: Floats, interval_s: float) -> Floats:
    """Give the rows that are at least so many seconds apart."""
    kept, last_s = [], -np.inf
    for row, at_s in enumerate(track[:, 0].tolist()):
        if at_s - last_s >= interval_s:
            kept.append(row)
            last_s = at_s
    return track[kept]


def _rows(user: str, track: Floats) -> Iterable[Sequence[object]]:
    for at_s, lat, lon in track.tolist():
        yield user, f"{at_s:.0f}", f"{lat:.7f}", f"{lon:.7f}"
