from datetime import timedelta
from pathlib import Path

import pytest

from storage import erasure_file
from storage.crypto import Cipher
from storage.database import Database
from storage.errors import ErasureListUnreadable
from storage.records import Erasure
from tests.builders import NOON, outgoing, shopper

HOUR = timedelta(hours=1)
A, B = "a" * 64, "b" * 64


async def forget_and_list(database: Database, shopper_id: int) -> list[Erasure]:
    async with database.work() as work:
        await work.shoppers.forget(shopper_id, NOON + HOUR)
        await work.commit()
    async with database.reading() as work:
        return await work.erasures.all()


async def test_entry_tells_nobody_who_was_forgotten(database: Database, cipher: Cipher) -> None:
    ((entry),) = await forget_and_list(database, 990_000_001)
    assert "990000001" not in entry.shopper_hash
    # Made for the list alone, so that it does not lead to other hashes of theirs.
    assert entry.shopper_hash != cipher.keyed_hash("990000001")
    assert entry.forgotten_at == NOON + HOUR


async def test_who_is_back_as_before_is_forgotten_again(database: Database) -> None:
    listed = await forget_and_list(database, 7)
    async with database.work() as work:
        await work.shoppers.add_many([shopper(7), shopper(8)])
        await work.outbox.add(outgoing(7), NOON)
        assert await work.erasures.apply(listed) == 1
        assert work.has_erased
        assert await work.shoppers.get(7) is None
        assert await work.shoppers.get(8) is not None
        assert sum((await work.outbox.counts()).values()) == 0


async def test_messages_without_their_shopper_are_forgotten_too(database: Database) -> None:
    listed = await forget_and_list(database, 7)
    async with database.work() as work:
        await work.outbox.add(outgoing(7), NOON)
        await work.outbox.add(outgoing(8), NOON)
        assert await work.erasures.apply(listed) == 1
        assert sum((await work.outbox.counts()).values()) == 1


async def test_what_was_in_flight_when_the_backup_was_made_is_not_taken_up(
    database: Database,
) -> None:
    listed = await forget_and_list(database, 7)
    async with database.work() as work:
        await work.shoppers.add_many([shopper(7)])
        await work.inbox.add(1, 5, 7, '{"text": "hello"}', NOON)
        await work.inbox.add(1, 6, 8, '{"text": "hello"}', NOON)
        await work.outbox.add(outgoing(7), NOON)
        await work.outbox.claim_due(NOON, 1)
        assert await work.erasures.apply(listed) == 1
        assert [item.chat_id for item in await work.inbox.waiting()] == [8]
        assert sum((await work.outbox.counts()).values()) == 0
        # Telegram may bring the update again; it is still known, by its number alone.
        assert await work.inbox.add(1, 5, 7, '{"text": "hello"}', NOON) is None


async def test_who_came_again_later_stays(database: Database) -> None:
    listed = await forget_and_list(database, 7)
    async with database.work() as work:
        await work.shoppers.load_or_create(7, "Ana", "en", NOON + 2 * HOUR)
        assert await work.erasures.apply(listed) == 0
        assert not work.has_erased
        assert await work.shoppers.get(7) is not None


async def test_latest_time_counts_and_old_entries_go(database: Database) -> None:
    async with database.work() as work:
        await work.erasures.apply([Erasure(A, NOON), Erasure(B, NOON)])
        await work.erasures.apply([Erasure(A, NOON + HOUR), Erasure(B, NOON - HOUR)])
        assert await work.erasures.all() == [Erasure(B, NOON), Erasure(A, NOON + HOUR)]
        assert await work.erasures.delete_before(NOON + HOUR) == 1
        assert await work.erasures.all() == [Erasure(A, NOON + HOUR)]


def test_file_gives_back_what_was_written(tmp_path: Path) -> None:
    file = tmp_path / "new" / "erasures.txt"
    assert erasure_file.read(file) == []
    erasure_file.write(file, [Erasure(B, NOON + HOUR), Erasure(A, NOON)])
    assert erasure_file.read(file) == [Erasure(A, NOON), Erasure(B, NOON + HOUR)]
    assert file.stat().st_mode & 0o777 == 0o600
    assert [each.name for each in file.parent.iterdir()] == ["erasures.txt"]


@pytest.mark.parametrize(
    "line", ["", "x", f"{A} yesterday", f"{A[:-1]} {NOON.isoformat()}", "\xe4"]
)
def test_damaged_file_is_not_taken_for_a_short_list(tmp_path: Path, line: str) -> None:
    file = tmp_path / "erasures.txt"
    erasure_file.write(file, [Erasure(A, NOON)])
    file.write_text(file.read_text(encoding="ascii") + line + "\n", encoding="utf-8")
    with pytest.raises(ErasureListUnreadable, match="erasure list"):
        erasure_file.read(file)


def test_merging_keeps_the_latest_of_each() -> None:
    merged = erasure_file.merged([Erasure(A, NOON), Erasure(B, NOON)], [Erasure(A, NOON + HOUR)])
    assert sorted(merged, key=lambda each: each.shopper_hash) == [
        Erasure(A, NOON + HOUR),
        Erasure(B, NOON),
    ]
