"""What was shown to whom and why; every button under a reply points to one. Needs are ciphertext on disk."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, delete, insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.columns import AnyRow, mapping_from_json, to_json
from storage.crypto import Cipher
from storage.records import SignalKind, Suggestion
from storage.tables import signals, suggestions

_ADD = insert(suggestions).returning(suggestions.c.id, sort_by_parameter_order=True)
_GET = select(suggestions).where(suggestions.c.id == bindparam("suggestion_id"))
_SHOWN_TO = (
    select(suggestions)
    .where(
        suggestions.c.shopper_id == bindparam("to_shopper"),
        suggestions.c.shown_at >= bindparam("since"),
    )
    .order_by(suggestions.c.shown_at, suggestions.c.id)
)
# What was saved is taken off its list by a button that points here.
_IS_SAVED = (
    select(signals.c.id)
    .where(
        signals.c.suggestion_id == suggestions.c.id,
        signals.c.shopper_id == suggestions.c.shopper_id,
        signals.c.kind == SignalKind.WISHLIST.value,
    )
    .exists()
)
_DELETE_BEFORE = delete(suggestions).where(
    suggestions.c.shown_at < bindparam("limit_at"), ~_IS_SAVED
)


class Suggestions:
    """The suggestions table."""

    __slots__ = ("_cipher", "_connection")

    def __init__(self, connection: AsyncConnection, cipher: Cipher) -> None:
        self._connection = connection
        self._cipher = cipher

    async def add(self, suggestion: Suggestion) -> int:
        """Insert a suggestion, whatever its id says, and give the id it got."""
        return (await self.add_many([suggestion]))[0]

    async def add_many(self, new: Sequence[Suggestion]) -> list[int]:
        """Insert suggestions and give their ids in the same order."""
        if not new:
            return []
        rows = [self._to_row(suggestion) for suggestion in new]
        return [row.id for row in await self._connection.execute(_ADD, rows)]

    async def get(self, suggestion_id: int) -> Suggestion | None:
        """Give one suggestion, None when unknown or its shopper was forgotten."""
        values = {"suggestion_id": suggestion_id}
        row = (await self._connection.execute(_GET, values)).first()
        return None if row is None else self._from_row(row)

    async def shown_to(self, shopper_id: int, since: datetime) -> list[Suggestion]:
        """List what this shopper was shown from `since` on, oldest first."""
        values = {"to_shopper": shopper_id, "since": since}
        rows = await self._connection.execute(_SHOWN_TO, values)
        return [self._from_row(row) for row in rows]

    async def delete_before(self, limit_at: datetime) -> int:
        """Delete what was shown earlier and not saved, and give the number; buttons that point there say that it is over."""
        return (await self._connection.execute(_DELETE_BEFORE, {"limit_at": limit_at})).rowcount

    def _to_row(self, suggestion: Suggestion) -> dict[str, Any]:
        row = {
            column.name: getattr(suggestion, column.name)
            for column in suggestions.columns
            if column.name != "id"
        }
        return row | {
            "need": self._cipher.encrypt(suggestion.need),
            "contributions": to_json(dict(suggestion.contributions)),
            "alternatives": to_json(_plain(suggestion.alternatives)),
        }

    def _from_row(self, row: AnyRow) -> Suggestion:
        parsed = {
            "need": self._cipher.decrypt(row.need),
            "contributions": mapping_from_json(row.contributions),
            "alternatives": mapping_from_json(row.alternatives),
        }
        return Suggestion(**row._asdict() | parsed)


def _plain(alternatives: Mapping[str, Mapping[str, float]]) -> dict[str, dict[str, float]]:
    return {product_id: dict(parts) for product_id, parts in alternatives.items()}
