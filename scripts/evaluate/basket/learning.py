"""Learns from a history alone what tells of the next basket: what each household brought home after some earlier day.

Logistic regression by Newton's method. A product weighs by the part it is of the basket it was or was not in, as in the
recall that is measured. Nothing is learned beforehand, so it is the same for any shop.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from scripts.evaluate.basket.features import NAMES, RECENT_SHARE, features_of
from scripts.evaluate.basket.history import History
from scripts.evaluate.basket.shelf import Shelf

DAYS_TAUGHT = 6  # earlier days whose next baskets teach
_LEAST_APART, _MOST_APART = 7.0, 28.0  # days between those
_LEARNERS = 1_000  # households are enough for some thirty weights
_FEWEST_BASKETS = 30  # with fewer, the plain habit is better than what they teach
_ROUNDS = 6
_RIDGE = 1.0


@dataclass(frozen=True, slots=True)
class Lesson:
    """Products of many households on one day: `features` (n, k) float32, `was_bought` (n,), `weight` (n,)."""

    features: np.ndarray
    was_bought: np.ndarray
    weight: np.ndarray
    baskets: int


@dataclass(frozen=True, slots=True)
class Weights:
    """What each feature counts, (len(NAMES),) float32, for features as they are."""

    values: np.ndarray

    def scores(self, features: np.ndarray) -> np.ndarray:
        """Give a score for each row: more for what is likelier in the next basket."""
        # Not by the engine for matrices: its threads wait for each other longer than this takes.
        scores: np.ndarray = (features * self.values).sum(axis=1)
        return scores


def learn(history: History) -> Weights:
    """Learn the weights."""
    apart = _apart(history)
    ends_at = history.ends_at
    days = [ends_at - apart * number for number in range(1, DAYS_TAUGHT + 1)]
    lessons = [lesson for day in days if (lesson := lesson_at(history, day)) is not None]
    if sum(lesson.baskets for lesson in lessons) < _FEWEST_BASKETS:
        return Weights(np.array([name == RECENT_SHARE for name in NAMES], np.float32))
    return fit(lessons)


def lesson_at(history: History, day: float) -> Lesson | None:
    """Give what was to be known on a day and what came next; None when no household tells of both."""
    past = history.before(day)
    if not len(past.days):
        return None
    shelf = Shelf.of(past, day)
    rows, hits, weights = [], [], []
    step = max(len(history.households) // _LEARNERS, 1)
    for place, (trips, basket) in enumerate(zip(past, history.next_after(day), strict=True)):
        if place % step or basket is None or not len(trips.days):
            continue
        codes, features = features_of(trips, day, shelf)
        rows.append(features)
        hits.append(np.isin(codes, basket))
        weights.append(np.full(len(codes), 1.0 / len(basket), np.float32))
    if not rows:
        return None
    columns = (np.concatenate(rows), np.concatenate(hits), np.concatenate(weights))
    return Lesson(*columns, baskets=len(rows))


def fit(lessons: Sequence[Lesson]) -> Weights:
    """Find the weights under which what was bought is likeliest."""
    features = np.concatenate([lesson.features for lesson in lessons])
    mean, spread = features.mean(axis=0), features.std(axis=0) + 1e-6
    features = np.column_stack((np.ones(len(features), np.float32), (features - mean) / spread))
    bought = np.concatenate([lesson.was_bought for lesson in lessons])
    weight = np.concatenate([lesson.weight for lesson in lessons])
    weight /= weight.mean()
    ridge = np.full(features.shape[1], _RIDGE)
    ridge[0] = 0.0
    found = np.zeros(features.shape[1])
    for _ in range(_ROUNDS):
        chance = 1.0 / (1.0 + np.exp(-(features @ found.astype(np.float32))))
        slope = features.T @ (weight * (bought - chance)) - ridge * found
        bend = (features * (weight * chance * (1 - chance))[:, None]).T @ features
        found += np.linalg.solve(bend + np.diag(ridge), slope)
    return Weights((found[1:] / spread).astype(np.float32))


def _apart(history: History) -> float:
    """Give the days between lessons: the usual time between two trips of a household, within bounds."""
    gaps = np.diff(history.days)
    within = np.diff(history.trip_households) == 0
    usual = float(np.median(gaps[within])) if within.any() else _LEAST_APART
    return min(max(usual, _LEAST_APART), _MOST_APART)
