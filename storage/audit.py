"""Who did what, by ids and counts; never a name, a text or a place."""

from sqlalchemy import bindparam, insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.columns import mapping_from_json, to_json
from storage.records import AuditEntry
from storage.tables import audit

_ADD = insert(audit)
_LATEST = (
    select(audit.c.actor, audit.c.action, audit.c.subject, audit.c.happened_at, audit.c.details)
    .order_by(audit.c.id.desc())
    .limit(bindparam("at_most"))
)


class Audit:
    """The audit table; rows are only ever added."""

    __slots__ = ("_connection",)

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def add(self, entry: AuditEntry) -> None:
        """Append one entry."""
        row = {
            "actor": entry.actor,
            "action": entry.action,
            "subject": entry.subject,
            "happened_at": entry.happened_at,
            "details": to_json(dict(entry.details)),
        }
        await self._connection.execute(_ADD, row)

    async def latest(self, limit: int) -> list[AuditEntry]:
        """List at most the last `limit` entries, newest first."""
        rows = await self._connection.execute(_LATEST, {"at_most": limit})
        return [AuditEntry(*row[:4], mapping_from_json(row[4])) for row in rows]
