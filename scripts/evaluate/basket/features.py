"""What speaks for each product that a household bought: its own habits, and what the shelf tells of the product.

Shares of trips are also counted with each trip weighing the less the more it brought: of two things bought equally often,
the one from small baskets is the larger part of the next.
"""

from collections.abc import Sequence

import numpy as np

from knowledge.habits import HALF_LIFE_DAYS, Tally, tallied, timeliness
from scripts.evaluate.basket.history import Trips
from scripts.evaluate.basket.shelf import FIGURES, Shelf

_HALF_LIVES_DAYS = (21.0, 60.0, 150.0)
_LEAST_SHARE, _LEAST_PART = 1e-3, 1e-4  # what is less, is as good as never
RECENT_SHARE = "recent_share"  # what speaks loudest where nothing was learned
OWN = (
    RECENT_SHARE,
    *(f"part_{days:.0f}_days" for days in _HALF_LIVES_DAYS),
    "times",
    "in_small_trips",
    "last_days",
    "last_trips",
    "trips",
    "plain_part",
    "due",
    "late",
)
NAMES = (*OWN, *FIGURES)


def features_of(trips: Trips, now: float, shelf: Shelf) -> tuple[np.ndarray, np.ndarray]:
    """Give the codes of the products bought (n,), and (n, len(NAMES)) float32 for them; there is at least one trip."""
    ages = now - trips.days
    tally = tallied(
        (age, codes.tolist()) for age, codes in zip(ages.tolist(), trips.products, strict=True)
    )
    codes = np.fromiter(tally.places, np.int64, len(tally.places))
    table = np.empty((len(NAMES), len(codes)), np.float32)
    own = _own(tally, ages, np.array([len(each) for each in trips.products]))
    for place, row in enumerate(own):
        table[place] = row
    table[len(OWN) :] = shelf.figures[:, codes]
    return codes, table.T


def _own(tally: Tally[int], ages: np.ndarray, sizes: np.ndarray) -> Sequence[np.ndarray]:
    count, trips = len(tally.places), len(ages)
    lines, trip = np.array(tally.lines), np.repeat(np.arange(trips), sizes)
    fading = 0.5 ** (ages / np.array(_HALF_LIVES_DAYS)[:, None])
    parts = [
        np.bincount(lines, (weights / sizes)[trip], minlength=count) / weights.sum()
        for weights in fading
    ]
    small = np.bincount(lines, (1.0 / sizes)[trip], minlength=count)
    recent = np.array(tally.recent) / (0.5 ** (ages / HALF_LIFE_DAYS)).sum()
    times, last_days = np.array(tally.times, np.float64), np.array(tally.last_days)
    last_trip = np.empty(count)
    last_trip[lines] = trip  # of several trips the last stays
    logarithms = np.log(
        (
            recent + _LEAST_SHARE,
            *(part + _LEAST_PART for part in parts),
            times,
            small / times,
            1.0 + np.maximum(last_days, 0.0),
            trips - last_trip,
            np.full(count, float(trips)),
        )
    )
    return (*logarithms, parts[-1], *_rhythm(times, np.array(tally.first_days), last_days))


def _rhythm(
    times: np.ndarray, first_days: np.ndarray, last_days: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """Give how due each thing is, and how late by the logarithm of its intervals; 0 for what was bought once."""
    due, late = np.zeros(len(times)), np.zeros(len(times))
    again = np.flatnonzero(times > 1)
    every = np.maximum((first_days[again] - last_days[again]) / (times[again] - 1), 1.0)
    elapsed = np.maximum(last_days[again], 0.05 * every)
    due[again] = timeliness(elapsed, every)
    late[again] = np.minimum(np.log(elapsed / every), 3.0)
    return due, late
