"""How soon "typing" shows: a real bot process on the local Telegram server, timed from the phone's side."""

import asyncio
import os
import tempfile
import time
from pathlib import Path
from typing import Any

import aiohttp

from scripts.bench.stage import TODAY
from scripts.demo.load import load_sample_shop
from scripts.emulator import running_server
from scripts.local_bot import LocalBot, bot_environment
from scripts.phone import wait_for_bot
from storage.crypto import Cipher
from storage.database import Database

SHOPPER = 777_000_001
MODEL_IS_READY_S = 60.0


async def typing_delays_s(messages: int) -> list[float]:
    """Write messages one after another and give, for each, the seconds until the chat shows "typing"."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        key = Cipher.new_key()
        await _lay_out(folder, key)
        async with (
            running_server(folder / "world", 0) as server,
            aiohttp.ClientSession() as http,
        ):
            environment = bot_environment(
                api_url=server.url,
                token=server.token,
                data_folder=folder,
                clock_file=folder / "clock.json",
            ) | {"CONCIERGE_DATA_KEY": key}
            with (folder / "bot.log").open("wb") as log:
                bot = await LocalBot.start(Path.cwd(), {**os.environ, **environment}, log=log)
                try:
                    await wait_for_bot(http, server.url)
                    url = f"{server.url}/phone/{SHOPPER}"
                    await _until_answered(http, url)
                    return [await _delay_s(http, url, number) for number in range(messages)]
                finally:
                    await bot.stop()


async def _lay_out(folder: Path, key: str) -> None:
    url = f"sqlite+aiosqlite:///{folder}/concierge.db"
    database = await Database.open(url, cipher=Cipher([key]))
    await database.migrate()
    await load_sample_shop(database, today=TODAY)
    await database.close()


async def _until_answered(http: aiohttp.ClientSession, url: str) -> None:
    """Wait for a first answer: the engines have loaded then."""
    async with asyncio.timeout(MODEL_IS_READY_S):
        await _write(http, url, "hello")
        await _event(http, url, 0, "message")


async def _delay_s(http: aiohttp.ClientSession, url: str, number: int) -> float:
    after = await _sequence(http, url)
    started = time.perf_counter()
    await _write(http, url, f"I'm hungry, take {number}")
    after = await _event(http, url, after, "typing")
    delay_s = time.perf_counter() - started
    await _event(http, url, after, "message")
    return delay_s


async def _write(http: aiohttp.ClientSession, url: str, text: str) -> None:
    async with http.post(f"{url}/text", json={"text": text, "first_name": "Mia"}) as response:
        response.raise_for_status()


async def _sequence(http: aiohttp.ClientSession, url: str) -> int:
    async with http.get(f"{url}/events", params={"after": "0", "wait": "0"}) as response:
        return int((await response.json())["seq"])


async def _event(http: aiohttp.ClientSession, url: str, after: int, kind: str) -> int:
    """Wait for an event of the bot's and give its sequence number."""
    while True:
        async with http.get(
            f"{url}/events", params={"after": str(after), "wait": "20"}
        ) as response:
            answer = await response.json()
        for event in answer["events"]:
            after = event["seq"]
            if event["kind"] == kind and not _is_own(event):
                return int(after)
        after = max(after, int(answer["seq"]))


def _is_own(event: dict[str, Any]) -> bool:
    """Tell whether an event shows what the shopper wrote."""
    return event["kind"] == "message" and not event["message"]["from"]["is_bot"]
