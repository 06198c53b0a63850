"""The concierge without a Telegram account: a local Telegram server, the sample town, and the bot beside it.

`python -m scripts.try_it` prints the address of a page with phones; `--smoke` plays one conversation and checks it.
"""

import argparse
import asyncio
import os
import shutil
import signal
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import aiohttp
from dotenv import dotenv_values

from bot.clock import machine_now
from bot.errors import PortError, StartError
from bot.opening import check_models, read_keys
from bot.settings import Settings, load_settings
from scripts.demo.load import load_sample_shop
from scripts.demo.town_map import town_map
from scripts.emulator import RunningServer, running_server
from scripts.local_bot import LocalBot, bot_environment
from scripts.phone import PhoneError, wait_for_bot
from scripts.setup.data_key import ensure_data_key
from scripts.setup.errors import SetupError
from scripts.smoke import play
from storage.crypto import Cipher
from storage.database import Database
from storage.errors import StorageError

CANNOT_START = 2
USUAL_PORT = 8081
# Most shops of the sample town are open at these hours of its day; outside them the shop's clock is moved.
OPEN_FROM_H, OPEN_UNTIL_H = 9, 18
GOOD_TIME = "10:30"
# A Wednesday: every shop that opens in the week is open at half past ten.
SMOKE_DAY = date(2026, 11, 18)


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


def read_arguments(arguments: list[str] | None = None) -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(prog="scripts/run", description=__doc__)
    parser.add_argument("--port", type=int, help=f"of the phone page; {USUAL_PORT} if not given")
    parser.add_argument(
        "--smoke", action="store_true", help="play one conversation, check it, exit 0 or 1"
    )
    return parser.parse_args(arguments)


async def try_it(root: Path, port: int) -> int:
    """Serve until Ctrl-C or SIGTERM; gives the exit status."""
    place = Place(root / "data" / "local")
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, stop.set)
    async with local_telegram(place, port) as server, aiohttp.ClientSession() as http:
        await set_clock(http, server)
        environment = environment_for(place, server)
        settings = read_settings(root, environment)
        ensure_data_key(settings.key_file, place.folder)
        await lay_out_shop(settings, today_in_town())
        bot = await LocalBot.start(root, environment)
        ended = asyncio.create_task(bot.wait())
        stopping = asyncio.create_task(stop.wait())
        await tell_address(http, server, ended)
        await asyncio.wait({ended, stopping}, return_when=asyncio.FIRST_COMPLETED)
        stopping.cancel()
        status = await bot.stop()
    return 0 if stop.is_set() else status


async def smoke(root: Path, port: int) -> int:
    """Play the conversation in a fresh world of its own, at a fixed time; 0: all of it is as it should be."""
    place = Place(root / "data" / "smoke")
    await asyncio.to_thread(shutil.rmtree, place.folder, ignore_errors=True)
    async with local_telegram(place, port) as server, aiohttp.ClientSession() as http:
        await post_clock(http, server, {"offset_s": offset_s_to(SMOKE_DAY)})
        environment = environment_for(place, server) | {"CONCIERGE_DATA_KEY": Cipher.new_key()}
        settings = read_settings(root, environment)
        await lay_out_shop(settings, SMOKE_DAY)
        log = place.folder / "bot.log"
        with log.open("wb") as lines:
            bot = await LocalBot.start(root, environment, log=lines)
            try:
                await wait_for_bot(http, server.url)
                return await play(http, server.url, settings)
            except PhoneError as error:
                print(f"FAILED: {error}. What the bot says is in {log}.")
                return 1
            finally:
                await bot.stop()


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


def read_settings(root: Path, environment: dict[str, str]) -> Settings:
    """Read the settings as the bot will. Raises SettingsError."""
    written = {key: value for key, value in dotenv_values(root / ".env").items() if value}
    return load_settings(root, {**written, **os.environ, **environment})


async def lay_out_shop(settings: Settings, today: date) -> None:
    """Migrate the database and load the sample shop, the first time."""
    check_models(settings)
    database = await Database.open(settings.database_url, cipher=Cipher(read_keys(settings)))
    try:
        await database.migrate()
        counts = await load_sample_shop(database, today=today)
    finally:
        await database.close()
    if counts.stores:
        print(
            f"The sample shop is laid out: {counts.stores} stores, {counts.products} products,"
            f" {counts.coupons} coupons, {counts.shoppers} shoppers.",
            flush=True,
        )


def town_zone() -> ZoneInfo:
    """Give the town's time zone."""
    return ZoneInfo(str(town_map()["time_zone"]))


def today_in_town() -> date:
    """Give the day the town's calendar shows."""
    return machine_now().astimezone(town_zone()).date()


def offset_s_to(day: date) -> float:
    """Give the seconds that make it the good time of `day` in town now."""
    hour, minute = (int(part) for part in GOOD_TIME.split(":"))
    wanted = datetime(day.year, day.month, day.day, hour, minute, tzinfo=town_zone())
    return (wanted - machine_now()) / timedelta(seconds=1)


async def set_clock(http: aiohttp.ClientSession, server: RunningServer) -> None:
    """Let the shop live in real time, or in the morning when most shops are closed now; says so."""
    local = machine_now().astimezone(town_zone())
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


async def tell_address(
    http: aiohttp.ClientSession, server: RunningServer, ended: asyncio.Task[int]
) -> None:
    """Print where the page is as soon as the bot listens; nothing when it ended instead."""
    listening = asyncio.create_task(wait_for_bot(http, server.url))
    await asyncio.wait({listening, ended}, return_when=asyncio.FIRST_COMPLETED)
    if ended.done():
        listening.cancel()
        return
    print(f"Open {server.url}/ in a browser: that is the phone. Ctrl-C stops it.", flush=True)


def main() -> int:
    """Give the exit status: 0 well, 1 the smoke run failed, 2 cannot start (after one clear line)."""
    options = read_arguments()
    root = Path.cwd()
    try:
        if options.smoke:
            return asyncio.run(smoke(root, options.port or 0))
        return asyncio.run(try_it(root, options.port or USUAL_PORT))
    except (StartError, StorageError, SetupError) as error:
        print(f"Cannot start. {error}", file=sys.stderr)
        return CANNOT_START


if __name__ == "__main__":
    sys.exit(main())
