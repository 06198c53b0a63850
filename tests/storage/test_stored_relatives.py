"""The people a shopper buys for: whose they are, how many, and that no number comes back."""

from dataclasses import replace

import pytest
from sqlalchemy import select

from storage.database import Database
from storage.errors import RowConflict
from storage.records import Birthday, Relation
from storage.relatives import MOST_RELATIVES
from storage.tables import relatives
from tests.builders import relative, shopper

ANA, TOM = 7, 8


@pytest.fixture
async def people(database: Database) -> Database:
    async with database.work() as work:
        await work.shoppers.add_many([shopper(ANA), shopper(TOM)])
        await work.commit()
    return database


async def add(database: Database, *nicknames: str, shopper_id: int = ANA) -> list[int | None]:
    async with database.work() as work:
        ids = [await work.relatives.add(relative(each, shopper_id)) for each in nicknames]
        await work.commit()
    return ids


async def listed(database: Database, shopper_id: int = ANA) -> list[str]:
    async with database.reading() as work:
        return [each.nickname for each in await work.relatives.of_shopper(shopper_id)]


async def test_relatives_come_back_as_they_were_told(people: Database) -> None:
    leap = relative("dad", birthday=Birthday(2, 29))
    plain = relative("Bea", relation=Relation.OTHER, tastes="", birthday=None)
    async with people.work() as work:
        added = [replace(each, id=await work.relatives.add(each)) for each in (leap, plain)]
        assert await work.relatives.of_shopper(ANA) == added
        assert await work.relatives.nicknames(ANA) == ["dad", "Bea"]


async def test_each_shopper_has_their_own(people: Database) -> None:
    await add(people, "mum")
    await add(people, "Bea", shopper_id=TOM)
    assert (await listed(people), await listed(people, TOM)) == (["mum"], ["Bea"])


async def test_list_that_is_full_takes_nobody_more(people: Database) -> None:
    nicknames = [f"friend {number}" for number in range(MOST_RELATIVES)]
    assert None not in await add(people, *nicknames)
    assert await add(people, "one more") == [None]
    assert await listed(people) == nicknames
    assert None not in await add(people, "mum", shopper_id=TOM)


async def test_change_writes_all_that_is_said_and_nothing_of_others(people: Database) -> None:
    mum, dad = await add(people, "mum", "dad")
    assert mum is not None
    async with people.work() as work:
        changed = relative("mother", id=mum, tastes="tea", birthday=None)
        assert await work.relatives.change(changed)
        first, second = await work.relatives.of_shopper(ANA)
        assert first == changed
        assert second == relative("dad", id=dad)


async def test_nobody_changes_or_removes_who_belongs_to_another(people: Database) -> None:
    (mum,) = await add(people, "mum")
    assert mum is not None
    async with people.work() as work:
        assert not await work.relatives.change(relative("stolen", TOM, id=mum))
        assert not await work.relatives.remove(TOM, mum)
        await work.commit()
    assert await listed(people) == ["mum"]


async def test_number_of_who_was_removed_never_comes_back(people: Database) -> None:
    (mum,) = await add(people, "mum")
    assert mum is not None
    async with people.work() as work:
        assert await work.relatives.remove(ANA, mum)
        assert not await work.relatives.remove(ANA, mum)
        await work.commit()
    assert await add(people, "dad") != [mum]


async def test_relative_of_nobody_is_refused(people: Database) -> None:
    with pytest.raises(RowConflict):
        await add(people, "mum", shopper_id=99)


async def test_nothing_said_of_them_is_readable_in_the_table(people: Database) -> None:
    async with people.work() as work:
        await work.relatives.add(relative("Quillfeather", tastes="wax", birthday=Birthday(5, 12)))
        row = (await work._connection.execute(select(relatives))).mappings().one()
    for name in ("nickname", "tastes", "birthday"):
        assert row[name].startswith("gAAAA"), name
    assert row["relation"] == "parent"


async def test_relatives_go_with_their_shopper_alone(people: Database) -> None:
    await add(people, "mum", "dad")
    await add(people, "Bea", shopper_id=TOM)
    async with people.work() as work:
        counts = await work.shoppers.forget(ANA, relative().created_at)
        await work.commit()
    assert counts["relatives"] == 2
    assert (await listed(people), await listed(people, TOM)) == ([], ["Bea"])
