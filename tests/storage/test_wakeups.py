import asyncio
from collections.abc import AsyncIterator

import pytest
from sqlalchemy import make_url

from storage.crypto import Cipher
from storage.database import Database
from tests.builders import NOON, outgoing
from tests.line import line_to


class Sleeper:
    """Counts how often it is woken."""

    def __init__(self) -> None:
        self.times = 0
        self._woken = asyncio.Event()

    def __call__(self) -> None:
        self.times += 1
        self._woken.set()

    async def until_woken(self, times: int) -> None:
        async with asyncio.timeout(60):
            while self.times < times:
                self._woken.clear()
                await self._woken.wait()


def listen(database: Database, sleeper: Sleeper) -> None:
    database.on_outbox(sleeper)
    database.listen()


async def add_message(database: Database) -> None:
    async with database.work() as work:
        await work.outbox.add(outgoing(), NOON)
        await work.commit()


async def change_something(database: Database) -> None:
    async with database.work() as work:
        await work.meta.set("any", "thing")
        await work.commit()


@pytest.fixture
async def here(migrated_postgres_url: str, cipher: Cipher) -> AsyncIterator[Database]:
    database = await Database.open(migrated_postgres_url, cipher=cipher)
    yield database
    await database.close()


@pytest.fixture
async def there(
    here: Database, migrated_postgres_url: str, cipher: Cipher
) -> AsyncIterator[Database]:
    """The same database, as another process has it open."""
    database = await Database.open(migrated_postgres_url, cipher=cipher)
    yield database
    await database.close()


async def test_a_commit_with_messages_wakes_another_process_at_once(
    here: Database, there: Database
) -> None:
    mine, theirs = Sleeper(), Sleeper()
    listen(here, mine)
    listen(there, theirs)
    await asyncio.gather(mine.until_woken(1), theirs.until_woken(1))
    await change_something(here)
    await add_message(here)
    await theirs.until_woken(2)
    assert (mine.times, theirs.times) == (2, 2)  # a notice that came back to us would be a third
    await add_message(there)
    await mine.until_woken(3)
    assert (mine.times, theirs.times) == (3, 3)


async def test_what_was_rolled_back_wakes_nobody(here: Database, there: Database) -> None:
    theirs = Sleeper()
    listen(there, theirs)
    await theirs.until_woken(1)
    async with here.work() as work:
        await work.outbox.add(outgoing(), NOON)
    await add_message(here)
    await theirs.until_woken(2)
    assert theirs.times == 2


async def test_another_schema_of_the_same_server_is_not_heard(
    here: Database, there: Database, migrated_postgres_url: str, cipher: Cipher
) -> None:
    theirs = Sleeper()
    listen(there, theirs)
    await theirs.until_woken(1)
    url = make_url(migrated_postgres_url).difference_update_query(["search_path"])
    elsewhere = await Database.open(url.render_as_string(hide_password=False), cipher=cipher)
    async with elsewhere._engine.begin() as connection:
        await elsewhere._wakeups.tell_others(connection)
    await elsewhere.close()
    await add_message(here)
    await theirs.until_woken(2)
    assert theirs.times == 2


async def test_a_lost_listener_listens_again_and_looks_once(
    here: Database, migrated_postgres_url: str, cipher: Cipher, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("storage.wakeups.AGAIN_AFTER_S", 0.05)
    async with line_to(migrated_postgres_url) as (line, near_url):
        far = await Database.open(near_url, cipher=cipher)
        sleeper = Sleeper()
        listen(far, sleeper)
        await sleeper.until_woken(1)
        await line.cut()
        await add_message(here)
        await line.join()
        await sleeper.until_woken(2)
        await add_message(here)
        await sleeper.until_woken(3)
        await far.close()


async def test_on_sqlite_what_another_process_writes_wakes_within_a_moment(
    migrated_sqlite_url: str, cipher: Cipher
) -> None:
    here = await Database.open(migrated_sqlite_url, cipher=cipher)
    there = await Database.open(migrated_sqlite_url, cipher=cipher)
    sleeper = Sleeper()
    listen(there, sleeper)
    await sleeper.until_woken(1)
    await add_message(here)
    await sleeper.until_woken(2)
    await add_message(here)
    await sleeper.until_woken(3)
    for database in (here, there):
        await database.close()
