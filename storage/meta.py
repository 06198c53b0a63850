"""Small facts about this database and settings of the shop, by key; no personal data."""

from sqlalchemy import bindparam, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.tables import meta
from storage.upserts import insert_or_replace, insert_unless_there

_GET = select(meta.c.value).where(meta.c.key == bindparam("name"))
_SET = insert_or_replace(meta)
_ADD = insert_unless_there(meta)
_REPLACE = (
    update(meta)
    .where(meta.c.key == bindparam("name"), meta.c.value == bindparam("old"))
    .values(value=bindparam("new"))
)


class Meta:
    """The meta table."""

    __slots__ = ("_connection",)

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def get(self, key: str) -> str | None:
        """Give the value, None when it was never set."""
        value: str | None = await self._connection.scalar(_GET, {"name": key})
        return value

    async def set(self, key: str, value: str) -> None:
        """Set the value, new or not."""
        await self._connection.execute(_SET.on(self._connection), {"key": key, "value": value})

    async def replace(self, key: str, old: str | None, new: str) -> bool:
        """Set the value if it is still `old` (None: never set), and tell whether it was."""
        if old is None:
            row = {"key": key, "value": new}
            return (await self._connection.execute(_ADD.on(self._connection), row)).rowcount == 1
        values = {"name": key, "old": old, "new": new}
        return (await self._connection.execute(_REPLACE, values)).rowcount == 1
