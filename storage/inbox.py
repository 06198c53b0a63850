"""Received updates, committed before Telegram hears that we have them. Payloads are ciphertext.

A row stays after its update is done, without payload and chat, so that a redelivery is recognised.
"""

from datetime import datetime

from sqlalchemy import bindparam, delete, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.columns import AnyRow
from storage.crypto import Cipher
from storage.records import InboxItem, InboxStatus
from storage.tables import inbox
from storage.upserts import insert_unless_there

_COLUMNS = (
    inbox.c.id,
    inbox.c.bot_id,
    inbox.c.update_id,
    inbox.c.chat_id,
    inbox.c.payload,
    inbox.c.received_at,
    inbox.c.attempts,
    inbox.c.status,
)
_IS_WAITING = inbox.c.status == InboxStatus.WAITING.value
_IS_THIS_ONE = inbox.c.id == bindparam("item_id")
_ADD = insert_unless_there(inbox, inbox.c.id)
_CLAIM = (
    update(inbox)
    .where(_IS_THIS_ONE, _IS_WAITING)
    .values(attempts=inbox.c.attempts + 1)
    .returning(*_COLUMNS)
)
_WAITING = select(*_COLUMNS).where(_IS_WAITING).order_by(inbox.c.id)
_DONE = (
    update(inbox)
    .where(_IS_THIS_ONE)
    .values(status=InboxStatus.DONE.value, payload=None, chat_id=None)
)
_DONE_ALL = (
    update(inbox)
    .where(_IS_WAITING)
    .values(status=InboxStatus.DONE.value, payload=None, chat_id=None)
)
_SET_ASIDE = (
    update(inbox)
    .where(_IS_THIS_ONE)
    .values(status=InboxStatus.SET_ASIDE.value, reason=bindparam("why"))
)
_DELETE_BEFORE = delete(inbox).where(~_IS_WAITING, inbox.c.received_at < bindparam("limit_at"))


class Inbox:
    """The inbox table."""

    __slots__ = ("_cipher", "_connection")

    def __init__(self, connection: AsyncConnection, cipher: Cipher) -> None:
        self._connection = connection
        self._cipher = cipher

    async def add(
        self, bot_id: int, update_id: int, chat_id: int | None, payload: str, received_at: datetime
    ) -> int | None:
        """Insert an update and give its row's id; None when (bot_id, update_id) is there already."""
        row = {
            "bot_id": bot_id,
            "update_id": update_id,
            "chat_id": chat_id,
            "payload": self._cipher.encrypt(payload),
            "received_at": received_at,
            "attempts": 0,
            "status": InboxStatus.WAITING.value,
        }
        new_id: int | None = await self._connection.scalar(_ADD.on(self._connection), row)
        return new_id

    async def claim(self, item_id: int) -> InboxItem | None:
        """Count one more attempt and give the item; None when it no longer waits.

        Commit before handling, so that a crash while handling counts as an attempt.
        """
        row = (await self._connection.execute(_CLAIM, {"item_id": item_id})).first()
        return None if row is None else self._from_row(row)

    async def waiting(self) -> list[InboxItem]:
        """List what is still to be handled, oldest first."""
        return [self._from_row(row) for row in await self._connection.execute(_WAITING)]

    async def done(self, item_id: int) -> None:
        """Mark an update as handled and erase its payload and chat."""
        await self._connection.execute(_DONE, {"item_id": item_id})

    async def done_all(self) -> int:
        """Mark whatever waits as handled and erase it, and give the number; for a database of another day."""
        return (await self._connection.execute(_DONE_ALL)).rowcount

    async def set_aside(self, item_id: int, reason: str) -> None:
        """Mark an update as given up on; its payload stays, encrypted, until it is deleted.

        `reason` is stored in clear: the kind of failure, nothing from the message.
        """
        await self._connection.execute(_SET_ASIDE, {"item_id": item_id, "why": reason})

    async def delete_done_before(self, limit_at: datetime) -> int:
        """Delete what was received earlier and no longer waits, and give the number of rows.

        Redeliveries are recognised within 48 h only, so the limit must be at least that old.
        """
        return (await self._connection.execute(_DELETE_BEFORE, {"limit_at": limit_at})).rowcount

    def _from_row(self, row: AnyRow) -> InboxItem:
        parsed = {
            "payload": "" if row.payload is None else self._cipher.decrypt(row.payload),
            "status": InboxStatus(row.status),
        }
        return InboxItem(**row._asdict() | parsed)
