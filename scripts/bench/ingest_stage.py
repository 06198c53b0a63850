"""What the intake of live locations is measured on: the sample town, shoppers who walk in it, and the server of their steps."""

import asyncio
import random
import sys
import tempfile
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from math import cos, pi, radians, sin
from pathlib import Path

import aiohttp

from handlers.callbacks import Signer
from handlers.following_rules import FollowingRules
from handlers.nudging import Nudging
from handlers.unasked import UnaskedParts
from knowledge.discretion import is_health_service
from knowledge.geography.store_index import StoreIndex
from knowledge.nearby.places import Fix
from knowledge.nearby.shares import Notice
from knowledge.search.toy import ToyEmbedder
from scripts.bench import canned_telegram as canned
from scripts.bench.stage import Stage, open_stage
from storage.records import ConsentKind, Shopper

SEED = 7
BEGUN_AT = datetime.fromtimestamp(canned.BEGUN_S, UTC)
_STEP = timedelta(seconds=canned.STEP_S)
_M_PER_DEGREE = 111_200.0
# In a step: faster than a walk, whose one fix could be enough, slower than driving.
_WALK_M = (60.0, 140.0)


class Clock:
    """The time of the step that runs."""

    def __init__(self) -> None:
        self.turn = 0

    def __call__(self) -> datetime:
        """Give it: a second after the fixes of the step."""
        return BEGUN_AT + self.turn * _STEP + timedelta(seconds=1)


@dataclass(slots=True)
class Bench:
    """What both sides work with."""

    stage: Stage
    nudging: Nudging
    clock: Clock
    server: str
    shoppers: int

    async def prepare(self) -> None:
        """Have the server make the answers of the step before it is timed."""
        url = f"{self.server}/bot{self.clock.turn}:bench/getMe"
        async with aiohttp.ClientSession() as session, session.get(url) as response:
            await response.read()

    def check(self) -> None:
        """Make sure that every fix of the step was looked at.

        Raises:
            RuntimeError: one was left out, and no figure means anything.
        """
        at = BEGUN_AT + self.clock.turn * _STEP
        for number in range(self.shoppers):
            share = self.nudging.share_of(canned.FIRST_SHOPPER + number)
            if share is None or share.last is None or share.last.seen_at != at:
                raise RuntimeError(f"a fix of shopper {number} was not looked at")


@asynccontextmanager
async def open_bench(shoppers: int) -> AsyncIterator[Bench]:
    """Open the sample town with so many shoppers who share, and the server of their steps."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        async with open_stage(folder, ToyEmbedder()) as stage:
            concierge, clock = await stage.concierge(None), Clock()
            parts = UnaskedParts(
                stage.database, concierge, Signer(b"k" * 32), lambda: stage.now, clock
            )
            nudging = Nudging(parts, FollowingRules(waiting_at_most=shoppers))
            index = (await concierge.catalogue()).index
            places = _walks(index, shoppers)
            await _share(stage, nudging, places)
            file = folder / "places.txt"
            lines = (" ".join(map(str, each)) for each in places)
            await asyncio.to_thread(file.write_text, "\n".join(lines))
            async with _serving(file) as server:
                yield Bench(stage, nudging, clock, server, shoppers)
            await nudging.close()


def _walks(index: StoreIndex, number: int) -> list[tuple[float, float, float, float]]:
    """Give each shopper a place at a store and one close by that is at none of the same.

    Who goes to and fro between them comes near, again and again, and enters nothing: two fixes in a row never agree.
    """
    chance = random.Random(SEED)  # noqa: S311  # a seeded town, no secret
    stores = [store for store in index.stores.values() if not is_health_service(store)]
    walks: list[tuple[float, float, float, float]] = []
    while len(walks) < number:
        store = chance.choice(stores)
        near = _moved(store.latitude, store.longitude, chance, (0.0, store.radius_m))
        away = _moved(*near, chance, _WALK_M)
        at = {each.id for each, _ in index.around(*near)}
        if at and at.isdisjoint(each.id for each, _ in index.around(*away)):
            walks.append((*near, *away))
    return walks


def _moved(
    latitude: float, longitude: float, chance: random.Random, between_m: tuple[float, float]
) -> tuple[float, float]:
    """Give a place so many metres away, in any direction."""
    far_m, towards = chance.uniform(*between_m), chance.uniform(0, 2 * pi)
    north, east = far_m * cos(towards) / _M_PER_DEGREE, far_m * sin(towards) / _M_PER_DEGREE
    return round(latitude + north, 6), round(longitude + east / cos(radians(latitude)), 6)


async def _share(
    stage: Stage, nudging: Nudging, places: Sequence[tuple[float, float, float, float]]
) -> None:
    """Let everybody agree and share a first place, away from the store."""
    ids = [canned.FIRST_SHOPPER + number for number in range(len(places))]
    async with stage.database.work() as work:
        await work.shoppers.add_many(
            [Shopper(each, "Shopper", "en", stage.now, stage.now) for each in ids]
        )
        for shopper_id in ids:
            for kind in (ConsentKind.LOCATION, ConsentKind.NUDGES):
                await work.consents.decide(
                    shopper_id, kind, is_granted=True, version=1, now=stage.now
                )
        await work.commit()
    for number, shopper_id in enumerate(ids):
        notice = Notice.of(canned.FIRST_MESSAGE + number, BEGUN_AT, canned.LIVE_PERIOD_S)
        await nudging.follow(shopper_id, notice, Fix(*places[number][2:], 60.0, BEGUN_AT, True))


@asynccontextmanager
async def _serving(file: Path) -> AsyncIterator[str]:
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "scripts.bench.canned_telegram",
        str(file),
        stdout=asyncio.subprocess.PIPE,
    )
    try:
        port = await process.stdout.readline() if process.stdout is not None else b""
        yield f"http://127.0.0.1:{int(port)}"
    finally:
        process.terminate()
        await process.wait()
