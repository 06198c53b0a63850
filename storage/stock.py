"""How many pieces stand where. Quantities change by conditional UPDATE only, so none is sold twice."""

from collections.abc import Collection, Sequence
from dataclasses import asdict

from sqlalchemy import Update, bindparam, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.records import Stock as StockRecord
from storage.tables import stock
from storage.upserts import insert_or_replace

_QUANTITIES = select(stock.c.store_id, stock.c.product_id, stock.c.quantity).where(
    stock.c.product_id.in_(bindparam("products", expanding=True)),
    stock.c.store_id.in_(bindparam("stores", expanding=True)),
)
_KEPT = (
    select(stock.c.product_id)
    .distinct()
    .where(stock.c.store_id.in_(bindparam("stores", expanding=True)), stock.c.quantity > 0)
)
_IS_THIS_ONE = (stock.c.store_id == bindparam("store")) & (
    stock.c.product_id == bindparam("product")
)
_TAKE = (
    update(stock)
    .where(_IS_THIS_ONE, stock.c.quantity >= bindparam("pieces"))
    .values(quantity=stock.c.quantity - bindparam("pieces"))
)
_GIVE_BACK = (
    update(stock).where(_IS_THIS_ONE).values(quantity=stock.c.quantity + bindparam("pieces"))
)
_PUT = insert_or_replace(stock)


class Stock:
    """The stock table."""

    __slots__ = ("_connection",)

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def quantities(
        self, product_ids: Collection[str], store_ids: Collection[str]
    ) -> dict[tuple[str, str], int]:
        """Give the pieces by (store id, product id); what a store never had is absent."""
        if not product_ids or not store_ids:
            return {}
        values = {"products": list(product_ids), "stores": list(store_ids)}
        rows = (await self._connection.execute(_QUANTITIES, values)).all()
        return {(store, product): pieces for store, product, pieces in rows}

    async def kept_at(self, store_ids: Collection[str]) -> frozenset[str]:
        """Give what is on a shelf of any of these stores, by product id."""
        if not store_ids:
            return frozenset()
        rows = await self._connection.execute(_KEPT, {"stores": list(store_ids)})
        return frozenset(rows.scalars())

    async def take(self, store_id: str, product_id: str, quantity: int = 1) -> bool:
        """Take pieces off the shelf; False, and nothing changed, when there are not so many.

        Raises:
            ValueError: the quantity is not positive.
        """
        return await self._change(_TAKE, store_id, product_id, quantity)

    async def give_back(self, store_id: str, product_id: str, quantity: int = 1) -> bool:
        """Put pieces back; False when the store no longer keeps the product.

        Raises:
            ValueError: the quantity is not positive.
        """
        return await self._change(_GIVE_BACK, store_id, product_id, quantity)

    async def add_many(self, new: Sequence[StockRecord]) -> None:
        """Set quantities, new or not."""
        if new:
            await self._connection.execute(
                _PUT.on(self._connection), [asdict(each) for each in new]
            )

    async def _change(
        self, statement: Update, store_id: str, product_id: str, quantity: int
    ) -> bool:
        if quantity < 1:
            raise ValueError("A quantity must be at least 1.")
        values = {"store": store_id, "product": product_id, "pieces": quantity}
        return (await self._connection.execute(statement, values)).rowcount == 1
