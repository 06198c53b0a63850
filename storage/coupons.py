"""Coupons: which are valid, who saved and used which. Budgets hold under any number of shoppers at once."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, delete, func, insert, or_, select, union_all, update
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.columns import AnyRow, set_from_json, to_json
from storage.orders import NOBODY
from storage.records import Coupon, OrderStatus
from storage.tables import coupon_uses, coupons, orders, saved_coupons
from storage.upserts import insert_or_replace, insert_unless_there

_SCOPES = ("product_ids", "categories", "store_ids")
_HAS_BUDGET = or_(coupons.c.remaining.is_(None), coupons.c.remaining > 0)
_IS_VALID = (
    ~coupons.c.is_paused
    & (coupons.c.valid_from <= bindparam("now"))
    & (coupons.c.valid_until > bindparam("now"))
    & _HAS_BUDGET
)
_NAMES_GOODS = or_(coupons.c.product_ids != to_json(()), coupons.c.categories != to_json(()))
_IS_THIS_ONE = coupons.c.code == bindparam("this_code")
_GET = select(coupons).where(_IS_THIS_ONE)
_ALL = select(coupons).order_by(coupons.c.code)
# In the order of their codes, so that two who want the same ones wait for each other and never both.
_FOR_CHANGE = (
    select(coupons)
    .where(coupons.c.code.in_(bindparam("codes", expanding=True)))
    .order_by(coupons.c.code)
    .with_for_update()
)
_ADD = insert(coupons)
# Uses of those who were forgotten are told by their orders, which stay in the books without the person.
_EVERY_USE = union_all(
    select(coupon_uses.c.code),
    select(orders.c.coupon_code).where(
        orders.c.coupon_code.is_not(None),
        orders.c.shopper_id.is_(None),
        orders.c.status.not_in([OrderStatus.CANCELLED.value, OrderStatus.EXPIRED.value]),
    ),
).subquery()
_USED = select(_EVERY_USE.c.code, func.count().label("uses")).group_by(_EVERY_USE.c.code)
_VALID = select(coupons).where(_IS_VALID).order_by(coupons.c.code)
_ABOUT_GOODS = (
    select(coupons)
    .where(
        coupons.c.valid_from <= bindparam("now"),
        coupons.c.valid_until > bindparam("now"),
        _NAMES_GOODS,
    )
    .order_by(coupons.c.code)
)
_SAVED = (
    select(coupons)
    .join(saved_coupons, saved_coupons.c.code == coupons.c.code)
    .where(saved_coupons.c.shopper_id == bindparam("of_shopper"))
    .order_by(saved_coupons.c.saved_at, coupons.c.code)
)
_SAVE = insert_unless_there(saved_coupons, saved_coupons.c.code)
_PUT = insert_or_replace(coupons)
# NULL − 1 stays NULL: an unlimited coupon stays so.
_SPEND = update(coupons).where(_IS_THIS_ONE, _IS_VALID).values(remaining=coupons.c.remaining - 1)
_REFUND = update(coupons).where(_IS_THIS_ONE).values(remaining=coupons.c.remaining + 1)
_USES = (
    select(coupon_uses.c.code, func.count().label("uses"))
    .where(coupon_uses.c.shopper_id == bindparam("of_shopper"))
    .group_by(coupon_uses.c.code)
)
_MAY_USE_AGAIN = select(
    coupons.c.per_shopper
    > select(func.count())
    .where(
        coupon_uses.c.code == coupons.c.code,
        coupon_uses.c.shopper_id == bindparam("of_shopper"),
    )
    .scalar_subquery()
).where(_IS_THIS_ONE)
_USE = insert_unless_there(coupon_uses, coupon_uses.c.code)
_UNUSE = delete(coupon_uses).where(
    coupon_uses.c.code == bindparam("this_code"),
    coupon_uses.c.order_code == bindparam("this_order"),
    coupon_uses.c.shopper_id == bindparam("of_shopper"),
)


class Coupons:
    """The tables of coupons, of their uses and of those kept for later."""

    __slots__ = ("_connection",)

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def get(self, code: str) -> Coupon | None:
        """Give one coupon, valid or not; None when unknown."""
        row = (await self._connection.execute(_GET, {"this_code": code})).first()
        return None if row is None else _from_row(row)

    async def valid_at(self, now: datetime) -> list[Coupon]:
        """List what could be redeemed at `now` by somebody, by code."""
        rows = (await self._connection.execute(_VALID, {"now": now})).all()
        return [_from_row(row) for row in rows]

    async def about_goods(self, now: datetime) -> list[Coupon]:
        """List what runs at `now` and names products or categories, by code: paused and used up ones as well."""
        rows = (await self._connection.execute(_ABOUT_GOODS, {"now": now})).all()
        return [_from_row(row) for row in rows]

    async def all(self) -> list[Coupon]:
        """List every coupon, valid or not, by code."""
        return [_from_row(row) for row in await self._connection.execute(_ALL)]

    async def for_change(self, codes: Sequence[str]) -> dict[str, Coupon]:
        """Give the coupons with these codes, by code; nobody else can use or change them before the commit."""
        rows = await self._connection.execute(_FOR_CHANGE, {"codes": list(codes)})
        return {row.code: _from_row(row) for row in rows}

    async def used(self) -> dict[str, int]:
        """Count all uses by code; a code never used is absent."""
        return {row.code: row.uses for row in await self._connection.execute(_USED)}

    async def add_new(self, new: Sequence[Coupon]) -> None:
        """Put new coupons in.

        Raises:
            RowConflict: one of the codes is there already.
        """
        if new:
            await self._connection.execute(_ADD, [_to_row(coupon) for coupon in new])

    async def add_many(self, new: Sequence[Coupon]) -> None:
        """Put coupons in, replacing those with the same code."""
        if new:
            await self._connection.execute(_PUT.on(self._connection), [_to_row(c) for c in new])

    async def save(self, shopper_id: int, code: str, now: datetime) -> bool:
        """Keep a coupon for later; False when it was kept already.

        Raises:
            RowConflict: there is no such coupon.
        """
        row = {"shopper_id": shopper_id, "code": code, "saved_at": now}
        return await self._connection.scalar(_SAVE.on(self._connection), row) is not None

    async def saved_by(self, shopper_id: int) -> list[Coupon]:
        """List the coupons this shopper keeps, valid or not, first kept first."""
        rows = await self._connection.execute(_SAVED, {"of_shopper": shopper_id})
        return [_from_row(row) for row in rows]

    async def uses(self, shopper_id: int) -> dict[str, int]:
        """Count this shopper's uses by code; a code never used is absent."""
        rows = await self._connection.execute(_USES, {"of_shopper": shopper_id})
        return {row.code: row.uses for row in rows}

    async def redeem(self, code: str, shopper_id: int, order_code: str, now: datetime) -> bool:
        """Use a coupon for an order; False, and nothing changed, when it may not be used.

        It may not when unknown, paused, outside its time, used up, at this shopper's limit, or used
        for this order already.
        """
        # The budget first: it locks the coupon's row, so that the count below cannot be overtaken.
        spent = await self._connection.execute(_SPEND, {"this_code": code, "now": now})
        if spent.rowcount != 1:
            return False
        if await self._use(code, shopper_id, order_code, now):
            return True
        await self._connection.execute(_REFUND, {"this_code": code})
        return False

    async def release(self, code: str, shopper_id: int, order_code: str) -> bool:
        """Give a use back; False when there was none, or it was given back already.

        The use of somebody forgotten, NOBODY, is told by the order alone: call it once, by whoever ended that.
        """
        values = {"this_code": code, "this_order": order_code, "of_shopper": shopper_id}
        gone = (await self._connection.execute(_UNUSE, values)).rowcount
        if gone != 1 and shopper_id != NOBODY:
            return False
        await self._connection.execute(_REFUND, {"this_code": code})
        return True

    async def _use(self, code: str, shopper_id: int, order_code: str, now: datetime) -> bool:
        values = {"this_code": code, "of_shopper": shopper_id}
        if not await self._connection.scalar(_MAY_USE_AGAIN, values):
            return False
        row = {
            "code": code,
            "order_code": order_code,
            "shopper_id": shopper_id,
            "used_at": now,
        }
        return await self._connection.scalar(_USE.on(self._connection), row) is not None


def _to_row(coupon: Coupon) -> dict[str, Any]:
    row = {column.name: getattr(coupon, column.name) for column in coupons.columns}
    return row | {name: to_json(sorted(row[name])) for name in _SCOPES}


def _from_row(row: AnyRow) -> Coupon:
    # By position: a reply reads every valid coupon, and this is four times as fast as by name.
    code, title, percent, since, until, products, categories, stores, *rest = row
    scopes = (set_from_json(products), set_from_json(categories), set_from_json(stores))
    return Coupon(code, title, percent, since, until, *scopes, *rest)
