import socket
from pathlib import Path

import asyncpg
import pytest
from sqlalchemy import make_url

from storage.crypto import Cipher
from storage.database import Database
from storage.errors import (
    DatabaseFolderNotWritable,
    DatabaseUnavailable,
    SchemaTooNew,
    WrongDataKey,
)


async def open_and_close(url: str, cipher: Cipher) -> None:
    database = await Database.open(url, cipher=cipher)
    await database.migrate()
    await database.close()


async def test_opens_again_with_the_same_key(database_url: str, cipher: Cipher) -> None:
    await open_and_close(database_url, cipher)
    await open_and_close(database_url, cipher)


async def test_wrong_key_is_refused_and_says_what_to_do(database_url: str, cipher: Cipher) -> None:
    await open_and_close(database_url, cipher)
    with pytest.raises(WrongDataKey, match="CONCIERGE_DATA_KEY"):
        await Database.open(database_url, cipher=Cipher([Cipher.new_key()]))


async def test_key_rotated_to_the_front_is_accepted(database_url: str) -> None:
    old = Cipher.new_key()
    await open_and_close(database_url, Cipher([old]))
    await open_and_close(database_url, Cipher([Cipher.new_key(), old]))


async def test_newer_schema_is_refused(database_url: str, cipher: Cipher) -> None:
    await open_and_close(database_url, cipher)
    database = await Database.open(database_url, cipher=cipher)
    async with database._writing_engine.begin() as connection:
        await connection.exec_driver_sql("UPDATE alembic_version SET version_num = 'r9999'")
    with pytest.raises(SchemaTooNew, match="r9999"):
        await database.migrate()
    await database.close()


async def test_folder_that_cannot_be_made_is_named(tmp_path: Path, cipher: Cipher) -> None:
    (tmp_path / "taken").write_text("a file where the folder should be")
    with pytest.raises(DatabaseFolderNotWritable, match="taken"):
        await Database.open(f"sqlite+aiosqlite:///{tmp_path}/taken/concierge.db", cipher=cipher)


async def test_missing_folder_is_made(tmp_path: Path, cipher: Cipher) -> None:
    await open_and_close(f"sqlite+aiosqlite:///{tmp_path}/new/deep/concierge.db", cipher)
    assert (tmp_path / "new/deep/concierge.db").stat().st_mode & 0o777 == 0o600


async def test_file_that_is_no_database_is_reported(tmp_path: Path, cipher: Cipher) -> None:
    (tmp_path / "concierge.db").write_text("a letter, not a database " * 100)
    with pytest.raises(DatabaseUnavailable):
        await Database.open(f"sqlite+aiosqlite:///{tmp_path}/concierge.db", cipher=cipher)


async def test_server_that_is_away_is_unavailable(cipher: Cipher) -> None:
    with socket.socket() as nobody_listens:
        nobody_listens.bind(("127.0.0.1", 0))
        url = f"postgresql+asyncpg://shop@127.0.0.1:{nobody_listens.getsockname()[1]}/shop"
        with pytest.raises(DatabaseUnavailable):
            await Database.open(url, cipher=cipher)


async def test_server_without_that_database_is_unavailable(
    postgres_url: str, cipher: Cipher
) -> None:
    url = make_url(postgres_url).set(database="no_such_database")
    with pytest.raises(DatabaseUnavailable):
        await Database.open(url.render_as_string(hide_password=False), cipher=cipher)


async def test_lost_connection_is_unavailable(postgres_url: str, cipher: Cipher) -> None:
    database = await Database.open(postgres_url, cipher=cipher)
    await database.migrate()
    url = make_url(postgres_url).set(drivername="postgresql", query={})
    other = await asyncpg.connect(url.render_as_string(hide_password=False))

    async def be_cut_off() -> None:
        async with database.work() as work:
            pid = (await work._connection.exec_driver_sql("SELECT pg_backend_pid()")).scalar_one()
            await other.execute("SELECT pg_terminate_backend($1, 5000)", pid)
            await work.meta.set("a", "b")

    with pytest.raises(DatabaseUnavailable):
        await be_cut_off()
    async with database.work() as work:
        await work.meta.set("a", "b")
    await other.close()
    await database.close()


async def test_other_kinds_of_database_are_refused(cipher: Cipher) -> None:
    with pytest.raises(ValueError, match="mysql"):
        await Database.open("mysql://127.0.0.1/shop", cipher=cipher)
