"""How much of each household's next basket is foreseen, and how long foreseeing takes.

Input, Parquet or CSV: household_id, basket_id, product_id, transaction_timestamp. `--history` is what may be learned from;
`--future`, if there is one, is what came later, in the same form, and each household's first basket in it is the right
answer. Prediction: {"household_id", "items": [10 product ids, likeliest first]}.

Figures:
  recall_10          the part of the next basket that is among the ten, mean over households
  repeat_recall_10   the same, of what the household had bought before; explore_recall_10 of what it had not
  us_per_shopper     time to predict, mean; p50 and p95 beside it, and the processor's part of the mean, which other programs
                     on a busy machine do not change; learn_s is what is learned once for all
Beside it stand popularity and the household's own most frequent products.
"""

import argparse
import json
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TextIO

import numpy as np

from scripts.evaluate.basket.features import features_of
from scripts.evaluate.basket.history import History, Trips, read_history
from scripts.evaluate.basket.learning import Weights, learn
from scripts.evaluate.basket.shelf import Shelf
from scripts.evaluate.reading import predictions
from scripts.evaluate.reporting import Figures, percentile, print_table, rounded, watched

ITEMS = 10
RECALLS = ("recall_10", "repeat_recall_10", "explore_recall_10")
Guess = Callable[[Trips], np.ndarray]


@dataclass(frozen=True, slots=True)
class Contender:
    """Somebody who foresees: `guess` gives the codes of ten products, best first."""

    name: str
    guess: Guess
    taken_s: list[float] = field(default_factory=list)
    worked_s: list[float] = field(default_factory=list)
    recalls: dict[str, list[float]] = field(default_factory=dict)

    def predict(self, trips: Trips, basket: set[int] | None, known: np.ndarray) -> list[int]:
        """Give product ids, `known` by code, timed and scored by the next basket; None: nobody knows it."""
        begun_s, busy_s = time.perf_counter(), time.thread_time()
        items: list[int] = known[self.guess(trips)].tolist()
        self.taken_s.append(time.perf_counter() - begun_s)
        self.worked_s.append(time.thread_time() - busy_s)
        if basket:
            own = set(known[np.concatenate(trips.products)].tolist())
            parts = (basket, basket & own, basket - own)
            for name, part in zip(RECALLS, parts, strict=True):
                if part:
                    self.recalls.setdefault(name, []).append(len(part & set(items)) / len(part))
        return items


def add_options(parser: argparse.ArgumentParser) -> None:
    """Declare what the command line takes."""
    told = ".parquet or .csv"
    parser.add_argument("--history", type=Path, required=True, metavar="FILE", help=told)
    parser.add_argument("--future", type=Path, metavar="FILE", help=f"{told}, what came later")
    parser.add_argument("--out", type=Path, metavar="FILE", help="gets the predictions")


def measure(options: argparse.Namespace) -> Figures:
    """Learn from the history, predict for each household, write the predictions, print the table.

    Raises:
        EvaluateError: a file is bad or the predictions cannot be written.
    """
    history = read_history(options.history)
    baskets = next_baskets(read_history(options.future)) if options.future else {}
    begun_s = time.perf_counter()
    contenders = shipped(history)
    learn_s = time.perf_counter() - begun_s
    with predictions(options.out, data=options.history) as out:
        run(history, baskets, contenders, out)
    print_table(*table(contenders))
    own, *peers = map(figures, contenders)
    told = {"task": "basket", "households": len(history.households), **own}
    told["learn_s"] = rounded(learn_s)
    return told | {each.name: peer for each, peer in zip(contenders[1:], peers, strict=True)}


def shipped(history: History) -> list[Contender]:
    """Give the product's habits with what a history teaches, and two peers."""
    now = history.ends_at
    shelf, weights = Shelf.of(history, now), learn(history)
    often = np.bincount(history.products, minlength=len(history.product_ids))
    popular = np.argsort(-often, kind="stable")[:ITEMS]

    def most_frequent(trips: Trips) -> np.ndarray:
        codes, times = np.unique(np.concatenate(trips.products), return_counts=True)
        return filled(codes[np.lexsort((-often[codes], -times))], popular)

    return [
        Contender("concierge", lambda trips: foreseen(trips, now, shelf, weights)),
        Contender("own_most_frequent", most_frequent),
        Contender("popularity", lambda _: popular),
    ]


def foreseen(trips: Trips, now: float, shelf: Shelf, weights: Weights) -> np.ndarray:
    """Give the codes of the ten likeliest products: the household's own, then what is popular lately."""
    codes, features = features_of(trips, now, shelf)
    order = np.argsort(-weights.scores(features), kind="stable")[:ITEMS]
    return filled(codes[order], shelf.favourites)


def filled(codes: np.ndarray, others: np.ndarray) -> np.ndarray:
    """Give the first ten codes; where there are fewer, others fill up."""
    if len(codes) >= ITEMS:
        return codes[:ITEMS]
    more = others[: 2 * ITEMS]
    return np.concatenate((codes, more[~np.isin(more, codes)]))[:ITEMS]


def next_baskets(future: History) -> Mapping[int, set[int]]:
    """Give the product ids of each household's first trip, by household id."""
    first = (set(future.product_ids[trips.products[0]].tolist()) for trips in future)
    return dict(zip(future.households.tolist(), first, strict=True))


def run(
    history: History,
    baskets: Mapping[int, set[int]],
    contenders: Sequence[Contender],
    out: TextIO | None,
) -> None:
    """Let all predict for each household; the first one's answers are the predictions."""
    cases = list(zip(history.households.tolist(), history, strict=True))
    for household_id, trips in watched(cases, "basket"):
        basket = baskets.get(household_id)
        ours, *_ = [each.predict(trips, basket, history.product_ids) for each in contenders]
        if out is not None:
            out.write(json.dumps({"household_id": household_id, "items": ours}) + "\n")


def figures(contender: Contender) -> Figures:
    """Give a contender's figures; without answers, speed alone."""
    recalls: Figures = {k: rounded(sum(v) / len(v)) for k, v in contender.recalls.items()}
    taken_s = contender.taken_s
    return recalls | {
        "us_per_shopper": rounded(1e6 * sum(taken_s) / len(taken_s)),
        "us_per_shopper_p50": rounded(1e6 * percentile(taken_s, 0.5)),
        "us_per_shopper_p95": rounded(1e6 * percentile(taken_s, 0.95)),
        "us_of_processor": rounded(1e6 * sum(contender.worked_s) / len(contender.worked_s)),
    }


def table(contenders: Sequence[Contender]) -> tuple[list[str], list[list[object]]]:
    """Give head and rows: one line a figure, one column a contender."""
    told = [figures(each) for each in contenders]
    rows: list[list[object]] = [[name, *(each.get(name) for each in told)] for name in told[0]]
    return ["", *(each.name for each in contenders)], rows
