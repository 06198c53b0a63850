from collections.abc import AsyncIterator
from pathlib import Path

import aiohttp
import pytest

from scripts.emulator import RunningServer, running_server


@pytest.fixture
async def telegram(tmp_path: Path) -> AsyncIterator[RunningServer]:
    async with running_server(tmp_path / "world") as server:
        yield server


@pytest.fixture
async def http() -> AsyncIterator[aiohttp.ClientSession]:
    async with aiohttp.ClientSession() as session:
        yield session
