"""Outgoing messages: written in the transaction that decided them, sent later, in order for each chat.

A row moves waiting → sending → sent, or back to waiting, or to dropped or unknown. The head of a chat is
its waiting row of the best priority, and of those the oldest; only heads of chats with nothing in flight
are claimed. Arguments are ciphertext and erased as soon as the row is finished.
"""

from collections.abc import Collection, Mapping
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Delete, Update
from sqlalchemy.ext.asyncio import AsyncConnection

from storage import outbox_statements as sql
from storage.columns import AnyRow, mapping_from_json, to_json
from storage.crypto import Cipher
from storage.errors import StorageError
from storage.records import (
    EVERY_CHAT,
    OutboxItem,
    OutboxStatus,
    Outgoing,
    Portion,
    Priority,
)

_PRIORITIES = tuple(Priority)  # declared in the order in which messages leave
_UNASKED = [_PRIORITIES.index(each) for each in (Priority.NUDGE, Priority.CAMPAIGN)]
_REPEATED_AFTER_CRASH = (Priority.REPLY, Priority.ORDER)
# A worker that was given the wrong keys may be put right meanwhile (ours).
_READINGS = 3
# A claim looks no more often, and drops about so many late rows a look, 0.03 s of the only writer (ours): whoever finds
# nothing but such rows commits, lets others write, and asks again.
_LOOKS = 2
_LATE_AT_ONCE = 1000
_READ_AGAIN_AFTER = timedelta(minutes=5)


