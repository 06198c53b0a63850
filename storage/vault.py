"""What stands behind a shopper's placeholders: found by keyed hash, ciphertext on disk, deleted with the shopper.

The shopper's id is part of what is hashed, so that nobody can tell that two shoppers gave the same value.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, delete, func, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.crypto import Cipher
from storage.records import VaultEntry
from storage.shoppers import TAKE_TURN
from storage.tables import vault

_IS_OWN = vault.c.shopper_id == bindparam("of_shopper")
_IS_ASKED_FOR = vault.c.value_hash.in_(bindparam("hashes", expanding=True))
_KNOWN = select(vault.c.value_hash, vault.c.number).where(_IS_OWN, _IS_ASKED_FOR)
_LAST = (
    select(vault.c.kind, func.max(vault.c.number).label("last"))
    .where(_IS_OWN)
    .group_by(vault.c.kind)
)
_ADD = insert(vault)
_USE = update(vault).where(_IS_OWN, _IS_ASKED_FOR).values(used_at=bindparam("at"))
_NEWEST = (
    select(vault.c.kind, vault.c.number, vault.c.value)
    .where(_IS_OWN)
    .order_by(vault.c.used_at.desc(), vault.c.kind, vault.c.number)
    .limit(bindparam("at_most"))
)
_NUMBERED = select(vault.c.kind, vault.c.number, vault.c.value).where(
    _IS_OWN, vault.c.number.in_(bindparam("numbers", expanding=True))
)
_DELETE_UNUSED = delete(vault).where(vault.c.used_at < bindparam("limit_at"))


class Vault:
    """The vault table."""

    __slots__ = ("_cipher", "_connection")

    def __init__(self, connection: AsyncConnection, cipher: Cipher) -> None:
        self._connection = connection
        self._cipher = cipher

    async def numbers(self, shopper_id: int, entries: Sequence[VaultEntry]) -> list[int]:
        """Give each entry's number, in order: the known one, or the next free of its kind for a new value.

        Nothing is decrypted and nothing kept; until `keep` somebody else may be given the same new number.
        """
        numbers, _ = await self._numbered(shopper_id, entries)
        return numbers

    async def keep(
        self, shopper_id: int, entries: Sequence[VaultEntry], now: datetime
    ) -> list[int]:
        """Keep new values and note the use of known ones; give each entry's number for good, in order.

        An entry's own number is not looked at. Works on one shopper's vault take turns, in every process.
        """
        if not entries:
            return []
        await self._connection.execute(TAKE_TURN, {"shopper_id": shopper_id})
        numbers, known = await self._numbered(shopper_id, entries)
        hashes = self._hashes(shopper_id, entries)
        new = {
            value_hash: replace(entry, number=number)
            for value_hash, entry, number in zip(hashes, entries, numbers, strict=True)
            if value_hash not in known
        }
        if new:
            whose = {"shopper_id": shopper_id, "created_at": now, "used_at": now}
            rows = [whose | self._to_row(key, entry) for key, entry in new.items()]
            await self._connection.execute(_ADD, rows)
        if known:
            use = {"of_shopper": shopper_id, "hashes": list(known), "at": now}
            await self._connection.execute(_USE, use)
        return numbers

    async def newest(self, shopper_id: int, limit: int) -> list[VaultEntry]:
        """Give at most `limit` of a shopper's values, those used last first. Decrypts them all."""
        values = {"of_shopper": shopper_id, "at_most": limit}
        rows = await self._connection.execute(_NEWEST, values)
        return [
            VaultEntry(kind, number, self._cipher.decrypt(value)) for kind, number, value in rows
        ]

    async def values(
        self, shopper_id: int, asked: Iterable[tuple[str, int]]
    ) -> dict[tuple[str, int], str]:
        """Give the shopper's values by kind and number; those never issued or expired are missing."""
        wanted = set(asked)
        numbers = sorted({number for _, number in wanted})
        rows = await self._connection.execute(
            _NUMBERED, {"of_shopper": shopper_id, "numbers": numbers}
        )
        return {
            (kind, number): self._cipher.decrypt(value)
            for kind, number, value in rows
            if (kind, number) in wanted
        }

    async def delete_unused_since(self, limit_at: datetime) -> int:
        """Delete the values used last before then, of all shoppers, and give their number."""
        return (await self._connection.execute(_DELETE_UNUSED, {"limit_at": limit_at})).rowcount

    async def _numbered(
        self, shopper_id: int, entries: Sequence[VaultEntry]
    ) -> tuple[list[int], set[str]]:
        """Give each entry's number, and the hashes of those that are known."""
        hashes = self._hashes(shopper_id, entries)
        own = {"of_shopper": shopper_id}
        found = await self._connection.execute(_KNOWN, own | {"hashes": hashes})
        by_hash: dict[str, int] = {row.value_hash: row.number for row in found}
        known = set(by_hash)
        if len(known) < len(set(hashes)):
            kinds = await self._connection.execute(_LAST, own)
            last: dict[str, int] = {row.kind: row.last for row in kinds}
            for value_hash, entry in zip(hashes, entries, strict=True):
                if value_hash not in by_hash:
                    by_hash[value_hash] = last[entry.kind] = last.get(entry.kind, 0) + 1
        return [by_hash[value_hash] for value_hash in hashes], known

    def _to_row(self, value_hash: str, entry: VaultEntry) -> dict[str, Any]:
        return {
            "kind": entry.kind,
            "number": entry.number,
            "value_hash": value_hash,
            "value": self._cipher.encrypt(entry.value),
        }

    def _hashes(self, shopper_id: int, entries: Sequence[VaultEntry]) -> list[str]:
        return [
            self._cipher.keyed_hash(f"vault {shopper_id} {entry.kind} {entry.meaning}")
            for entry in entries
        ]
