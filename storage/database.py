"""The database as the rest of the program sees it: open, migrate, work, close."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager, nullcontext
from typing import Self

from sqlalchemy import inspect
from sqlalchemy.ext.asyncio import AsyncEngine

from storage import data_key
from storage.crypto import Cipher
from storage.engines import (
    build_engine,
    for_reading,
    for_writing,
    prepare_folder,
    sqlite_path,
    truncate_log,
)
from storage.failures import translated
from storage.migrate import is_up_to_date, migrate
from storage.tables import meta
from storage.wakeups import Wakeups
from storage.work import Work


class Database:
    """One open database. Belongs to the event loop that opened it."""

    def __init__(self, url: str, engine: AsyncEngine, cipher: Cipher) -> None:
        self._url = url
        self._engine = engine
        self._writing_engine = for_writing(engine)
        self._reading_engine = for_reading(engine)
        self._cipher = cipher
        self._wakeups = Wakeups(engine)
        # SQLite takes one writer at a time; waiting here is fair and costs no busy polling.
        has_one_writer = sqlite_path(url) is not None
        self._turn_to_write: AbstractAsyncContextManager[object] = (
            asyncio.Lock() if has_one_writer else nullcontext()
        )

    @classmethod
    async def open(cls, url: str, *, cipher: Cipher) -> Self:
        """Open the database, new or not, and check that the data key is the one it was written with.

        Args:
            url: "sqlite+aiosqlite:///path/concierge.db" or "postgresql+asyncpg://user@host/name",
                the latter with `?search_path=schema` if need be.
            cipher: made from the data keys.

        Raises:
            DatabaseFolderNotWritable, DatabaseUnavailable, WrongDataKey: see errors.py.
            ValueError: another kind of URL.
        """
        await prepare_folder(url)
        # In a thread: it imports the driver, and looks at the file system.
        database = cls(url, await asyncio.to_thread(build_engine, url), cipher)
        try:
            await database._check_data_key()
        except BaseException:
            await database.close()
            raise
        return database

    @property
    def cipher(self) -> Cipher:
        """The cipher it was opened with, hashing and deriving from this database's own root."""
        return self._cipher

    async def migrate(self) -> None:
        """Bring the schema up to date; the first time, leave the mark of the data key.

        Raises:
            SchemaTooNew, WrongDataKey, DatabaseUnavailable: see errors.py.
        """
        with translated():
            await migrate(self._url)
            async with self._turn_to_write, self._writing_engine.begin() as connection:
                self._cipher = await data_key.remember(connection, self._cipher)

    async def is_up_to_date(self) -> bool:
        """Tell whether the schema is that of this release, without changing it.

        Raises:
            SchemaTooNew, DatabaseUnavailable: see errors.py.
        """
        with translated():
            return await is_up_to_date(self._url)

    @asynccontextmanager
    async def work(self) -> AsyncIterator[Work]:
        """Open a work that may write; without `commit()` nothing of it stays.

        On SQLite there is one at a time, so opening another inside it would wait for ever.

        Raises:
            DatabaseUnavailable, RowConflict, StorageError: see errors.py.
        """
        with translated():
            async with self._turn_to_write:
                async with self._writing_engine.connect() as connection:
                    work = Work(connection, self._cipher, self._wakeups)
                    yield work
                if work.has_erased:
                    await truncate_log(self._engine)

    @asynccontextmanager
    async def reading(self) -> AsyncIterator[Work]:
        """Open a work that only reads; it waits for no writer and no writer waits for it."""
        with translated():
            async with self._reading_engine.connect() as connection:
                yield Work(connection, self._cipher, None)

    async def truncate_log(self) -> bool:
        """Move SQLite's log into the database and empty it, so that bytes erased there are gone from the disk.

        False when a reader was in the way; PostgreSQL sees to its log itself, and nothing happens.
        """
        with translated():
            async with self._turn_to_write:
                return await truncate_log(self._engine)

    def on_outbox(self, callback: Callable[[], None]) -> None:
        """Have `callback` called after every commit that added outgoing messages."""
        self._wakeups.add(callback)

    def listen(self) -> None:
        """Have them called after such commits of other processes, too, and once whenever one may have been missed.

        On SQLite after any change to the file, within a tenth of a second, those of this process among them.
        """
        self._wakeups.listen()

    async def close(self) -> None:
        """Close every connection."""
        await self._wakeups.close()
        await self._engine.dispose()

    async def _check_data_key(self) -> None:
        with translated():
            async with self._engine.connect() as connection:
                tables = await connection.run_sync(lambda sync: inspect(sync).get_table_names())
                if meta.name in tables:
                    self._cipher = await data_key.recognised(connection, self._cipher)
