"""How many fixes of live locations are held against the fences of all stores in a second, beside PostGIS.

Why: every fix of every shopper who shares a live location asks which stores it is at, whether there are a thousand
stores or a million. Towns are equally dense at every size (fence_town), so that only their number differs.

Measured in one run, ten rounds each in turns, a thousand shoppers walking around their blocks, one fix each in a round, medians:
  evaluations_per_s_N   fixes of which StoreIndex.around_each tells at which of N stores they are, with the metres: what
                        PostGIS is asked, and what the bot asks first of the fixes that wait
  looks_per_s_N         fixes seen through to the end by watching.look, what was found for a hundred in hand: order,
                        speed, jumps, the state of each fence, the share packed away; PostGIS has no part in that
  postgis_per_s_N       the same thousand fixes in one prepared query, ST_DWithin over a GiST index on geography,
                        without just-in-time compiling, which would only slow it down
  linear_per_s_N        a haversine to every store, with numpy, for some of the fixes
  inside_N              stores that a fix is at, on average
  over_postgis, over_linear   evaluations over those, the smallest of all sizes; looks_over_postgis likewise
  million_over_thousand processor time of an evaluation among a million stores, over that among a thousand

All must find the same stores for the same fixes, or nothing is told.

    python -m scripts.bench.bench_fence [--stores FILE.csv.gz] [--postgres URL]
"""

import argparse
import asyncio
import gc
import json
import os
import random
import statistics
import sys
import time
from collections.abc import Mapping, Sequence
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

from knowledge.geography.looked_up import LookedUp
from knowledge.geography.store_index import StoreIndex
from knowledge.nearby.fence import FenceRules
from knowledge.nearby.places import Fix
from knowledge.nearby.shares import Notice, Share
from knowledge.nearby.watching import look
from scripts.bench.fence_peers import LinearScan, Pairs, PostGIS, PostGISMissing, postgis
from scripts.bench.fence_town import (
    BEGUN_AT,
    COPIES,
    Place,
    drawn,
    read_places,
    replicated,
    stores_at,
    walks,
)
from scripts.evaluate.errors import BadFile

SIZES = (1_000, 100_000, 1_000_000)
SEED = 7
_SHOPPERS = 1_000
_AT_ONCE = 100  # fixes the bot looks at in a row
_ROUNDS = 80
_TURN = 10  # rounds each takes before the next: nobody pays for what another left in the processor's caches
_WARM_UP = 10  # rounds; PostgreSQL settles for a plan after five
_SCANNED = {1_000: 200, 100_000: 20, 1_000_000: 2}  # fixes a round; all would take minutes
_WORK = "processor"  # its seconds for an evaluation
_WHO = ("evaluations", "looks", "postgis", "linear")
_RATIOS = (  # name, who, over whom
    ("over_postgis", "evaluations", "postgis"),
    ("over_linear", "evaluations", "linear"),
    ("looks_over_postgis", "looks", "postgis"),
)
_POSTGRES = "postgresql://postgres@127.0.0.1:5432/test"


class Disagreement(Exception):  # noqa: N818 - named for what it is
    """Two ways of looking found different stores."""


@dataclass(slots=True)
class Taken:
    """Seconds a fix took in each round, by who looked; and how many stores fixes were at."""

    seconds: dict[str, list[float]] = field(default_factory=dict)
    inside: list[float] = field(default_factory=list)

    def note(self, who: str, begun_s: float, fixes: int) -> None:
        """Note that somebody who began then is done with so many fixes."""
        self.seconds.setdefault(who, []).append((time.perf_counter() - begun_s) / fixes)

    def per_s(self, who: str) -> float | None:
        """Give fixes a second in the middle round; None when nobody of that name looked."""
        rounds = self.seconds.get(who, [])[_WARM_UP:]
        return 1 / statistics.median(rounds) if rounds else None


class Followed:
    """A thousand live shares that go on from round to round, seen through by the product's own functions."""

    def __init__(self, index: StoreIndex) -> None:
        self._index = index
        self._rules = FenceRules()
        notice = Notice(1, BEGUN_AT + timedelta(days=1))
        self._shares = [Share(number, notice) for number in range(_SHOPPERS)]

    def look(self, fixes: Sequence[Fix]) -> None:
        """Look at each share with its fix, a hundred in a row as the bot does, and keep what was seen."""
        for first in range(0, len(fixes), _AT_ONCE):
            some = fixes[first : first + _AT_ONCE]
            around = LookedUp(self._index, [(fix.latitude, fix.longitude) for fix in some])
            for share, fix in zip(self._shares[first : first + _AT_ONCE], some, strict=True):
                seen = look(share, fix, around, fix.seen_at, self._rules)
                if seen is not None:
                    share.recent, share.fences = seen.recent, seen.fences


