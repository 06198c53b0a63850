"""The concierge without a Telegram account: a local Telegram server, the sample town, and the bot beside it.

`python -m scripts.try_it` prints the address of a page with phones; `--smoke` plays one conversation and checks it.
"""

import argparse
import asyncio
import shutil
import signal
import sys
from datetime import date
from pathlib import Path

import aiohttp

from bot.clock import machine_now
from bot.errors import StartError
from scripts.emulator import RunningServer
from scripts.lay_out import lay_out_shop, read_settings, today_in_town
from scripts.local_bot import LocalBot
from scripts.local_telegram import (
    Place,
    environment_for,
    local_telegram,
    offset_s_to,
    post_clock,
    set_clock,
)
from scripts.owner_phone import new_owner_code, offer_owner_phone
from scripts.phone import PhoneError, wait_for_bot
from scripts.setup.data_key import ensure_data_key
from scripts.setup.errors import SetupError
from scripts.smoke import play
from storage.crypto import Cipher
from storage.errors import StorageError

CANNOT_START = 2
USUAL_PORT = 8081
LONGEST_START_S = 600.0
# A Wednesday: every shop that opens in the week is open at half past ten.
SMOKE_DAY = date(2026, 11, 18)


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
        await set_clock(http, server, machine_now())
        environment = environment_for(place, server)
        settings = read_settings(root, environment)
        if not settings.secrets.data_key:
            ensure_data_key(settings.key_file, place.folder)
        await lay_out_shop(settings, today_in_town())
        code = await new_owner_code(settings)
        owner_address = await offer_owner_phone(http, server.url, code)
        print(
            "Starting the bot. The first answer waits until the search model is loaded.",
            flush=True,
        )
        bot = await LocalBot.start(root, environment | {"CONCIERGE_OWNER_CODE": code})
        ended = asyncio.create_task(bot.wait())
        stopping = asyncio.create_task(stop.wait())
        telling = asyncio.create_task(tell_addresses(http, server, owner_address))
        await asyncio.wait({ended, stopping}, return_when=asyncio.FIRST_COMPLETED)
        for task in (stopping, telling):
            task.cancel()
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
                await wait_for_bot(http, server.url, within_s=LONGEST_START_S)
                return await play(http, server.url, settings)
            except PhoneError as error:
                print(f"FAILED: {error}. What the bot says is in {log}.")
                return 1
            finally:
                await bot.stop()


async def tell_addresses(
    http: aiohttp.ClientSession, server: RunningServer, owner_address: str
) -> None:
    """Print where the page is, and how the owner's phone opens on it, as soon as the bot listens."""
    await wait_for_bot(http, server.url, within_s=LONGEST_START_S)
    print(f"Open {server.url}/ in a browser: that is the phone. Ctrl-C stops it.", flush=True)
    print(f"With the owner's phone beside it: {owner_address}", flush=True)


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
