"""What shoppers agreed to and when: every answer is kept, the latest one counts."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import bindparam, insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.records import Consent, ConsentKind
from storage.tables import consents

_DECIDE = insert(consents)
_ALL = select(
    consents.c.shopper_id,
    consents.c.kind,
    consents.c.is_granted,
    consents.c.version,
    consents.c.decided_at,
).order_by(consents.c.id)
_ALL_OF = _ALL.where(consents.c.shopper_id == bindparam("of_shopper"))
_ALL_OF_MANY = _ALL.where(consents.c.shopper_id.in_(bindparam("of_shoppers", expanding=True)))


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

    async def current_of(
        self, shopper_ids: Sequence[int]
    ) -> dict[int, dict[ConsentKind, Consent]]:
        """Give the latest answers of these shoppers; ask for hundreds at most. Who never answered is absent."""
        rows = await self._connection.execute(_ALL_OF_MANY, {"of_shoppers": list(shopper_ids)})
        current: dict[int, dict[ConsentKind, Consent]] = {}
        for row in rows:
            answer = Consent(row[0], ConsentKind(row[1]), *row[2:])
            current.setdefault(answer.shopper_id, {})[answer.kind] = answer
        return current
