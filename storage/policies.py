"""The shop's written policies, whole documents in Markdown."""

from collections.abc import Sequence
from dataclasses import asdict

from sqlalchemy import bindparam, select
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.records import Policy
from storage.tables import policies
from storage.upserts import insert_or_replace

_ALL = select(policies).order_by(policies.c.id)
_GET = select(policies).where(policies.c.id == bindparam("policy_id"))
_PUT = insert_or_replace(policies)


class Policies:
    """The policies table."""

    __slots__ = ("_connection",)

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def all(self) -> list[Policy]:
        """List every policy by id."""
        return [Policy(*row) for row in await self._connection.execute(_ALL)]

    async def get(self, policy_id: str) -> Policy | None:
        """Give one policy, None when unknown."""
        row = (await self._connection.execute(_GET, {"policy_id": policy_id})).first()
        return None if row is None else Policy(*row)

    async def add_many(self, new: Sequence[Policy]) -> None:
        """Put policies in, replacing those with the same id."""
        if new:
            await self._connection.execute(
                _PUT.on(self._connection), [asdict(policy) for policy in new]
            )
