"""How many live locations that moved are taken in a second, beside aiogram's start_polling.

Why: where people walk with live locations, nearly all that a bot receives is their steps. Each must reach the fences, and
nobody waits for any of them.

Measured in one run, both in turns, over HTTP from one server of prepared answers in a process of its own; every step is a
different shopper's, near a store of the sample town, and both sides end in the same call, Nudging.take, behind which
watching.look holds each fix against the fences. A round is three steps, 20 s apart, of every shopper, and over when each
was looked at; once in it, as once a minute, whether a shopper wishes to be followed is read from the database. Medians:
  ours_per_s             bot.polling → bot.live_fixes → Nudging.take
  aiogram_per_s          Dispatcher.start_polling → a handler of edited_message → Nudging.take
  live_fixes_over_aiogram  ours over aiogram's
  bytes_per_share        memory of one share of many, with its place, a trail of six fixes, one that waits, all indexes

    python -m scripts.bench.bench_ingest [--quick]
"""

import argparse
import asyncio
import gc
import json
import random
import statistics
import sys
import tempfile
import time
import tracemalloc
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from math import cos, pi, radians, sin
from pathlib import Path

import aiohttp
from aiogram import Bot, Dispatcher, F
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.types import Message

from bot.app import APOLOGIES
from bot.health import Health
from bot.ingest import Ingest, IngestParts
from bot.live_fixes import LiveFixes
from bot.polling import Poller, poll_forever
from bot.setting_sections import IngestSettings
from handlers.callbacks import Signer
from handlers.nudging import FollowingRules, Nudging
from handlers.unasked import UnaskedParts
from knowledge.discretion import is_health_service
from knowledge.geography.store_index import StoreIndex
from knowledge.nearby.places import Fix, Places
from knowledge.nearby.shares import Notice, Shares
from knowledge.nearby.waiting_fixes import WaitingFixes
from knowledge.search.toy import ToyEmbedder
from scripts.bench import canned_telegram as canned
from scripts.bench.stage import Stage, open_stage
from storage.records import ConsentKind, InboxItem, Shopper

SEED = 7
_M_PER_DEGREE = 111_200.0
_BEGUN_AT = datetime.fromtimestamp(canned.BEGUN_S, UTC)
_STEP = timedelta(seconds=canned.STEP_S)
_WALK_M = (
    60.0,
    140.0,
)  # in a step: faster than a walk, whose one fix could be enough, slower than driving


@dataclass(frozen=True, slots=True)
class Size:
    """How much is measured."""

    shoppers: int
    rounds: int
    shares: int


FULL, QUICK = Size(5_000, 7, 200_000), Size(1_000, 3, 5_000)
_STEPS = 3  # in a round


class Clock:
    """The time of the step that runs."""

    def __init__(self) -> None:
        self.turn = 0

    def __call__(self) -> datetime:
        """Give it: a second after the fixes of the step."""
        return _BEGUN_AT + self.turn * _STEP + timedelta(seconds=1)


@dataclass(slots=True)
class Bench:
    """What both sides work with."""

    stage: Stage
    nudging: Nudging
    clock: Clock
    server: str
    shoppers: int

    def check(self) -> None:
        """Make sure that every fix of the step was looked at.

        Raises:
            RuntimeError: one was left out, and no figure means anything.
        """
        at = _BEGUN_AT + self.clock.turn * _STEP
        for number in range(self.shoppers):
            share = self.nudging.share_of(canned.FIRST_SHOPPER + number)
            if share is None or share.last is None or share.last.seen_at != at:
                raise RuntimeError(f"a fix of shopper {number} was not looked at")


Side = Callable[[Bench], Awaitable[None]]


def main() -> None:
    """Measure, print a table, and the same as one JSON line."""
    parser = argparse.ArgumentParser(description="How fast live locations are taken in.")
    parser.add_argument("--quick", action="store_true", help="a tenth of the shoppers")
    size = QUICK if parser.parse_args().quick else FULL
    figures = asyncio.run(measured(size)) | {"bytes_per_share": bytes_per_share(size.shares)}
    for name, value in figures.items():
        print(f"{name:24} {value:12,.1f}")
    print(json.dumps({name: round(value, 2) for name, value in figures.items()}))


async def measured(size: Size) -> dict[str, float]:
    """Let both take all steps in turns, and give the medians."""
    per_s: dict[str, list[float]] = {"ours": [], "aiogram": []}
    async with _open(size) as bench:
        sides: dict[str, Side] = {"ours": ours, "aiogram": aiograms}
        for number in range(-1, size.rounds):
            for name, side in sides.items():
                taken_s = sum([await _timed(bench, side) for _ in range(_STEPS)])
                if number >= 0:  # the first warms up
                    per_s[name].append(_STEPS * size.shoppers / taken_s)
    middle = {name: statistics.median(values) for name, values in per_s.items()}
    return {
        "live_fixes_over_aiogram": middle["ours"] / middle["aiogram"],
        "ours_per_s": middle["ours"],
        "aiogram_per_s": middle["aiogram"],
    }


async def _timed(bench: Bench, side: Side) -> float:
    """Give the seconds in which a side takes one step of every shopper."""
    bench.clock.turn += 1
    await _prepared(bench)
    gc.collect()
    begun_s = time.perf_counter()
    await side(bench)
    await bench.nudging.idle()
    taken_s = time.perf_counter() - begun_s
    bench.check()
    return taken_s


