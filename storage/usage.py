"""Counters by shopper, kind and day, for daily quotas. Counts are never lost to one another."""

from datetime import date

from sqlalchemy import bindparam, delete, select
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlalchemy.sql.dml import Insert

from storage.tables import usage
from storage.upserts import AnyInsert, Upsert

_COUNT = select(usage.c.amount).where(
    usage.c.shopper_id == bindparam("of_shopper"),
    usage.c.kind == bindparam("of_kind"),
    usage.c.day == bindparam("on_day"),
)
_DELETE_BEFORE = delete(usage).where(usage.c.day < bindparam("first_day"))


def _counting(statement: AnyInsert, *, is_limited: bool) -> Insert:
    below = usage.c.amount < bindparam("at_most") if is_limited else None
    return statement.on_conflict_do_update(
        index_elements=[usage.c.shopper_id, usage.c.kind, usage.c.day],
        set_={"amount": usage.c.amount + 1},
        where=below,
    ).returning(usage.c.amount)


_INCREMENT = Upsert(usage, lambda statement: _counting(statement, is_limited=False))
_TAKE = Upsert(usage, lambda statement: _counting(statement, is_limited=True))


class Usage:
    """The usage table."""

    __slots__ = ("_connection",)

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def count(self, shopper_id: int, kind: str, day: date) -> int:
        """Give the count, 0 when nothing was counted."""
        values = {"of_shopper": shopper_id, "of_kind": kind, "on_day": day}
        return await self._connection.scalar(_COUNT, values) or 0

    async def increment(self, shopper_id: int, kind: str, day: date) -> int:
        """Count one more and give the new count."""
        row = {"shopper_id": shopper_id, "kind": kind, "day": day, "amount": 1}
        result = await self._connection.execute(_INCREMENT.on(self._connection), row)
        amount: int = result.scalar_one()
        return amount

    async def take(self, shopper_id: int, kind: str, day: date, limit: int) -> bool:
        """Count one more unless there are `limit` already; False when there are."""
        if limit < 1:
            return False
        row = {"shopper_id": shopper_id, "kind": kind, "day": day, "amount": 1, "at_most": limit}
        return await self._connection.scalar(_TAKE.on(self._connection), row) is not None

    async def delete_before(self, first_day: date) -> int:
        """Delete the counts of days before `first_day`, and give the number of rows."""
        return (await self._connection.execute(_DELETE_BEFORE, {"first_day": first_day})).rowcount
