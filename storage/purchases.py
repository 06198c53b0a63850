"""The purchase log: what a shopper bought, where and when."""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime

from sqlalchemy import bindparam, delete, insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.records import Purchase
from storage.tables import purchases

_ALL = select(
    purchases.c.shopper_id,
    purchases.c.store_id,
    purchases.c.product_id,
    purchases.c.quantity,
    purchases.c.price_cents,
    purchases.c.purchased_at,
)
_OF_SHOPPER = (
    _ALL.where(purchases.c.shopper_id == bindparam("of_shopper"))
    .order_by(purchases.c.purchased_at.desc(), purchases.c.id.desc())
    .limit(bindparam("at_most"))
)
_BUYERS = (
    select(purchases.c.shopper_id)
    .where(purchases.c.shopper_id > bindparam("after_id"))
    .distinct()
    .order_by(purchases.c.shopper_id)
    .limit(bindparam("at_most"))
)
_OF_BUYERS = _ALL.where(
    purchases.c.shopper_id.in_(bindparam("of_buyers", expanding=True)),
    purchases.c.purchased_at >= bindparam("since"),
)
_TAKE_BACK = delete(purchases).where(
    purchases.c.shopper_id == bindparam("of_shopper"),
    purchases.c.store_id == bindparam("at_store"),
    purchases.c.product_id == bindparam("of_product"),
    purchases.c.purchased_at == bindparam("bought_at"),
)
_ADD_MANY = insert(purchases)


class Purchases:
    """The purchases table."""

    __slots__ = ("_connection",)

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def of_shopper(self, shopper_id: int, limit: int = 200) -> list[Purchase]:
        """List at most `limit` purchases of a shopper, newest first."""
        values = {"of_shopper": shopper_id, "at_most": limit}
        rows = (await self._connection.execute(_OF_SHOPPER, values)).all()
        return [Purchase(*row) for row in rows]

    async def buyers(self, *, after_id: int, limit: int) -> list[int]:
        """List who ever bought anything, by id, from beyond `after_id` on."""
        values = {"after_id": after_id, "at_most": limit}
        return list((await self._connection.execute(_BUYERS, values)).scalars())

    async def of_buyers(self, shopper_ids: Sequence[int], since: datetime) -> list[Purchase]:
        """List what these shoppers bought from `since` on, in no order; ask for hundreds at most."""
        values = {"of_buyers": list(shopper_ids), "since": since}
        rows = (await self._connection.execute(_OF_BUYERS, values)).all()
        return [Purchase(*row) for row in rows]

    async def add_many(self, new: Sequence[Purchase]) -> None:
        """Append to the log."""
        if new:
            await self._connection.execute(_ADD_MANY, [asdict(each) for each in new])

    async def take_back(self, purchase: Purchase) -> bool:
        """Take what was brought back out of the log; False when it is not there, or was taken out already."""
        values = {
            "of_shopper": purchase.shopper_id,
            "at_store": purchase.store_id,
            "of_product": purchase.product_id,
            "bought_at": purchase.purchased_at,
        }
        return (await self._connection.execute(_TAKE_BACK, values)).rowcount > 0
