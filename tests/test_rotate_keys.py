"""The data key changed from the command line: put in front, everything renewed, the old one retired."""

import asyncio
from pathlib import Path

import pytest

from bot.errors import DataKeyError
from bot.opening import announce_key, open_database, read_keys
from bot.settings import Settings, load_settings
from scripts.rotate_keys import add_key, renew, retire
from scripts.setup.data_key import ensure_data_key
from storage.crypto import Cipher
from storage.database import Database
from tests.builders import shopper

RUNNING = '{"host": "elsewhere", "pid": 1, "until": "2999-01-01T00:00:00+00:00", "counter": 1}'


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    settings = load_settings(tmp_path, {})
    ensure_data_key(settings.key_file, settings.storage.data_folder)
    return settings


@pytest.fixture
def old_key(settings: Settings) -> str:
    return settings.key_file.read_text(encoding="ascii").strip()


async def opened(settings: Settings, *keys: str) -> Database:
    return await open_database(settings, Cipher(keys), 42)


async def fill(settings: Settings, key: str, *, is_running: bool = False) -> None:
    database = await opened(settings, key)
    await announce_key(database)
    async with database.work() as work:
        await work.shoppers.add_many([shopper(7)])
        if is_running:
            await work.meta.set("lease", RUNNING)
        await work.commit()
    await database.close()


async def test_key_is_changed_from_first_to_last(settings: Settings, old_key: str) -> None:
    await fill(settings, old_key)
    await asyncio.to_thread(add_key, settings)
    new_key, second = await asyncio.to_thread(read_keys, settings)
    assert second == old_key
    assert await renew(settings) == 1
    await asyncio.to_thread(retire, settings)
    assert await asyncio.to_thread(read_keys, settings) == [new_key]
    database = await opened(settings, new_key)
    async with database.reading() as work:
        assert await work.shoppers.get(7) == shopper(7)
    await database.close()


async def test_nothing_is_renewed_under_a_bot_that_does_not_know_the_key(
    settings: Settings, old_key: str
) -> None:
    await fill(settings, old_key, is_running=True)
    await asyncio.to_thread(add_key, settings)
    with pytest.raises(DataKeyError, match="Restart it"):
        await renew(settings)
    database = await opened(settings, *(await asyncio.to_thread(read_keys, settings)))
    await announce_key(database)
    await database.close()
    assert await renew(settings) == 1


async def test_one_key_cannot_be_changed(settings: Settings, old_key: str) -> None:
    with pytest.raises(DataKeyError, match="--new"):
        await renew(settings)


def test_key_file_stays_private_and_alone(settings: Settings) -> None:
    add_key(settings)
    assert settings.key_file.stat().st_mode & 0o777 == 0o600
    assert [file.name for file in settings.key_file.parent.iterdir()] == [settings.key_file.name]


def test_keys_of_the_environment_are_left_to_whoever_set_them(tmp_path: Path) -> None:
    settings = load_settings(tmp_path, {"CONCIERGE_DATA_KEY": Cipher.new_key()})
    with pytest.raises(DataKeyError, match="Nothing was changed"):
        add_key(settings)
