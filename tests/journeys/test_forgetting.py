"""Somebody talks, books, walks past, asks for a copy and is forgotten: afterwards no byte of them is left.

Looked for: the Telegram id in every form it is written in, the keyed hashes and aliases made of it, and each piece of
ciphertext that was there before. Looked at: every file but those of the local Telegram, and on PostgreSQL every cell.
"""

import asyncio
import json
import struct
import time
from collections.abc import Iterator
from pathlib import Path

from sqlalchemy import select

from handlers import texts_rights
from scripts.phone import PATIENCE_S, Message, Phone, labels_of, text_of
from storage.audit import alias
from storage.ciphertexts import encrypted_columns
from storage.tables import metadata, shoppers, vault
from tests.english import english
from tests.journeys.stage import Stage
from tests.journeys.test_coupons import downloaded

# Needs six bytes, so that no other number on disk looks like it.
MIA, BEN = 0x0123_4567_89AB, 8
TELEGRAM = "world"  # what the local Telegram keeps is the shopper's own phone
WORDS = "I'm cold, call me at +12025550143"


def varint(number: int) -> bytes:
    """Give a number as SQLite writes it as a row's key. Source: sqlite.org/fileformat2.html#varint."""
    groups = [number & 0x7F]
    while number := number >> 7:
        groups.append(number & 0x7F | 0x80)
    return bytes(reversed(groups))


def forms_of(number: int) -> set[bytes]:
    """Give a number in text, and as SQLite writes it in a row and as its key."""
    packed = struct.pack(">q", number)
    return {str(number).encode(), packed, packed[2:], varint(number)}


async def recorded(stage: Stage) -> set[bytes]:
    """Give what stands for Mia on disk now: id, alias, keyed hashes and ciphertext."""
    found = forms_of(MIA) | {alias(stage.database.cipher, MIA).encode()}
    async with stage.database.reading() as work:
        for column in [*encrypted_columns(), vault.c.value_hash]:
            columns = column.table.c
            owner = columns.id if column.table is shoppers else columns.get("shopper_id")
            if owner is None:
                owner = columns.chat_id
            rows = await work._connection.scalars(select(column).where(owner == MIA))
            found |= {value.encode() for value in rows if value is not None}
    return found


def in_files(folder: Path, needles: set[bytes]) -> Iterator[str]:
    """Name the files that hold one of the needles. Blocks."""
    for path in sorted(folder.rglob("*")):
        if path.is_file() and TELEGRAM not in path.relative_to(folder).parts:
            content = path.read_bytes()
            if any(needle in content for needle in needles):
                yield str(path.relative_to(folder))


async def in_cells(stage: Stage, needles: set[bytes]) -> list[str]:
    """Name the tables that hold one of the needles."""
    texts = [needle.decode() for needle in needles if needle.isascii()]
    found = []
    async with stage.database.reading() as work:
        for table in metadata.sorted_tables:
            rows = (await work._connection.execute(select(table))).all()
            cells = " ".join(str(cell) for row in rows for cell in row)
            if any(text in cells for text in texts):
                found.append(table.name)
    return found


async def traces(stage: Stage, needles: set[bytes]) -> list[str]:
    files = await asyncio.to_thread(lambda: list(in_files(stage.folder, needles)))
    return files + await in_cells(stage, needles)


async def left_of(stage: Stage, needles: set[bytes]) -> list[str]:
    """Give the traces that are left once the last words are sent and the log is emptied."""
    deadline_s = time.monotonic() + PATIENCE_S
    while time.monotonic() < deadline_s:
        if not await traces(stage, needles):
            return []
        await asyncio.sleep(0.2)
    return await traces(stage, needles)


async def lives_here(stage: Stage, phone: Phone, place: tuple[float, float]) -> set[bytes]:
    """Leave something in as many tables as one can; gives what stands for it on disk."""
    await answer(phone, "/start")
    await phone.share_place(*place)
    await phone.hear()
    offer = (await said(phone, WORDS))[-1]
    for label in ("Save", "Coupon", "Book it"):
        if label in labels_of(offer):
            await phone.reaction(phone.tap(offer, label))
    settings = (await said(phone, "/settings"))[-1]
    await phone.reaction(phone.tap(settings, "Turn on: offers close by"))
    await answer(phone, "/pause 3 days")
    await answer(phone, "/family add Wrenlow, my sister, likes candles, birthday 12 May")
    await stage.settled()
    return await recorded(stage)


async def said(phone: Phone, text: str) -> list[Message]:
    await phone.write(text)
    return await phone.hear()


async def answer(phone: Phone, text: str) -> str:
    return text_of((await said(phone, text))[-1])


async def copy_of(stage: Stage, phone: Phone) -> dict[str, list[dict[str, object]]]:
    """Ask for a copy and give what is in it, by table."""
    await phone.write("/export")
    page, data = await phone.hear(2)
    assert str(page["document"]["file_name"]).endswith(".html")
    held: dict[str, list[dict[str, object]]] = json.loads(await downloaded(stage, data))["held"]
    return held


async def test_no_byte_is_left_of_whoever_is_forgotten(
    stage: Stage, centre: tuple[float, float]
) -> None:
    await stage.start()
    mia, ben = stage.phone(MIA), stage.phone(BEN, "Ben")
    needles = await lives_here(stage, mia, centre)
    before = await traces(stage, needles)
    assert set(before) >= {
        *("shoppers", "dialogues", "suggestions", "vault", "relatives", "audit", "outbox"),
    }

    bens, held = await copy_of(stage, ben), await copy_of(stage, mia)
    full = {table for table, rows in held.items() if rows}
    assert set(before) & set(held) <= full, "the copy has every table that holds something of Mia"
    assert any(turn["text"] == WORDS for turn in held["dialogues"])
    assert str(MIA) not in json.dumps(bens)

    (sure,) = await said(mia, "/forget")
    await mia.tap(sure, "Yes, erase everything")
    assert text_of((await mia.hear())[-1]) == english(texts_rights.FORGOTTEN)
    assert await left_of(stage, needles) == []

    await stage.bots[-1].stop()
    assert await traces(stage, needles) == []
    async with stage.database.reading() as work:
        assert await work.shoppers.get(BEN) is not None
