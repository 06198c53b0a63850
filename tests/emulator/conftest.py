from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import aiohttp
import pytest
from blockbuster import BlockBuster, blockbuster_ctx

from scripts.emulator import running_server
from tests.emulator.caller import Caller, SettableTime


@pytest.fixture(autouse=True)
def blockbuster() -> Iterator[BlockBuster]:
    """Fail a test in which the server blocks the event loop; no part of the product is here."""
    with blockbuster_ctx("scripts.emulator") as guard:
        yield guard


@pytest.fixture
async def telegram(tmp_path: Path) -> AsyncIterator[Caller]:
    """A running server with one bot, and a clock the test may move."""
    time = SettableTime()
    async with (
        running_server(tmp_path / "world", now=time) as server,
        aiohttp.ClientSession() as session,
    ):
        yield Caller(server, session, time)
