"""A dated copy of the database, made while the bot works: `python -m scripts.backup telegram`, or `local`.

SQLite only; on PostgreSQL pg_dump is the tool. Copies older than [retention] backups_days are deleted on the way.
"""

import argparse
import asyncio
import os
import sys
from datetime import timedelta
from pathlib import Path

from bot.clock import machine_now
from bot.erasure_list import keep_list, limit_of, list_file
from bot.errors import StartError
from bot.opening import read_keys
from bot.settings import Settings
from scripts.setup.data_key import read_settings
from storage import backups
from storage.crypto import Cipher
from storage.database import Database
from storage.errors import StorageError


async def back_up(settings: Settings) -> Path:
    """Make a backup, delete those that are too old, and give the new file.

    Raises:
        StartError, StorageError: in one line, why it cannot be.
    """
    now = machine_now()
    file = await backups.back_up(settings.database_url, settings.backup_folder, now)
    kept_since = now - timedelta(days=settings.retention.backups_days)
    await asyncio.to_thread(backups.delete_older, settings.backup_folder, kept_since)
    # The list lies beside the backups: whoever copies the folder away now has it as of this moment.
    keys = await asyncio.to_thread(read_keys, settings)
    database = await Database.open(settings.database_url, cipher=Cipher(keys))
    try:
        await database.migrate()
        await keep_list(database, list_file(settings), limit_of(settings, now))
    finally:
        await database.close()
    return file


def main() -> int:
    """Give the exit status: 0 made, 2 not, after one line that says why."""
    parser = argparse.ArgumentParser(description="Back the database up.")
    parser.add_argument("name", choices=("local", "telegram"))
    name = parser.parse_args().name
    try:
        print(f"Made {asyncio.run(back_up(read_settings(Path.cwd(), name, os.environ)))}.")
    except (StartError, StorageError) as error:
        print(error, file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
