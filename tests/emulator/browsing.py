"""What the tests in a browser share: the browser, screens, a small town, and the page's opening."""

import re
import shutil
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from typing import Any

from tests.emulator.caller import Caller

BROWSER = next(
    filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None
)
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-quic",
    "--no-first-run",
]
WIDE = {"width": 1280, "height": 800}
NARROW = {"width": 390, "height": 844}
CENTRE = {"latitude": 44.0712, "longitude": -69.1136}
TOWN = {
    "name": "Pier End",
    **CENTRE,
    "time_zone": "America/New_York",
    "stores": [
        {
            "id": "tea",
            "name": "Tea Room",
            "category": "cafe",
            "latitude": 44.0712,
            "longitude": -69.111,
        },
        {
            "id": "shoe",
            "name": "Shoe Box",
            "category": "shoes",
            "latitude": 44.073,
            "longitude": -69.115,
        },
    ],
    "streets": [{"name": "Main Street", "points": [[44.069, -69.1136], [44.074, -69.1136]]}],
    "areas": [],
    "people": [{"id": 901, "first_name": "Ana", "language_code": "pt", "about": "Likes tea"}],
}
SHOPPER = 7

Open = Callable[..., AbstractAsyncContextManager[Any]]


@asynccontextmanager
async def open_page(
    browser: Any,
    url: str,
    size: dict[str, int],
    query: str = f"?user={SHOPPER}",
    *,
    outage: bool = False,
) -> AsyncIterator[Any]:
    """Open the page on a screen of a size; an error on its console fails the test.

    In a planned outage what the browser says about failed requests is none.
    """
    complaints: list[str] = []
    context = await browser.new_context(viewport=size, reduced_motion="reduce")
    page = await context.new_page()
    page.set_default_timeout(60_000)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("console", lambda said: complaints.append(said.text) if said.type == "error" else None)
    await page.goto(f"{url}/{query}")
    await page.wait_for_selector("[data-part=phone]:not([data-loading])")
    yield page
    await context.close()
    failed = "Failed to load resource"
    assert [said for said in complaints if not (outage and failed in said)] == []


async def next_update(bot: Caller, kind: str) -> Any:
    """Wait for the next update of a kind, confirming all before it."""
    offset = 0
    while True:
        for update in await bot.result("getUpdates", offset=offset, timeout=10):
            offset = update["update_id"] + 1
            if kind in update:
                await bot.result("getUpdates", offset=offset, limit=1)
                return update[kind]


def words(text: str) -> re.Pattern[str]:
    """Match a text anywhere, as it is written."""
    return re.compile(re.escape(text))
