import traceback
from pathlib import Path

import pytest
from sqlalchemy import select

from storage import tables
from storage.crypto import Cipher
from storage.database import Database
from storage.errors import StorageError
from storage.records import Turn
from tests.builders import NOON, outgoing, shopper, suggestion

CANARIES = ("Canary-Name", "canary turn", "canary payload", "canary outgoing", "canary need")


def contents_of(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


async def write_canaries(database: Database) -> None:
    async with database.work() as work:
        await work.shoppers.add_many([shopper(7, first_name="Canary-Name")])
        await work.shoppers.load_or_create(8, "Canary-Name", "en", NOON)
        await work.dialogues.add(Turn(7, "shopper", "canary turn", NOON))
        await work.inbox.add(1, 1, 7, '{"text":"canary payload"}', NOON)
        await work.outbox.add(outgoing(7, "canary outgoing"), NOON)
        await work.suggestions.add(suggestion(7, need="canary need"))
        await work.commit()


async def test_personal_data_is_unreadable_in_every_file(
    sqlite_url: str, cipher: Cipher, tmp_path: Path
) -> None:
    database = await Database.open(sqlite_url, cipher=cipher)
    await database.migrate()
    await write_canaries(database)
    files = contents_of(tmp_path)
    assert files["concierge.db-wal"], "the log must be there for this test to mean anything"
    await database.close()
    files["closed"] = contents_of(tmp_path)["concierge.db"]
    for name, content in files.items():
        for canary in CANARIES:
            assert canary.encode() not in content, (name, canary)
            assert canary.encode("utf-16-le") not in content, (name, canary)


async def test_personal_data_is_unreadable_in_every_column(database: Database) -> None:
    await write_canaries(database)
    async with database.reading() as work:
        for table in tables.metadata.sorted_tables:
            for row in await work._connection.execute(select(table)):
                assert not any(canary in str(row) for canary in CANARIES), table.name
        assert (await work.dialogues.latest(7))[0].text == "canary turn"


async def test_erased_text_is_overwritten_in_the_file(
    sqlite_url: str, cipher: Cipher, tmp_path: Path
) -> None:
    database = await Database.open(sqlite_url, cipher=cipher)
    await database.migrate()
    long_enough_for_pages_of_its_own = "x" * 20_000
    async with database.work() as work:
        item_id = await work.inbox.add(1, 1, 7, long_enough_for_pages_of_its_own, NOON) or 0
        row = (await work._connection.execute(select(tables.inbox))).mappings().one()
        await work.commit()
    ciphertext = row["payload"].encode()
    pieces = [ciphertext[start : start + 64] for start in range(0, len(ciphertext), 2_000)]
    await database.close()
    before = contents_of(tmp_path)["concierge.db"]
    assert sum(piece in before for piece in pieces) > len(pieces) // 2

    database = await Database.open(sqlite_url, cipher=cipher)
    async with database.work() as work:
        await work.inbox.done(item_id)
        await work.commit()
    await database.close()
    after = contents_of(tmp_path)["concierge.db"]
    assert not any(piece in after for piece in pieces)


@pytest.mark.parametrize("kind", ["unique", "type", "null"])
async def test_errors_never_show_a_bound_value(database: Database, kind: str) -> None:
    async def provoke() -> None:
        async with database.work() as work:
            if kind == "unique":
                await work.shoppers.add_many([shopper(990_000_001), shopper(990_000_001)])
            elif kind == "type":
                statement = tables.shoppers.insert().values(id=990_000_001, created_at=NOON)
                await work._connection.execute(statement.values(first_name=["Canary-Name"]))
            else:
                await work._connection.execute(tables.shoppers.insert().values(id=990_000_001))

    with pytest.raises(StorageError) as caught:
        await provoke()
    told = "".join(traceback.format_exception(caught.value))
    # The source lines of this very test are part of a traceback; values would stand in the messages.
    messages = [line for line in told.splitlines() if not line.startswith("    ")]
    assert not any("990000001" in line or "Canary-Name" in line for line in messages), told
    assert "insert" in str(caught.value).lower()
