"""The last turns of each conversation, scrubbed before they come here and ciphertext on disk all the same."""

from datetime import datetime

from sqlalchemy import bindparam, delete, insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.crypto import Cipher
from storage.records import Turn
from storage.tables import dialogues

_ADD = insert(dialogues)
_LATEST = (
    select(
        dialogues.c.role,
        dialogues.c.text,
        dialogues.c.said_at,
        dialogues.c.topic,
        dialogues.c.meant,
    )
    .where(dialogues.c.shopper_id == bindparam("of_shopper"))
    .order_by(dialogues.c.id.desc())
    .limit(bindparam("at_most"))
)
_DELETE_BEFORE = delete(dialogues).where(dialogues.c.said_at < bindparam("limit_at"))


class Dialogues:
    """The dialogues table."""

    __slots__ = ("_cipher", "_connection")

    def __init__(self, connection: AsyncConnection, cipher: Cipher) -> None:
        self._connection = connection
        self._cipher = cipher

    async def add(self, turn: Turn) -> None:
        """Append one turn."""
        row = {
            "shopper_id": turn.shopper_id,
            "role": turn.role,
            "text": self._cipher.encrypt(turn.text),
            "said_at": turn.said_at,
            "topic": turn.topic,
            "meant": self._cipher.encrypt(turn.meant) if turn.meant else None,
        }
        await self._connection.execute(_ADD, row)

    async def latest(self, shopper_id: int, limit: int = 6) -> list[Turn]:
        """Give at most the last `limit` turns with a shopper, oldest first."""
        values = {"of_shopper": shopper_id, "at_most": limit}
        rows = (await self._connection.execute(_LATEST, values)).all()
        decrypt = self._cipher.decrypt
        return [
            Turn(shopper_id, role, decrypt(text), at, topic, decrypt(meant) if meant else "")
            for role, text, at, topic, meant in reversed(rows)
        ]

    async def delete_before(self, limit_at: datetime) -> int:
        """Delete the turns said earlier, and give their number."""
        return (await self._connection.execute(_DELETE_BEFORE, {"limit_at": limit_at})).rowcount
