"""Writes everything encrypted anew with the newest data key: batch by batch, also while the bot works.

What the newest key wrote already is left alone, so a run that was broken off is simply repeated. Hashes stay as they
are (storage.crypto says why).
"""

from collections.abc import AsyncIterator
from dataclasses import dataclass

from storage.ciphertexts import Key, encrypted_columns
from storage.database import Database

BATCH_ROWS = 500


@dataclass(frozen=True, slots=True)
class Progress:
    """How far one column is: rows looked at, and rows written anew."""

    column: str
    seen: int
    renewed: int


async def rotate(database: Database, *, batch_rows: int = BATCH_ROWS) -> AsyncIterator[Progress]:
    """Write all ciphertext with the newest key, and tell after each batch how far that is.

    Whoever works on the database meanwhile must know the newest key. Each batch is one short transaction.

    Raises:
        WrongDataKey: a row was written with a key that is not given; what is done is done.
        StorageError: see errors.py.
    """
    for column in encrypted_columns():
        seen = written = 0
        after: Key | None = ()
        while after is not None:
            async with database.work() as work:
                batch = await work.ciphertexts.renew_some(column, after, batch_rows)
                await work.commit()
            after, seen, written = batch.last, seen + batch.seen, written + batch.written
            yield Progress(str(column), seen, written)
    async with database.work() as work:
        await work.ciphertexts.renew_marks()
        await work.commit()
