"""Booked products. One order for one suggestion, whatever is tapped twice or delivered again."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Update, bindparam, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.columns import AnyRow
from storage.order_events import OrderEvents
from storage.records import Order, OrderStatus
from storage.tables import orders
from storage.upserts import Upsert

NOBODY = 0
"""The shopper id of an order whose shopper was forgotten; the sale itself stays in the books."""

_GET = select(orders).where(orders.c.code == bindparam("this_code"))
_BY_SUGGESTION = select(orders).where(orders.c.suggestion_id == bindparam("of_suggestion"))
_OF_SHOPPER = (
    select(orders)
    .where(orders.c.shopper_id == bindparam("of_shopper"))
    .order_by(orders.c.placed_at.desc(), orders.c.code.desc())
    .limit(bindparam("at_most"))
)
# Only the suggestion may be taken silently; a code drawn twice must not look like a second tap.
_PLACE = Upsert(
    orders,
    lambda statement: statement.on_conflict_do_nothing(
        index_elements=[orders.c.suggestion_id]
    ).returning(orders.c.code),
)
_ADD_MANY = insert(orders)
_CHANGE = (
    update(orders)
    .where(
        orders.c.code == bindparam("this_code"),
        orders.c.status.in_(bindparam("allowed", expanding=True)),
    )
    .values(status=bindparam("new_status"), changed_at=bindparam("at"))
)
_CHANGE_GOODS = (
    update(orders)
    .where(
        orders.c.code == bindparam("this_code"),
        orders.c.status.in_(bindparam("allowed", expanding=True)),
        orders.c.product_id == bindparam("known_product"),
        orders.c.quantity == bindparam("known_quantity"),
    )
    .values(
        product_id=bindparam("new_product"),
        quantity=bindparam("new_quantity"),
        price_cents=bindparam("new_price"),
        coupon_code=bindparam("new_coupon"),
        status=bindparam("new_status"),
        changed_at=bindparam("at"),
        asked_at=None,
        answered_at=None,
        escalated_at=None,
    )
)
_LOCK = _GET.with_for_update()
_IS_OPEN = orders.c.status.in_([OrderStatus.PLACED.value, OrderStatus.READY.value])
_REPLACING = select(orders).where(orders.c.replaces_code == bindparam("this_code"), _IS_OPEN)
_IS_OVERDUE = _IS_OPEN & (orders.c.kept_until <= bindparam("at"))
_IS_UNANSWERED = (
    (orders.c.status == OrderStatus.PLACED.value)
    & orders.c.answered_at.is_(None)
    & orders.c.escalated_at.is_(None)
)
_IS_THIS_ONE = orders.c.code == bindparam("this_code")
_OPEN = (
    select(orders)
    .where(_IS_OPEN)
    .order_by(orders.c.placed_at, orders.c.code)
    .limit(bindparam("at_most"))
)
_OPEN_OF_STORE = _OPEN.where(orders.c.store_id == bindparam("of_store"))
_OVERDUE = (
    select(orders.c.code)
    .where(_IS_OVERDUE)
    .order_by(orders.c.kept_until, orders.c.code)
    .limit(bindparam("at_most"))
)
_UNANSWERED = (
    select(orders.c.code)
    .where(_IS_UNANSWERED, orders.c.asked_at <= bindparam("at"))
    .order_by(orders.c.asked_at, orders.c.code)
    .limit(bindparam("at_most"))
)
_EXPIRE = (
    update(orders)
    .where(_IS_THIS_ONE, _IS_OVERDUE)
    .values(status=OrderStatus.EXPIRED.value, changed_at=bindparam("at"))
)
_ESCALATE = update(orders).where(_IS_THIS_ONE, _IS_UNANSWERED).values(escalated_at=bindparam("at"))
_ASKED = update(orders).where(_IS_THIS_ONE).values(asked_at=bindparam("at"))
_ANSWERED = (
    update(orders)
    .where(_IS_THIS_ONE, orders.c.answered_at.is_(None))
    .values(answered_at=bindparam("at"))
)


class Orders:
    """The orders table."""

    __slots__ = ("_connection", "_events")

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection
        self._events = OrderEvents(connection)

    async def place(self, order: Order) -> bool:
        """Insert the order; False when there is one for its suggestion already.

        Raises:
            RowConflict: the code is taken; draw another.
        """
        code = await self._connection.scalar(_PLACE.on(self._connection), _to_row(order))
        if code is not None:
            await self._events.note(code)
        return code is not None

    async def get(self, code: str) -> Order | None:
        """Give one order, None when unknown."""
        return await self._first(_GET, {"this_code": code})

    async def by_suggestion(self, suggestion_id: int) -> Order | None:
        """Give the order that booked this suggestion, None when it was not booked."""
        return await self._first(_BY_SUGGESTION, {"of_suggestion": suggestion_id})

    async def of_shopper(self, shopper_id: int, limit: int = 10) -> list[Order]:
        """List at most `limit` orders of a shopper, newest first."""
        values = {"of_shopper": shopper_id, "at_most": limit}
        return [_from_row(row) for row in await self._connection.execute(_OF_SHOPPER, values)]

    async def change_status(
        self, code: str, from_: Collection[OrderStatus], to: OrderStatus, now: datetime
    ) -> bool:
        """Change the status if it is one of `from_`; False when it is not, or no such order is."""
        values = {
            "this_code": code,
            "allowed": [status.value for status in from_],
            "new_status": to.value,
            "at": now,
        }
        return await self._noted(_CHANGE, values)

    async def change_goods(
        self, changed: Order, known: Order, from_: Collection[OrderStatus]
    ) -> bool:
        """Make a known order one of other goods; False when it is not as it was known, or in none of `from_`.

        What is new is product, quantity, price, coupon, status and when it changed; the store is asked anew.
        """
        values = {
            "this_code": known.code,
            "allowed": [status.value for status in from_],
            "known_product": known.product_id,
            "known_quantity": known.quantity,
            "new_product": changed.product_id,
            "new_quantity": changed.quantity,
            "new_price": changed.price_cents,
            "new_coupon": changed.coupon_code,
            "new_status": changed.status.value,
            "at": changed.changed_at,
        }
        return await self._noted(_CHANGE_GOODS, values)

    async def lock(self, code: str) -> Order | None:
        """Give one order that nobody else changes until this work ends; None when unknown."""
        return await self._first(_LOCK, {"this_code": code})

    async def replacing(self, code: str) -> Order | None:
        """Give the open order for which a collected one is to be exchanged, None without one."""
        return await self._first(_REPLACING, {"this_code": code})

    async def open(self, store_id: str | None, limit: int) -> list[Order]:
        """List at most `limit` orders that wait in a store, None for all stores, oldest first."""
        values: dict[str, object] = {"at_most": limit}
        statement = _OPEN
        if store_id is not None:
            statement, values = _OPEN_OF_STORE, {**values, "of_store": store_id}
        return [_from_row(row) for row in await self._connection.execute(statement, values)]

    async def overdue(self, now: datetime, limit: int) -> list[str]:
        """List the codes of at most `limit` open orders kept no longer than `now`, longest over first."""
        values = {"at": now, "at_most": limit}
        return list(await self._connection.scalars(_OVERDUE, values))

    async def unanswered(self, asked_before: datetime, limit: int) -> list[str]:
        """List the codes of at most `limit` orders that a store was asked about and nobody was told since."""
        values = {"at": asked_before, "at_most": limit}
        return list(await self._connection.scalars(_UNANSWERED, values))

    async def expire(self, code: str, now: datetime) -> bool:
        """End an open order whose time is over; False when it is not open or still kept."""
        return await self._noted(_EXPIRE, {"this_code": code, "at": now})

    async def asked(self, code: str, now: datetime) -> None:
        """Note that the store was told."""
        await self._mark(_ASKED, code, now)

    async def answered(self, code: str, now: datetime) -> None:
        """Note that the store said something; the first time counts."""
        await self._mark(_ANSWERED, code, now)

    async def escalate(self, code: str, now: datetime) -> bool:
        """Note that others are told of the silence; False when there is none, or they were."""
        return await self._mark(_ESCALATE, code, now)

    async def add_many(self, new: Sequence[Order]) -> None:
        """Insert orders as they are.

        Raises:
            RowConflict: a code or a suggestion is taken.
        """
        if new:
            await self._connection.execute(_ADD_MANY, [_to_row(order) for order in new])
            await self._events.begin(new)

    async def _noted(self, statement: Update, values: dict[str, object]) -> bool:
        """Change an order and note what it became; False when nothing changed."""
        if (await self._connection.execute(statement, values)).rowcount != 1:
            return False
        await self._events.note(str(values["this_code"]))
        return True

    async def _mark(self, statement: Update, code: str, at: datetime) -> bool:
        values = {"this_code": code, "at": at}
        return (await self._connection.execute(statement, values)).rowcount == 1

    async def _first(self, statement: Any, values: dict[str, object]) -> Order | None:
        row = (await self._connection.execute(statement, values)).first()
        return None if row is None else _from_row(row)


def _to_row(order: Order) -> dict[str, Any]:
    row = {column.name: getattr(order, column.name) for column in orders.columns}
    return row | {"status": order.status.value}


def _from_row(row: AnyRow) -> Order:
    shopper_id = NOBODY if row.shopper_id is None else row.shopper_id
    return Order(**row._asdict() | {"shopper_id": shopper_id, "status": OrderStatus(row.status)})
