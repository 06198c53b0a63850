import asyncio
import logging
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from bot.backing_up import ON_A_SERVER, NightlyBackup, is_due
from bot.health import Health
from bot.opening import open_database
from bot.retention import Retention
from bot.settings import Settings, load_settings
from storage import backups
from storage.crypto import Cipher
from tests.builders import NOON, shopper

THREE = NOON.replace(hour=3)
DAY = timedelta(days=1)


@pytest.mark.parametrize(
    ("last", "now", "at_h", "expected"),
    [
        (None, THREE, 3, True),
        (None, THREE, -1, False),
        (THREE - DAY, THREE - timedelta(seconds=1), 3, False),
        (THREE - DAY, THREE, 3, True),
        (THREE - timedelta(hours=1), THREE, 3, True),
        (THREE, THREE, 3, False),
        (THREE, THREE + DAY - timedelta(seconds=1), 3, False),
        (THREE, THREE + DAY, 3, True),
        (NOON - 3 * DAY, NOON, 23, True),
        (NOON - timedelta(hours=12), NOON, 23, False),
        (NOON, NOON.replace(hour=0) + DAY, 0, True),
    ],
)
def test_one_is_due_a_day(last: datetime | None, now: datetime, at_h: int, expected: bool) -> None:
    assert is_due(last, now, at_h) is expected


@dataclass(slots=True)
class Night:
    """A shop with a shopper in it, on SQLite, and what the clock does there."""

    settings: Settings
    health: Health = field(default_factory=Health)
    now: datetime = THREE

    def starts(self) -> NightlyBackup:
        """Give what a bot that has just started makes backups with."""
        return NightlyBackup(self.settings, self.health, lambda: self.now)

    async def made(self) -> list[str]:
        files = await asyncio.to_thread(backups.backups_in, self.settings.backup_folder)
        return [file.name for file in files]


async def night_in(folder: Path) -> Night:
    key = {"CONCIERGE_DATA_KEY": Cipher.new_key()}
    settings = await asyncio.to_thread(load_settings, folder, key)
    database = await open_database(settings, Cipher([settings.secrets.data_key]), 42)
    async with database.work() as work:
        await work.shoppers.add_many([shopper(7)])
        await work.commit()
    await database.close()
    return Night(settings)


@pytest.fixture
async def night(tmp_path: Path) -> Night:
    return await night_in(tmp_path)


async def test_one_is_made_a_day_whoever_restarts(night: Night) -> None:
    for _ in range(2):
        bot = night.starts()
        await bot.make_if_due()
        night.now += timedelta(hours=2)
        await bot.make_if_due()
    assert await night.made() == ["concierge-20261121T030000Z.db"]
    night.now = THREE + DAY
    await night.starts().make_if_due()
    assert (await night.made())[1:] == ["concierge-20261122T030000Z.db"]


async def test_it_can_be_opened_and_is_deleted_after_thirty_days(night: Night) -> None:
    database = await open_database(night.settings, Cipher([night.settings.secrets.data_key]), 42)
    await night.starts().make_if_due()
    (file,) = await asyncio.to_thread(backups.backups_in, night.settings.backup_folder)
    await asyncio.to_thread(file.rename, night.settings.folder / "copy.db")
    environment = {
        "CONCIERGE_STORAGE__URL": f"sqlite+aiosqlite:///{night.settings.folder}/copy.db"
    }
    environment["CONCIERGE_DATA_KEY"] = night.settings.secrets.data_key
    copied = await asyncio.to_thread(load_settings, night.settings.folder, environment)
    copy = await open_database(copied, Cipher([night.settings.secrets.data_key]), 42)
    async with copy.reading() as work:
        assert await work.shoppers.get(7) is not None
    await copy.close()
    for _ in range(32):
        await night.starts().make_if_due()
        await Retention(night.settings, database, lambda: night.now).delete_old()
        night.now += DAY
    await database.close()
    assert len(await night.made()) == 31
    assert (await night.made())[0] == "concierge-20261122T030000Z.db"


async def test_what_fails_is_a_trouble_until_it_is_made(night: Night) -> None:
    place = backups.database_file(night.settings.database_url)
    away = place.with_name("away.db")
    await asyncio.to_thread(place.rename, away)
    bot = night.starts()
    await bot.make_if_due()
    assert "no database" in night.health.troubles["backups"]
    await asyncio.to_thread(away.rename, place)
    await bot.make_if_due()
    assert night.health.troubles == {}
    assert len(await night.made()) == 1


async def test_folder_that_takes_none_is_a_trouble(night: Night) -> None:
    folder = night.settings.backup_folder
    await asyncio.to_thread(folder.parent.mkdir, parents=True)
    await asyncio.to_thread(folder.write_text, "in the way")
    await night.starts().make_if_due()
    assert "cannot be written" in night.health.troubles["backups"]


async def test_on_a_server_it_is_said_once_and_nothing_is_made(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    url = {"CONCIERGE_STORAGE__URL": "postgresql+asyncpg://user@host/name"}
    night = Night(await asyncio.to_thread(load_settings, tmp_path, url))
    bot = night.starts()
    with caplog.at_level(logging.INFO):
        await bot.make_if_due()
        await bot.make_if_due()
    assert [record.getMessage() for record in caplog.records] == [ON_A_SERVER]
    assert await night.made() == []
    assert night.health.troubles == {}


async def test_nobody_waits_while_it_is_made(night: Night) -> None:
    """The guard in tests/conftest.py fails whatever blocks; here the loop also turns meanwhile."""
    turns = 0
    making = asyncio.create_task(night.starts().make_if_due())
    while not making.done():
        turns += 1
        await asyncio.sleep(0)
    assert turns > 1
    assert len(await night.made()) == 1
