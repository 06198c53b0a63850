"""Values behind placeholders: whose, which number, how long."""

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta

import pytest
from sqlalchemy import select

from storage.crypto import Cipher
from storage.database import Database
from storage.records import VaultEntry
from storage.tables import vault
from tests.builders import NOON, shopper

ANA, TOM = 7, 8
CARD = VaultEntry("CARD", 1, "•••• 1111", "4111111111111111")


def name(text: str) -> VaultEntry:
    return VaultEntry("NAME", 1, text, text.casefold())


async def keep(database: Database, shopper_id: int, *entries: VaultEntry) -> list[int]:
    async with database.work() as work:
        numbers = await work.vault.keep(shopper_id, entries, NOON)
        await work.commit()
    return numbers


async def rows(database: Database) -> list[dict[str, object]]:
    async with database.reading() as work:
        found = await work._connection.execute(select(vault))
        return [dict(row) for row in found.mappings()]


@pytest.fixture
async def people(database: Database) -> Database:
    async with database.work() as work:
        await work.shoppers.add_many([shopper(ANA), shopper(TOM)])
        await work.commit()
    return database


async def test_same_value_has_the_same_number_whatever_else_comes(people: Database) -> None:
    assert await keep(people, ANA, name("Ana"), name("Mia")) == [1, 2]
    assert await keep(people, ANA, name("Zoe"), name("Mia"), CARD) == [3, 2, 1]
    assert await keep(people, ANA, name("Ana"), name("Ana")) == [1, 1]
    assert len(await rows(people)) == 4


async def test_reading_gives_the_numbers_that_keeping_will_give(people: Database) -> None:
    await keep(people, ANA, name("Ana"))
    asked = [name("Mia"), name("Ana"), CARD, name("Zoe")]
    async with people.reading() as work:
        foreseen = await work.vault.numbers(ANA, asked)
    assert foreseen == await keep(people, ANA, *asked) == [2, 1, 1, 3]


async def test_nothing_kept_is_readable_and_no_card_is_whole(people: Database) -> None:
    await keep(people, ANA, name("Quillfeather"), CARD)
    kept = str(await rows(people))
    assert "quillfeather" not in kept.casefold()
    assert "1111" not in kept
    async with people.reading() as work:
        assert {entry.value for entry in await work.vault.newest(ANA, 9)} == {
            "Quillfeather",
            "•••• 1111",
        }


async def test_equal_values_of_two_shoppers_cannot_be_told_to_be_equal(people: Database) -> None:
    await keep(people, ANA, name("Mia"))
    await keep(people, TOM, name("Mia"))
    first, second = await rows(people)
    assert first["value_hash"] != second["value_hash"]
    assert first["value"] != second["value"]


async def test_number_stands_for_a_value_of_this_shopper_alone(people: Database) -> None:
    await keep(people, ANA, name("Ana"), name("Mia"))
    await keep(people, TOM, name("Tom"))
    async with people.reading() as work:
        asked = [("NAME", 1), ("NAME", 2), ("PHONE", 1)]
        assert await work.vault.values(TOM, asked) == {("NAME", 1): "Tom"}


async def test_value_is_found_without_the_key_that_reads_it(
    people: Database, cipher: Cipher, monkeypatch: pytest.MonkeyPatch
) -> None:
    await keep(people, ANA, name("Ana"))

    def refuse(_self: Cipher, _token: str) -> str:
        raise AssertionError

    monkeypatch.setattr(Cipher, "decrypt", refuse)
    assert await keep(people, ANA, name("Ana"), name("Mia")) == [1, 2]


async def test_value_unused_for_too_long_is_deleted_and_a_used_one_stays(people: Database) -> None:
    later = NOON + timedelta(days=100)
    await keep(people, ANA, name("Ana"), name("Mia"))
    async with people.work() as work:
        await work.vault.keep(ANA, [name("Mia")], later)
        assert await work.vault.delete_unused_since(NOON + timedelta(days=1)) == 1
        assert await work.vault.newest(ANA, 9) == [VaultEntry("NAME", 2, "Mia")]
        assert await work.vault.delete_unused_since(later) == 0
        await work.commit()


async def test_newest_are_those_used_last(people: Database) -> None:
    await keep(people, ANA, name("Ana"), name("Mia"), name("Zoe"))
    async with people.work() as work:
        await work.vault.keep(ANA, [name("Mia")], NOON + timedelta(days=1))
        newest = await work.vault.newest(ANA, 2)
    assert [entry.value for entry in newest] == ["Mia", "Ana"]


@pytest.fixture
async def other_process(migrated_url: str, cipher: Cipher) -> AsyncIterator[Database]:
    database = await Database.open(migrated_url, cipher=cipher)
    yield database
    await database.close()


async def test_messages_at_the_same_moment_get_no_number_twice(
    people: Database, other_process: Database
) -> None:
    """Half of them tell the same values in another order, from another process."""
    batches = [[name(f"{n}"), name(f"both {n % 3}"), name("all")] for n in range(12)]
    numbers = await asyncio.gather(
        *(
            keep((people, other_process)[n % 2], ANA, *(batch if n % 2 else batch[::-1]))
            for n, batch in enumerate(batches)
        )
    )
    given = {
        (entry.meaning, number)
        for n, (batch, got) in enumerate(zip(batches, numbers, strict=True))
        for entry, number in zip(batch if n % 2 else batch[::-1], got, strict=True)
    }
    assert len(given) == len({meaning for meaning, _ in given}) == 16
    assert {number for _, number in given} == set(range(1, 17))


async def test_two_who_have_written_of_one_shopper_do_not_wait_for_each_other_for_ever(
    people: Database, other_process: Database
) -> None:
    """Each has a row of Ana's in its work before it turns to the vault, as a reply has."""

    async def answer(database: Database, text: str) -> None:
        async with database.work() as work:
            await work.usage.increment(ANA, f"turns {text}", NOON.date())
            await asyncio.sleep(0)
            await work.vault.keep(ANA, [name(text), name("both")], NOON)
            await work.commit()

    async with asyncio.timeout(60):
        await asyncio.gather(answer(people, "a"), answer(other_process, "b"))
    assert len(await rows(people)) == 3