async def ours(bench: Bench) -> None:
    """Poll, read and take with what the bot runs."""
    places, health, taken = Places(), Health(), 0
    ingest = Ingest(
        IngestParts(
            database=bench.stage.database,
            places=places,
            health=health,
            handle=_refuse,
            now=bench.clock,
            apologies=APOLOGIES,
            bot_id=1,
        ),
        IngestSettings(),
    )
    live_fixes = LiveFixes(ingest, bench.nudging, places, bench.clock)
    is_done = asyncio.Event()

    async def accept(updates: Sequence[bytes]) -> None:
        nonlocal taken
        await live_fixes.accept(updates)
        taken += len(updates)
        if taken >= bench.shoppers:
            is_done.set()

    async with aiohttp.ClientSession() as session:
        url = f"{bench.server}/bot{bench.clock.turn}:bench/getUpdates"
        poller = Poller(session, method_url=url, timeout_s=1, allowed_updates=["edited_message"])
        polling = asyncio.create_task(poll_forever(poller, accept, health))
        await is_done.wait()
        polling.cancel()
        await asyncio.gather(polling, return_exceptions=True)


async def aiograms(bench: Bench) -> None:
    """Do the same with aiogram's own loop and a handler."""
    places, taken = Places(), 0
    dispatcher, is_done = Dispatcher(disable_fsm=True), asyncio.Event()

    @dispatcher.edited_message(F.location)
    async def move(message: Message) -> None:
        nonlocal taken
        location = message.location
        if location is None or location.live_period is None:
            return
        edited_at = datetime.fromtimestamp(message.edit_date or 0, UTC)
        fix = Fix(
            location.latitude, location.longitude, location.horizontal_accuracy, edited_at, True
        )
        notice = Notice.of(message.message_id, message.date, location.live_period)
        if bench.nudging.take(message.chat.id, notice, fix):
            places.keep(message.chat.id, fix)
        taken += 1
        if taken >= bench.shoppers:
            is_done.set()

    api = TelegramAPIServer.from_base(bench.server)
    async with AiohttpSession(api=api) as session:
        bot = Bot(f"{bench.clock.turn}:bench", session=session)
        polling = asyncio.create_task(
            dispatcher.start_polling(
                bot, polling_timeout=1, handle_signals=False, close_bot_session=False
            )
        )
        await is_done.wait()
        await dispatcher.stop_polling()
        await polling


def bytes_per_share(number: int) -> float:
    """Open so many shares that are far from every store, and give the memory that each takes with all around it."""
    gc.collect()
    tracemalloc.start()
    try:
        shares, places, waiting = Shares(number), Places(), WaitingFixes(number)
        for each in range(number):
            shopper_id, begun_at = 10**9 + each, _BEGUN_AT + timedelta(seconds=each % 997)
            share = shares.open(shopper_id, Notice.of(each % 99_991 + 1, begun_at, 3600))
            if share is None:
                raise RuntimeError("a share did not open")
            trail = tuple(_fix(each, begun_at + timedelta(seconds=5 * n)) for n in range(6))
            shares.keep(share, trail, {}, {})
            share.take_in(_fix(each, begun_at + timedelta(seconds=40)))
            if share.waiting is not None:
                places.keep(shopper_id, share.waiting)
            waiting.put(share, begun_at, timedelta(seconds=5))
        taken, _ = tracemalloc.get_traced_memory()
        return taken / number
    finally:
        tracemalloc.stop()


def _fix(number: int, at: datetime) -> Fix:
    return Fix(number / 10**5 % 90, number / 10**4 % 180, number % 100 + 0.5, at, True)


async def _refuse(_item: InboxItem, _overtaken: asyncio.Event) -> None:
    raise RuntimeError("a step of a live location went through the inbox")


@asynccontextmanager
async def _open(size: Size) -> AsyncIterator[Bench]:
    """Open the sample town with shoppers who share, and the server of their steps."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        async with open_stage(folder, ToyEmbedder()) as stage:
            concierge, clock = await stage.concierge(None), Clock()
            parts = UnaskedParts(
                stage.database, concierge, Signer(b"k" * 32), lambda: stage.now, clock
            )
            nudging = Nudging(parts, FollowingRules(waiting_at_most=size.shoppers))
            index = (await concierge.catalogue()).index
            places = _walks(index, size.shoppers)
            await _share(stage, nudging, places)
            file = folder / "places.txt"
            lines = (" ".join(map(str, each)) for each in places)
            await asyncio.to_thread(file.write_text, "\n".join(lines))
            async with _serving(file) as server:
                yield Bench(stage, nudging, clock, server, size.shoppers)
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
        notice = Notice.of(canned.FIRST_MESSAGE + number, _BEGUN_AT, canned.LIVE_PERIOD_S)
        await nudging.follow(shopper_id, notice, Fix(*places[number][2:], 60.0, _BEGUN_AT, True))


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


async def _prepared(bench: Bench) -> None:
    """Have the server make the answers of the round before it is timed."""
    url = f"{bench.server}/bot{bench.clock.turn}:bench/getMe"
    async with aiohttp.ClientSession() as session, session.get(url) as response:
        await response.read()


if __name__ == "__main__":
    main()
