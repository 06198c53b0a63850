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
import statistics
import time
import tracemalloc
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

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
from knowledge.nearby.places import Fix, Places
from knowledge.nearby.shares import Notice, Shares
from knowledge.nearby.waiting_fixes import WaitingFixes
from scripts.bench.ingest_stage import BEGUN_AT, Bench, open_bench
from storage.records import InboxItem


@dataclass(frozen=True, slots=True)
class Size:
    """How much is measured."""

    shoppers: int
    rounds: int
    shares: int


FULL, QUICK = Size(5_000, 7, 200_000), Size(1_000, 3, 5_000)
_STEPS = 3  # in a round


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
    async with open_bench(size.shoppers) as bench:
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
    await bench.prepare()
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
            shopper_id, begun_at = 10**9 + each, BEGUN_AT + timedelta(seconds=each % 997)
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


if __name__ == "__main__":
    main()
