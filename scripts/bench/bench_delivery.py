"""How fast messages leave within Telegram's limits, and whether a reply waits behind a hundred thousand of them.

Why: a campaign must use what Telegram allows, 30 messages a second in all and one a second in a chat, without ever
being told to slow down, and nobody who writes meanwhile may notice it.

Measured over a minute, against the local Telegram server with its limits on, with real bot processes on the sample shop
and 100,000 nudges and campaigns that are due; some live shoppers, for whom such messages wait as well, write every one or
two seconds and are answered from the real search and templates:
  sends_per_s     messages that Telegram took, a second; its limit is the peer: 30
  count_429       how often it said "too many requests", after the first second
  reply_median_s  from a shopper's words at the server to the bot's there; reply_p95_s likewise
  in_order        whether each chat got its messages in order, nudges first, none twice

    python -m scripts.bench.bench_delivery --workers 1        # one process
    python -m scripts.bench.bench_delivery --workers 2        # one that receives, two that send
    python -m scripts.bench.bench_delivery --quick
    python -m scripts.bench.bench_delivery --database postgresql+asyncpg://user@host/name?search_path=schema
"""

import argparse
import asyncio
import json
import random
import statistics
import tempfile
import time
from collections import defaultdict
from http import HTTPStatus
from pathlib import Path
from typing import Any

from scripts.bench.bench_reply import MESSAGES
from scripts.bench.delivery_stage import SEED, Stage, Wanted, open_stage
from scripts.demo.town import town_plan
from scripts.phone import Phone

ROWS, CHATS, SECONDS = 104_000, 20_000, 60.0
QUICK_ROWS, QUICK_CHATS, QUICK_SECONDS = 5_000, 1_000, 15.0
WRITERS = [777_000_001 + number for number in range(5)]
Call = dict[str, Any]


async def main(wanted: Wanted, seconds: float) -> None:
    """Measure, print a table, and the same as one JSON line."""
    with tempfile.TemporaryDirectory() as name:
        async with open_stage(Path(name), wanted, WRITERS) as stage:
            phones = [Phone(stage.http, stage.server.url, writer) for writer in WRITERS]
            await asyncio.gather(*(_settle_in(phone) for phone in phones))
            waiting, begun_at = await stage.waiting(), time.time()
            talks = [_talk(phone, begun_at + seconds) for phone in phones]
            delays_s = [delay for talk in await asyncio.gather(*talks) for delay in talk]
            calls = await _calls(stage)
    told = figures(calls, begun_at, seconds) | {
        "reply_median_s": round(statistics.median(delays_s), 3),
        "reply_p95_s": round(sorted(delays_s)[int(0.95 * (len(delays_s) - 1))], 3),
        "replies": len(delays_s),
        "waiting_at_first": waiting,
        "workers": wanted.workers,
        "database": "SQLite" if wanted.database_url is None else "PostgreSQL",
        "model": wanted.model,
    }
    for key, value in told.items():
        print(f"{key:18} {value}")
    print(json.dumps(told))


async def _settle_in(phone: Phone) -> None:
    """Let a shopper say where they are and be answered once: the engines have loaded then."""
    town = town_plan()
    await phone.share_place(town.latitude, town.longitude)
    await _answered(phone)
    await phone.write("I'm cold")
    await _answered(phone)


async def _talk(phone: Phone, until: float) -> list[float]:
    """Write every one or two seconds; gives how long each answer took, in seconds."""
    draw, delays = random.Random(SEED + phone.user_id), list[float]()  # noqa: S311  # no secret
    while time.time() < until:
        started = time.perf_counter()
        await phone.write(draw.choice(MESSAGES))
        await _answered(phone)
        delays.append(time.perf_counter() - started)
        await asyncio.sleep(max(0.0, draw.uniform(1.0, 2.0) - delays[-1]))
    return delays


async def _answered(phone: Phone) -> None:
    """Wait for words that are no offer of the backlog's."""
    while all(str(heard.get("text", "")).startswith("offer ") for heard in await phone.hear()):
        pass


async def _calls(stage: Stage) -> list[Call]:
    async with stage.http.get(f"{stage.server.url}/log") as response:
        calls: list[Call] = await response.json()
    return [call for call in calls if call["method"].lower().startswith("send")]


def figures(calls: list[Call], begun_at: float, seconds: float) -> dict[str, object]:
    """Give what the server's log of calls says of the time from `begun_at`, in seconds since 1970, on."""
    within = [call for call in calls if begun_at <= call["time"] < begun_at + seconds]
    messages = [call for call in within if call["method"].lower() != "sendchataction"]
    taken = [call for call in messages if call["answer"]["ok"]]
    refused = [
        call for call in within if call["answer"].get("error_code") == HTTPStatus.TOO_MANY_REQUESTS
    ]
    return {
        "sends_per_s": round(len(taken) / seconds, 2),
        "count_429": sum(call["time"] >= begun_at + 1 for call in refused),
        "in_order": _is_in_order(calls),
        "most_in_a_second": _most_in_a_second([call["time"] for call in taken]),
    }


def _is_in_order(calls: list[Call]) -> bool:
    """Tell whether the backlog's messages came to each chat in their order, and none of them twice."""
    came: defaultdict[str, list[str]] = defaultdict(list)
    for call in calls:
        text = str(call["parameters"].get("text", ""))
        if call["answer"]["ok"] and text.startswith("offer "):
            came[str(call["parameters"]["chat_id"])].append(text)
    return all(texts == sorted(set(texts)) for texts in came.values())


def _most_in_a_second(times: list[float]) -> int:
    """Give how many fell into the fullest second, wherever it begins."""
    most = first = 0
    for last, at in enumerate(times):
        while times[first] <= at - 1.0:
            first += 1
        most = max(most, last - first + 1)
    return most


def _read_command_line() -> tuple[Wanted, float]:
    parser = argparse.ArgumentParser(description="How fast messages leave, and how soon replies.")
    parser.add_argument("--workers", type=int, choices=(1, 2), default=1)
    parser.add_argument(
        "--database", help="a PostgreSQL URL with an empty schema; without: SQLite"
    )
    parser.add_argument("--model", choices=("none", "gguf"), default="none")
    parser.add_argument("--quick", action="store_true", help="a smaller one, for a quarter minute")
    told = parser.parse_args()
    rows, chats = (QUICK_ROWS, QUICK_CHATS) if told.quick else (ROWS, CHATS)
    wanted = Wanted(told.workers, rows, chats, told.model, told.database)
    return wanted, QUICK_SECONDS if told.quick else SECONDS


if __name__ == "__main__":
    asyncio.run(main(*_read_command_line()))
