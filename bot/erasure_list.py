"""Keeps the erasure list in a file beside the backups, and has it applied before the bot works on a database.

A restored database, however it got there, does not know who was forgotten since; the file does.
"""

import asyncio
from datetime import datetime, timedelta
from pathlib import Path

from bot.settings import Settings
from storage import erasure_file
from storage.database import Database
from storage.records import Erasure

KEPT_BEYOND_BACKUPS = timedelta(days=30)


def list_file(settings: Settings) -> Path:
    """Give the file of the list: with the backups, so that who copies them away copies it, too."""
    return settings.backup_folder / "erasures.txt"


async def apply_list(database: Database, file: Path) -> int:
    """Forget again whoever a restore brought back, and give how many that were.

    Raises:
        ErasureListUnreadable: the file is damaged.
        StorageError: see storage.errors.
    """
    listed = await asyncio.to_thread(erasure_file.read, file)
    async with database.reading() as work:
        known = set(await work.erasures.all())
    if known.issuperset(listed):
        return 0
    async with database.work() as work:
        count = await work.erasures.apply(listed)
        await work.commit()
    return count


async def keep_list(database: Database, file: Path, limit_at: datetime) -> None:
    """Bring the file up to date; entries older than `limit_at` go from both, since no backup is as old.

    Raises:
        OSError: the folder takes no files.
        ErasureListUnreadable, StorageError: see storage.errors.
    """
    async with database.reading() as work:
        entries = await work.erasures.all()
    if any(entry.forgotten_at < limit_at for entry in entries):
        async with database.work() as work:
            await work.erasures.delete_before(limit_at)
            await work.commit()
    await asyncio.to_thread(_bring_up_to_date, file, entries, limit_at)


def limit_of(settings: Settings, now: datetime) -> datetime:
    """Give the time before which no backup knows anybody."""
    return now - timedelta(days=settings.retention.backups_days) - KEPT_BEYOND_BACKUPS


def _bring_up_to_date(file: Path, entries: list[Erasure], limit_at: datetime) -> None:
    written = erasure_file.read(file)
    kept = [
        each for each in erasure_file.merged(written, entries) if each.forgotten_at >= limit_at
    ]
    if set(kept) != set(written):
        erasure_file.write(file, kept)
