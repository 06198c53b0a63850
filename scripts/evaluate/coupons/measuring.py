"""How many of the coupons that households use later stand among the first ten we would show them.

Input, Parquet or CSV: `--history` as for task basket; `--coupons` coupon_upc, product_id, campaign_id; and if there are,
`--campaigns` campaign_id, household_id; `--descriptions` campaign_id, start_date, end_date; `--redemptions` household_id,
coupon_upc, campaign_id, redemption_date. Redemptions until the end of the history are learned from, later ones are the
right answers. Prediction: {"household_id", "coupons": [upcs, likeliest first]}, of all that it may still use.

Figures:
  recall_10        the part of what a household used later that is among its first ten, mean over households that used any
  us_per_shopper   time to rank, and the processor's part of it
Beside it stand two rankings by how often a coupon was used before: of all coupons, and of those the household may use.
"""

import argparse
import json
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from scripts.evaluate.basket.history import Trips, read_history
from scripts.evaluate.coupons.choosing import Counter, learn, ranked
from scripts.evaluate.coupons.mailings import Leaflet, Uses, read_leaflet, read_mailings, read_uses
from scripts.evaluate.reading import predictions
from scripts.evaluate.reporting import Figures, percentile, print_table, rounded, watched

SHOWN = 10
_NOTHING = np.empty(0, np.int64)
_NOBODY = Uses(_NOTHING, _NOTHING, _NOTHING, np.empty(0))
Ranking = Callable[[Trips, np.ndarray], np.ndarray]


@dataclass(frozen=True, slots=True)
class Contender:
    """Somebody who ranks: `rank` gives coupons, best first, for a household's trips and what it may use."""

    name: str
    rank: Ranking
    taken_s: list[float] = field(default_factory=list)
    worked_s: list[float] = field(default_factory=list)
    recalls: list[float] = field(default_factory=list)

    def order(self, trips: Trips, coupons: np.ndarray, later: set[int]) -> np.ndarray:
        """Rank, timed and scored by what was used later; none: nobody knows it."""
        begun_s, busy_s = time.perf_counter(), time.thread_time()
        order = self.rank(trips, coupons)
        self.taken_s.append(time.perf_counter() - begun_s)
        self.worked_s.append(time.thread_time() - busy_s)
        if later:
            self.recalls.append(len(later & set(order[:SHOWN].tolist())) / len(later))
        return order


def add_options(parser: argparse.ArgumentParser) -> None:
    """Declare what the command line takes."""
    for name in ("history", "coupons"):
        parser.add_argument(f"--{name}", type=Path, required=True, metavar="FILE")
    for name in ("campaigns", "descriptions", "redemptions"):
        parser.add_argument(f"--{name}", type=Path, metavar="FILE")
    parser.add_argument("--out", type=Path, metavar="FILE", help="gets the predictions")


def measure(options: argparse.Namespace) -> Figures:
    """Learn from what was, rank for each household, write the predictions, print the table.

    Raises:
        EvaluateError: a file is bad or the predictions cannot be written.
    """
    history = read_history(options.history)
    leaflet = read_leaflet(options.coupons, history.product_ids)
    mailings = read_mailings(options.campaigns, options.descriptions)
    uses = read_uses(options.redemptions, leaflet) if options.redemptions else _NOBODY
    now = history.ends_at
    before, later = uses.of(uses.days <= now), uses.of(uses.days > now)
    begun_s = time.perf_counter()
    weights = learn(history, leaflet, mailings, before)
    counter = Counter.of(history, leaflet, before)
    learn_s = time.perf_counter() - begun_s
    contenders = [
        Contender("concierge", lambda trips, own: ranked(counter, weights, trips, now, own)),
        *_peers(leaflet, counter),
    ]
    cases = list(zip(history.households.tolist(), history, strict=True))
    with predictions(options.out, data=options.history) as out:
        for household_id, trips in watched(cases, "coupons"):
            own = mailings.running(household_id, now, leaflet)
            used = set(later.coupons[later.households == household_id].tolist())
            ours, *_ = [each.order(trips, own, used) for each in contenders]
            if out is not None:
                told = {"household_id": household_id, "coupons": leaflet.upcs[ours].tolist()}
                out.write(json.dumps(told) + "\n")
    return _told(contenders, len(cases), learn_s)


def _peers(leaflet: Leaflet, counter: Counter) -> list[Contender]:
    """Give the two rankings by how often a coupon was used before; equal ones by how popular their products are."""
    times, popular = counter.known
    by_use = np.lexsort((np.arange(len(leaflet.upcs)), -popular, -times))
    place = np.empty_like(by_use)
    place[by_use] = np.arange(len(by_use))
    return [
        Contender("popularity", lambda trips, own: by_use),
        Contender("popularity_received", lambda trips, own: own[np.argsort(place[own])]),
    ]


def _told(contenders: list[Contender], households: int, learn_s: float) -> Figures:
    """Print the table and give the figures; without later uses, speed alone."""
    told = [_figures(each) for each in contenders]
    rows = [[name, *(each[name] for each in told)] for name in told[0]]
    print_table(["", *(each.name for each in contenders)], rows)
    used = len(contenders[0].recalls)
    known: Figures = {"households_that_used_any": used} if used else {}
    own: Figures = {"task": "coupons", "households": households, **known, **told[0]}
    peers = {each.name: peer for each, peer in zip(contenders[1:], told[1:], strict=True)}
    return {**own, "learn_s": rounded(learn_s), **peers}


def _figures(contender: Contender) -> Figures:
    recalls, taken_s = contender.recalls, contender.taken_s
    quality: Figures = {"recall_10": rounded(sum(recalls) / len(recalls))} if recalls else {}
    return quality | {
        "us_per_shopper": rounded(1e6 * sum(taken_s) / len(taken_s)),
        "us_per_shopper_p95": rounded(1e6 * percentile(taken_s, 0.95)),
        "us_of_processor": rounded(1e6 * sum(contender.worked_s) / len(contender.worked_s)),
    }
