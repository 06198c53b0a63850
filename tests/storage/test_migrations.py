import asyncio

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import Connection, inspect

from storage.catalogue_tables import meta, products, stores
from storage.crypto import Cipher
from storage.database import Database
from storage.engines import build_engine, for_writing
from storage.migrate import migrate
from storage.records import Nudge, Person, Role
from storage.shopper_tables import shoppers
from storage.tables import metadata
from tests.builders import product, shopper, store

OLDEST = "r0001"


def differences(connection: Connection) -> list[object]:
    context = MigrationContext.configure(connection, opts={"compare_type": True})
    return list(compare_metadata(context, metadata))


async def test_blank_database_becomes_the_schema_of_the_code(database_url: str) -> None:
    await migrate(database_url)
    engine = await asyncio.to_thread(build_engine, database_url)
    async with engine.connect() as connection:
        assert await connection.run_sync(differences) == []
    await engine.dispose()


async def test_oldest_schema_keeps_its_rows(database_url: str, cipher: Cipher) -> None:
    await migrate(database_url, OLDEST)
    engine = await asyncio.to_thread(build_engine, database_url)
    async with for_writing(engine).begin() as connection:
        await connection.execute(meta.insert().values(key="catalogue_version", value="old"))
        await connection.execute(
            stores.insert().values(
                id="cafe",
                name="Downtown Café",
                category="café",
                address="1 Main Street",
                latitude=52.5,
                longitude=13.4,
                time_zone="Europe/Berlin",
                radius_m=150,
            )
        )
        await connection.execute(
            products.insert().values(
                id="choc",
                title="Hot Chocolate",
                category="drinks",
                description="Dark and thick.",
                price_cents=350,
                currency="USD",
                attributes="{}",
                sustainability='["vegan"]',
                tags="[]",
            )
        )
    await engine.dispose()

    database = await Database.open(database_url, cipher=cipher)
    await database.migrate()
    async with database.reading() as work:
        assert await work.stores.get("cafe") == store("cafe", hours=())
        assert (await work.products.all())[0].title == product().title
        assert await work.products.version() == "old"
    await database.close()


async def test_ledger_of_nudges_comes_to_shoppers_who_are_there(
    database_url: str, cipher: Cipher
) -> None:
    await migrate(database_url, "r0003")
    engine = await asyncio.to_thread(build_engine, database_url)
    known = shopper(7)
    async with for_writing(engine).begin() as connection:
        row = {column.name: getattr(known, column.name) for column in shoppers.columns}
        row["first_name"] = cipher.encrypt(known.first_name)
        await connection.execute(shoppers.insert().values(row))
    await engine.dispose()

    database = await Database.open(database_url, cipher=cipher)
    await database.migrate()
    async with database.work() as work:
        assert await work.shoppers.get(7) == known
        nudge = Nudge(7, "cafe", "WARM15", 1, 1, known.created_at)
        assert await work.nudges.add(nudge)
        await work.commit()
    await database.close()


async def test_migrating_twice_changes_nothing(database: Database) -> None:
    async with database.work() as work:
        await work.meta.set("a", "b")
        await work.commit()
    await database.migrate()
    async with database.reading() as work:
        assert await work.meta.get("a") == "b"


async def test_two_processes_may_migrate_at_once(database_url: str) -> None:
    await asyncio.gather(migrate(database_url), migrate(database_url))
    engine = await asyncio.to_thread(build_engine, database_url)
    async with engine.connect() as connection:
        assert await connection.run_sync(differences) == []
    await engine.dispose()


async def test_failed_migration_leaves_the_old_schema(
    database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    await migrate(database_url, OLDEST)

    def fail(connection: Connection) -> None:
        raise LookupError

    with monkeypatch.context() as patch:
        patch.setattr("storage.migrate._check_references", fail)
        with pytest.raises(LookupError):
            await migrate(database_url)
    engine = await asyncio.to_thread(build_engine, database_url)
    async with engine.connect() as connection:
        names = await connection.run_sync(lambda sync: inspect(sync).get_table_names())
    await engine.dispose()
    assert "stores" in names
    assert "shoppers" not in names


async def test_roles_and_links_come_to_shoppers_who_are_there(
    database_url: str, cipher: Cipher
) -> None:
    await migrate(database_url, "r0004")
    engine = await asyncio.to_thread(build_engine, database_url)
    known = shopper(7)
    row = {
        "id": known.id,
        "first_name": cipher.encrypt(known.first_name),
        "created_at": known.created_at,
        "last_seen_at": known.last_seen_at,
        "is_demo": False,
        "is_reachable": True,
    }
    async with for_writing(engine).begin() as connection:
        await connection.execute(shoppers.insert().values(row))
    await engine.dispose()

    database = await Database.open(database_url, cipher=cipher)
    await database.migrate()
    owner = Person(7, Role.OWNER, None, known.created_at)
    async with database.work() as work:
        await work.people.grant(owner)
        assert await work.people.all() == [owner]
        await work.commit()
    await database.close()
