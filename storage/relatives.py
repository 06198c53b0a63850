"""The people a shopper buys for; all that is said of them is ciphertext on disk, and goes with the shopper."""

from typing import Any

from sqlalchemy import bindparam, delete, func, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.columns import AnyRow
from storage.crypto import Cipher
from storage.records import Birthday, Relation, Relative
from storage.tables import relatives

MOST_RELATIVES = 20  # of one shopper: what a list in a chat still shows at a glance (ours)
_IS_OWN = relatives.c.shopper_id == bindparam("of_shopper")
_IS_THIS_ONE = relatives.c.id == bindparam("relative_id")
_ADD = insert(relatives).returning(relatives.c.id)
_ALL = select(relatives).where(_IS_OWN).order_by(relatives.c.id)
_NICKNAMES = select(relatives.c.nickname).where(_IS_OWN)
_COUNT = select(func.count()).select_from(relatives).where(_IS_OWN)
_CHANGE = (
    update(relatives)
    .where(_IS_OWN, _IS_THIS_ONE)
    .values({name: bindparam(f"new_{name}") for name in ("nickname", "relation", "tastes")})
    .values(birthday=bindparam("new_birthday"))
)
_REMOVE = delete(relatives).where(_IS_OWN, _IS_THIS_ONE)


class Relatives:
    """The relatives table."""

    __slots__ = ("_cipher", "_connection")

    def __init__(self, connection: AsyncConnection, cipher: Cipher) -> None:
        self._connection = connection
        self._cipher = cipher

    async def add(self, relative: Relative) -> int | None:
        """Insert somebody, whatever their id says, and give the id they got; None when the list is full."""
        of_shopper = {"of_shopper": relative.shopper_id}
        if (await self._connection.scalar(_COUNT, of_shopper) or 0) >= MOST_RELATIVES:
            return None
        row = self._told(relative) | {
            "shopper_id": relative.shopper_id,
            "created_at": relative.created_at,
        }
        relative_id: int = (await self._connection.execute(_ADD, row)).scalar_one()
        return relative_id

    async def of_shopper(self, shopper_id: int) -> list[Relative]:
        """List a shopper's people in the order they were added."""
        rows = await self._connection.execute(_ALL, {"of_shopper": shopper_id})
        return [self._from_row(row) for row in rows]

    async def nicknames(self, shopper_id: int) -> list[str]:
        """Give what a shopper's people are called, and decrypt nothing else."""
        found = await self._connection.scalars(_NICKNAMES, {"of_shopper": shopper_id})
        return [self._cipher.decrypt(nickname) for nickname in found]

    async def change(self, relative: Relative) -> bool:
        """Write all that is said of somebody anew; False when this shopper has nobody of that id."""
        told = {f"new_{name}": value for name, value in self._told(relative).items()}
        values = told | {"of_shopper": relative.shopper_id, "relative_id": relative.id}
        return (await self._connection.execute(_CHANGE, values)).rowcount > 0

    async def remove(self, shopper_id: int, relative_id: int) -> bool:
        """Delete somebody; False when this shopper has nobody of that id."""
        values = {"of_shopper": shopper_id, "relative_id": relative_id}
        return (await self._connection.execute(_REMOVE, values)).rowcount > 0

    def _told(self, relative: Relative) -> dict[str, str | None]:
        birthday = relative.birthday
        return {
            "nickname": self._cipher.encrypt(relative.nickname),
            "relation": relative.relation.value,
            "tastes": self._cipher.encrypt(relative.tastes),
            "birthday": None if birthday is None else self._cipher.encrypt(_written(birthday)),
        }

    def _from_row(self, row: AnyRow) -> Relative:
        read: dict[str, Any] = {
            "nickname": self._cipher.decrypt(row.nickname),
            "relation": Relation(row.relation),
            "tastes": self._cipher.decrypt(row.tastes),
            "birthday": None,
        }
        if row.birthday is not None:
            read["birthday"] = _read(self._cipher.decrypt(row.birthday))
        return Relative(**row._asdict() | read)


def _written(birthday: Birthday) -> str:
    """Give month and day as 05-12: the copy of everything shows it so."""
    return f"{birthday.month:02}-{birthday.day:02}"


def _read(written: str) -> Birthday:
    month, _, day = written.partition("-")
    return Birthday(int(month), int(day))
