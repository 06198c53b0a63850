"""What became of an order and when: one row a change, written by whoever changes the order, never by hand."""

from collections.abc import Collection, Mapping, Sequence

from sqlalchemy import bindparam, insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.records import Order, OrderEvent, OrderStatus
from storage.tables import order_events, orders

# The status that the order has by then; one statement, so that it cannot be another's.
_NOTE = insert(order_events).from_select(
    ["order_code", "shopper_id", "status", "changed_at"],
    select(orders.c.code, orders.c.shopper_id, orders.c.status, orders.c.changed_at).where(
        orders.c.code == bindparam("this_code")
    ),
)
_ADD = insert(order_events)
_OF_ORDERS = (
    select(order_events.c.order_code, order_events.c.status, order_events.c.changed_at)
    .where(order_events.c.order_code.in_(bindparam("codes", expanding=True)))
    .order_by(order_events.c.id)
)


class OrderEvents:
    """The order_events table."""

    __slots__ = ("_connection",)

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def note(self, code: str) -> None:
        """Note what an order has just become."""
        await self._connection.execute(_NOTE, {"this_code": code})

    async def begin(self, new: Sequence[Order]) -> None:
        """Note of orders that are put in as they are when they were placed, and what they are now."""
        rows = [row for order in new for row in _history(order)]
        if rows:
            await self._connection.execute(_ADD, rows)

    async def of(self, codes: Collection[str]) -> Mapping[str, Sequence[OrderEvent]]:
        """Give the events of orders by code, in the order they happened; an unknown code has none."""
        found: dict[str, list[OrderEvent]] = {code: [] for code in codes}
        if codes:
            rows = await self._connection.execute(_OF_ORDERS, {"codes": list(codes)})
            for code, status, at in rows:
                found[code].append(OrderEvent(OrderStatus(status), at))
        return found


def _history(order: Order) -> list[dict[str, object]]:
    of = {"order_code": order.code, "shopper_id": order.shopper_id or None}
    placed = of | {"status": OrderStatus.PLACED.value, "changed_at": order.placed_at}
    if order.status is OrderStatus.PLACED:
        return [placed]
    return [placed, of | {"status": order.status.value, "changed_at": order.changed_at}]
