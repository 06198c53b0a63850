"""On PostgreSQL, as README's "Backups" tells: pg_dump, forget, pg_restore, forget again. Still forgotten."""

import asyncio
import shutil
import uuid
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import asyncpg
import pytest
from sqlalchemy import URL, make_url, select

from bot.erasure_list import keep_list, list_file
from bot.settings import Settings, load_settings
from scripts.restore import erase_again
from storage.audit import alias
from storage.ciphertexts import encrypted_columns
from storage.crypto import Cipher
from storage.database import Database
from storage.tables import shoppers, vault
from tests.builders import NOON, coupon, product, store
from tests.conftest import NO_POSTGRES, POSTGRES
from tests.storage.filling import fill

TOOLS = ("pg_dump", "pg_restore")
MISSING = [tool for tool in TOOLS if shutil.which(tool) is None]
MIA, BEN = 990_000_001, 990_000_002
BOOKED = f"order-{MIA}"  # this test's own name for an order, which stays in the books

pytestmark = [
    pytest.mark.skipif(POSTGRES is None, reason=NO_POSTGRES),
    pytest.mark.skipif(bool(MISSING), reason=f"not on the PATH: {' and '.join(MISSING)}"),
]


@dataclass(frozen=True, slots=True)
class Server:
    """A PostgreSQL server with two databases of this test's own: one that the shop works on, one to restore into."""

    working: URL
    restored: URL

    @property
    def both(self) -> tuple[URL, URL]:
        return self.working, self.restored


@pytest.fixture
async def server() -> AsyncIterator[Server]:
    assert POSTGRES is not None
    known = make_url(POSTGRES)
    own = uuid.uuid4().hex[:12]
    server = Server(
        *(known.set(database=f"test_{own}_{each}") for each in ("working", "restored"))
    )
    connection = await asyncpg.connect(as_tools_write(known))
    try:
        for url in server.both:
            await connection.execute(f"CREATE DATABASE {url.database}")
        yield server
    finally:
        for url in server.both:
            await connection.execute(f"DROP DATABASE IF EXISTS {url.database} WITH (FORCE)")
        await connection.close()


def as_tools_write(url: URL) -> str:
    return url.set(drivername="postgresql").render_as_string(hide_password=False)


async def run(*command: str) -> bytes:
    """Run one of PostgreSQL's tools to its end and give what it printed."""
    process = await asyncio.create_subprocess_exec(
        *command, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE
    )
    printed, complaint = await process.communicate()
    assert process.returncode == 0, complaint.decode()
    return printed


async def content_of(url: URL) -> str:
    """Give every cell of a database in text, with ciphertexts and hashes as they stand there."""
    printed = await run("pg_dump", f"--dbname={as_tools_write(url)}", "--data-only", "--inserts")
    return printed.decode().replace(BOOKED, "")


async def recorded(database: Database) -> set[str]:
    """Give what stands for Mia: id, alias, keyed hashes and ciphertexts."""
    found = {str(MIA), alias(database.cipher, MIA)}
    async with database.reading() as work:
        for column in [*encrypted_columns(), vault.c.value_hash]:
            columns = column.table.c
            owner = columns.id if column.table is shoppers else columns.get("shopper_id")
            if owner is None:
                owner = columns.chat_id
            rows = await work._connection.scalars(select(column).where(owner == MIA))
            found |= {value for value in rows if value is not None}
    return found


async def open_shop(settings: Settings) -> Database:
    """Open a blank database and let two shoppers leave something in every table."""
    database = await Database.open(
        settings.database_url, cipher=Cipher([settings.secrets.data_key])
    )
    await database.migrate()
    async with database.work() as work:
        await work.stores.add_many([store()])
        await work.products.add_many([product()])
        await work.coupons.add_many([coupon()])
        for shopper_id in (MIA, BEN):
            await fill(work, shopper_id)
            await work.audit.note(shopper_id, "export", NOON)
        await work.commit()
    return database


async def test_who_was_forgotten_since_the_dump_stays_forgotten(
    server: Server, tmp_path: Path
) -> None:
    key = Cipher.new_key()
    working, restored = (
        load_settings(
            tmp_path,
            {
                "CONCIERGE_DATA_KEY": key,
                "CONCIERGE_STORAGE__URL": url.render_as_string(hide_password=False),
            },
        )
        for url in server.both
    )
    file = str(tmp_path / "shop.dump")
    database = await open_shop(working)
    needles = await recorded(database)
    await run("pg_dump", f"--dbname={as_tools_write(server.working)}", "--format=custom", f"--file={file}")  # fmt: skip
    async with database.work() as work:
        await work.shoppers.forget(MIA, NOON + timedelta(days=1))
        await work.commit()
    await keep_list(database, list_file(working), NOON)
    await database.close()

    await run("pg_restore", f"--dbname={as_tools_write(server.restored)}", "--exit-on-error", file)
    brought_back = await content_of(server.restored)
    assert [needle for needle in needles if needle not in brought_back] == []
    assert await erase_again(restored) == 1
    left = await content_of(server.restored)
    assert [needle for needle in needles if needle in left] == []
    assert str(BEN) in left
    assert await erase_again(restored) == 0
