"""Puts a backup in the database's place: `python -m scripts.restore telegram FILE`, while the bot is stopped.

Whoever was forgotten since the backup is forgotten in it before it takes its place. What was there becomes a backup
itself. After pg_restore, `--only-erase` does the forgetting alone; the bot does it as well, before anything else.
"""

import argparse
import asyncio
import os
import sys
from pathlib import Path

from bot import crew, lease
from bot.clock import machine_now
from bot.erasure_list import list_file
from bot.errors import StartError
from bot.opening import read_keys
from bot.settings import Settings
from scripts.setup.data_key import read_settings
from storage import backups, erasure_file
from storage.crypto import Cipher
from storage.database import Database
from storage.errors import BackupRefused, StorageError
from storage.records import Erasure


async def restore(settings: Settings, file: Path) -> int:
    """Put `file` in the database's place and give how many shoppers had to be forgotten again.

    Raises:
        StartError, StorageError: in one line, why it cannot be; then nothing was changed.
    """
    cipher = Cipher(await asyncio.to_thread(read_keys, settings))
    place = backups.database_file(settings.database_url)
    listed = await asyncio.to_thread(erasure_file.read, list_file(settings))
    if place.exists():
        listed = erasure_file.merged(listed, await _known_here(settings, cipher))
    copy = await backups.copy_beside(file, place)
    try:
        url = f"sqlite+aiosqlite:///{copy}"
        count = await _erase(url, cipher, listed, ends_conversations=True)
        if place.exists():
            await backups.set_aside(place, settings.backup_folder, machine_now())
        await backups.put_in_place(copy, place)
    finally:
        await asyncio.to_thread(copy.unlink, missing_ok=True)
    await asyncio.to_thread(erasure_file.write, list_file(settings), listed)
    return count


async def erase_again(settings: Settings) -> int:
    """Forget again whoever is on the list, in the database as it is, and give how many that were.

    Raises:
        StartError, StorageError: in one line, why it cannot be.
    """
    listed = await asyncio.to_thread(erasure_file.read, list_file(settings))
    keys = await asyncio.to_thread(read_keys, settings)
    return await _erase(settings.database_url, Cipher(keys), listed)


async def _known_here(settings: Settings, cipher: Cipher) -> list[Erasure]:
    """Give the list in the database that is to be replaced; empty when that is damaged.

    Raises:
        BackupRefused: the bot works on it.
    """
    try:
        database = await Database.open(settings.database_url, cipher=cipher)
    except StorageError:
        return []
    try:
        await database.migrate()
        await _refuse_while_running(database)
        async with database.reading() as work:
            return await work.erasures.all()
    except BackupRefused:
        raise
    except StorageError:
        return []
    finally:
        await database.close()


async def _erase(
    url: str, cipher: Cipher, listed: list[Erasure], *, ends_conversations: bool = False
) -> int:
    """Forget again; what waited when the backup was made was answered and sent long ago, and is not once more."""
    database = await Database.open(url, cipher=cipher)
    try:
        await database.migrate()
        await _refuse_while_running(database)
        async with database.work() as work:
            count = await work.erasures.apply(listed)
            if ends_conversations:
                await work.inbox.done_all()
                await work.outbox.drop_all("restored")
            await work.commit()
    finally:
        await database.close()
    return count


async def _refuse_while_running(database: Database) -> None:
    holder = await lease.holder(database, machine_now())
    at_work = [holder] if holder else await crew.those_who_send(database, machine_now())
    if at_work:
        message = (
            f"The bot works with this database (process {at_work[0].pid} on {at_work[0].host})."
            " Stop it first. Nothing was changed."
        )
        raise BackupRefused(message)


def main() -> int:
    """Give the exit status: 0 done, 2 not, after one line that says why."""
    parser = argparse.ArgumentParser(description="Restore a backup of the database.")
    parser.add_argument("name", choices=("local", "telegram"))
    what = parser.add_mutually_exclusive_group(required=True)
    what.add_argument("file", nargs="?", type=Path)
    what.add_argument("--only-erase", action="store_true", help="forget again, restore nothing")
    asked = parser.parse_args()
    try:
        settings = read_settings(Path.cwd(), asked.name, os.environ)
        doing = erase_again(settings) if asked.only_erase else restore(settings, asked.file)
        print(f"Done. Forgotten again: {asyncio.run(doing)}.")
    except (StartError, StorageError) as error:
        print(error, file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
