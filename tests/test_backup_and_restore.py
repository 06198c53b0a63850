"""Back up, forget, restore: still forgotten. Whichever way a database of before comes back."""

import asyncio
import shutil
from datetime import timedelta
from pathlib import Path

import pytest

from bot.erasure_list import keep_list, list_file
from bot.opening import open_database
from bot.settings import Settings, load_settings
from scripts.backup import back_up
from scripts.restore import erase_again, restore
from storage import backups
from storage.crypto import Cipher
from storage.database import Database
from storage.errors import BackupRefused, WrongDataKey
from storage.records import OutboxStatus
from tests.builders import NOON, outgoing, shopper


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return load_settings(tmp_path, {"CONCIERGE_DATA_KEY": Cipher.new_key()})


@pytest.fixture
def place(settings: Settings) -> Path:
    return backups.database_file(settings.database_url)


def content_of(file: Path) -> bytes:
    return file.read_bytes()


def size_of(file: Path) -> int:
    return file.stat().st_size


def overwrite(file: Path, content: bytes) -> None:
    file.write_bytes(content)


async def opened(settings: Settings) -> Database:
    return await open_database(settings, Cipher([settings.secrets.data_key]), 42)


async def with_two_shoppers(settings: Settings) -> None:
    database = await opened(settings)
    async with database.work() as work:
        await work.shoppers.add_many([shopper(7), shopper(8)])
        await work.commit()
    await database.close()


@pytest.fixture
async def backup(settings: Settings) -> Path:
    """A backup with two shoppers in it."""
    await with_two_shoppers(settings)
    return await back_up(settings)


async def forget_one(settings: Settings, *, lists: bool = False) -> None:
    database = await opened(settings)
    async with database.work() as work:
        await work.shoppers.forget(7, NOON)
        await work.commit()
    if lists:
        await keep_list(database, list_file(settings), NOON - timedelta(days=60))
    await database.close()


async def known(settings: Settings) -> list[int]:
    database = await opened(settings)
    async with database.reading() as work:
        found = [each for each in (7, 8) if await work.shoppers.get(each)]
    await database.close()
    return found


def test_backup_is_one_private_file_beside_the_erasure_list(
    settings: Settings, backup: Path
) -> None:
    assert backup.stat().st_mode & 0o777 == 0o600
    names = sorted(each.name for each in settings.backup_folder.iterdir())
    assert names == [backup.name]
    assert not settings.backup_folder.is_relative_to(settings.storage.data_folder)


async def test_backup_sees_what_still_lies_in_the_log(settings: Settings, place: Path) -> None:
    database = await opened(settings)
    async with database.work() as work:
        await work.shoppers.add_many([shopper(7)])
        await work.commit()
    assert size_of(Path(f"{place}-wal")) > 0
    file = await back_up(settings)
    await database.close()
    shutil.move(place, settings.folder / "lost.db")
    await restore(settings, file)
    assert await known(settings) == [7]


async def test_who_was_forgotten_since_the_backup_stays_forgotten(
    settings: Settings, backup: Path
) -> None:
    await forget_one(settings)
    assert await restore(settings, backup) == 1
    assert await known(settings) == [8]


async def test_still_forgotten_when_the_database_itself_was_lost(
    settings: Settings, place: Path, backup: Path
) -> None:
    await forget_one(settings, lists=True)
    overwrite(place, b"no longer a database")
    assert await restore(settings, backup) == 1
    assert await known(settings) == [8]


async def test_copying_the_file_back_by_hand_brings_nobody_back(
    settings: Settings, place: Path, backup: Path
) -> None:
    await forget_one(settings, lists=True)
    shutil.copy(backup, place)
    assert await known(settings) == [8]


async def test_forgetting_alone_for_what_another_tool_restored(
    settings: Settings, place: Path, backup: Path
) -> None:
    await forget_one(settings, lists=True)
    shutil.copy(backup, place)
    assert await erase_again(settings) == 1
    assert await erase_again(settings) == 0


async def test_what_waited_when_the_backup_was_made_is_not_sent_days_later(
    settings: Settings,
) -> None:
    database = await opened(settings)
    async with database.work() as work:
        await work.inbox.add(1, 5, 7, "{}", NOON)
        await work.outbox.add(outgoing(7), NOON)
        await work.outbox.claim_due(NOON, 1)
        await work.outbox.add(outgoing(8), NOON)
        await work.commit()
    await database.close()
    await restore(settings, await back_up(settings))
    database = await opened(settings)
    async with database.work() as work:
        assert await work.inbox.waiting() == []
        await work.outbox.recover(NOON)
        assert await work.outbox.claim_due(NOON, 9) == []
        assert (await work.outbox.counts())[OutboxStatus.DROPPED] == 2
    await database.close()


async def test_what_was_there_becomes_a_backup(settings: Settings, backup: Path) -> None:
    kept = settings.folder / "kept.db"
    shutil.move(backup, kept)
    await forget_one(settings)
    await restore(settings, kept)
    (before,) = await asyncio.to_thread(backups.backups_in, settings.backup_folder)
    assert before.stat().st_mode & 0o777 == 0o600
    assert sorted(each.name for each in settings.storage.data_folder.iterdir()) == ["concierge.db"]


@pytest.mark.parametrize("content", [b"", b"not a database", None])
async def test_file_that_is_no_backup_changes_nothing(
    settings: Settings, place: Path, content: bytes | None
) -> None:
    await with_two_shoppers(settings)
    before = content_of(place)
    file = settings.folder / "file.db"
    if content is not None:
        file.write_bytes(content)
    with pytest.raises(BackupRefused):
        await restore(settings, file)
    assert content_of(place) == before
    assert [each.name for each in place.parent.iterdir()] == [place.name]


async def test_backup_of_another_key_changes_nothing(settings: Settings, tmp_path: Path) -> None:
    await with_two_shoppers(settings)
    other = load_settings(tmp_path / "other", {"CONCIERGE_DATA_KEY": Cipher.new_key()})
    await with_two_shoppers(other)
    with pytest.raises(WrongDataKey):
        await restore(settings, await back_up(other))
    assert await known(settings) == [7, 8]


async def test_nothing_is_restored_under_a_bot_that_works(
    settings: Settings, backup: Path
) -> None:
    database = await opened(settings)
    async with database.work() as work:
        held = {"host": "elsewhere", "pid": 1, "until": "2999-01-01T00:00:00+00:00", "counter": 1}
        await work.meta.set("lease", str(held).replace("'", '"'))
        await work.commit()
    await database.close()
    with pytest.raises(BackupRefused, match="Stop it first"):
        await restore(settings, backup)


async def test_database_on_a_server_has_tools_of_its_own(tmp_path: Path) -> None:
    url = "postgresql+asyncpg://user@host/name"
    with pytest.raises(BackupRefused, match="pg_dump"):
        await backups.back_up(url, tmp_path, NOON)


async def test_nothing_to_back_up_is_said(settings: Settings) -> None:
    with pytest.raises(BackupRefused, match="no database"):
        await asyncio.wait_for(back_up(settings), 10)
