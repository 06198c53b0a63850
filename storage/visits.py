"""Who was at which store; no coordinate is ever kept.

Of a visit that is over only the hours stay, for where fences overlap the seconds would tell where somebody walked. An open visit also knows the live location by which it was seen, so that a restart neither begins nor ends it anew.
"""

from collections.abc import Iterable
from datetime import UTC, datetime

from sqlalchemy import and_, bindparam, delete, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.columns import AnyRow
from storage.records import OpenVisit, Visit
from storage.tables import visits

_ENTER = insert(visits).returning(visits.c.id)
_OF_SHOPPER = (
    select(visits.c.shopper_id, visits.c.store_id, visits.c.entered_at, visits.c.left_at)
    .where(visits.c.shopper_id == bindparam("of_shopper"))
    .order_by(visits.c.id.desc())
    .limit(bindparam("at_most"))
)
_IS_OPEN_OF = and_(visits.c.shopper_id == bindparam("of_shopper"), visits.c.left_at.is_(None))
_OPEN = (
    select(
        visits.c.id,
        visits.c.store_id,
        visits.c.entered_at,
        visits.c.dwelt_at,
        visits.c.share_ends_at,
    )
    .where(_IS_OPEN_OF)
    .order_by(visits.c.id)
)
_DWELL = (
    update(visits).where(visits.c.id == bindparam("visit_id")).values(dwelt_at=bindparam("at"))
)
_BELONG = (
    update(visits)
    .where(_IS_OPEN_OF)
    .values(share_message_id=bindparam("message_id"), share_ends_at=bindparam("ends_at"))
)
_OPEN_AT = _OPEN.where(visits.c.store_id == bindparam("at_store"))
_OPEN_OF_SHARE = _OPEN.where(visits.c.share_message_id == bindparam("message_id"))
_RUN_OUT = select(visits.c.id, visits.c.entered_at, visits.c.share_ends_at).where(
    visits.c.left_at.is_(None), visits.c.share_ends_at <= bindparam("at")
)
_END = (
    update(visits)
    .where(visits.c.id == bindparam("visit_id"), visits.c.left_at.is_(None))
    .values(
        entered_at=bindparam("from_hour"),
        left_at=bindparam("until_hour"),
        dwelt_at=None,
        share_message_id=None,
        share_ends_at=None,
    )
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
        values = {"of_shopper": shopper_id, "at_store": store_id}
        rows = await self._connection.execute(_OPEN_AT, values)
        return await self._end((row, now) for row in rows) > 0

    async def dwell(self, visit_id: int, now: datetime) -> None:
        """Remember that the shopper has stayed long enough to be told something."""
        await self._connection.execute(_DWELL, {"visit_id": visit_id, "at": now})

    async def belong_to(self, shopper_id: int, message_id: int, ends_at: datetime | None) -> None:
        """Remember of a shopper's open visits which share shows them, and when that runs out; None: never."""
        values = {"of_shopper": shopper_id, "message_id": message_id, "ends_at": ends_at}
        await self._connection.execute(_BELONG, values)

    async def leave_all(
        self, shopper_id: int, now: datetime, *, message_id: int | None = None
    ) -> int:
        """End a shopper's open visits, with `message_id` those seen by that share; gives their number."""
        values = {"of_shopper": shopper_id}
        which = _OPEN
        if message_id is not None:
            which, values = _OPEN_OF_SHARE, values | {"message_id": message_id}
        rows = await self._connection.execute(which, values)
        return await self._end((row, now) for row in rows)

    async def leave_run_out(self, now: datetime) -> int:
        """End the visits whose share has run out, as of then; gives their number."""
        rows = await self._connection.execute(_RUN_OUT, {"at": now})
        return await self._end((row, row.share_ends_at) for row in rows)

    async def open_of(self, shopper_id: int) -> dict[str, OpenVisit]:
        """Give the visits not ended yet, by store; the latest of each."""
        rows = await self._connection.execute(_OPEN, {"of_shopper": shopper_id})
        return {row.store_id: OpenVisit(*row) for row in rows}

    async def of_shopper(self, shopper_id: int, limit: int = 50) -> list[Visit]:
        """List at most `limit` visits of a shopper, newest first."""
        values = {"of_shopper": shopper_id, "at_most": limit}
        return [Visit(*row) for row in await self._connection.execute(_OF_SHOPPER, values)]

    async def delete_before(self, limit_at: datetime) -> int:
        """Delete the visits that began earlier, and give their number."""
        return (await self._connection.execute(_DELETE_BEFORE, {"limit_at": limit_at})).rowcount

    async def _end(self, visits_at: Iterable[tuple[AnyRow, datetime]]) -> int:
        """End open visits, each as of a moment, and give their number."""
        ended = [
            {
                "visit_id": row.id,
                "from_hour": _hour(row.entered_at),
                "until_hour": _hour(max(row.entered_at, at)),
            }
            for row, at in visits_at
        ]
        if ended:
            await self._connection.execute(_END, ended)
        return len(ended)


def _hour(moment: datetime) -> datetime:
    """Give the beginning of a moment's hour in UTC."""
    return moment.astimezone(UTC).replace(minute=0, second=0, microsecond=0)
