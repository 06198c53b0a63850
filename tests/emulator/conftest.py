import time as real_time
from collections.abc import AsyncIterator, Iterator
from functools import partial
from pathlib import Path
from typing import Any

import aiohttp
import pytest
import pytest_asyncio
from blockbuster import BlockBuster, blockbuster_ctx

from scripts.emulator import running_server
from tests.emulator.browsing import BROWSER, FLAGS, TOWN, Open, open_page
from tests.emulator.caller import Caller, SettableTime
from tests.emulator.exercised import Exercised

EXERCISED = pytest.StashKey[Exercised]()


@pytest.fixture(scope="session")
def exercised(pytestconfig: pytest.Config) -> Exercised:
    """What both libraries were answered in this run; its end prints it."""
    return pytestconfig.stash.setdefault(EXERCISED, Exercised())


def pytest_terminal_summary(
    terminalreporter: pytest.TerminalReporter, config: pytest.Config
) -> None:
    """List the methods and answers, with `-v`."""
    lines = list(config.stash.get(EXERCISED, Exercised()).lines())
    if lines and config.get_verbosity() > 0:
        terminalreporter.section("the local Telegram, as two libraries see it")
        for line in lines:
            terminalreporter.write_line(line)


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


@pytest_asyncio.fixture(loop_scope="module")
async def bot(tmp_path: Path) -> AsyncIterator[Caller]:
    """A running server with a town, called as the bot would."""
    async with (
        running_server(
            tmp_path / "world", now=real_time.time, town=TOWN, time_zone="America/New_York"
        ) as server,
        aiohttp.ClientSession() as session,
    ):
        yield Caller(server, session)


@pytest_asyncio.fixture(loop_scope="module", scope="module")
async def browser() -> AsyncIterator[Any]:
    """A headless browser, where one is installed."""
    playwright = pytest.importorskip(
        "playwright.async_api", reason="the browser tests need the package playwright"
    )
    if BROWSER is None:
        pytest.skip("no Chromium or Chrome is installed")
    async with playwright.async_playwright() as engine:
        running = await engine.chromium.launch(executable_path=BROWSER, args=FLAGS)
        yield running
        await running.close()


@pytest.fixture
def opened(browser: Any, bot: Caller) -> Open:
    """Open the page on a screen of a size."""
    return partial(open_page, browser, bot.server.url)
