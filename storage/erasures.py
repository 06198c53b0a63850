"""The erasure list: who was forgotten and when, so that a backup from before can forget them again.

An entry is a keyed hash and a time, kept for longer than any backup. It goes wherever the database goes, and a copy of
it to a file that no restore overwrites (storage.erasure_file). Knows nothing of backups.
"""

from collections.abc import Collection, Iterable
from datetime import datetime

from sqlalchemy import bindparam, delete, select, union_all
from sqlalchemy.ext.asyncio import AsyncConnection

from storage import forgetting
from storage.audit import alias
from storage.crypto import Cipher
from storage.records import Erasure
from storage.tables import erasures, inbox, outbox, shoppers
from storage.upserts import insert_or_replace

_ALL = select(erasures.c.shopper_hash, erasures.c.forgotten_at).order_by(
    erasures.c.forgotten_at, erasures.c.shopper_hash
)
_ADD = insert_or_replace(erasures)
_DELETE_BEFORE = delete(erasures).where(erasures.c.forgotten_at < bindparam("limit_at"))
_SHOPPERS = select(shoppers.c.id, shoppers.c.created_at)
# Messages may outlast their shopper; what is erased with the shopper refers to the row above.
_CHATS = union_all(
    select(inbox.c.chat_id).where(inbox.c.chat_id.is_not(None)), select(outbox.c.chat_id)
)


class Erasures:
    """The erasures table. `has_forgotten` tells whether this work erased somebody once more."""

    __slots__ = ("_cipher", "_connection", "has_forgotten")

    def __init__(self, connection: AsyncConnection, cipher: Cipher) -> None:
        self._connection = connection
        self._cipher = cipher
        self.has_forgotten = False

    async def add(self, shopper_id: int, forgotten_at: datetime) -> None:
        """Enter a shopper who is being forgotten; the latest time counts."""
        await self._keep([Erasure(self._hash(shopper_id), forgotten_at)])

    async def all(self) -> list[Erasure]:
        """List all entries, oldest first."""
        return [Erasure(*row) for row in await self._connection.execute(_ALL)]

    async def apply(self, known: Collection[Erasure]) -> int:
        """Forget again whoever of `known` is back as they were before, and keep the entries; gives how many that were.

        Who was forgotten and wrote again later stays: their row is younger than the entry.
        """
        kept = {entry.shopper_hash: entry for entry in await self.all()}
        newer = [entry for entry in known if _is_newer(entry, kept.get(entry.shopper_hash))]
        await self._keep(newer)
        forgotten_at = {
            entry.shopper_hash: entry.forgotten_at for entry in (*kept.values(), *newer)
        }
        back = await self._back(forgotten_at) if forgotten_at else []
        for shopper_id in back:
            called = alias(self._cipher, shopper_id)
            await forgetting.forget(self._connection, shopper_id, alias=called)
            await forgetting.end_conversation(self._connection, shopper_id)
        self.has_forgotten = self.has_forgotten or bool(back)
        return len(back)

    async def delete_before(self, limit_at: datetime) -> int:
        """Delete entries older than any backup, and give their number."""
        return (await self._connection.execute(_DELETE_BEFORE, {"limit_at": limit_at})).rowcount

    async def _back(self, forgotten_at: dict[str, datetime]) -> list[int]:
        """List whose rows are older than their erasure."""
        rows = (await self._connection.execute(_SHOPPERS)).all()
        present = {shopper_id for shopper_id, _ in rows}
        listed = ((each, forgotten_at.get(self._hash(each)), born_at) for each, born_at in rows)
        back = [each for each, ended_at, born_at in listed if ended_at and born_at <= ended_at]
        chats = set(await self._connection.scalars(_CHATS)) - present
        return back + sorted(chat for chat in chats if self._hash(chat) in forgotten_at)

    async def _keep(self, entries: Iterable[Erasure]) -> None:
        rows = [
            {"shopper_hash": entry.shopper_hash, "forgotten_at": entry.forgotten_at}
            for entry in entries
        ]
        if rows:
            await self._connection.execute(_ADD.on(self._connection), rows)

    def _hash(self, shopper_id: int) -> str:
        return self._cipher.keyed_hash(f"forgotten shopper {shopper_id}")


def _is_newer(entry: Erasure, kept: Erasure | None) -> bool:
    return kept is None or entry.forgotten_at > kept.forgotten_at
