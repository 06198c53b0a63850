"""All that is encrypted, wherever it stands: what a change of the data key has to write anew.

Tables mark such columns themselves (storage.schema); nothing here knows what any of them is for.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Column, bindparam, literal, select, tuple_, update
from sqlalchemy.ext.asyncio import AsyncConnection

from storage import data_key
from storage.crypto import Cipher
from storage.schema import IS_ENCRYPTED
from storage.tables import metadata

Key = Sequence[Any]


@dataclass(frozen=True, slots=True)
class Renewed:
    """Some rows of one column: the key of the last (None: there are no more), how many, how many were written anew."""

    last: Key | None
    seen: int
    written: int


def encrypted_columns() -> list[Column[Any]]:
    """List the columns of ciphertext in all tables."""
    tables = metadata.sorted_tables
    return [
        column for table in tables for column in table.columns if column.info.get(IS_ENCRYPTED)
    ]


class Ciphertexts:
    """Every encrypted column."""

    __slots__ = ("_cipher", "_connection")

    def __init__(self, connection: AsyncConnection, cipher: Cipher) -> None:
        self._connection = connection
        self._cipher = cipher

    async def renew_some(self, column: Column[Any], after: Key, limit: int) -> Renewed:
        """Write at most `limit` rows after the key `after` (empty: from the first) with the newest data key.

        Raises:
            WrongDataKey: a row was written with a key that is not given.
        """
        rows = await self._next(column, after, limit)
        renewed = [(key, token, self._cipher.renewed(token)) for *key, token in rows]
        changes = [(key, old, new) for key, old, new in renewed if new is not None]
        if changes:
            await self._write(column, changes)
        return Renewed(rows[-1][:-1] if len(rows) == limit else None, len(rows), len(changes))

    async def renew_marks(self) -> None:
        """Write what the database knows of its key with the newest one."""
        await data_key.renew(self._connection, self._cipher)

    async def _next(self, column: Column[Any], after: Key, limit: int) -> Sequence[Any]:
        key = list(column.table.primary_key)
        query = select(*key, column).where(column.is_not(None))
        if after:
            bounds = [literal(value, part.type) for value, part in zip(after, key, strict=True)]
            query = query.where(tuple_(*key) > tuple_(*bounds))
        query = query.order_by(*key).limit(limit).with_for_update()
        return (await self._connection.execute(query)).all()

    async def _write(self, column: Column[Any], changes: Sequence[tuple[Key, str, str]]) -> None:
        key = list(column.table.primary_key)
        is_this_one = [part == bindparam(f"key_{n}") for n, part in enumerate(key)]
        statement = (
            update(column.table)
            .where(*is_this_one, column == bindparam("old"))
            .values({column.name: bindparam("new")})
        )
        rows = [
            {f"key_{n}": value for n, value in enumerate(values)} | {"old": old, "new": new}
            for values, old, new in changes
        ]
        await self._connection.execute(statement, rows)
