"""What a bot wrote down: its files, every row as the database holds it, and every personal text decrypted."""

import asyncio
from pathlib import Path
from typing import Any

from sqlalchemy import select
from sqlalchemy import text as sql

from storage.ciphertexts import encrypted_columns
from storage.tables import metadata
from tests.journeys.stage import Stage

# The local Telegram's files, which is told everything, and the ear at the embedder.
_NOT_THE_BOTS = ("world", "heard.jsonl")


async def kept_by(stage: Stage) -> dict[str, bytes]:
    """Give all that is on disk, as it stands there and decrypted; but where the stores are is no secret."""
    kept = {**await written(stage), **await decrypted(stage)}
    del kept["table stores"]
    return kept


async def written(stage: Stage) -> dict[str, bytes]:
    """Give what the bot wrote on disk, and every row as its database holds it."""
    contents = await asyncio.to_thread(files_below, stage.folder)
    async with stage.database.reading() as work:
        for table in metadata.sorted_tables:
            rows = await work._connection.execute(sql(f"SELECT * FROM {table.name}"))  # noqa: S608 - our own names
            contents[f"table {table.name}"] = b"\n".join(map(_as_bytes, rows))
    return contents


async def decrypted(stage: Stage) -> dict[str, bytes]:
    """Give what stands in each encrypted column, in clear."""
    contents = {}
    async with stage.database.reading() as work:
        for column in encrypted_columns():
            kept = await work._connection.execute(select(column).where(column.is_not(None)))
            texts = [stage.database.cipher.decrypt(token) for token in kept.scalars()]
            contents[f"{column} in clear"] = "\n".join(texts).encode()
    return contents


def files_below(folder: Path) -> dict[str, bytes]:
    """Read all files there but those of the local Telegram, which is told everything."""
    files = [file for file in folder.rglob("*") if file.is_file()]
    own = [file for file in files if file.relative_to(folder).parts[0] not in _NOT_THE_BOTS]
    return {str(file.relative_to(folder)): file.read_bytes() for file in own}


def _as_bytes(row: Any) -> bytes:
    cells = [bytes(cell) if isinstance(cell, bytes | memoryview) else str(cell).encode() for cell in row]  # fmt: skip
    return b"|".join(cells)
