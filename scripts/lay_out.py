"""Lays the sample shop out for a bot, once: schema, goods and people, search index.

`python -m scripts.lay_out` does it for the bot of this folder's settings, before its first start; a shop that has
stores already stays as it is.
"""

import asyncio
import os
import sys
import time
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from zoneinfo import ZoneInfo

from dotenv import dotenv_values

from bot.brain import build_brain
from bot.clock import machine_now
from bot.errors import StartError
from bot.health import Health
from bot.opening import check_models, read_keys
from bot.settings import Settings, load_settings
from scripts.demo.load import load_sample_shop
from scripts.demo.town_map import town_map
from storage.crypto import Cipher
from storage.database import Database
from storage.errors import StorageError

CANNOT_START = 2


def read_settings(root: Path, environment: Mapping[str, str]) -> Settings:
    """Read the settings as the bot will, `environment` before all else. Raises SettingsError."""
    written = {key: value for key, value in dotenv_values(root / ".env").items() if value}
    return load_settings(root, {**written, **os.environ, **environment})


def town_zone() -> ZoneInfo:
    """Give the sample town's time zone."""
    return ZoneInfo(str(town_map()["time_zone"]))


def today_in_town() -> date:
    """Give the day the sample town's calendar shows."""
    return machine_now().astimezone(town_zone()).date()


async def lay_out_shop(settings: Settings, today: date) -> None:
    """Migrate the database; the first time, load the sample shop and build its search index.

    Raises:
        StartError, StorageError: in one line, why it cannot be.
    """
    check_models(settings)
    database = await Database.open(settings.database_url, cipher=Cipher(read_keys(settings)))
    try:
        await database.migrate()
        counts = await load_sample_shop(database, today=today)
        if counts.stores:
            print(
                f"The sample shop is laid out: {counts.stores} stores, {counts.products} products,"
                f" {counts.coupons} coupons, {counts.shoppers} shoppers.",
                flush=True,
            )
            await _build_index(settings, database)
    finally:
        await database.close()


async def _build_index(settings: Settings, database: Database) -> None:
    """Embed the catalogue now: otherwise the first shopper waits for it."""
    print("Building the search index (about 20 seconds) ...", flush=True)
    started_s = time.monotonic()
    brain = await build_brain(settings, database, Health())
    try:
        await brain.concierge.refresh()
    finally:
        await brain.close()
    print(f"      done in {time.monotonic() - started_s:.0f} s", flush=True)


def main() -> int:
    """Give the exit status: 0 laid out, 2 not."""
    try:
        asyncio.run(lay_out_shop(read_settings(Path.cwd(), {}), today_in_town()))
    except (StartError, StorageError) as error:
        print(f"Cannot start. {error}", file=sys.stderr)
        return CANNOT_START
    return 0


if __name__ == "__main__":
    sys.exit(main())
