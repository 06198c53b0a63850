"""Fixtures every test may use: a database of its own on each kind, and a guard against blocking the loop."""

import asyncio
import os
import shutil
import uuid
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from types import ModuleType

import asyncpg
import pytest
from blockbuster import BlockBuster, blockbuster_ctx
from sqlalchemy import make_url

from knowledge import amounts, language
from storage.crypto import Cipher
from storage.database import Database
from tests.migrated import Schemas, migrated_file

POSTGRES = os.environ.get("CONCIERGE_TEST_POSTGRES")
NO_POSTGRES = "CONCIERGE_TEST_POSTGRES names no server (postgresql+asyncpg://user@host/name)"
ROOT = Path(__file__).parents[1]
OURS = ("bot", "handlers", "knowledge", "storage")
# A migration has a thread and a loop of its own, where nobody waits.
MAY_BLOCK = ("storage/migrate.py", "storage/migrations")
# asyncpg looks in the home folder for a password file and certificates, once a connection.
READ_WHEN_CONNECTING = [
    "os.stat",
    "os.path.abspath",
    "io.BufferedReader.read",
    "io.TextIOWrapper.read",
]


def _at(path: str) -> ModuleType:
    """Stand for a module by its path alone: the guard needs no more, and importing aiogram takes seconds."""
    module = ModuleType(path)
    module.__path__ = [str(ROOT / path)]
    return module


@pytest.fixture(scope="session", autouse=True)
def customs() -> None:
    """Read languages and their customs from disk once, as the bot does before its first reply."""
    amounts.prepare()
    language.prepare()


@pytest.fixture(autouse=True)
def blockbuster() -> Iterator[BlockBuster]:
    """Fail a test in which code of ours blocks the event loop."""
    with blockbuster_ctx(
        [_at(p) for p in OURS], excluded_modules=[_at(p) for p in MAY_BLOCK]
    ) as guard:
        for name in READ_WHEN_CONNECTING:
            guard.functions[name].can_block_in(
                "asyncpg/connect_utils.py", "_parse_connect_dsn_and_args"
            )
        yield guard


@pytest.fixture(scope="session")
def data_key() -> str:
    """The key of every database that a test finds migrated."""
    return Cipher.new_key()


@pytest.fixture
def cipher(data_key: str) -> Cipher:
    return Cipher([data_key])


@pytest.fixture
def sqlite_url(tmp_path: Path) -> str:
    return f"sqlite+aiosqlite:///{tmp_path}/concierge.db"


@pytest.fixture
async def postgres_url() -> AsyncIterator[str]:
    """A schema of this test's own, gone afterwards."""
    if POSTGRES is None:
        pytest.skip(NO_POSTGRES)
    schema = f"test_{uuid.uuid4().hex[:12]}"
    url = make_url(POSTGRES)
    server = await asyncpg.connect(url.set(drivername="postgresql").render_as_string(False))
    try:
        await server.execute(f"CREATE SCHEMA {schema}")
        own = url.update_query_dict({"search_path": schema})
        yield own.render_as_string(hide_password=False)
        await server.execute(f"DROP SCHEMA {schema} CASCADE")
    finally:
        await server.close()


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest) -> str:
    """The URL of a blank database, once on SQLite and once on PostgreSQL."""
    name = "sqlite_url" if request.param == "sqlite" else "postgres_url"
    url: str = request.getfixturevalue(name)
    return url


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory, data_key: str) -> Path:
    return migrated_file(tmp_path_factory.mktemp("migrated"), data_key)


@pytest.fixture
async def migrated_sqlite_url(sqlite_url: str, sqlite_template: Path, tmp_path: Path) -> str:
    await asyncio.to_thread(shutil.copy, sqlite_template, tmp_path / "concierge.db")
    return sqlite_url


@pytest.fixture(scope="session")
def schemas(data_key: str) -> Iterator[Schemas]:
    if POSTGRES is None:
        pytest.skip(NO_POSTGRES)
    schemas = Schemas(POSTGRES, data_key)
    yield schemas
    asyncio.run(schemas.drop_all())


@pytest.fixture
async def migrated_postgres_url(schemas: Schemas) -> AsyncIterator[str]:
    schema = await schemas.lend()
    yield schemas.url_of(schema)
    await schemas.take_back(schema)


@pytest.fixture(params=["sqlite", "postgresql"])
def migrated_url(request: pytest.FixtureRequest) -> str:
    """The URL of a migrated database that knows the data key, once on SQLite and once on PostgreSQL."""
    name = "migrated_sqlite_url" if request.param == "sqlite" else "migrated_postgres_url"
    url: str = request.getfixturevalue(name)
    return url


@pytest.fixture
async def database(migrated_url: str, cipher: Cipher) -> AsyncIterator[Database]:
    """A migrated database, once on SQLite and once on PostgreSQL."""
    database = await Database.open(migrated_url, cipher=cipher)
    yield database
    await database.close()
