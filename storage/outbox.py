"""Outgoing messages: written in the transaction that decided them, sent later, in order for each chat.

A row moves waiting → sending → sent, or back to waiting, or to dropped or unknown. The head of a chat is
its waiting row of the best priority, and of those the oldest; only heads of chats with nothing in flight
are claimed. Arguments are ciphertext and erased as soon as the row is finished.
"""

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Delete
from sqlalchemy.ext.asyncio import AsyncConnection

from storage import outbox_statements as sql
from storage.columns import AnyRow, mapping_from_json, to_json
from storage.crypto import Cipher
from storage.records import OutboxItem, OutboxStatus, Outgoing, Priority

_PRIORITIES = tuple(Priority)  # declared in the order in which messages leave
_UNASKED = [_PRIORITIES.index(each) for each in (Priority.NUDGE, Priority.CAMPAIGN)]
_REPEATED_AFTER_CRASH = (Priority.REPLY, Priority.ORDER)


class Outbox:
    """The outbox table. `has_new` tells whether this work added a row to be sent.

    `has_said_farewell`: it erased the row of a farewell, whose bytes must leave the files as well.
    """

    __slots__ = ("_cipher", "_connection", "has_new", "has_said_farewell")

    def __init__(self, connection: AsyncConnection, cipher: Cipher) -> None:
        self._connection = connection
        self._cipher = cipher
        self.has_new = False
        self.has_said_farewell = False

    async def add(self, outgoing: Outgoing, now: datetime) -> int | None:
        """Queue a message, due at once, and give its id; None when its unique key is taken."""
        row = {
            "chat_id": outgoing.chat_id,
            "method": outgoing.method,
            "arguments": self._cipher.encrypt(to_json(dict(outgoing.arguments))),
            "priority": _PRIORITIES.index(outgoing.priority),
            "unique_key": outgoing.unique_key,
            "send_before": outgoing.send_before,
            "status": OutboxStatus.WAITING.value,
            "attempts": 0,
            "due_at": now,
            "created_at": now,
            "is_farewell": outgoing.is_farewell,
        }
        new_id: int | None = await self._connection.scalar(sql.ADD.on(self._connection), row)
        self.has_new = self.has_new or new_id is not None
        return new_id

    async def keyed(self, keys: Collection[str]) -> dict[str, int | None]:
        """Give Telegram's message id for each of these unique keys that is taken; None = not sent (yet)."""
        rows = await self._connection.execute(sql.KEYED, {"any_of": list(keys)})
        return {row.unique_key: row.message_id for row in rows}

    async def claim_due(self, now: datetime, limit: int) -> list[OutboxItem]:
        """Take at most `limit` due heads, one a chat, best priority first, and mark them `sending`.

        Commit before sending. No row is handed to two workers. Rows past their `send_before` are
        dropped on the way, and the next of their chats is looked at.
        """
        while True:
            values = {"now": now, "at_most": limit}
            rows = (await self._connection.execute(sql.CLAIM, values)).all()
            items = [self._from_row(row) for row in rows if row.status == OutboxStatus.SENDING]
            if items or not rows:
                return sorted(items, key=_leaving_order)

    async def sent(self, item_id: int, message_id: int | None, now: datetime) -> None:
        """Record that Telegram took it, with its message id if it gave one; erase the arguments."""
        values = {"item_id": item_id, "its_message": message_id, "now": now}
        await self._connection.execute(sql.SENT, values)
        await self._erase(sql.ERASE_FAREWELL, {"item_id": item_id})

    async def retry(self, item_id: int, due_at: datetime) -> None:
        """Put a failed message back, to be tried again at `due_at`; what is behind it waits."""
        await self._connection.execute(sql.RETRY, {"item_id": item_id, "again_at": due_at})

    async def drop(self, item_id: int, reason: str) -> None:
        """Give a message up and erase its arguments; `reason` is stored in clear."""
        await self._connection.execute(sql.DROP, {"item_id": item_id, "why": reason})
        await self._erase(sql.ERASE_FAREWELL, {"item_id": item_id})

    async def unknown(self, item_id: int) -> None:
        """Record that nobody can tell whether Telegram took it; it is not sent again."""
        await self._connection.execute(sql.UNKNOWN, {"item_id": item_id})
        await self._erase(sql.ERASE_FAREWELL, {"item_id": item_id})

    async def drop_all_of_chat(self, chat_id: int, reason: str) -> int:
        """Drop whatever waits for a chat, and give the number of rows."""
        values = {"of_chat": chat_id, "why": reason}
        dropped = (await self._connection.execute(sql.DROP_OF_CHAT, values)).rowcount
        await self._erase(sql.ERASE_FAREWELLS_OF_CHAT, {"of_chat": chat_id})
        return dropped

    async def drop_offers_of_chat(self, chat_id: int, reason: str) -> int:
        """Drop the nudges and campaigns that wait for a chat, and give their number; what was asked for stays."""
        values = {"of_chat": chat_id, "why": reason, "ranks": _UNASKED}
        return (await self._connection.execute(sql.DROP_OFFERS_OF_CHAT, values)).rowcount

    async def drop_all(self, reason: str) -> int:
        """Drop whatever waits or is in flight, and give the number of rows; for a database of another day."""
        return (await self._connection.execute(sql.DROP_WAITING, {"why": reason})).rowcount

    async def recover(self, now: datetime) -> dict[OutboxStatus, int]:
        """Settle what a crash left in flight, and give how many rows became what.

        Replies and order messages wait again (at most one duplicate each); nudges and campaigns
        become unknown and are never repeated. To be called before any worker claims.
        """
        repeated = [_PRIORITIES.index(priority) for priority in _REPEATED_AFTER_CRASH]
        again = await self._connection.execute(sql.REPEAT, {"now": now, "repeated": repeated})
        lost = await self._connection.execute(sql.LOSE, {"repeated": repeated})
        return {OutboxStatus.WAITING: again.rowcount, OutboxStatus.UNKNOWN: lost.rowcount}

    async def counts(self) -> dict[OutboxStatus, int]:
        """Count the rows in every status."""
        rows = await self._connection.execute(sql.COUNTS)
        return dict.fromkeys(OutboxStatus, 0) | {OutboxStatus(name): n for name, n in rows}

    async def next_due_at(self) -> datetime | None:
        """Give when the next claimable row is due, maybe in the past; None when none waits.

        Rows behind a message in flight, or behind another of their chat, do not count.
        """
        due_at: datetime | None = await self._connection.scalar(sql.NEXT_DUE)
        return due_at

    async def delete_before(self, limit_at: datetime) -> int:
        """Delete finished rows created earlier, and farewells; gives their number. Unique keys become free."""
        return (await self._connection.execute(sql.DELETE_BEFORE, {"limit_at": limit_at})).rowcount

    async def _erase(self, farewells: Delete, values: Mapping[str, Any]) -> None:
        erased = (await self._connection.execute(farewells, values)).rowcount
        self.has_said_farewell = self.has_said_farewell or erased > 0

    def _from_row(self, row: AnyRow) -> OutboxItem:
        outgoing = Outgoing(
            chat_id=row.chat_id,
            method=row.method,
            arguments=mapping_from_json(self._cipher.decrypt(row.arguments)),
            priority=_PRIORITIES[row.priority],
            unique_key=row.unique_key,
            send_before=row.send_before,
            is_farewell=row.is_farewell,
        )
        status = OutboxStatus(row.status)
        return OutboxItem(row.id, outgoing, status, row.attempts, row.due_at, row.message_id)


def _leaving_order(item: OutboxItem) -> tuple[int, datetime, int]:
    return _PRIORITIES.index(item.outgoing.priority), item.due_at, item.id