class Outbox:
    """The outbox table. `has_new` tells whether this work added a row to be sent.

    `has_said_farewell`: it erased the row of a farewell, whose bytes must leave the files as well. `unreadable`: the
    numbers of rows that were due and could not be read, each with the kind of error. `late`: how many were dropped late.
    """

    __slots__ = ("_cipher", "_connection", "has_new", "has_said_farewell", "late", "unreadable")

    def __init__(self, connection: AsyncConnection, cipher: Cipher) -> None:
        self._connection = connection
        self._cipher = cipher
        self.has_new = False
        self.has_said_farewell = False
        self.late = 0
        self.unreadable: list[tuple[int, str]] = []

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

    async def claim_due(
        self,
        now: datetime,
        limit: int,
        *,
        by: int | None = None,
        portion: Portion = EVERY_CHAT,
    ) -> list[OutboxItem]:
        """Take at most `limit` due heads, one a chat, best priority first, and mark them `sending`.

        Commit before sending. No row is handed to two workers; `by` is the worker that asks, and `portion` its
        chats. Rows past their `send_before` are dropped on the way, those that cannot be read are put off or
        dropped and told by `unreadable`, and the next of their chats is looked at. Where there are many such rows
        none may be handed out though more are due: then `late` or `unreadable` says so, and the next claim goes on.
        """
        values = {"now": now, "of": portion.of, "place": portion.place}
        items: list[OutboxItem] = []
        for _ in range(_LOOKS):
            claim = values | {"at_most": limit, "by": by}
            rows = (await self._connection.execute(sql.CLAIM, claim)).all()
            claimed = [row for row in rows if row.status == OutboxStatus.SENDING]
            items = [item for row in claimed if (item := await self._read(row, now)) is not None]
            late = [row.priority for row in rows if row.status == OutboxStatus.DROPPED]
            self.late += len(late)
            for rank in sorted(set(late)):
                more = values | {"rank": rank, "at_most": _LATE_AT_ONCE}
                self.late += len((await self._connection.execute(sql.DROP_LATE, more)).all())
            if items or not rows:
                break
        return sorted(items, key=_leaving_order)

    async def sent(
        self, item_id: int, message_id: int | None, now: datetime, *, by: int | None = None
    ) -> bool:
        """Record that Telegram took it, with its message id if it gave one; erase the arguments.

        This and the next three change nothing, and give False, when the row is no longer in flight for `by`,
        the worker that claimed it: others took that for gone, and settled the row.
        """
        values = {"item_id": item_id, "its_message": message_id, "now": now, "by": by}
        return await self._settle(sql.SENT, values)

    async def retry(self, item_id: int, due_at: datetime, *, by: int | None = None) -> bool:
        """Put a failed message back, to be tried again at `due_at`; what is behind it waits.

        It is dropped instead when the messages of its chat were, while it was in flight.
        """
        return await self._settle(sql.RETRY, {"item_id": item_id, "again_at": due_at, "by": by})

    async def drop(self, item_id: int, reason: str, *, by: int | None = None) -> bool:
        """Give a message up and erase its arguments; `reason` is stored in clear."""
        return await self._settle(sql.DROP, {"item_id": item_id, "why": reason, "by": by})

    async def unknown(self, item_id: int, *, by: int | None = None) -> bool:
        """Record that nobody can tell whether Telegram took it; it is not sent again."""
        return await self._settle(sql.UNKNOWN, {"item_id": item_id, "by": by})

    async def drop_all_of_chat(self, chat_id: int, reason: str) -> int:
        """Drop whatever waits for a chat, and give the number of rows.

        What is in flight counts as well: it may still arrive, but is not tried again.
        """
        values = {"of_chat": chat_id, "why": reason}
        dropped = (await self._connection.execute(sql.DROP_OF_CHAT, values)).rowcount
        await self._erase(sql.ERASE_FAREWELLS_OF_CHAT, {"of_chat": chat_id})
        return dropped

    async def drop_offers_of_chat(self, chat_id: int, reason: str) -> int:
        """Do the same to the nudges and campaigns of a chat alone; what was asked for stays."""
        values = {"of_chat": chat_id, "why": reason, "ranks": _UNASKED}
        return (await self._connection.execute(sql.DROP_OFFERS_OF_CHAT, values)).rowcount

    async def drop_all(self, reason: str) -> int:
        """Drop whatever waits or is in flight, and give the number of rows; for a database of another day."""
        return (await self._connection.execute(sql.DROP_WAITING, {"why": reason})).rowcount

    async def recover(self, now: datetime) -> dict[OutboxStatus, int]:
        """Settle what workers that are gone left in flight, and give how many rows became what.

        Replies and order messages wait again (at most one duplicate each); nudges and campaigns, and what
        was dropped while in flight, become unknown and are never repeated.
        """
        repeated = [_PRIORITIES.index(priority) for priority in _REPEATED_AFTER_CRASH]
        again = await self._connection.execute(sql.REPEAT, {"now": now, "repeated": repeated})
        lost = await self._connection.execute(sql.LOSE, {"repeated": repeated})
        return {OutboxStatus.WAITING: again.rowcount, OutboxStatus.UNKNOWN: lost.rowcount}

    async def counts(self) -> dict[OutboxStatus, int]:
        """Count the rows in every status."""
        rows = await self._connection.execute(sql.COUNTS)
        return dict.fromkeys(OutboxStatus, 0) | {OutboxStatus(name): n for name, n in rows}

    async def next_due_at(self, portion: Portion = EVERY_CHAT) -> datetime | None:
        """Give when the next claimable row of these chats is due, maybe in the past; None when none waits.

        Rows behind a message in flight, or behind another of their chat, do not count.
        """
        values = {"of": portion.of, "place": portion.place}
        due_at: datetime | None = await self._connection.scalar(sql.NEXT_DUE, values)
        return due_at

    async def delete_before(self, limit_at: datetime) -> int:
        """Delete finished rows created earlier, and farewells; gives their number. Unique keys become free."""
        return (await self._connection.execute(sql.DELETE_BEFORE, {"limit_at": limit_at})).rowcount

    async def _settle(self, settling: Update, values: Mapping[str, Any]) -> bool:
        is_settled = (await self._connection.execute(settling, values)).rowcount == 1
        if is_settled:
            await self._erase(sql.ERASE_FAREWELL, {"item_id": values["item_id"]})
        return is_settled

    async def _read(self, row: AnyRow, now: datetime) -> OutboxItem | None:
        """Read a claimed row; one that cannot be read must not hold up the others for ever, nor those behind it."""
        try:
            return self._from_row(row)
        except (StorageError, ValueError, TypeError, LookupError) as error:
            why = type(error).__name__
        self.unreadable.append((row.id, why))
        if row.attempts + 1 < _READINGS:
            await self.retry(row.id, now + _READ_AGAIN_AFTER, by=row.claimed_by)
        else:
            await self.drop(row.id, f"not readable: {why}", by=row.claimed_by)
        return None

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
        return OutboxItem(
            row.id, outgoing, status, row.attempts, row.due_at, row.message_id, row.claimed_by
        )


def _leaving_order(item: OutboxItem) -> tuple[int, datetime, int]:
    return _PRIORITIES.index(item.outgoing.priority), item.due_at, item.id
