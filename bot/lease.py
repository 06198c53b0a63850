"""One process at a time works on a database: the holder of a lease, which it renews and another may take once it ran out.

Each taking raises a counter, and each renewal compares the whole lease: a holder that was away for too long finds out with
its next renewal, and ends. A holder on this machine whose process is gone needs no waiting for, so a start after a crash
is not delayed. It does not know what the process does with its turn.
"""

import asyncio
import contextlib
import json
import os
import socket
from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta

from bot.clock import Clock
from bot.errors import LeaseLostError
from bot.health import Health
from storage.database import Database
from storage.errors import StorageError

KEY = "lease"
LOST = (
    "Another process works with this database now, so this one has stopped. Run only one of them."
)


@dataclass(frozen=True, slots=True)
class Process:
    """A process, as others on its machine know it."""

    host: str
    pid: int


@dataclass(frozen=True, slots=True)
class Held:
    """A lease: whose, until when, and the how manyth."""

    host: str
    pid: int
    until: datetime
    counter: int

    def written(self) -> str:
        """Give the lease as it is stored."""
        return json.dumps(asdict(self) | {"until": self.until.isoformat()})


def read(stored: str) -> Held:
    """Read a stored lease."""
    fields = json.loads(stored)
    return Held(**fields | {"until": datetime.fromisoformat(fields["until"])})


def may_take(
    held: Held | None, us: Process, now: datetime, is_running: Callable[[int], bool]
) -> bool:
    """Tell whether a lease is free: never held, run out, or left behind by a process of this machine.

    Our own number means a former life of ours: in a container every process is the first.
    """
    if held is None or held.until <= now:
        return True
    return held.host == us.host and (held.pid == us.pid or not is_running(held.pid))


def is_running(pid: int) -> bool:
    """Tell whether this machine has such a process."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


async def holder(database: Database, now: datetime) -> Held | None:
    """Give who works on a database now, None for nobody."""
    async with database.reading() as work:
        stored = await work.meta.get(KEY)
    held = None if stored is None else read(stored)
    us = Process(socket.gethostname(), os.getpid())
    return None if may_take(held, us, now, is_running) else held


@dataclass(frozen=True, slots=True, kw_only=True)
class LeaseParts:
    """What a lease needs. It lasts for `lasts_s` (ours: three renewals may fail), which machines' clocks must agree on."""

    database: Database
    health: Health
    now: Clock
    process: Process
    is_running: Callable[[int], bool] = is_running
    lasts_s: float = 30.0
    renew_every_s: float = 10.0
    look_every_s: float = 1.0


class Lease:
    """Our turn to work on the database."""

    def __init__(self, parts: LeaseParts) -> None:
        self._parts = parts
        self._stored: str | None = None

    async def take(self, stop: asyncio.Event) -> bool:
        """Wait until it is ours; False when told to stop before.

        Raises:
            StorageError: the database cannot tell.
        """
        while not stop.is_set():
            holder = await self._try()
            if holder is None:
                self._parts.health.report("lease", None)
                return True
            self._parts.health.report(
                "lease",
                f"process {holder.pid} on {holder.host} works with this database;"
                " waiting until it ends",
            )
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(self._parts.look_every_s):
                    await stop.wait()
        return False

    async def keep(self) -> None:
        """Renew it until cancelled. While the database is away nobody can take it either.

        Raises:
            LeaseLostError: another process has it.
        """
        while True:
            await asyncio.sleep(self._parts.renew_every_s)
            if self._stored is None:
                raise LeaseLostError(LOST)
            with contextlib.suppress(StorageError):
                if not await self._replace(self._stored, self._ours(read(self._stored).counter)):
                    raise LeaseLostError(LOST)

    async def give_back(self) -> None:
        """Let the next process begin at once."""
        if self._stored is None:
            return
        over = self._ours(read(self._stored).counter, lasts_s=0)
        with contextlib.suppress(StorageError):
            await self._replace(self._stored, over)

    async def _try(self) -> Held | None:
        """Take it if it is free, else give who has it."""
        async with self._parts.database.reading() as work:
            stored = await work.meta.get(KEY)
        held = None if stored is None else read(stored)
        parts = self._parts
        if not may_take(held, parts.process, parts.now(), parts.is_running):
            return held
        ours = self._ours(held.counter + 1 if held else 1)
        return None if await self._replace(stored, ours) else await self._try()

    async def _replace(self, stored: str | None, held: Held) -> bool:
        async with self._parts.database.work() as work:
            is_replaced = await work.meta.replace(KEY, stored, held.written())
            await work.commit()
        if is_replaced:
            self._stored = held.written()
        return is_replaced

    def _ours(self, counter: int, lasts_s: float | None = None) -> Held:
        lasts = timedelta(seconds=self._parts.lasts_s if lasts_s is None else lasts_s)
        process = self._parts.process
        return Held(process.host, process.pid, self._parts.now() + lasts, counter)
