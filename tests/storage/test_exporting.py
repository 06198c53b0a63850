"""A copy of everything: no table that names a person is missing, and what is encrypted can be read."""

import pytest
from sqlalchemy import Table, select

from storage import exporting, tables
from storage.database import Database
from tests.builders import NOON, coupon, outgoing, product, store
from tests.storage.filling import fill

NAMES_A_PERSON = {"shopper_id", "chat_id", "actor", "subject", "invited_by"}
HOW = "name it in storage/exporting.py: among the tables of a copy, or in NOT_HELD with a reason"


def names_a_person(table: Table) -> bool:
    return table is tables.shoppers or bool(NAMES_A_PERSON & set(table.columns.keys()))


def test_every_table_that_names_a_person_is_in_the_copy_or_has_a_reason() -> None:
    people = {table.name for table in tables.metadata.sorted_tables if names_a_person(table)}
    assert people == set(exporting.TABLES) | set(exporting.NOT_HELD), HOW
    assert all(exporting.NOT_HELD.values())


async def test_copy_has_a_row_of_every_table_and_none_of_another_shopper(
    database: Database,
) -> None:
    async with database.work() as work:
        await work.stores.add_many([store()])
        await work.products.add_many([product()])
        await work.coupons.add_many([coupon()])
        await fill(work, 990_000_001)
        await fill(work, 990_000_002)
        await work.audit.note(990_000_001, "pause", NOON)
        await work.commit()
    async with database.reading() as work:
        held = await work.shoppers.held(990_000_001)
    assert tuple(held) == exporting.TABLES
    assert [name for name, rows in held.items() if not rows] == []
    assert "990000002" not in repr(held)
    assert [row["action"] for row in held["audit"]] == ["stop", "pause"]


async def test_copy_can_be_read(database: Database) -> None:
    async with database.work() as work:
        await work.stores.add_many([store()])
        await work.coupons.add_many([coupon()])
        await fill(work, 7)
        await work.commit()
    async with database.reading() as work:
        held = await work.shoppers.held(7)
    assert held["shoppers"][0]["first_name"] == "Ana"
    assert held["dialogues"][0]["text"] == "I'm cold"
    assert held["suggestions"][0]["need"] == "something warm"
    assert held["suggestions"][0]["contributions"] == {"need": 1.25, "distance": 0.5}
    assert held["preferences"][0]["declared"]["limits"] == {"sin eso": "no canary 7"}
    assert held["outbox"][0]["arguments"]["text"] == "hello"
    assert [held["relatives"][0][name] for name in ("nickname", "tastes", "birthday")] == [
        "Canary 7",
        "candles, vegan",
        "05-12",
    ]
    assert held["consents"][0]["decided_at"] == NOON


async def test_file_on_its_way_is_named_and_not_copied_again(database: Database) -> None:
    file = {"filename": "my-data.json", "base64": "QUJD"}
    async with database.work() as work:
        await work.outbox.add(outgoing(arguments={"chat_id": 7, "document": file}), NOON)
        held = await work.shoppers.held(7)
    assert held["outbox"][0]["arguments"] == {"chat_id": 7, "document": "my-data.json"}


async def test_nothing_is_held_about_a_stranger(database: Database) -> None:
    async with database.reading() as work:
        held = await work.shoppers.held(7)
    assert not any(held.values())


@pytest.mark.parametrize("table", exporting.TABLES)
async def test_whatever_is_copied_is_forgotten_as_well(database: Database, table: str) -> None:
    async with database.work() as work:
        await work.stores.add_many([store()])
        await work.coupons.add_many([coupon()])
        await fill(work, 990_000_001)
        await work.shoppers.forget(990_000_001, NOON)
        rows = (await work._connection.execute(select(tables.metadata.tables[table]))).all()
    left = [cell for row in rows for cell in row if "order-990000001" not in str(row)]
    assert not any("990000001" in str(cell) for cell in left)
