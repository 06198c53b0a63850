"""The shop's written policies: whole documents in Markdown, each version of one a row of its own."""

from collections.abc import Sequence
from dataclasses import asdict

from sqlalchemy import bindparam, select
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.records import Policy
from storage.tables import policies
from storage.upserts import insert_or_replace

_ALL = select(policies).order_by(policies.c.id, policies.c.valid_from)
_VERSIONS = (
    select(policies).where(policies.c.id == bindparam("policy_id")).order_by(policies.c.valid_from)
)
_PUT = insert_or_replace(policies)


class Policies:
    """The policies table."""

    __slots__ = ("_connection",)

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def all(self) -> list[Policy]:
        """List every version of every policy, by id and then by the day it begins."""
        return [Policy(*row) for row in await self._connection.execute(_ALL)]

    async def versions(self, policy_id: str) -> list[Policy]:
        """List the versions of one policy, oldest first; empty when there is none of that id."""
        rows = await self._connection.execute(_VERSIONS, {"policy_id": policy_id})
        return [Policy(*row) for row in rows]

    async def add_many(self, new: Sequence[Policy]) -> None:
        """Put versions in, replacing those of the same id that begin on the same day."""
        if new:
            await self._connection.execute(
                _PUT.on(self._connection), [asdict(policy) for policy in new]
            )
