"""Real bot processes on the local Telegram with its limits on, and a hundred thousand messages that wait for them."""

import asyncio
import random
from collections.abc import AsyncIterator, Mapping
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import aiohttp

from scripts.bench.stage import TODAY
from scripts.emulator import RunningServer, running_server
from scripts.lay_out import lay_out_shop, read_settings
from scripts.local_bot import LocalBot, bot_environment
from scripts.phone import wait_for_bot
from storage.crypto import Cipher
from storage.database import Database
from storage.records import OutboxStatus, Outgoing, Priority

FIRST_CHAT = 50_000_000
RANKS = {Priority.NUDGE: 0, Priority.CAMPAIGN: 1}
NUDGES_AMONG = 0.3
SEED = 7
_PER_WORK = 2_000
_SIDES = 4
_PATIENCE_S = 120.0
ROLES: Mapping[int, tuple[str, ...]] = {1: ("all",), 2: ("ingest", "deliver", "deliver")}


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is measured: how many messages wait, in how many chats, who sends them, with which model."""

    workers: int
    rows: int
    chats: int
    model: str
    database_url: str | None


@dataclass(frozen=True, slots=True)
class Stage:
    """The server, a client to speak to it, and the database."""

    server: RunningServer
    http: aiohttp.ClientSession
    database: Database

    async def waiting(self) -> int:
        """Give how many messages wait."""
        async with self.database.reading() as work:
            return (await work.outbox.counts())[OutboxStatus.WAITING]


@asynccontextmanager
async def open_stage(folder: Path, wanted: Wanted, writers: list[int]) -> AsyncIterator[Stage]:
    """Lay everything out in an empty folder, start the bots, and stop them at the end.

    `writers` are the live shoppers, for whom messages wait as well.
    """
    key = Cipher.new_key()
    async with AsyncExitStack() as stack:
        server = await stack.enter_async_context(running_server(folder / "world", 0))
        environment = _environment(folder, server, wanted) | {"CONCIERGE_DATA_KEY": key}
        settings = await asyncio.to_thread(read_settings, Path.cwd(), environment)
        await lay_out_shop(settings, TODAY)
        database = await Database.open(settings.database_url, cipher=Cipher([key]))
        stack.push_async_callback(database.close)
        http = await stack.enter_async_context(aiohttp.ClientSession())
        await http.post(f"{server.url}/flood", json={"enabled": True})
        await _fill(database, server, wanted, writers)
        for number, role in enumerate(ROLES[wanted.workers]):
            log = stack.enter_context((folder / f"{number}-{role}.log").open("wb"))
            program = ("-m", "bot", "--role", role)
            bot = await LocalBot.start(Path.cwd(), environment, program=program, log=log)
            stack.push_async_callback(bot.stop)
        stage = Stage(server, http, database)
        await wait_for_bot(http, server.url, within_s=_PATIENCE_S)
        await _until_shared(stage, wanted.workers)
        yield stage


def _environment(folder: Path, server: RunningServer, wanted: Wanted) -> dict[str, str]:
    told = bot_environment(
        api_url=server.url,
        token=server.token,
        data_folder=folder / "data",
        clock_file=folder / "clock.json",
    )
    return told | {
        "CONCIERGE_STORAGE__URL": wanted.database_url or "",
        "CONCIERGE_MODEL__KIND": wanted.model,
    }


async def _fill(
    database: Database, server: RunningServer, wanted: Wanted, writers: list[int]
) -> None:
    """Let messages wait for chats that Telegram knows: some once, some again and again, for writers too."""
    draw = random.Random(SEED)  # noqa: S311  # no secret
    chats = [FIRST_CHAT + number for number in range(wanted.chats)] + writers
    world = server.emulator.world
    for chat in chats:
        user = {"id": chat, "is_bot": False, "first_name": "Mia", "language_code": "en"}
        world.save_user(user)
        world.save_chat({"id": chat, "type": "private", "first_name": "Mia"})
    now = datetime.now(UTC)  # noqa: TID251  # a program's own start
    messages = [_message(draw, draw.choice(chats), number, now) for number in range(wanted.rows)]
    # Side by side, a server is filled several times as fast; the messages of a chat stay in order.
    sides = range(_SIDES)
    await asyncio.gather(
        *(_add(database, [m for m in messages if m.chat_id % _SIDES == n], now) for n in sides)
    )


async def _add(database: Database, messages: list[Outgoing], now: datetime) -> None:
    for begin in range(0, len(messages), _PER_WORK):
        async with database.work() as work:
            for message in messages[begin : begin + _PER_WORK]:
                await work.outbox.add(message, now)
            await work.commit()


def _message(draw: random.Random, chat: int, number: int, now: datetime) -> Outgoing:
    """Make a nudge or a campaign whose text tells its place in the order of its chat."""
    priority = Priority.NUDGE if draw.random() < NUDGES_AMONG else Priority.CAMPAIGN
    arguments = {"chat_id": chat, "text": f"offer {RANKS[priority]}.{number:09d}"}
    in_time = now + timedelta(hours=2)
    return Outgoing(
        chat, "sendMessage", arguments, priority, unique_key=f"bench {number}", send_before=in_time
    )


async def _until_shared(stage: Stage, workers: int) -> None:
    """Wait until everybody who sends counts on sharing with the others."""
    async with asyncio.timeout(_PATIENCE_S):
        while True:
            async with stage.database.reading() as work:
                rows = await work.workers.all()
            if [len(row.crew) for row in rows] == [workers] * workers:
                return
            await asyncio.sleep(0.1)
