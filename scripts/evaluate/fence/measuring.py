"""What is noticed of people near stores, from their phones' fixes: how much of the truth, how much beside it, how fast.

Input: fixes, a CSV file with the columns user, time_s, lat, lon and accuracy_m (in seconds, degrees and metres; accuracy
may be empty), one fix a line in the order in which they arrived, late and repeated ones among them; stores, a CSV file with id,
lat, lon, radius_m and category; and where it is known where people really were, their paths: user, time_s, lat, lon in order of time,
straight lines in between, nothing known where rows are more than ten minutes apart.
Prediction: {"user", "store", "kind": "enter" | "dwell" | "exit" | "nudge", "time_s"}, as the events happen. Enter, dwell and
exit know no caps, nudge obeys them.

Figures, ours and, in brackets, the naive rule's (inside the radius: push):
  caught            share of the visits of two minutes or more with a dwell in time, see scores.py
  wrong_per_1000_h  false and repeated events in 1,000 hours
  beside            comings that were told of people who never were inside the circle, though less than 60 m from it
  median_delay_s    of a dwell, after two minutes at the store
  nudges            with all caps; nudges_driving while the user went faster than 7 m/s
  fixes_per_s       fixes handled in a second, reading them included
"""

import argparse
import json
import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from statistics import median

from bot.following import following_rules
from bot.setting_sections import NudgeSettings
from knowledge.geography.store_index import StoreIndex
from knowledge.nearby.fence import FenceRules
from knowledge.nearby.places import Fix
from scripts.evaluate.fence.events import Event
from scripts.evaluate.fence.following import Follower
from scripts.evaluate.fence.naive import Naive
from scripts.evaluate.fence.scores import score
from scripts.evaluate.fence.tables import read_fixes, read_paths, read_stores, seconds
from scripts.evaluate.fence.truth import Track
from scripts.evaluate.reading import predictions
from scripts.evaluate.reporting import Figures, print_table, rounded

_INTERVALS_SEEN = 100_000


@dataclass(slots=True)
class Pass:
    """One pass over the fixes: the events of both, and how long it took."""

    ours: list[Event] = field(default_factory=list)
    naive: list[Event] = field(default_factory=list)
    fixes: int = 0
    taken_s: float = 0.0
    intervals_s: list[float] = field(default_factory=list)

    @property
    def interval_s(self) -> float:
        """Give the usual time between two fixes of a user; 0 when nobody sent two."""
        return median(self.intervals_s) if self.intervals_s else 0.0


def add_options(parser: argparse.ArgumentParser) -> None:
    """Declare what the command line takes."""
    parser.add_argument("--fixes", type=Path, required=True, metavar="FILE", help=".csv[.gz]")
    parser.add_argument("--stores", type=Path, required=True, metavar="FILE", help=".csv[.gz]")
    parser.add_argument(
        "--truth", type=Path, metavar="FILE", help=".csv[.gz] with the true paths, if known"
    )
    parser.add_argument("--out", type=Path, metavar="FILE", help="gets the predictions")


def measure(options: argparse.Namespace) -> Figures:
    """Follow everybody; write our predictions, print the table.

    Raises:
        EvaluateError: the data is bad or the predictions cannot be written.
    """
    stores = read_stores(options.stores)
    paths = read_paths(options.truth) if options.truth else {}
    with predictions(options.out, data=options.fixes) as out:
        done = run(read_fixes(options.fixes), StoreIndex(stores), as_shipped())
        if out is not None:
            out.writelines(json.dumps(_prediction(event)) + "\n" for event in done.ours)
    speed: Figures = {
        "task": "fence",
        "fixes": done.fixes,
        "fixes_per_s": rounded(done.fixes / max(done.taken_s, 1e-9)),
    }
    if not paths:
        print_table(["", "concierge"], [[name, speed[name]] for name in ("fixes", "fixes_per_s")])
        return speed
    tracks = {user: Track.of(path) for user, path in paths.items()}
    ours = score(done.ours, tracks, stores, done.interval_s).figures()
    naive = score(done.naive, tracks, stores, done.interval_s).figures()
    print_table(["", "concierge", "naive"], [[name, ours[name], naive[name]] for name in ours])
    return {**speed, "interval_s": done.interval_s, **ours, "naive": naive}


def as_shipped() -> FenceRules:
    """Give the rules that the bot follows people by, unless somebody sets others."""
    return following_rules(NudgeSettings()).fence


def run(fixes: Iterable[tuple[str, Fix]], index: StoreIndex, rules: FenceRules) -> Pass:
    """Let the product and the naive rule follow everybody; only the product's time counts, and that of reading."""
    follower, naive, done = Follower(index, rules), Naive(index), Pass()
    last: dict[str, datetime] = {}
    begun_s = time.perf_counter()
    naive_s = 0.0
    for user, fix in fixes:
        done.ours.extend(follower.take(user, fix))
        naive_from_s = time.perf_counter()
        done.naive.extend(naive.take(user, fix))
        done.fixes += 1
        before = last.get(user)
        if before is not None and before < fix.seen_at and len(done.intervals_s) < _INTERVALS_SEEN:
            done.intervals_s.append((fix.seen_at - before).total_seconds())
        last[user] = fix.seen_at
        naive_s += time.perf_counter() - naive_from_s
    done.taken_s = time.perf_counter() - begun_s - naive_s
    return done


def _prediction(event: Event) -> Mapping[str, object]:
    return {
        "user": event.user,
        "store": event.store_id,
        "kind": event.kind,
        "time_s": seconds(event.at),
    }
