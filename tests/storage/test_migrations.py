import asyncio
from datetime import date, timedelta

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import Connection, inspect

from storage.catalogue_tables import meta, policies, products, stores
from storage.crypto import Cipher
from storage.database import Database
from storage.engines import build_engine, for_writing
from storage.message_tables import outbox
from storage.migrate import migrate
from storage.orders import NOBODY
from storage.people_tables import roles
from storage.records import Nudge, OutboxStatus, Person, Policy, Role, Shopper, Turn, VaultEntry
from storage.shopper_tables import dialogues, orders, shoppers
from storage.tables import metadata
from tests.builders import order, product, relative, shopper, store

OLDEST = "r0001"


def differences(connection: Connection) -> list[object]:
    context = MigrationContext.configure(connection, opts={"compare_type": True})
    return list(compare_metadata(context, metadata))


def row_of_before(known: Shopper, cipher: Cipher) -> dict[str, object]:
    """Give a shopper's row as it was before there were pauses."""
    later = ("paused_until", "under_age_since")
    names = [column.name for column in shoppers.columns if column.name not in later]
    row = {name: getattr(known, name) for name in names}
    return row | {"first_name": cipher.encrypt(known.first_name)}


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
        await connection.execute(shoppers.insert().values(row_of_before(known, cipher)))
    await engine.dispose()

    database = await Database.open(database_url, cipher=cipher)
    await database.migrate()
    async with database.work() as work:
        assert await work.shoppers.get(7) == known
        nudge = Nudge(7, "cafe", "WARM15", 1, 1, known.created_at)
        assert await work.nudges.add(nudge)
        await work.commit()
    await database.close()


async def test_policies_from_before_there_were_versions_stay(
    database_url: str, cipher: Cipher
) -> None:
    await migrate(database_url, "r0014")
    engine = await asyncio.to_thread(build_engine, database_url)
    row = {
        "id": "returns",
        "title": "Returns",
        "text": "# Returns\n",
        "valid_from": date(2026, 1, 1),
    }
    async with for_writing(engine).begin() as connection:
        await connection.execute(policies.insert().values(row))
    await engine.dispose()

    database = await Database.open(database_url, cipher=cipher)
    await database.migrate()
    later = Policy("returns", "Returns", "# Returns\n14 days.\n", date(2026, 6, 1))
    async with database.work() as work:
        await work.policies.add_many([later])
        assert await work.policies.all() == [Policy(**row), later]
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


async def test_vault_comes_to_shoppers_who_are_there(database_url: str, cipher: Cipher) -> None:
    await migrate(database_url, "r0009")
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
    entry = VaultEntry("NAME", 1, "Mia", "mia")
    async with database.work() as work:
        assert await work.vault.keep(7, [entry], known.created_at) == [1]
        await work.commit()
    await database.close()


async def test_orders_of_before_are_kept_for_ever(database_url: str, cipher: Cipher) -> None:
    await migrate(database_url, "r0005")
    engine = await asyncio.to_thread(build_engine, database_url)
    old = order(shopper_id=NOBODY)
    row = {column.name: getattr(old, column.name) for column in orders.columns}
    later = ("kept_until", "asked_at", "answered_at", "escalated_at")
    row = {name: value for name, value in row.items() if name not in later}
    async with for_writing(engine).begin() as connection:
        await connection.execute(
            orders.insert().values(row | {"status": "placed", "shopper_id": None})
        )
    await engine.dispose()

    database = await Database.open(database_url, cipher=cipher)
    await database.migrate()
    years_later = old.placed_at + timedelta(days=900)
    async with database.work() as work:
        assert await work.orders.get(old.code) == old
        assert await work.orders.overdue(years_later, 10) == []
        assert await work.orders.unanswered(years_later, 10) == []
        assert not await work.orders.expire(old.code, years_later)
    await database.close()


async def test_erasure_list_comes_to_shoppers_who_are_there(
    database_url: str, cipher: Cipher
) -> None:
    await migrate(database_url, "r0006")
    engine = await asyncio.to_thread(build_engine, database_url)
    known = shopper(7)
    async with for_writing(engine).begin() as connection:
        await connection.execute(shoppers.insert().values(row_of_before(known, cipher)))
    await engine.dispose()

    database = await Database.open(database_url, cipher=cipher)
    await database.migrate()
    async with database.work() as work:
        assert await work.erasures.all() == []
        await work.shoppers.forget(7, known.created_at)
        assert len(await work.erasures.all()) == 1
    await database.close()


async def test_shoppers_and_messages_of_before_are_neither_paused_nor_farewells(
    database_url: str, cipher: Cipher
) -> None:
    await migrate(database_url, "r0010")
    engine = await asyncio.to_thread(build_engine, database_url)
    known = shopper(7)
    sent = {
        "chat_id": 7,
        "method": "sendMessage",
        "priority": 0,
        "status": OutboxStatus.SENT.value,
        "attempts": 0,
        "due_at": known.created_at,
        "created_at": known.created_at,
    }
    async with for_writing(engine).begin() as connection:
        await connection.execute(shoppers.insert().values(row_of_before(known, cipher)))
        await connection.execute(outbox.insert().values(sent))
    await engine.dispose()

    database = await Database.open(database_url, cipher=cipher)
    await database.migrate()
    async with database.work() as work:
        assert await work.shoppers.get(7) == known
        assert await work.outbox.delete_before(known.created_at) == 0
        await work.shoppers.pause(7, known.created_at)
        await work.commit()
    await database.close()


async def test_relatives_come_to_shoppers_who_are_there(database_url: str, cipher: Cipher) -> None:
    await migrate(database_url, "r0011")
    engine = await asyncio.to_thread(build_engine, database_url)
    row = row_of_before(shopper(7), cipher)
    async with for_writing(engine).begin() as connection:
        await connection.execute(shoppers.insert().values(row))
    await engine.dispose()

    database = await Database.open(database_url, cipher=cipher)
    await database.migrate()
    async with database.work() as work:
        assert await work.relatives.of_shopper(7) == []
        assert await work.relatives.add(relative(id=0)) == 1
        assert await work.relatives.of_shopper(7) == [relative(id=1)]
        await work.commit()
    await database.close()


async def test_whole_wishes_and_debug_come_to_those_who_are_there(
    database_url: str, cipher: Cipher
) -> None:
    await migrate(database_url, "r0014")
    engine = await asyncio.to_thread(build_engine, database_url)
    known = shopper(7)
    when = known.created_at
    turn = {"shopper_id": 7, "role": "shopper", "text": cipher.encrypt("I'm cold")}
    role = {"shopper_id": 7, "role": "admin", "granted_at": when}
    async with for_writing(engine).begin() as connection:
        await connection.execute(shoppers.insert().values(row_of_before(known, cipher)))
        await connection.execute(dialogues.insert().values({**turn, "said_at": when, "topic": ""}))
        await connection.execute(roles.insert().values(role))
    await engine.dispose()

    database = await Database.open(database_url, cipher=cipher)
    await database.migrate()
    async with database.reading() as work:
        assert await work.dialogues.latest(7) == [Turn(7, "shopper", "I'm cold", when)]
        assert await work.people.get(7) == Person(7, Role.ADMIN, None, when)
    await database.close()
