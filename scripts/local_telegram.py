"""The local Telegram server with the sample town on it, and its clock.

It knows where a local world lives on disk and what time it is there, and nothing of the bot but its environment.
"""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path

import aiohttp

from bot.clock import machine_now
from bot.errors import PortError
from scripts.demo.town_map import town_map
from scripts.emulator import RunningServer, running_server
from scripts.lay_out import town_zone
from scripts.local_bot import bot_environment

# Most shops of the sample town are open at these hours of its day; outside them the shop's clock is moved.
OPEN_FROM_H, OPEN_UNTIL_H = 9, 18
GOOD_TIME = "10:30"


@dataclass(frozen=True, slots=True)
class Place:
    """Where one local world lives: the bot's data and the server's."""

    folder: Path

    @property
    def world(self) -> Path:
        """The server's chats and counters."""
        return self.folder / "world"

    @property
    def clock_file(self) -> Path:
        """The offset of the shop's clock, which the server writes and the bot reads."""
        return self.folder / "clock.json"


@asynccontextmanager
async def local_telegram(place: Place, port: int) -> AsyncIterator[RunningServer]:
    """Start the server with the sample town.

    Raises:
        PortError: the port, or the server's folder, is in use.
    """
    town = town_map()
    serving = running_server(
        place.world,
        port,
        town=town,
        clock_file=place.clock_file,
        time_zone=str(town["time_zone"]),
    )
    try:
        server = await serving.__aenter__()
    except BlockingIOError:
        msg = f"The concierge runs already, with the world in {place.world}. Stop that one first."
        raise PortError(msg) from None
    except OSError:
        msg = f"Port {port} is in use. Stop what uses it, or take another: scripts/run --port {port + 1}"
        raise PortError(msg) from None
    try:
        yield server
    finally:
        await serving.__aexit__(None, None, None)


def environment_for(place: Place, server: RunningServer) -> dict[str, str]:
    """Give the environment of a bot on this server."""
    return bot_environment(
        api_url=server.url,
        token=server.token,
        data_folder=place.folder,
        clock_file=place.clock_file,
    )


def offset_s_to(day: date) -> float:
    """Give the seconds that make it the good time of `day` in town now."""
    hour, minute = (int(part) for part in GOOD_TIME.split(":"))
    wanted = datetime(day.year, day.month, day.day, hour, minute, tzinfo=town_zone())
    return (wanted - machine_now()) / timedelta(seconds=1)


async def set_clock(http: aiohttp.ClientSession, server: RunningServer, now: datetime) -> None:
    """Let the shop live in real time, or in the morning when most shops are closed now; says so."""
    local = now.astimezone(town_zone())
    if OPEN_FROM_H <= local.hour < OPEN_UNTIL_H:
        await post_clock(http, server, {"real": True})
        return
    await post_clock(http, server, {"time": GOOD_TIME})
    print(
        f"It is {local:%H:%M} in {town_map()['name']} and most shops are closed, so the shop's clock"
        f" starts at {GOOD_TIME}. The page can set another time.",
        flush=True,
    )


async def post_clock(
    http: aiohttp.ClientSession, server: RunningServer, wish: dict[str, object]
) -> None:
    """Set the shop's clock."""
    async with http.post(f"{server.url}/clock", json=wish) as response:
        response.raise_for_status()
