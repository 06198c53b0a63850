"""What shoppers agreed to and when: every answer is kept, the latest one counts."""

from datetime import datetime

from sqlalchemy import bindparam, insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.records import Consent, ConsentKind
from storage.tables import consents

_DECIDE = insert(consents)
_ALL_OF = (
    select(
        consents.c.shopper_id,
        consents.c.kind,
        consents.c.is_granted,
        consents.c.version,
        consents.c.decided_at,
    )
    .where(consents.c.shopper_id == bindparam("of_shopper"))
    .order_by(consents.c.id)
)


class Consents:
    """The consents table; rows are never changed."""

    __slots__ = ("_connection",)

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def decide(
        self, shopper_id: int, kind: ConsentKind, *, is_granted: bool, version: int, now: datetime
    ) -> None:
        """Record an answer to one question, yes or no."""
        row = {
            "shopper_id": shopper_id,
            "kind": kind.value,
            "is_granted": is_granted,
            "version": version,
            "decided_at": now,
        }
        await self._connection.execute(_DECIDE, row)

    async def current(self, shopper_id: int) -> dict[ConsentKind, Consent]:
        """Give the latest answer to each question; a question never asked is absent."""
        rows = await self._connection.execute(_ALL_OF, {"of_shopper": shopper_id})
        answers = [Consent(row[0], ConsentKind(row[1]), *row[2:]) for row in rows]
        return {answer.kind: answer for answer in answers}
