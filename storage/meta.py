"""Small facts about this database and settings of the shop, by key; no personal data."""

from sqlalchemy import bindparam, select
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.tables import meta
from storage.upserts import insert_or_replace

_GET = select(meta.c.value).where(meta.c.key == bindparam("name"))
_SET = insert_or_replace(meta)


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
