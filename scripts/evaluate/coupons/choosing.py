"""Ranks coupons for a household by its habits among their products, and by what is known of the coupons themselves.

How much each figure counts is learned, while it runs, from the coupons that were used of earlier campaigns.
"""

from dataclasses import dataclass

import numpy as np

from knowledge.habits import tallied
from scripts.evaluate.basket.history import History, Trips
from scripts.evaluate.basket.learning import Lesson, Weights, fit
from scripts.evaluate.coupons.mailings import Leaflet, Mailings, Uses

FIGURES = ("own", "own_best", "own_products", "used_before", "popular", "popular_here", "products")
_BY_HAND = np.array((1.0, 0.0, 0.0, 0.5, 0.3, 0.3, 0.0), np.float32)  # where nobody used any yet
_FEWEST_USERS = 30
_LEAST = 0.05  # of a trip: what is less is as good as never


@dataclass(frozen=True, slots=True)
class Counter:
    """What is known of all coupons on a day: `known` (2, coupons), how often used before and how popular their products.

    `worth` (products,) is how much each product was bought for with coupons before.
    """

    leaflet: Leaflet
    known: np.ndarray
    worth: np.ndarray

    @classmethod
    def of(cls, history: History, leaflet: Leaflet, used: Uses) -> "Counter":
        """Count what was bought and used until then."""
        often = np.bincount(history.products, minlength=len(history.product_ids))
        worth = np.zeros(len(history.product_ids))
        for coupon in used.coupons:
            own = leaflet.products[leaflet.lines_from[coupon] : leaflet.lines_from[coupon + 1]]
            worth[own] += 1.0 / max(len(own), 1)
        every = np.arange(len(leaflet.upcs))
        times = np.bincount(used.coupons, minlength=len(every))
        lines, whose = _lines(leaflet, every)
        popular = np.bincount(whose, often[lines], minlength=len(every))
        return cls(leaflet, np.log1p(np.stack((times, popular))), worth)

    def figures(self, trips: Trips, now: float, coupons: np.ndarray) -> np.ndarray:
        """Give (coupons, len(FIGURES)) float32 for some coupons and a household."""
        tally = tallied(
            (age, codes.tolist())
            for age, codes in zip((now - trips.days).tolist(), trips.products, strict=True)
        )
        own = np.zeros(len(self.worth))
        own[list(tally.places)] = tally.recent
        lines, whose = _lines(self.leaflet, coupons)
        count, theirs = len(coupons), own[lines]
        is_own = np.flatnonzero(theirs)  # few: a coupon is for things that mostly others buy
        theirs, their_coupons = theirs[is_own], whose[is_own]
        best = np.zeros(count)
        np.maximum.at(best, their_coupons, theirs)
        columns = (
            np.log(np.bincount(their_coupons, theirs, minlength=count) + _LEAST),
            np.log(best + _LEAST),
            np.log1p(np.bincount(their_coupons, minlength=count)),
            self.known[0, coupons],
            self.known[1, coupons],
            np.log1p(np.bincount(whose, self.worth[lines], minlength=count)),
            np.log(np.maximum(self.leaflet.sizes[coupons], 1)),
        )
        return np.column_stack(columns).astype(np.float32)


def learn(history: History, leaflet: Leaflet, mailings: Mailings, used: Uses) -> Weights:
    """Learn what tells that a coupon is used, from campaigns begun before `used` ends."""
    lessons = []
    for campaign in np.unique(used.campaigns).tolist():
        if campaign in leaflet.in_campaign and campaign in mailings.held:
            begun = mailings.held[campaign][0]
            lessons += _lessons(history, leaflet, used, campaign, begun)
    if len(lessons) < _FEWEST_USERS:
        return Weights(_BY_HAND)
    return fit(lessons)


def ranked(
    counter: Counter, weights: Weights, trips: Trips, now: float, coupons: np.ndarray
) -> np.ndarray:
    """Give the coupons, likeliest to be used first."""
    scores = weights.scores(counter.figures(trips, now, coupons))
    return coupons[np.argsort(-scores, kind="stable")]


def _lessons(
    history: History, leaflet: Leaflet, used: Uses, campaign: int, begun: float
) -> list[Lesson]:
    """Give what each user of a campaign's coupons was to be known by when it began, and what they used of it."""
    past = history.before(begun)
    counter = Counter.of(past, leaflet, used.of(used.days < begun))
    offered, now_used = leaflet.in_campaign[campaign], used.of(used.campaigns == campaign)
    places = {each: place for place, each in enumerate(history.households.tolist())}
    trips = list(past)
    lessons = []
    for household in np.unique(now_used.households).tolist():
        place = places.get(household)
        if place is None or not len(trips[place].days):
            continue
        hits = np.isin(offered, now_used.coupons[now_used.households == household])
        weight = np.full(len(offered), 1.0 / max(int(hits.sum()), 1), np.float32)
        lessons.append(Lesson(counter.figures(trips[place], begun, offered), hits, weight, 1))
    return lessons


def _lines(leaflet: Leaflet, coupons: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Give the products of some coupons, one after the other, and the place of each one's coupon among them."""
    begin, counts = leaflet.lines_from[coupons], np.diff(leaflet.lines_from)[coupons]
    whose = np.repeat(np.arange(len(coupons)), counts)
    within = np.arange(counts.sum()) - np.repeat(np.cumsum(counts) - counts, counts)
    return leaflet.products[begin[whose] + within], whose
