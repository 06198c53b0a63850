"""What a shopper booked as a present for whom, as long as the order was not given up."""

from sqlalchemy import bindparam, insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.family_tables import presents
from storage.records import OrderStatus, Present
from storage.tables import orders, relatives

_GIVEN_UP = (OrderStatus.CANCELLED, OrderStatus.EXPIRED, OrderStatus.RETURNED)
# Whoever was removed meanwhile gets no row.
_ADD = insert(presents).from_select(
    ["order_code", "shopper_id", "relative_id", "product_id", "booked_at"],
    select(
        bindparam("of_order", type_=presents.c.order_code.type),
        relatives.c.shopper_id,
        relatives.c.id,
        bindparam("of_product", type_=presents.c.product_id.type),
        bindparam("at", type_=presents.c.booked_at.type),
    ).where(
        relatives.c.id == bindparam("for_relative"),
        relatives.c.shopper_id == bindparam("by_shopper"),
    ),
)
_OF_SHOPPER = (
    select(presents)
    .join(orders, orders.c.code == presents.c.order_code)
    .where(
        presents.c.shopper_id == bindparam("by_shopper"),
        orders.c.status.not_in([each.value for each in _GIVEN_UP]),
    )
    .order_by(presents.c.booked_at.desc(), presents.c.order_code)
)


class Presents:
    """The presents table."""

    __slots__ = ("_connection",)

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def add(self, present: Present) -> bool:
        """Note for whom an order is; False when this shopper has nobody of that id any more."""
        values = {
            "of_order": present.order_code,
            "by_shopper": present.shopper_id,
            "for_relative": present.relative_id,
            "of_product": present.product_id,
            "at": present.booked_at,
        }
        return (await self._connection.execute(_ADD, values)).rowcount > 0

    async def of_shopper(self, shopper_id: int) -> list[Present]:
        """List what a shopper booked for others and did not give up, newest first."""
        rows = await self._connection.execute(_OF_SHOPPER, {"by_shopper": shopper_id})
        return [Present(**row._asdict()) for row in rows]
