"""What shoppers say of their own likes and dislikes; all of it is ciphertext on disk: a diet may tell of a faith."""

from datetime import datetime

from sqlalchemy import bindparam, delete, select
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.columns import mapping_from_json, to_json
from storage.crypto import Cipher
from storage.records import NOTHING_DECLARED, Declared, Sustainability
from storage.tables import preferences
from storage.upserts import insert_or_replace

_IS_OWN = preferences.c.shopper_id == bindparam("of_shopper")
_GET = select(preferences.c.declared).where(_IS_OWN)
_PUT = insert_or_replace(preferences)
_DELETE = delete(preferences).where(_IS_OWN)


class Preferences:
    """The preferences table, one row for whoever said anything."""

    __slots__ = ("_cipher", "_connection")

    def __init__(self, connection: AsyncConnection, cipher: Cipher) -> None:
        self._connection = connection
        self._cipher = cipher

    async def get(self, shopper_id: int) -> Declared:
        """Give what a shopper said; nothing for who said nothing."""
        told = await self._connection.scalar(_GET, {"of_shopper": shopper_id})
        return NOTHING_DECLARED if told is None else _read(self._cipher.decrypt(told))

    async def put(self, shopper_id: int, declared: Declared, now: datetime) -> None:
        """Write down all that a shopper says, in place of what was said before; of nothing no row stays."""
        if declared == NOTHING_DECLARED:
            await self._connection.execute(_DELETE, {"of_shopper": shopper_id})
            return
        row = {
            "shopper_id": shopper_id,
            "declared": self._cipher.encrypt(_written(declared)),
            "changed_at": now,
        }
        await self._connection.execute(_PUT.on(self._connection), row)


def _written(declared: Declared) -> str:
    return to_json(
        {
            "weights": {kind.value: weight for kind, weight in declared.weights.items()},
            "limits": dict(declared.limits),
            "unused": sorted(declared.unused),
        }
    )


def _read(text: str) -> Declared:
    told = mapping_from_json(text)
    return Declared(
        weights={Sustainability(kind): weight for kind, weight in told["weights"].items()},
        limits=told["limits"],
        unused=frozenset(told["unused"]),
    )
