"""Changes the data key, also while the bot works: `python -m scripts.rotate_keys telegram --new`, restart, again without.

--new puts a fresh key in front of the key file, after which the bot must be restarted to know it. Without an option
everything encrypted is written anew with the newest key; broken off, it is simply started again. --retire takes the older
keys out of the file when nothing needs them any more, but backups from before: those need the key of their day.
"""

import argparse
import asyncio
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from bot import lease
from bot.clock import machine_now
from bot.errors import DataKeyError, StartError
from bot.opening import NEWEST_KEY, read_keys
from bot.settings import Settings
from scripts.setup.data_key import read_settings
from storage.crypto import Cipher
from storage.database import Database
from storage.errors import StorageError
from storage.rotation import rotate

ONE_KEY = (
    "There is one data key only, and everything is written with it. Put a new one in front: --new."
)
SET_ELSEWHERE = (
    "CONCIERGE_DATA_KEY holds the data keys, not a file: change them there, the newest first."
    " Nothing was changed."
)
STALE = (
    "The bot works with this database and does not know the newest data key yet."
    " Restart it, then run this again. Nothing was changed."
)


def add_key(settings: Settings) -> None:
    """Put a fresh key in front of the key file.

    Raises:
        DataKeyError: the keys are not in a file, or it cannot be read.
    """
    keys = [Cipher.new_key(), *read_keys(settings)]
    Cipher(keys)
    _write_keys(settings, keys)


def retire(settings: Settings) -> None:
    """Leave only the newest key in the key file. Raises DataKeyError as `add_key`."""
    _write_keys(settings, read_keys(settings)[:1])


async def renew(settings: Settings) -> int:
    """Write everything encrypted with the newest key, tell how far that is, and give how many values were rewritten.

    Raises:
        DataKeyError: there is but one key, or the bot does not know the newest.
        StorageError: see storage.errors; what is done is done.
    """
    keys = await asyncio.to_thread(read_keys, settings)
    if len(keys) == 1:
        raise DataKeyError(ONE_KEY)
    database = await Database.open(settings.database_url, cipher=Cipher(keys))
    try:
        await database.migrate()
        await _refuse_stale_bot(database)
        done: dict[str, int] = {}
        async for progress in rotate(database):
            done[progress.column] = progress.renewed
            print(
                f"{progress.column}: {progress.seen} seen, {progress.renewed} renewed", flush=True
            )
        await database.truncate_log()
    finally:
        await database.close()
    return sum(done.values())


async def _refuse_stale_bot(database: Database) -> None:
    if await lease.holder(database, machine_now()) is None:
        return
    async with database.reading() as work:
        known = await work.meta.get(NEWEST_KEY)
    if known != database.cipher.newest_key_id():
        raise DataKeyError(STALE)


def _write_keys(settings: Settings, keys: Sequence[str]) -> None:
    """Replace the key file at once, for its owner only: after a crash the old or the new one is there."""
    if settings.secrets.data_key:
        raise DataKeyError(SET_ELSEWHERE)
    file = settings.key_file
    part = file.with_name(f".{file.name}.{os.getpid()}.part")
    descriptor = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w", encoding="ascii") as stream:
        stream.write("".join(f"{key}\n" for key in keys))
        stream.flush()
        os.fsync(stream.fileno())
    part.replace(file)


def main() -> int:
    """Give the exit status: 0 done, 2 not, after one line that says why."""
    parser = argparse.ArgumentParser(description="Change the key that encrypts personal data.")
    parser.add_argument("name", choices=("local", "telegram"))
    step = parser.add_mutually_exclusive_group()
    step.add_argument("--new", action="store_true", help="put a fresh key in front of the file")
    step.add_argument("--retire", action="store_true", help="take the older keys out of the file")
    asked = parser.parse_args()
    try:
        settings = read_settings(Path.cwd(), asked.name, os.environ)
        if asked.new:
            add_key(settings)
            print(
                "A new data key is in front. Restart the bot, then run this again without --new."
            )
            return 0
        print(
            f"Renewed {asyncio.run(renew(settings))}: everything is written with the newest key."
        )
        if asked.retire:
            retire(settings)
            print("The older keys are gone. Backups from before need the key of their day.")
    except (StartError, StorageError) as error:
        print(error, file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
