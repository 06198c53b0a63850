from collections.abc import AsyncIterator
from contextlib import aclosing

import pytest
from sqlalchemy import select

from storage import tables
from storage.ciphertexts import encrypted_columns
from storage.crypto import Cipher
from storage.database import Database
from storage.errors import WrongDataKey
from storage.records import Declared, Invitation, Role, Turn, VaultEntry
from storage.rotation import rotate
from tests.builders import NOON, outgoing, receipt, relative, shopper, suggestion

OLD, NEW = Cipher.new_key(), Cipher.new_key()
FERNET_BEGINS = "gAAAA"  # what every token begins with
# Of seven shoppers one is forgotten, whose update is still to be answered.
ROWS = {str(column): 6 for column in encrypted_columns()} | {"inbox.payload": 7}


@pytest.fixture
async def database(database_url: str) -> AsyncIterator[Database]:
    """A database whose bot knows both keys, and which was written with the old one."""
    before = await Database.open(database_url, cipher=Cipher([OLD]))
    await before.migrate()
    await fill(before)
    await before.close()
    database = await Database.open(database_url, cipher=Cipher([NEW, OLD]))
    yield database
    await database.close()


async def fill(database: Database) -> None:
    async with database.work() as work:
        await work.shoppers.add_many([shopper(number) for number in range(1, 8)])
        for number in range(1, 8):
            await work.dialogues.add(Turn(number, "shopper", f"turn {number}", NOON, meant="all"))
            await work.suggestions.add(suggestion(number))
            await work.receipts.put_many([receipt(number)])
            await work.outbox.add(outgoing(number), NOON)
            await work.vault.keep(number, [VaultEntry("NAME", 1, "Mia", "mia")], NOON)
            await work.relatives.add(relative(shopper_id=number))
            await work.preferences.put(number, Declared(unused=frozenset({"habit"})), NOON)
            await work.inbox.add(1, number, number, "{}", NOON)
        await work.people.invite("code", Invitation(Role.ADMIN, None, None, NOON))
        await work.shoppers.forget(7, NOON)
        await work.commit()


async def renewed_by(database: Database, *, batches: int | None = None) -> dict[str, int]:
    """Rotate, or stop after some batches, and give how many values of each column were written."""
    done: dict[str, int] = {}
    async with aclosing(rotate(database, batch_rows=2)) as steps:
        async for step in steps:
            done[step.column] = step.renewed
            batches = None if batches is None else batches - 1
            if batches == 0:
                break
    return done


async def test_newest_key_alone_reads_everything_afterwards(
    database: Database, database_url: str
) -> None:
    done = await renewed_by(database)
    assert done == ROWS
    after = await Database.open(database_url, cipher=Cipher([NEW]))
    async with after.reading() as work:
        assert (await work.shoppers.get(3)) == shopper(3)
        assert [turn.text for turn in await work.dialogues.latest(3)] == ["turn 3"]
        assert len(await work.inbox.waiting()) == 7
    await after.close()
    with pytest.raises(WrongDataKey):
        await Database.open(database_url, cipher=Cipher([OLD]))


async def test_hashes_hold_when_the_key_they_came_from_is_gone(
    database: Database, database_url: str
) -> None:
    await renewed_by(database)
    after = await Database.open(database_url, cipher=Cipher([NEW]))
    async with after.work() as work:
        listed = await work.erasures.all()
        await work.shoppers.add_many([shopper(7)])
        assert await work.erasures.apply(listed) == 1
        assert await work.people.take("code", NOON.replace(year=2025)) == (Role.ADMIN, None)
    assert after.cipher.derive("buttons") == Cipher([OLD]).derive("buttons")
    await after.close()


async def test_run_that_was_broken_off_is_taken_up(database: Database) -> None:
    first = await renewed_by(database, batches=3)
    second = await renewed_by(database)
    assert 0 < sum(first.values()) < 30
    assert sum(first.values()) + sum(second.values()) == sum(ROWS.values())
    assert sum((await renewed_by(database)).values()) == 0


async def test_bot_works_on_meanwhile(database: Database, database_url: str) -> None:
    bot = await Database.open(database_url, cipher=Cipher([NEW, OLD]))
    async with aclosing(rotate(database, batch_rows=2)) as steps:
        async for step in steps:
            async with bot.work() as work:
                await work.outbox.add(outgoing(5, f"{step.column} {step.seen}"), NOON)
                for item in await work.outbox.claim_due(NOON, 1):
                    await work.outbox.sent(item.id, 1, NOON)
                await work.commit()
    await bot.close()
    assert sum((await renewed_by(database)).values()) == 0


async def test_row_of_an_unknown_key_is_told_and_nothing_is_lost(database_url: str) -> None:
    first = await Database.open(database_url, cipher=Cipher([OLD]))
    await first.migrate()
    foreign = Cipher([Cipher.new_key()]).encrypt("Ana")
    async with first.work() as work:
        await work.shoppers.add_many([shopper(7)])
        await work._connection.execute(tables.shoppers.update().values(first_name=foreign))
        await work.commit()
    await first.close()
    both = await Database.open(database_url, cipher=Cipher([NEW, OLD]))
    with pytest.raises(WrongDataKey):
        await renewed_by(both)
    async with both.reading() as work:
        assert await work._connection.scalar(select(tables.shoppers.c.first_name)) == foreign
    await both.close()


async def test_every_column_that_holds_ciphertext_is_renewed(database: Database) -> None:
    holding = set()
    async with database.reading() as work:
        for table in tables.metadata.sorted_tables:
            for row in (await work._connection.execute(select(table))).mappings():
                tokens = {
                    name for name, cell in row.items() if str(cell).startswith(FERNET_BEGINS)
                }
                holding |= {f"{table.name}.{name}" for name in tokens}
    assert holding - {"meta.value"} == {str(column) for column in encrypted_columns()}
