"""Stores and their opening hours. Few and read whole; who needs them often may keep them."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import asdict, replace

from sqlalchemy import Executable, bindparam, delete, insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.errors import IdTooLong
from storage.records import OpeningHours, Store
from storage.tables import store_hours, stores
from storage.upserts import insert_or_replace

_ALL = select(stores).order_by(stores.c.id)
_ALL_HOURS = select(store_hours).order_by(
    store_hours.c.store_id, store_hours.c.weekday, store_hours.c.opens
)
_GET = select(stores).where(stores.c.id == bindparam("store_id"))
_GET_HOURS = _ALL_HOURS.where(store_hours.c.store_id == bindparam("store_id"))
_PUT = insert_or_replace(stores)
_DELETE_HOURS = delete(store_hours).where(store_hours.c.store_id == bindparam("of_store"))
_DELETE = delete(stores).where(stores.c.id == bindparam("store_id"))
_ADD_HOURS = insert(store_hours)
# A button carries 64 bytes (Bot API, InlineKeyboardButton.callback_data): an action, the id and a signature.
LONGEST_ID_BYTES = 40


class Stores:
    """The tables of stores and of their hours."""

    __slots__ = ("_connection",)

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def all(self) -> list[Store]:
        """List every store by id, hours in weekday order."""
        return await self._read(_ALL, _ALL_HOURS, {})

    async def get(self, store_id: str) -> Store | None:
        """Give one store, None when unknown."""
        found = await self._read(_GET, _GET_HOURS, {"store_id": store_id})
        return found[0] if found else None

    async def add_many(self, new: Sequence[Store]) -> None:
        """Put stores in, replacing those with the same id together with their hours.

        Raises:
            IdTooLong: an id of more than `LONGEST_ID_BYTES`; nothing is put in.
        """
        if not new:
            return
        _check_ids(new)
        rows = [{k: v for k, v in asdict(store).items() if k != "hours"} for store in new]
        await self._connection.execute(_PUT.on(self._connection), rows)
        await self._connection.execute(_DELETE_HOURS, [{"of_store": store.id} for store in new])
        hours = list(_hours_rows(new))
        if hours:
            await self._connection.execute(_ADD_HOURS, hours)

    async def replace_all(self, new: Sequence[Store]) -> None:
        """Make these the only stores; the stock of a store that goes away goes with it."""
        known = {store.id for store in await self.all()}
        gone = known - {store.id for store in new}
        if gone:
            await self._connection.execute(_DELETE, [{"store_id": each} for each in sorted(gone)])
        await self.add_many(new)

    async def _read(
        self, which: Executable, which_hours: Executable, values: dict[str, str]
    ) -> list[Store]:
        found = [Store(*row) for row in await self._connection.execute(which, values)]
        hours: dict[str, list[OpeningHours]] = defaultdict(list)
        for row in await self._connection.execute(which_hours, values):
            hours[row.store_id].append(OpeningHours(row.weekday, row.opens, row.closes))
        return [replace(store, hours=tuple(hours[store.id])) for store in found]


def _check_ids(new: Sequence[Store]) -> None:
    for store in new:
        length = len(store.id.encode())
        if length > LONGEST_ID_BYTES:
            msg = (
                f"Store {store.name}: the id {store.id!r} has {length} bytes. Give it one of at most"
                f" {LONGEST_ID_BYTES}, so that it fits a button."
            )
            raise IdTooLong(msg)


def _hours_rows(new: Iterable[Store]) -> Iterable[dict[str, object]]:
    for store in new:
        for interval in store.hours:
            yield {"store_id": store.id, **asdict(interval)}
