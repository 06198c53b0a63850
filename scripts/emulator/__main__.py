"""Start the local Telegram server from the command line."""

import argparse
import asyncio
import json
import signal
import sys
import zoneinfo
from pathlib import Path

from scripts.emulator.emulator import USUAL_TOKEN
from scripts.emulator.server import HOST, running_server
from scripts.emulator.wire import Json

CANNOT_START = 2


def parse_arguments(arguments: list[str] | None = None) -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(
        prog="python -m scripts.emulator",
        description="A local Telegram: Bot API, phones and a page, on 127.0.0.1 only.",
    )
    parser.add_argument("--port", type=int, default=8081, help="0 takes any free port")
    parser.add_argument("--world", type=Path, default=Path("data/telegram"), metavar="FOLDER")
    parser.add_argument("--town", type=Path, metavar="FILE", help="the town's map, JSON")
    parser.add_argument("--clock-file", type=Path, metavar="FILE", help="gets the clock's offset")
    parser.add_argument("--time-zone", default="UTC", metavar="NAME")
    parser.add_argument("--token", default=USUAL_TOKEN, metavar="TOKEN")
    return parser.parse_args(arguments)


async def serve(options: argparse.Namespace, town: Json | None) -> None:
    """Serve until SIGINT or SIGTERM."""
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, stop.set)
    async with running_server(
        options.world,
        options.port,
        town=town,
        clock_file=options.clock_file,
        time_zone=options.time_zone,
        token=options.token,
    ) as server:
        print(f"Local Telegram: {server.url}  (token {server.token})", flush=True)
        await stop.wait()


def main(arguments: list[str] | None = None) -> int:
    """Start; give 2 with one clear line when that is not possible."""
    options = parse_arguments(arguments)
    try:
        zoneinfo.ZoneInfo(options.time_zone)
        town = json.loads(options.town.read_text("utf-8")) if options.town else None
        asyncio.run(serve(options, town))
    except zoneinfo.ZoneInfoNotFoundError:
        print(f"There is no time zone {options.time_zone!r}: name one such as Europe/Berlin.")
    except BlockingIOError:
        print(f"Another local Telegram uses {options.world}: stop it, or name another --world.")
    except OSError as error:
        print(f"Cannot serve on {HOST}:{options.port} from {options.world}: {error}")
    except ValueError as error:
        print(f"Cannot read the town {options.town}: {error}")
    else:
        return 0
    return CANNOT_START


if __name__ == "__main__":
    sys.exit(main())
