"""A stage for journeys: the local Telegram server, the sample shop, and a bot that can be started, stopped and killed."""

import asyncio
import json
import os
import queue
import signal
import subprocess
import sys
import threading
from collections.abc import AsyncIterator
from concurrent.futures import Future
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import aiohttp

from scripts.emulator import RunningServer
from scripts.local_bot import bot_environment
from scripts.phone import PATIENCE_S, Phone, wait_for_bot
from storage.database import Database
from storage.records import OutboxStatus

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
# And those that a fix passes on its way to being told.
NUDGE_POINTS = (
    "updates fetched",
    "fix received",
    "fence decided",
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
        self._born: queue.Queue[int] = queue.Queue()
        self._endings: dict[int, Future[int]] = {}
        self._listening = threading.Thread(target=self._listen, daemon=True)
        self._listening.start()
        self._born.get(timeout=PATIENCE_S)

    def bear(self, order: dict[str, Any]) -> tuple[int, Future[int]]:
        """Start a bot; gives its pid and, later, its exit status, negative for a signal. Blocks."""
        assert self._process.stdin is not None
        self._process.stdin.write(json.dumps(order) + "\n")
        self._process.stdin.flush()
        pid = self._born.get(timeout=PATIENCE_S)
        return pid, self._endings[pid]

    def close(self) -> None:
        """End the nursery; its last bot is gone by then."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.close()
        self._process.wait(timeout=30)
        self._listening.join(timeout=30)
        self._process.stdout.close()

    def _listen(self) -> None:
        """Hear who was born and who has ended."""
        assert self._process.stdout is not None
        for line in self._process.stdout:
            told: dict[str, int] = json.loads(line)
            if "status" in told:
                self._endings[told["pid"]].set_result(told["status"])
                continue
            pid = told.get("pid", 0)
            self._endings[pid] = Future()
            self._born.put(pid)


class BotEndedError(Exception):
    """A bot ended that was to run; its last word says why."""


@dataclass(frozen=True, slots=True)
class RunningBot:
    """A bot that was born. `ending` gives its exit status."""

    pid: int
    ending: asyncio.Future[int]

    async def ended(self) -> int:
        """Wait for its end and give the exit status, negative for a signal."""
        async with asyncio.timeout(PATIENCE_S):
            return await asyncio.shield(self.ending)

    async def stop(self) -> int:
        """Ask it to stop and wait for that."""
        return await self._end_by(signal.SIGTERM)

    async def kill(self) -> int:
        """Kill it."""
        return await self._end_by(signal.SIGKILL)

    async def _end_by(self, number: signal.Signals) -> int:
        if not self.ending.done():
            with suppress(
                ProcessLookupError
            ):  # it was quicker, and the nursery is about to say so
                os.kill(self.pid, number)
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

    async def start(self, *, crash_at: str = "", role: str = "all") -> RunningBot:
        """Start a bot that receives and wait until it listens; with `crash_at` it dies there once armed.

        Raises:
            BotEndedError: it ended instead.
        """
        bot = await self.bear(crash_at=crash_at, role=role)
        listening = asyncio.create_task(self.listened_to())
        await asyncio.wait({listening, bot.ending}, return_when=asyncio.FIRST_COMPLETED)
        if not listening.done():
            listening.cancel()
            told = await asyncio.to_thread(self.log.read_text, encoding="utf-8")
            last_word = told.rstrip().rpartition("\n")[2]
            raise BotEndedError(f"exit status {bot.ending.result()}: {last_word}")
        await listening
        return bot

    async def listened_to(self) -> None:
        """Wait until a bot polls that is not the last one."""
        await self._nobody_polls()
        await wait_for_bot(self.http, self.server.url)

    async def bear(self, *, crash_at: str = "", role: str = "all") -> RunningBot:
        """Start a bot and do not wait."""
        order = order_for(self.environment, ROOT, self.log)
        order |= {"crash_at": crash_at, "armed": str(self.armed), "heard": self.heard}
        order |= {"arguments": ["--role", role]}
        pid, ending = await asyncio.to_thread(self.nursery.bear, order)
        self.bots.append(RunningBot(pid, asyncio.wrap_future(ending)))
        return self.bots[-1]

    async def shared_by(self, senders: int) -> None:
        """Wait until so many processes send, and count on sharing with one another."""
        async with asyncio.timeout(PATIENCE_S):
            while await self._crews() != {senders}:  # noqa: ASYNC110  # other processes write it
                await asyncio.sleep(0.05)

    async def _crews(self) -> set[int]:
        async with self.database.reading() as work:
            workers = await work.workers.all()
        sizes = {len(workers), *(len(worker.crew) for worker in workers)}
        return sizes if len({worker.crew for worker in workers}) == 1 else {*sizes, -1}

    async def settled(self) -> None:
        """Wait until the bot knows of every message that it was taken.

        Who has heard it knows earlier: a bot killed in between would rightly send that message again.
        """
        async with asyncio.timeout(PATIENCE_S):
            while await self._unsettled():  # noqa: ASYNC110  # another process writes it
                await asyncio.sleep(0.02)

    async def _nobody_polls(self) -> None:
        """Have the server forget the last bot, which it would call ready for a minute more."""
        poll = self.server.emulator.poll
        async with asyncio.timeout(PATIENCE_S):
            while poll._open is not None:  # noqa: ASYNC110  # its connection is being taken down
                await asyncio.sleep(0.01)
        poll._asked_at = float("-inf")

    async def _unsettled(self) -> int:
        async with self.database.reading() as work:
            counts = await work.outbox.counts()
        return counts[OutboxStatus.WAITING] + counts[OutboxStatus.SENDING]

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
        "arguments": [],
        "crash_at": "",
        "armed": "",
        "heard": "",
    }
