import traceback
from pathlib import Path

import pytest
from sqlalchemy import JSON, LargeBinary, Text, select

from storage import tables
from storage.ciphertexts import encrypted_columns
from storage.crypto import Cipher
from storage.database import Database
from storage.errors import StorageError
from storage.records import AuditEntry, Signal, SignalKind, Turn, VaultEntry
from tests.builders import NOON, outgoing, relative, shopper, suggestion

CANARIES = (
    "Canary-Name",
    "canary turn",
    "canary payload",
    "canary outgoing",
    "canary need",
    "canary value",
    "canary nickname",
    "canary tastes",
)


def contents_of(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


async def write_canaries(database: Database) -> None:
    async with database.work() as work:
        await work.shoppers.add_many([shopper(7, first_name="Canary-Name")])
        await work.shoppers.load_or_create(8, "Canary-Name", "en", NOON)
        await work.dialogues.add(Turn(7, "shopper", "canary turn", NOON, meant="canary wish"))
        await work.inbox.add(1, 1, 7, '{"text":"canary payload"}', NOON)
        await work.outbox.add(outgoing(7, "canary outgoing"), NOON)
        await work.suggestions.add(suggestion(7, need="canary need"))
        entry = VaultEntry("NAME", 1, "canary value", "canary value")
        await work.vault.keep(7, [entry], NOON)
        await work.relatives.add(relative("canary nickname", tastes="canary tastes"))
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
        (kept,) = await work.dialogues.latest(7)
        assert (kept.text, kept.meant) == ("canary turn", "canary wish")


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


# Text that is no ciphertext: ids, kinds, keyed hashes, the shop's own goods, and words that the code chose.
IN_CLEAR = """
    audit.actor audit.action audit.subject audit.details
    consents.kind coupon_uses.code coupon_uses.order_code dialogues.role dialogues.topic
    erasures.shopper_hash inbox.status inbox.reason
    invitations.code_hash invitations.role invitations.store_id
    meta.key meta.value nudges.store_id nudges.coupon_code nudges.answer nudges.campaign_id
    orders.code orders.store_id orders.product_id orders.currency orders.status orders.coupon_code
    orders.replaces_code order_events.order_code order_events.status
    outbox.method outbox.unique_key outbox.status outbox.reason
    popularity.store_id popularity.product_id
    link_codes.code_hash presents.order_code presents.product_id purchases.store_id purchases.product_id receipts.candidate_hash receipts.store_id receipts.outcome
    relatives.relation reminders.kind reminders.about roles.role roles.store_id saved_coupons.code
    shoppers.language_code shoppers.chosen_language shoppers.time_zone signals.product_id signals.kind
    suggestions.product_id suggestions.store_id suggestions.coupon_code suggestions.contributions suggestions.alternatives
    usage.kind vault.kind vault.value_hash visits.store_id
    workers.host workers.crew
""".split()
THE_SHOPS_OWN = {
    "coupons",
    "policies",
    "products",
    "stock",
    "store_hours",
    "store_special_days",
    "stores",
}


def test_new_column_of_text_is_ciphertext_unless_it_is_known_to_hold_no_words_of_a_person() -> (
    None
):
    texts = {
        str(column)
        for table in tables.metadata.sorted_tables
        if table.name not in THE_SHOPS_OWN
        for column in table.columns
        if isinstance(column.type, Text | LargeBinary | JSON)
    }
    encrypted = {str(column) for column in encrypted_columns()}
    assert texts - encrypted == set(IN_CLEAR), (
        "encrypt it (storage.schema), or say that it is safe"
    )


def traces_of(shopper_id: int) -> tuple[bytes, ...]:
    """Give how an id could lie in a file: as text, and as SQLite's integers of 4, 6 and 8 bytes."""
    return (str(shopper_id).encode(), *(shopper_id.to_bytes(size, "big") for size in (4, 6, 8)))


async def test_no_byte_of_a_forgotten_shopper_is_left_in_any_file(
    sqlite_url: str, cipher: Cipher, tmp_path: Path
) -> None:
    someone = 1_234_567_891
    database = await Database.open(sqlite_url, cipher=cipher)
    await database.migrate()
    async with database.work() as work:
        await work.shoppers.add_many([shopper(7), shopper(someone)])
        await work.dialogues.add(Turn(someone, "shopper", "I'm cold", NOON))
        await work.suggestions.add(suggestion(someone))
        await work.outbox.add(outgoing(someone), NOON)
        await work.relatives.add(relative(shopper_id=someone))
        await work.signals.add(Signal(someone, "choc", SignalKind.VIEW, NOON))
        await work.audit.add(AuditEntry(f"shopper:{someone}", "stop", str(someone), NOON))
        rows = [
            row
            for table in (
                tables.shoppers,
                tables.dialogues,
                tables.suggestions,
                tables.outbox,
                tables.relatives,
            )
            for row in (await work._connection.execute(select(table))).mappings()
        ]
        await work.commit()
    stored = {"first_name", "text", "need", "arguments", "nickname", "tastes", "birthday"}
    ciphertexts = [row[name].encode() for row in rows for name in stored & set(row)]
    traces = [*traces_of(someone), *ciphertexts[1:]]  # the first is somebody else's name
    before = b"".join(contents_of(tmp_path).values())
    assert [trace for trace in traces[4:] if trace not in before] == []
    assert str(someone).encode() in before

    async with database.work() as work:
        await work.shoppers.forget(someone, NOON)
        await work.commit()
    for name, content in contents_of(tmp_path).items():
        assert [trace for trace in traces if trace in content] == [], name
    async with database.reading() as work:
        assert await work.shoppers.get(7) is not None
    await database.close()


async def test_log_is_emptied_on_demand(sqlite_url: str, cipher: Cipher, tmp_path: Path) -> None:
    database = await Database.open(sqlite_url, cipher=cipher)
    await database.migrate()
    log = "concierge.db-wal"
    await write_canaries(database)
    assert contents_of(tmp_path)[log]
    assert await database.truncate_log()
    assert not contents_of(tmp_path)[log]
    await database.close()


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
