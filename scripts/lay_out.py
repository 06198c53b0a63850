"""Makes a database ready to be used: the schema brought up to date, and the sample shop laid out when there is none.

`python -m scripts.lay_out` does so for the settings of this folder; the local try-out does it for its own.
"""

import asyncio
import os
import sys
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from zoneinfo import ZoneInfo

from dotenv import dotenv_values

from bot.clock import machine_now
from bot.errors import StartError
from bot.opening import check_models, read_keys
from bot.settings import Settings, load_settings
from scripts.demo.load import load_sample_shop
from scripts.demo.town_map import town_map
from storage.crypto import Cipher
from storage.database import Database
from storage.errors import StorageError

CANNOT_START = 2


def read_settings(root: Path, environment: Mapping[str, str]) -> Settings:
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


def main() -> int:
    """Give 0, or 2 after one line that says why it cannot be done."""
    try:
        asyncio.run(lay_out_shop(read_settings(Path.cwd(), {}), today_in_town()))
    except (StartError, StorageError) as error:
        print(f"Cannot start. {error}", file=sys.stderr)
        return CANNOT_START
    return 0


if __name__ == "__main__":
    sys.exit(main())
