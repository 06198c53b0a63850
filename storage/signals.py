"""What shoppers did with what they were shown; preferences are learned from it."""

from collections.abc import Collection
from datetime import UTC, datetime

from sqlalchemy import bindparam, delete, insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.columns import AnyRow
from storage.records import Signal, SignalKind
from storage.tables import signals

_EVER = datetime(1970, 1, 1, tzinfo=UTC)
_ADD = insert(signals)
_REMOVE = delete(signals).where(
    signals.c.shopper_id == bindparam("of_shopper"),
    signals.c.product_id == bindparam("of_product"),
    signals.c.kind == bindparam("of_kind"),
)
_OF_SUGGESTION = (  # a shopper's signals are few, and found by the index
    signals.c.shopper_id == bindparam("of_shopper"),
    signals.c.suggestion_id == bindparam("of_suggestion"),
    signals.c.kind == bindparam("of_kind"),
)
_SAME = select(signals.c.id).where(*_OF_SUGGESTION).limit(1)
_TAKE_BACK = delete(signals).where(*_OF_SUGGESTION)
_theirs = (
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
)
_OF_SHOPPER = _theirs.limit(bindparam("at_most"))
_OF_KIND = _theirs.where(
    signals.c.kind == bindparam("of_kind"), signals.c.seen_at >= bindparam("since")
)
_ABOUT = select(signals.c.suggestion_id).where(
    signals.c.shopper_id == bindparam("of_shopper"),
    signals.c.suggestion_id.in_(bindparam("ids", expanding=True)),
)
_DELETE_BEFORE = delete(signals).where(
    signals.c.seen_at < bindparam("limit_at"), signals.c.kind != SignalKind.WISHLIST.value
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

    async def add_once(self, signal: Signal) -> bool:
        """Append a signal unless its suggestion has one of its kind; False when it has: a button tapped again."""
        same = _about(signal.shopper_id, signal.suggestion_id, signal.kind)
        if await self._connection.scalar(_SAME, same) is not None:
            return False
        await self.add(signal)
        return True

    async def take_back(self, shopper_id: int, suggestion_id: int, kind: SignalKind) -> int:
        """Take back what a shopper signalled under one suggestion, and give how many signals that were."""
        values = _about(shopper_id, suggestion_id, kind)
        return (await self._connection.execute(_TAKE_BACK, values)).rowcount

    async def remove(self, shopper_id: int, product_id: str, kind: SignalKind) -> int:
        """Take back what a shopper signalled about a product, and give how many signals that were."""
        values = {"of_shopper": shopper_id, "of_product": product_id, "of_kind": kind.value}
        return (await self._connection.execute(_REMOVE, values)).rowcount

    async def of_shopper(self, shopper_id: int, limit: int = 200) -> list[Signal]:
        """List at most `limit` signals of a shopper, newest first."""
        values = {"of_shopper": shopper_id, "at_most": limit}
        return [_from_row(row) for row in await self._connection.execute(_OF_SHOPPER, values)]

    async def about(self, shopper_id: int, suggestion_ids: Collection[int]) -> frozenset[int]:
        """Give those of these suggestions under which the shopper did anything, or left them alone once."""
        values = {"of_shopper": shopper_id, "ids": list(suggestion_ids)}
        return frozenset(await self._connection.scalars(_ABOUT, values))

    async def of_kind(
        self, shopper_id: int, kind: SignalKind, since: datetime = _EVER
    ) -> list[Signal]:
        """List a shopper's signals of one kind from `since` on, newest first, however many came of others."""
        values = {"of_shopper": shopper_id, "of_kind": kind.value, "since": since}
        return [_from_row(row) for row in await self._connection.execute(_OF_KIND, values)]

    async def delete_before(self, limit_at: datetime) -> int:
        """Delete the signals seen earlier, and give their number; what was saved stays until it is taken off."""
        return (await self._connection.execute(_DELETE_BEFORE, {"limit_at": limit_at})).rowcount


def _about(shopper_id: int, suggestion_id: int | None, kind: SignalKind) -> dict[str, object]:
    return {"of_shopper": shopper_id, "of_suggestion": suggestion_id, "of_kind": kind.value}


def _from_row(row: AnyRow) -> Signal:
    shopper_id, product_id, kind, *rest = row
    return Signal(shopper_id, product_id, SignalKind(kind), *rest)