def main() -> int:
    """Measure, print a table, and the same as one JSON line."""
    parser = argparse.ArgumentParser(description="How fast fixes are held against fences.")
    parser.add_argument("--stores", type=Path, help="CSV with lat and lon; without: drawn towns")
    url = os.environ.get("CONCIERGE_TEST_POSTGRES") or _POSTGRES
    parser.add_argument("--postgres", default=url, help="a server with PostGIS")
    chosen = parser.parse_args()
    try:
        known = _known(chosen.stores) if chosen.stores else []
    except BadFile as error:
        print(error, file=sys.stderr)
        return 1
    taken = {}
    for size in SIZES:
        places = replicated(known, size, SEED) if known else drawn(size, SEED)
        taken[size] = asyncio.run(measured(places, chosen.postgres.replace("+asyncpg", "")))
    _tell(figures(taken))
    return 0


def _known(file: Path) -> list[Place]:
    places = read_places(file)
    if len(places) * COPIES < SIZES[-1]:
        raise BadFile(file, f"{len(places)} stores are too few to make {SIZES[-1]:,} of them")
    return places


async def measured(places: Sequence[Place], url: str) -> Taken:
    """Let all look at the same fixes in turns.

    Raises:
        Disagreement: they did not find the same.
    """
    index, scan, taken = StoreIndex(stores_at(places)), LinearScan(places), Taken()
    followed, shoppers = Followed(index), walks(places, _SHOPPERS, SEED)
    draw = random.Random(SEED)  # noqa: S311 - no secret
    async with AsyncExitStack() as stack:
        peer = await _peer(stack, url, places)
        gc.collect()
        gc.freeze()  # so that no round pays for walking through a million stores
        for first in range(0, _ROUNDS, _TURN):
            turn = range(first, first + _TURN)
            batches = [[each.fix(number, draw) for each in shoppers] for number in turn]
            ours = [_evaluated(index, fixes, taken) for fixes in batches]
            for fixes in batches:
                _looked(followed, fixes, taken)
            for fixes, pairs in zip(batches, ours, strict=True):
                if peer is not None:
                    await _asked(peer, fixes, pairs, taken)
            for fixes, pairs in zip(batches, ours, strict=True):
                _scanned(scan, fixes[: _SCANNED.get(len(places), 1)], pairs, taken)
    gc.unfreeze()
    return taken


async def _peer(stack: AsyncExitStack, url: str, places: Sequence[Place]) -> PostGIS | None:
    try:
        return await stack.enter_async_context(postgis(url, places))
    except PostGISMissing as error:
        print(error, file=sys.stderr)
        return None


def _evaluated(index: StoreIndex, fixes: Sequence[Fix], taken: Taken) -> Pairs:
    begun_s, worked_s = time.perf_counter(), time.process_time()
    found = index.around_each([fix.latitude for fix in fixes], [fix.longitude for fix in fixes])
    taken.note("evaluations", begun_s, len(fixes))
    taken.seconds.setdefault(_WORK, []).append((time.process_time() - worked_s) / len(fixes))
    pairs = {(at, int(store.id)) for at, store, _ in found}
    taken.inside.append(len(pairs) / len(fixes))
    return pairs


def _looked(followed: Followed, fixes: Sequence[Fix], taken: Taken) -> None:
    begun_s = time.perf_counter()
    followed.look(fixes)
    taken.note("looks", begun_s, len(fixes))


def _scanned(scan: LinearScan, fixes: Sequence[Fix], ours: Pairs, taken: Taken) -> None:
    begun_s = time.perf_counter()
    found = scan.reached(fixes)
    taken.note("linear", begun_s, len(fixes))
    mine = {pair for pair in ours if pair[0] < len(fixes)}
    if any(not scan.is_at_edge(fixes[at], store) for at, store in found ^ mine):
        raise Disagreement("the linear scan and the index differ on stores well inside or outside")


async def _asked(peer: PostGIS, fixes: Sequence[Fix], ours: Pairs, taken: Taken) -> None:
    begun_s = time.perf_counter()
    found = await peer.reached(fixes)
    taken.note("postgis", begun_s, len(fixes))
    theirs = {(row[0], row[1]) for row in found}
    if theirs != ours:
        raise Disagreement(f"PostGIS and the index differ on {sorted(theirs ^ ours)[:5]}")


def figures(taken: Mapping[int, Taken]) -> dict[str, float | None]:
    """Put the rounds of all sizes together; what has no peer is None."""
    told: dict[str, float | None] = {}
    for size, each in taken.items():
        told |= {f"{who}_per_s_{size}": each.per_s(who) for who in _WHO}
        told[f"inside_{size}"] = statistics.mean(each.inside)
    for name, who, peer in _RATIOS:
        told[name] = _smallest([(each.per_s(who), each.per_s(peer)) for each in taken.values()])
    least, most = min(taken), max(taken)
    told["million_over_thousand"] = _smallest(
        [(taken[least].per_s(_WORK), taken[most].per_s(_WORK))]
    )
    return told


def _smallest(pairs: Sequence[tuple[float | None, float | None]]) -> float | None:
    ratios = [ours / theirs for ours, theirs in pairs if ours and theirs]
    return min(ratios) if len(ratios) == len(pairs) else None


def _tell(told: Mapping[str, float | None]) -> None:
    for name, value in told.items():
        print(f"{name:32} {'-' if value is None else format(value, '14,.2f')}")
    rounded = {name: None if value is None else round(value, 2) for name, value in told.items()}
    print(json.dumps(rounded))


if __name__ == "__main__":
    sys.exit(main())
