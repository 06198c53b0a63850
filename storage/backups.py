"""Backups of an SQLite database: dated copies made while the bot works, and one put back in its place.

A copy holds ciphertext as the database does, and is worth nothing without the data key. It knows nothing of the erasure
list; whoever restores applies that to the copy before it takes its place. All of it works in threads.
"""

import asyncio
import os
import re
import shutil
import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

from storage.engines import sqlite_path
from storage.errors import BackupRefused

_NAME = "concierge-%Y%m%dT%H%M%SZ.db"
_IS_NAME = re.compile(r"concierge-\d{8}T\d{6}Z\.db")
_BUSY_TIMEOUT_S = 30.0


async def back_up(url: str, folder: Path, now: datetime) -> Path:
    """Copy the database into `folder`, dated `now`, for its owner only (mode 600); gives the file.

    Readers and writers go on meanwhile: the copy is the state of one moment, and is checked before it gets its name.

    Raises:
        BackupRefused: not an SQLite file, none there yet, or the folder does not take it.
    """
    return await asyncio.to_thread(_back_up, database_file(url), folder, now)


async def copy_beside(file: Path, database: Path) -> Path:
    """Copy a backup next to the database it is to replace, and give the copy.

    Raises:
        BackupRefused: the file is not a sound SQLite database.
    """
    copy = database.with_name(f".{database.name}.restoring")
    await asyncio.to_thread(_copy, file, copy)
    return copy


async def set_aside(database: Path, folder: Path, now: datetime) -> None:
    """Put a database that is about to be replaced among the backups, damaged or not, to be deleted like one of them.

    Raises:
        BackupRefused: the folder does not take it.
    """
    await asyncio.to_thread(_set_aside, database, folder, now)


async def put_in_place(copy: Path, database: Path) -> None:
    """Replace the database by the copy; nobody may have either open.

    Raises:
        OSError: the folder does not take it.
    """
    await asyncio.to_thread(_put_in_place, copy, database)


def database_file(url: str) -> Path:
    """Give the file of an SQLite URL.

    Raises:
        BackupRefused: a server has tools of its own.
    """
    path = sqlite_path(url)
    if path is None:
        message = (
            "This database is on a server: back it up with pg_dump and restore it with pg_restore,"
            " then run scripts.restore with --only-erase."
        )
        raise BackupRefused(message)
    return path


def delete_older(folder: Path, limit_at: datetime) -> int:
    """Delete the backups in `folder` dated before `limit_at`, and give their number; other files are left alone."""
    old = [file for file in backups_in(folder) if _dated(file) < limit_at]
    for file in old:
        file.unlink(missing_ok=True)
    return len(old)


def backups_in(folder: Path) -> list[Path]:
    """List the backups in a folder, oldest first."""
    if not folder.is_dir():
        return []
    return sorted(file for file in folder.iterdir() if _IS_NAME.fullmatch(file.name))


def newest_at(folder: Path) -> datetime | None:
    """Give when the newest backup in a folder was made, aware UTC; None when there is none."""
    made = backups_in(folder)
    return _dated(made[-1]) if made else None


def _dated(file: Path) -> datetime:
    return datetime.strptime(file.name, _NAME).replace(tzinfo=UTC)


def _back_up(database: Path, folder: Path, now: datetime) -> Path:
    if not database.is_file():
        message = f"There is no database {database} yet, so there is nothing to back up."
        raise BackupRefused(message)
    made = folder / now.astimezone(UTC).strftime(_NAME)
    part = folder / f".{made.name}.part"
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        _copy(database, part)
        part.replace(made)
    except OSError as error:
        message = f"The backup folder {folder} cannot be written: {error.strerror}."
        raise BackupRefused(message) from None
    finally:
        if folder.is_dir():  # what stands in a folder's place has been complained about above
            part.unlink(missing_ok=True)
    return made


def _set_aside(database: Path, folder: Path, now: datetime) -> None:
    try:
        _back_up(database, folder, now)
    except BackupRefused:
        aside = folder / now.astimezone(UTC).strftime(_NAME)
        try:
            shutil.copy2(database, aside)
        except OSError as error:
            message = f"The backup folder {folder} cannot be written: {error.strerror}. Nothing was changed."
            raise BackupRefused(message) from None


def _copy(source: Path, target: Path) -> None:
    """Copy through SQLite, which sees what still lies in the log; one step, so that no writer makes it begin again."""
    uri = f"{source.absolute().as_uri()}?mode=rw"  # never made when it is not there
    target.unlink(missing_ok=True)
    target.touch(mode=0o600, exist_ok=False)
    try:
        with (
            closing(sqlite3.connect(uri, timeout=_BUSY_TIMEOUT_S, uri=True)) as original,
            closing(sqlite3.connect(target)) as copy,
        ):
            original.backup(copy, pages=-1)
            copy.execute("PRAGMA journal_mode=DELETE")  # one file, without a log beside it
            (verdict,) = copy.execute("PRAGMA quick_check(1)").fetchone()
            is_ours = copy.execute("SELECT 1 FROM sqlite_master WHERE name = 'meta'").fetchone()
        if verdict != "ok" or not is_ours:
            raise sqlite3.DatabaseError
        _sync(target)
    except sqlite3.Error:
        target.unlink(missing_ok=True)
        message = f"{source} is not a sound database of the concierge. Nothing was changed."
        raise BackupRefused(message) from None


def _put_in_place(copy: Path, database: Path) -> None:
    _sync(copy)
    # A log left by a crash belongs to the old file, and would be replayed into the new one.
    for ending in ("-wal", "-shm"):
        database.with_name(database.name + ending).unlink(missing_ok=True)
        copy.with_name(copy.name + ending).unlink(missing_ok=True)
    copy.replace(database)


def _sync(file: Path) -> None:
    descriptor = os.open(file, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
