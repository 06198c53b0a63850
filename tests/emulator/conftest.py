from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import aiohttp
import pytest
from blockbuster import blockbuster_ctx

from scripts.emulator import running_server
from tests.emulator.caller import Caller, SettableTime


@pytest.fixture(autouse=True)
def no_blocking_call_in_the_loop() -> Iterator[None]:
    with blockbuster_ctx("scripts.emulator"):
        yield


@pytest.fixture
async def telegram(tmp_path: Path) -> AsyncIterator[Caller]:
    """A running server with one bot, and a clock the test may move."""
    time = SettableTime()
    async with (
        running_server(tmp_path / "world", now=time) as server,
        aiohttp.ClientSession() as session,
    ):
        yield Caller(server, session, time)
