"""The people who write to the bot. First names are ciphertext on disk."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from storage import exporting, forgetting
from storage.audit import alias
from storage.columns import AnyRow
from storage.crypto import Cipher
from storage.erasures import Erasures
from storage.records import Shopper
from storage.tables import shoppers
from storage.upserts import insert_unless_there

_IS_THIS_ONE = shoppers.c.id == bindparam("shopper_id")
# Not FOR UPDATE: that would wait for whoever has just written any row of this shopper's.
TAKE_TURN = select(shoppers.c.id).where(_IS_THIS_ONE).with_for_update(key_share=True)
_GET = select(shoppers).where(_IS_THIS_ONE)
_GET_MANY = select(shoppers).where(shoppers.c.id.in_(bindparam("shopper_ids", expanding=True)))
_DEMO = select(shoppers).where(shoppers.c.is_demo).order_by(shoppers.c.id)
_ADD = insert_unless_there(shoppers, shoppers.c.id)
_ADD_MANY = insert(shoppers)
_SEE = (
    update(shoppers)
    .where(_IS_THIS_ONE)
    .values(last_seen_at=bindparam("seen_at"), is_reachable=True)
)
_SEE_CHANGED = _SEE.values(first_name=bindparam("name"), language_code=bindparam("language"))
_UNREACHABLE = update(shoppers).where(_IS_THIS_ONE).values(is_reachable=False)
_SET_STOPPED = update(shoppers).where(_IS_THIS_ONE).values(stopped_at=bindparam("at"))
_SET_PAUSE = update(shoppers).where(_IS_THIS_ONE).values(paused_until=bindparam("at"))
_SET_LANGUAGE = update(shoppers).where(_IS_THIS_ONE).values(chosen_language=bindparam("language"))
_SET_UNDER_AGE = update(shoppers).where(_IS_THIS_ONE).values(under_age_since=bindparam("at"))


class Shoppers:
    """The shoppers table. `has_forgotten` tells whether this work erased somebody."""

    __slots__ = ("_cipher", "_connection", "has_forgotten")

    def __init__(self, connection: AsyncConnection, cipher: Cipher) -> None:
        self._connection = connection
        self._cipher = cipher
        self.has_forgotten = False

    async def get(self, shopper_id: int) -> Shopper | None:
        """Give the shopper, None when unknown or forgotten."""
        row = (await self._connection.execute(_GET, {"shopper_id": shopper_id})).first()
        return None if row is None else self._from_row(row)

    async def get_many(self, shopper_ids: Sequence[int]) -> list[Shopper]:
        """Give those of these shoppers who are known, in no order; ask for hundreds at most."""
        rows = await self._connection.execute(_GET_MANY, {"shopper_ids": list(shopper_ids)})
        return [self._from_row(row) for row in rows]

    async def load_or_create(
        self, shopper_id: int, first_name: str, language_code: str | None, now: datetime
    ) -> tuple[Shopper, bool]:
        """Give the shopper as of now, and whether they are new.

        Whoever writes is reachable and was seen now; name and language follow what Telegram says.
        A language that is no longer told stays the last known one.
        """
        known = await self.get(shopper_id)
        if known is None:
            return await self._create(shopper_id, first_name, language_code, now)
        language = language_code or known.language_code
        changes: dict[str, Any] = {"shopper_id": shopper_id, "seen_at": now}
        if (first_name, language) == (known.first_name, known.language_code):
            await self._connection.execute(_SEE, changes)
        else:
            changes |= {"name": self._cipher.encrypt(first_name), "language": language}
            await self._connection.execute(_SEE_CHANGED, changes)
        seen = replace(known, first_name=first_name, language_code=language, last_seen_at=now)
        return replace(seen, is_reachable=True), False

    async def add_many(self, new: Sequence[Shopper]) -> None:
        """Insert shoppers as they are; their ids must be free."""
        if new:
            await self._connection.execute(_ADD_MANY, [self._to_row(each) for each in new])

    async def demo(self) -> list[Shopper]:
        """List the sample shoppers by id."""
        return [self._from_row(row) for row in await self._connection.execute(_DEMO)]

    async def take_turn(self, shopper_id: int) -> None:
        """Wait for whoever changes the shopper's row, and let such wait until this work is over.

        What they wish is the same then when something is written down as when it was read. On SQLite it always is.
        """
        await self._connection.execute(TAKE_TURN, {"shopper_id": shopper_id})

    async def mark_unreachable(self, shopper_id: int) -> None:
        """Remember that Telegram refuses to deliver to this shopper (403)."""
        await self._connection.execute(_UNREACHABLE, {"shopper_id": shopper_id})

    async def stop(self, shopper_id: int, now: datetime) -> None:
        """Remember that the shopper wants no more messages."""
        await self._connection.execute(_SET_STOPPED, {"shopper_id": shopper_id, "at": now})

    async def resume(self, shopper_id: int) -> None:
        """Take back a stop."""
        await self._connection.execute(_SET_STOPPED, {"shopper_id": shopper_id, "at": None})

    async def pause(self, shopper_id: int, until: datetime | None) -> None:
        """Keep offers back until then, in shop time; None ends the pause."""
        await self._connection.execute(_SET_PAUSE, {"shopper_id": shopper_id, "at": until})

    async def set_under_age(self, shopper_id: int, since: datetime | None) -> None:
        """Remember since when it is known that they are no adult; None: they are."""
        await self._connection.execute(_SET_UNDER_AGE, {"shopper_id": shopper_id, "at": since})

    async def choose_language(self, shopper_id: int, language: str | None) -> None:
        """Set the IETF tag of the language to write in; None: whatever Telegram is set to."""
        await self._connection.execute(
            _SET_LANGUAGE, {"shopper_id": shopper_id, "language": language}
        )

    async def held(self, shopper_id: int) -> exporting.Held:
        """Give all that is held about a shopper, table by table."""
        called = alias(self._cipher, shopper_id)
        return await exporting.held(self._connection, self._cipher, shopper_id, alias=called)

    async def forget(self, shopper_id: int, now: datetime) -> dict[str, int]:
        """Erase all that is held about a shopper, and remember by a keyed hash that it was done.

        See storage.forgetting for what stays and why, storage.erasures for what the hash is for.
        """
        self.has_forgotten = True
        await Erasures(self._connection, self._cipher).add(shopper_id, now)
        called = alias(self._cipher, shopper_id)
        return await forgetting.forget(self._connection, shopper_id, alias=called)

    async def _create(
        self, shopper_id: int, first_name: str, language_code: str | None, now: datetime
    ) -> tuple[Shopper, bool]:
        new = Shopper(shopper_id, first_name, language_code, created_at=now, last_seen_at=now)
        added = await self._connection.scalar(_ADD.on(self._connection), self._to_row(new))
        return new, added is not None

    def _to_row(self, shopper: Shopper) -> dict[str, Any]:
        row = {column.name: getattr(shopper, column.name) for column in shoppers.columns}
        return row | {"first_name": self._cipher.encrypt(shopper.first_name)}

    def _from_row(self, row: AnyRow) -> Shopper:
        return Shopper(**row._asdict() | {"first_name": self._cipher.decrypt(row.first_name)})
