"""What shoppers did with what they were shown; preferences are learned from it."""

from sqlalchemy import bindparam, insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.columns import AnyRow
from storage.records import Signal, SignalKind
from storage.tables import signals

_ADD = insert(signals)
_OF_SHOPPER = (
    select(
        signals.c.shopper_id,
        signals.c.product_id,
        signals.c.kind,
        signals.c.seen_at,
        signals.c.suggestion_id,
        signals.c.position,
    )
    .where(signals.c.shopper_id == bindparam("of_shopper"))
    .order_by(signals.c.seen_at.desc(), signals.c.id.desc())
    .limit(bindparam("at_most"))
)


class Signals:
    """The signals table."""

    __slots__ = ("_connection",)

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def add(self, signal: Signal) -> None:
        """Append one signal."""
        row = {
            "shopper_id": signal.shopper_id,
            "product_id": signal.product_id,
            "kind": signal.kind.value,
            "seen_at": signal.seen_at,
            "suggestion_id": signal.suggestion_id,
            "position": signal.position,
        }
        await self._connection.execute(_ADD, row)

    async def of_shopper(self, shopper_id: int, limit: int = 200) -> list[Signal]:
        """List at most `limit` signals of a shopper, newest first."""
        values = {"of_shopper": shopper_id, "at_most": limit}
        return [_from_row(row) for row in await self._connection.execute(_OF_SHOPPER, values)]


def _from_row(row: AnyRow) -> Signal:
    shopper_id, product_id, kind, *rest = row
    return Signal(shopper_id, product_id, SignalKind(kind), *rest)
