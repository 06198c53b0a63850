"""Opens what must be there before the first update: data key, database, model files. Each failure is one clear line.

It knows where things lie, not what they are for.
"""

import asyncio
import contextlib
from pathlib import Path
from urllib.parse import urlsplit

from bot.erasure_list import apply_list, list_file
from bot.errors import DatabaseSilentError, DataFolderError, DataKeyError, ModelFileError
from bot.health import Health
from bot.settings import Settings
from storage.crypto import Cipher
from storage.database import Database
from storage.errors import DatabaseUnavailable

OWNER = "telegram_bot"
NEWEST_KEY = "newest_key"
LOOK_EVERY_S = 1.0
NOT_PREPARED = "not there yet, or of another release; waiting for a process that receives to bring it up to date"
RUN_INSTALL = "Run scripts/install to put it there"


def read_keys(settings: Settings) -> list[str]:
    """Give the data keys, the one to encrypt with first; several are separated by spaces or lines.

    Raises:
        DataKeyError: no key is set and the key file is not there or not readable.
    """
    written = settings.secrets.data_key or _key_file_text(settings.key_file)
    keys = written.replace(",", " ").split()
    if not keys:
        msg = (
            f"The data key in {settings.key_file} is empty. Put the key back from your copy of it."
        )
        raise DataKeyError(msg)
    return keys


def _key_file_text(file: Path) -> str:
    try:
        return file.read_text(encoding="ascii")
    except FileNotFoundError:
        msg = (
            f"The data key {file} is missing. Put it back, or set CONCIERGE_DATA_KEY;"
            " on a first start scripts/run makes one."
        )
        raise DataKeyError(msg) from None
    except (OSError, UnicodeDecodeError) as error:
        msg = f"The data key {file} cannot be read ({type(error).__name__})."
        raise DataKeyError(msg) from None


async def open_database(settings: Settings, cipher: Cipher, bot_id: int) -> Database:
    """Open the database, bring its schema up to date, make sure that it is this bot's, and forget who must be forgotten.

    Raises:
        DatabaseSilentError: it cannot be reached.
        StorageError: not writable, another key, a newer schema.
        DataFolderError: it belongs to another bot.
    """
    database = await _open(settings, cipher)
    try:
        await database.migrate()
        await _claim(database, settings, bot_id)
        await apply_list(database, list_file(settings))
    except BaseException:
        await database.close()
        raise
    return database


async def database_of_others(
    settings: Settings, cipher: Cipher, bot_id: int, health: Health, stop: asyncio.Event
) -> Database | None:
    """Open a database that others create and keep up to date, once they have; None when told to stop before.

    Raises:
        DatabaseSilentError, StorageError, DataFolderError: as open_database.
    """
    while not stop.is_set():
        database = await _open(settings, cipher)
        try:
            is_prepared = await _is_prepared(database, settings, bot_id)
        finally:
            await database.close()
        if is_prepared:
            health.report("database", None)
            # Anew: what belongs to the data key may have been written after the first look.
            return await _open(settings, cipher)
        health.report("database", NOT_PREPARED)
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(LOOK_EVERY_S):
                await stop.wait()
    return None


async def _is_prepared(database: Database, settings: Settings, bot_id: int) -> bool:
    """Tell whether the schema is that of this release, and the database this bot's."""
    if not await database.is_up_to_date():
        return False
    async with database.reading() as work:
        owner = await work.meta.get(OWNER)
    if owner is not None:
        _refuse_other(owner, settings, bot_id)
    return owner is not None


async def announce_key(database: Database) -> None:
    """Write down which data key the working process writes with, so that keys are changed only under one that knows it."""
    async with database.work() as work:
        await work.meta.set(NEWEST_KEY, database.cipher.newest_key_id())
        await work.commit()


async def _open(settings: Settings, cipher: Cipher) -> Database:
    try:
        return await Database.open(settings.database_url, cipher=cipher)
    except DatabaseUnavailable:
        # Its own words do not say where; the address without user and password does.
        server = urlsplit(settings.database_url).netloc.rpartition("@")[2]
        msg = (
            f"The database {server or settings.storage.data_folder} cannot be reached."
            " Start it, or correct [storage] url in config.toml."
        )
        raise DatabaseSilentError(msg) from None


async def _claim(database: Database, settings: Settings, bot_id: int) -> None:
    """Write down whose data this is; local and real Telegram never share."""
    async with database.work() as work:
        owner = await work.meta.get(OWNER)
        if owner is not None:
            _refuse_other(owner, settings, bot_id)
            return
        await work.meta.set(OWNER, _known_as(settings, bot_id))
        await work.commit()


def _known_as(settings: Settings, bot_id: int) -> str:
    return f"{'telegram' if settings.telegram.is_real else 'local'}:{bot_id}"


def _refuse_other(owner: str, settings: Settings, bot_id: int) -> None:
    us = _known_as(settings, bot_id)
    if owner != us:
        msg = (
            f"The data in {settings.storage.data_folder} belongs to another bot ({owner}, not {us})."
            " Give each bot a data folder of its own: [storage] data_folder in config.toml."
        )
        raise DataFolderError(msg)


def check_models(settings: Settings) -> None:
    """Make sure that the model files named in the settings are there.

    Raises:
        ModelFileError: one is not; the message names it and the setting.
    """
    search, model = settings.search, settings.model
    needed = {
        "onnx": search.embedder_folder / "onnx" / "model.onnx",
        "torch": search.embedder_folder / "model.safetensors",
    }.get(search.backend)
    if needed is not None and not needed.is_file():
        msg = f"The search model {needed} is missing. {RUN_INSTALL}, or name another: [search] embedder_folder."
        raise ModelFileError(msg)
    if model.kind == "gguf" and not model.path.is_file():
        msg = (
            f"The language model {model.path} is missing. {RUN_INSTALL}, name another in config.toml ([model] path),"
            ' or set [model] kind = "none" to answer from templates.'
        )
        raise ModelFileError(msg)
