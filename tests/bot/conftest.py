from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path

import aiohttp
import pytest
from aiogram import Bot
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer

from scripts.emulator import RunningServer, running_server
from storage.database import Database
from storage.errors import DatabaseUnavailable
from storage.work import Work
from tests.bot.pump import Outbox


class FlakyDatabase:
    """A database whose works fail as often as told before they begin."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self.failures = 0

    @asynccontextmanager
    async def work(self) -> AsyncIterator[Work]:
        self._perhaps_fail()
        async with self._database.work() as work:
            yield work

    @asynccontextmanager
    async def reading(self) -> AsyncIterator[Work]:
        self._perhaps_fail()
        async with self._database.reading() as work:
            yield work

    def on_outbox(self, callback: Callable[[], None]) -> None:
        self._database.on_outbox(callback)

    def _perhaps_fail(self) -> None:
        if self.failures > 0:
            self.failures -= 1
            msg = "disk full"
            raise DatabaseUnavailable(msg)


@pytest.fixture
def flaky(database: Database) -> FlakyDatabase:
    return FlakyDatabase(database)


@pytest.fixture
async def telegram(tmp_path: Path) -> AsyncIterator[RunningServer]:
    async with running_server(tmp_path / "world") as server:
        yield server


@pytest.fixture
async def http() -> AsyncIterator[aiohttp.ClientSession]:
    async with aiohttp.ClientSession() as session:
        yield session


@pytest.fixture
def outbox(database: Database) -> Outbox:
    return Outbox(database)


@pytest.fixture
async def bot(telegram: RunningServer) -> AsyncIterator[Bot]:
    server = TelegramAPIServer.from_base(telegram.url)
    async with AiohttpSession(api=server) as session:
        yield Bot(telegram.token, session=session)
