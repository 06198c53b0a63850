"""How many shoppers buy what, where, at which part of the day; counted every night, and naming nobody."""

from collections.abc import Mapping
from datetime import date

from sqlalchemy import bindparam, delete, func, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlalchemy.sql.dml import Insert

from storage.tables import popularity
from storage.upserts import Upsert

Cell = tuple[int, str, str]
"""Part of the day, store, product."""

# While a night is being counted, the one before it is still whole and is read; when it is done, that one goes.
_WHOLE = select(func.min(popularity.c.night)).scalar_subquery()
_AT = select(popularity.c.store_id, popularity.c.product_id, popularity.c.shoppers).where(
    popularity.c.night == _WHOLE,
    popularity.c.part_of_day == bindparam("at_part"),
    popularity.c.shoppers >= bindparam("at_least"),
)
_DELETE_BEFORE = delete(popularity).where(popularity.c.night < bindparam("this_night"))


def _counting(statement: sqlite.Insert | postgresql.Insert) -> Insert:
    more = {"shoppers": popularity.c.shoppers + statement.excluded.shoppers}
    return statement.on_conflict_do_update(
        index_elements=list(popularity.primary_key.columns), set_=more
    )


_ADD = Upsert(popularity, _counting)


class Popularity:
    """The popularity table."""

    __slots__ = ("_connection",)

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def add(self, night: date, shoppers: Mapping[Cell, int]) -> None:
        """Count more shoppers for a night."""
        rows = [
            {
                "night": night,
                "part_of_day": part,
                "store_id": store_id,
                "product_id": product_id,
                "shoppers": count,
            }
            for (part, store_id, product_id), count in shoppers.items()
        ]
        if rows:
            await self._connection.execute(_ADD.on(self._connection), rows)

    async def at(self, part_of_day: int, *, at_least: int) -> dict[tuple[str, str], int]:
        """Give how many shoppers buy a product at a store at a part of the day; what fewer than `at_least` buy is left out."""
        values = {"at_part": part_of_day, "at_least": at_least}
        rows = await self._connection.execute(_AT, values)
        return {(row.store_id, row.product_id): row.shoppers for row in rows}

    async def delete_before(self, night: date) -> None:
        """Drop what earlier nights counted."""
        await self._connection.execute(_DELETE_BEFORE, {"this_night": night})
