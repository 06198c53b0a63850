"""Who did what, by ids and counts; never a name, a text or a place.

Who works here is named by id, for others must be able to ask them. Whoever only shops is a keyed hash.
"""

from datetime import datetime

from sqlalchemy import bindparam, insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.columns import mapping_from_json, to_json
from storage.crypto import Cipher
from storage.records import AuditEntry
from storage.tables import audit

_ADD = insert(audit)
_LATEST = (
    select(audit.c.actor, audit.c.action, audit.c.subject, audit.c.happened_at, audit.c.details)
    .order_by(audit.c.id.desc())
    .limit(bindparam("at_most"))
)
_SELF = "self"
_ALIAS_CHARACTERS = 24  # 96 bits: no two shoppers share one


def alias(cipher: Cipher, shopper_id: int) -> str:
    """Give what a shopper is called in the log: a keyed hash, which tells nobody who it is."""
    return f"shopper#{cipher.keyed_hash(f'audit {shopper_id}')[:_ALIAS_CHARACTERS]}"


class Audit:
    """The audit table; rows are only ever added."""

    __slots__ = ("_cipher", "_connection")

    def __init__(self, connection: AsyncConnection, cipher: Cipher) -> None:
        self._connection = connection
        self._cipher = cipher

    async def note(self, shopper_id: int, action: str, now: datetime, **counts: int | str) -> None:
        """Append what a shopper did about their own data, under their alias; `counts` hold nothing personal."""
        details = {name: str(value) for name, value in counts.items()}
        actor = alias(self._cipher, shopper_id)
        await self.add(AuditEntry(actor, action, _SELF, now, details))

    async def note_about(
        self, shopper_id: int, action: str, by: int, now: datetime, **details: str
    ) -> None:
        """Append what somebody who works here looked up about a shopper, who stands under their alias."""
        subject = alias(self._cipher, shopper_id)
        await self.add(AuditEntry(f"shopper:{by}", action, subject, now, details))

    async def add(self, *entries: AuditEntry) -> None:
        """Append entries, in this order."""
        rows = [
            {
                "actor": entry.actor,
                "action": entry.action,
                "subject": entry.subject,
                "happened_at": entry.happened_at,
                "details": to_json(dict(entry.details)),
            }
            for entry in entries
        ]
        if rows:
            await self._connection.execute(_ADD, rows)

    async def latest(self, limit: int) -> list[AuditEntry]:
        """List at most the last `limit` entries, newest first."""
        rows = await self._connection.execute(_LATEST, {"at_most": limit})
        return [AuditEntry(*row[:4], mapping_from_json(row[4])) for row in rows]
