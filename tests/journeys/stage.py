"""A stage for journeys: the local Telegram server, the sample shop, and a bot that can be started, stopped and killed."""

import asyncio
import json
import os
import signal
import subprocess
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import aiohttp

from scripts.emulator import RunningServer
from scripts.local_bot import bot_environment
from scripts.phone import Phone, wait_for_bot
from storage.crypto import Cipher
from storage.database import Database

ROOT = Path(__file__).parents[2]
# The moments at which a bot can be made to die, in the order in which one update passes them; see crash_points.py.
POINTS = (
    "updates fetched",
    "inbox committed",
    "item claimed",
    "desk opened",
    "effects written",
    "effects committed",
    "row claimed",
    "message accepted",
    "row settled",
)


class Nursery:
    """The process that bears bots; see nursery.py."""

    def __init__(self) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.journeys.nursery"],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        self._read()

    def bear(self, order: dict[str, Any]) -> int:
        """Start a bot and give its pid. Blocks."""
        assert self._process.stdin is not None
        self._process.stdin.write(json.dumps(order) + "\n")
        self._process.stdin.flush()
        return int(self._read()["pid"])

    def wait(self) -> int:
        """Wait for the bot's end and give its exit status, negative for a signal. Blocks."""
        return int(self._read()["status"])

    def close(self) -> None:
        """End the nursery; its last bot is gone by then."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.close()
        self._process.wait(timeout=30)
        self._process.stdout.close()

    def _read(self) -> dict[str, Any]:
        assert self._process.stdout is not None
        line = self._process.stdout.readline()
        assert line, "the nursery died"
        answer: dict[str, Any] = json.loads(line)
        return answer


@dataclass(slots=True)
class RunningBot:
    """A bot that was born: end it one way or another before the next."""

    nursery: Nursery
    pid: int
    log: Path
    _status: int | None = None

    async def ended(self) -> int:
        """Wait for its end and give the exit status, negative for a signal."""
        if self._status is None:
            async with asyncio.timeout(60):
                self._status = await asyncio.to_thread(self.nursery.wait)
        return self._status

    async def stop(self) -> int:
        """Ask it to stop and wait for that."""
        if self._status is None:
            os.kill(self.pid, signal.SIGTERM)
        return await self.ended()

    async def kill(self) -> int:
        """Kill it."""
        if self._status is None:
            os.kill(self.pid, signal.SIGKILL)
        return await self.ended()


@dataclass(slots=True)
class Stage:
    """Where a journey takes place.

    `armed` is the file that makes crash points deadly; `heard`, unless empty, gets every text that is embedded.
    """

    nursery: Nursery
    server: RunningServer
    http: aiohttp.ClientSession
    folder: Path
    database: Database
    database_url: str
    key: str
    settings: dict[str, str] = field(default_factory=dict)
    bots: list[RunningBot] = field(default_factory=list)
    heard: str = ""

    @property
    def armed(self) -> Path:
        return self.folder / "armed"

    @property
    def log(self) -> Path:
        return self.folder / "bot.log"

    def phone(self, user_id: int, first_name: str = "Mia") -> Phone:
        """Give a shopper's phone."""
        return Phone(self.http, self.server.url, user_id, first_name)

    @property
    def environment(self) -> dict[str, str]:
        """Everything a bot is told; models are toys."""
        told = bot_environment(
            api_url=self.server.url,
            token=self.server.token,
            data_folder=self.folder / "data",
            clock_file=self.folder / "clock.json",
        )
        return {
            **told,
            "CONCIERGE_STORAGE__URL": self.database_url,
            "CONCIERGE_DATA_KEY": self.key,
            "CONCIERGE_SEARCH__BACKEND": "toy",
            "CONCIERGE_MODEL__KIND": "none",
            "CONCIERGE_DELIVERY__PER_CHAT_BURST": "20",
            **self.settings,
        }

    async def start(self, *, crash_at: str = "") -> RunningBot:
        """Start a bot and wait until it listens; with `crash_at` it dies there once armed."""
        bot = await self.bear(crash_at=crash_at)
        await wait_for_bot(self.http, self.server.url)
        return bot

    async def bear(self, *, crash_at: str = "") -> RunningBot:
        """Start a bot and do not wait."""
        order = order_for(self.environment, ROOT, self.log)
        order |= {"crash_at": crash_at, "armed": str(self.armed), "heard": self.heard}
        pid = await asyncio.to_thread(self.nursery.bear, order)
        self.bots.append(RunningBot(self.nursery, pid, self.log))
        return self.bots[-1]

    @asynccontextmanager
    async def running(self, *, crash_at: str = "") -> AsyncIterator[RunningBot]:
        """Run a bot for the length of a block, and stop it at its end."""
        bot = await self.start(crash_at=crash_at)
        try:
            yield bot
        finally:
            await bot.stop()


def order_for(environment: dict[str, str], folder: Path, log: Path) -> dict[str, Any]:
    """Give what the nursery needs to know of a bot."""
    return {
        "environment": environment,
        "folder": str(folder),
        "log": str(log),
        "crash_at": "",
        "armed": "",
        "heard": "",
    }


async def open_database(url: str, key: str) -> Database:
    """Open and migrate."""
    database = await Database.open(url, cipher=Cipher([key]))
    await database.migrate()
    return database
