from collections.abc import AsyncIterator
from pathlib import Path

import aiohttp
import pytest

from scripts.emulator import RunningServer, running_server
from storage.crypto import Cipher
from storage.database import Database


@pytest.fixture
async def database(tmp_path: Path) -> AsyncIterator[Database]:
    url = f"sqlite+aiosqlite:///{tmp_path}/concierge.db"
    database = await Database.open(url, cipher=Cipher([Cipher.new_key()]))
    await database.migrate()
    yield database
    await database.close()


@pytest.fixture
async def telegram(tmp_path: Path) -> AsyncIterator[RunningServer]:
    async with running_server(tmp_path / "world") as server:
        yield server


@pytest.fixture
async def http() -> AsyncIterator[aiohttp.ClientSession]:
    async with aiohttp.ClientSession() as session:
        yield session
