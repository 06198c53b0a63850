"""Who was at which store; no coordinate is ever kept."""

from datetime import datetime

from sqlalchemy import bindparam, delete, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.records import Visit
from storage.tables import visits

_ENTER = insert(visits).returning(visits.c.id)
_LEAVE = (
    update(visits)
    .where(
        visits.c.shopper_id == bindparam("of_shopper"),
        visits.c.store_id == bindparam("at_store"),
        visits.c.left_at.is_(None),
    )
    .values(left_at=bindparam("at"))
)
_OF_SHOPPER = (
    select(visits.c.shopper_id, visits.c.store_id, visits.c.entered_at, visits.c.left_at)
    .where(visits.c.shopper_id == bindparam("of_shopper"))
    .order_by(visits.c.entered_at.desc(), visits.c.id.desc())
    .limit(bindparam("at_most"))
)
_OPEN = (
    select(visits.c.id, visits.c.store_id, visits.c.entered_at)
    .where(visits.c.shopper_id == bindparam("of_shopper"), visits.c.left_at.is_(None))
    .order_by(visits.c.id)
)
_DELETE_BEFORE = delete(visits).where(visits.c.entered_at < bindparam("limit_at"))


class Visits:
    """The visits table."""

    __slots__ = ("_connection",)

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def enter(self, shopper_id: int, store_id: str, now: datetime) -> int:
        """Begin a visit and give its id."""
        row = {"shopper_id": shopper_id, "store_id": store_id, "entered_at": now}
        visit_id: int = (await self._connection.execute(_ENTER, row)).scalar_one()
        return visit_id

    async def leave(self, shopper_id: int, store_id: str, now: datetime) -> bool:
        """End the open visit at this store; False when there is none."""
        values = {"of_shopper": shopper_id, "at_store": store_id, "at": now}
        return (await self._connection.execute(_LEAVE, values)).rowcount > 0

    async def open_of(self, shopper_id: int) -> dict[str, tuple[int, datetime]]:
        """Give the id and the beginning of the visits not ended yet, by store; the latest of each."""
        rows = await self._connection.execute(_OPEN, {"of_shopper": shopper_id})
        return {store_id: (visit_id, entered_at) for visit_id, store_id, entered_at in rows}

    async def of_shopper(self, shopper_id: int, limit: int = 50) -> list[Visit]:
        """List at most `limit` visits of a shopper, newest first."""
        values = {"of_shopper": shopper_id, "at_most": limit}
        return [Visit(*row) for row in await self._connection.execute(_OF_SHOPPER, values)]

    async def delete_before(self, limit_at: datetime) -> int:
        """Delete the visits that began earlier, and give their number."""
        return (await self._connection.execute(_DELETE_BEFORE, {"limit_at": limit_at})).rowcount
