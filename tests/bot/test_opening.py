import asyncio
from pathlib import Path

import pytest

from bot.errors import DatabaseSilentError, DataFolderError, DataKeyError, ModelFileError
from bot.health import Health
from bot.opening import check_models, database_of_others, open_database, read_keys
from bot.settings import Settings, load_settings
from storage.crypto import Cipher
from storage.errors import WrongDataKey
from storage.migrate import is_up_to_date, migrate
from tests.migrated import OLDEST


def settings_in(folder: Path, **more: str) -> Settings:
    environment = {"CONCIERGE_STORAGE__DATA_FOLDER": str(folder / "data")}
    return load_settings(folder, environment | more)


def test_keys_come_from_the_environment_first(tmp_path: Path) -> None:
    (tmp_path / "keys").mkdir()
    (tmp_path / "keys" / "data.key").write_text("from-file\n", encoding="ascii")
    assert read_keys(settings_in(tmp_path)) == ["from-file"]
    assert read_keys(settings_in(tmp_path, CONCIERGE_DATA_KEY="new, old")) == ["new", "old"]


@pytest.mark.parametrize(
    ("content", "said"), [(None, "is missing"), (b"", "is empty"), (b"\xff", "cannot be read")]
)
def test_lost_key_is_told(tmp_path: Path, content: bytes | None, said: str) -> None:
    file = tmp_path / "the.key"
    if content is not None:
        file.write_bytes(content)
    with pytest.raises(DataKeyError, match=said):
        read_keys(settings_in(tmp_path, CONCIERGE_DATA_KEY_FILE=str(file)))


@pytest.mark.parametrize(
    ("backend", "kind", "missing"),
    [
        ("onnx", "none", "model.onnx"),
        ("torch", "none", "model.safetensors"),
        ("toy", "gguf", "gguf"),
    ],
)
def test_missing_model_file_is_named(
    tmp_path: Path, backend: str, kind: str, missing: str
) -> None:
    settings = settings_in(tmp_path, CONCIERGE_SEARCH__BACKEND=backend, CONCIERGE_MODEL__KIND=kind)
    with pytest.raises(ModelFileError, match=missing):
        check_models(settings)


def test_models_that_need_no_file_pass(tmp_path: Path) -> None:
    for kind in ("none", "server", "scripted"):
        settings = settings_in(
            tmp_path, CONCIERGE_SEARCH__BACKEND="toy", CONCIERGE_MODEL__KIND=kind
        )
        check_models(settings)


async def test_data_belongs_to_one_bot(tmp_path: Path) -> None:
    cipher = Cipher([Cipher.new_key()])
    settings = settings_in(tmp_path, CONCIERGE_TELEGRAM__API_URL="http://127.0.0.1:1")
    for _ in range(2):
        await (await open_database(settings, cipher, 42)).close()
    with pytest.raises(DataFolderError, match="local:42, not local:43"):
        await open_database(settings, cipher, 43)
    with pytest.raises(DataFolderError, match="not telegram:42"):
        await open_database(settings_in(tmp_path), cipher, 42)
    with pytest.raises(WrongDataKey):
        await open_database(settings, Cipher([Cipher.new_key()]), 42)


async def test_silent_database_is_told_without_its_password(tmp_path: Path) -> None:
    url = "postgresql+asyncpg://shop:secret@127.0.0.1:1/concierge"
    settings = settings_in(tmp_path, CONCIERGE_STORAGE__URL=url)
    with pytest.raises(DatabaseSilentError, match=r"127\.0\.0\.1:1 cannot be reached") as caught:
        await open_database(settings, Cipher([Cipher.new_key()]), 42)
    assert "secret" not in str(caught.value)


@pytest.fixture
def of_others(tmp_path: Path) -> Settings:
    return settings_in(tmp_path, CONCIERGE_TELEGRAM__API_URL="http://127.0.0.1:1")


async def test_who_only_sends_waits_for_a_database_that_others_prepare(
    of_others: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.opening.LOOK_EVERY_S", 0.01)
    cipher, health = Cipher([Cipher.new_key()]), Health()
    waiting = asyncio.create_task(
        database_of_others(of_others, cipher, 42, health, asyncio.Event())
    )
    async with asyncio.timeout(60):
        while "database" not in health.troubles:  # noqa: ASYNC110  # what is waited for tells nobody
            await asyncio.sleep(0.01)
        assert "waiting for a process that receives" in health.troubles["database"]
        ours = await open_database(of_others, cipher, 42)
        theirs = await waiting
    assert theirs is not None
    assert health.troubles == {}
    assert theirs.cipher.keyed_hash("7") == ours.cipher.keyed_hash("7")
    for database in (ours, theirs):
        await database.close()


async def test_who_only_sends_changes_no_schema_and_takes_no_other_bots_data(
    of_others: Settings,
) -> None:
    cipher, stop = Cipher([Cipher.new_key()]), asyncio.Event()
    of_others.storage.data_folder.mkdir()
    await migrate(of_others.database_url, OLDEST)
    waiting = asyncio.create_task(database_of_others(of_others, cipher, 42, Health(), stop))
    await asyncio.sleep(0.2)
    stop.set()
    assert await waiting is None
    assert not await is_up_to_date(of_others.database_url)
    await (await open_database(of_others, cipher, 43)).close()
    with pytest.raises(DataFolderError, match="local:43, not local:42"):
        await database_of_others(of_others, cipher, 42, Health(), asyncio.Event())
