"""The processes that send messages: who they are, when they were seen, and with whom they share the chats.

Who counts as gone, and when shares change, is decided by whoever delivers.
"""

from collections.abc import Collection
from datetime import datetime

import msgspec
from sqlalchemy import bindparam, delete, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.columns import AnyRow, to_json
from storage.records import Worker
from storage.tables import workers

_ALL = select(workers).order_by(workers.c.id)
_ADD = insert(workers).returning(workers.c.id)
_RENEW = (
    update(workers)
    .where(workers.c.id == bindparam("worker_id"))
    .values(
        seen_at=bindparam("at"), crew=bindparam("its_crew"), held_until=bindparam("all_held_until")
    )
)
_REMOVE = delete(workers).where(workers.c.id.in_(bindparam("any_of", expanding=True)))
_read_crew = msgspec.json.Decoder(tuple[int, ...]).decode


class Workers:
    """The workers table."""

    __slots__ = ("_connection",)

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def all(self) -> list[Worker]:
        """List every worker by id, also those that may be gone."""
        return [_from_row(row) for row in await self._connection.execute(_ALL)]

    async def add(self, host: str, pid: int, now: datetime) -> Worker:
        """Enter a process under an id that nobody had before."""
        row = {"host": host, "pid": pid, "seen_at": now, "crew": to_json([])}
        new_id: int = (await self._connection.execute(_ADD, row)).scalar_one()
        return Worker(new_id, host, pid, now)

    async def renew(self, worker: Worker) -> bool:
        """Write down what a worker says of itself; False when it was taken for gone and removed."""
        values = {
            "worker_id": worker.id,
            "at": worker.seen_at,
            "its_crew": to_json(worker.crew),
            "all_held_until": worker.held_until,
        }
        return (await self._connection.execute(_RENEW, values)).rowcount == 1

    async def remove(self, ids: Collection[int]) -> None:
        """Remove workers; what they had in flight is nobody's then."""
        await self._connection.execute(_REMOVE, {"any_of": list(ids)})


def _from_row(row: AnyRow) -> Worker:
    return Worker(row.id, row.host, row.pid, row.seen_at, _read_crew(row.crew), row.held_until)
