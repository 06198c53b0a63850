"""Stores, their opening hours and special days. Read whole; who needs them often may keep them."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, replace
from datetime import time

from sqlalchemy import Executable, bindparam, delete, insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.errors import IdTooLong
from storage.records import OpeningHours, SpecialDay, Store
from storage.tables import store_hours, store_special_days, stores
from storage.upserts import insert_or_replace

_AT_ONCE = (
    500  # stores, some ten milliseconds: reading a million in one go would hold up everybody else
)
_NEXT = (
    select(stores)
    .where(stores.c.id > bindparam("after"))
    .order_by(stores.c.id)
    .limit(bindparam("at_most"))
)
_GET = select(stores).where(stores.c.id == bindparam("store_id"))
_HOURS = (
    select(store_hours)
    .where(store_hours.c.store_id.between(bindparam("first"), bindparam("last")))
    .order_by(store_hours.c.store_id, store_hours.c.weekday, store_hours.c.opens)
)
_SPECIAL_DAYS = (
    select(store_special_days)
    .where(store_special_days.c.store_id.between(bindparam("first"), bindparam("last")))
    .order_by(store_special_days.c.store_id, store_special_days.c.day)
)
_PUT = insert_or_replace(stores)
_DELETE_HOURS = delete(store_hours).where(store_hours.c.store_id == bindparam("of_store"))
_DELETE_SPECIAL_DAYS = delete(store_special_days).where(
    store_special_days.c.store_id == bindparam("of_store")
)
_ADD_HOURS = insert(store_hours)
_ADD_SPECIAL_DAYS = insert(store_special_days)
_OF_A_STORE = ("hours", "special_days")
# A button carries 64 bytes (Bot API, InlineKeyboardButton.callback_data): an action, the id and a signature.
LONGEST_ID_BYTES = 40


class Stores:
    """The tables of stores, of their hours and of their special days."""

    __slots__ = ("_connection",)

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def all(self) -> list[Store]:
        """List every store by id, hours in weekday order, special days in the order they come."""
        found: list[Store] = []
        while True:
            after = found[-1].id if found else ""
            some = await self._read(_NEXT, {"after": after, "at_most": _AT_ONCE})
            found += some
            if len(some) < _AT_ONCE:
                return found

    async def get(self, store_id: str) -> Store | None:
        """Give one store, None when unknown."""
        found = await self._read(_GET, {"store_id": store_id})
        return found[0] if found else None

    async def add_many(self, new: Sequence[Store]) -> None:
        """Put stores in, replacing those with the same id together with their hours and special days.

        Raises:
            IdTooLong: an id of more than `LONGEST_ID_BYTES`; nothing is put in.
        """
        if not new:
            return
        _check_ids(new)
        rows = [{k: v for k, v in asdict(each).items() if k not in _OF_A_STORE} for each in new]
        await self._connection.execute(_PUT.on(self._connection), rows)
        theirs = [{"of_store": store.id} for store in new]
        await self._connection.execute(_DELETE_HOURS, theirs)
        await self._connection.execute(_DELETE_SPECIAL_DAYS, theirs)
        if hours := list(_hours_rows(new)):
            await self._connection.execute(_ADD_HOURS, hours)
        if special_days := list(_special_day_rows(new)):
            await self._connection.execute(_ADD_SPECIAL_DAYS, special_days)

    async def _read(self, which: Executable, values: Mapping[str, object]) -> list[Store]:
        """Read stores that follow each other by id, with their hours and special days."""
        rows = (await self._connection.execute(which, values)).all()
        if not rows:
            return []
        ids = {"first": rows[0].id, "last": rows[-1].id}
        hours: dict[str, list[OpeningHours]] = defaultdict(list)
        for row in await self._connection.execute(_HOURS, ids):
            hours[row.store_id].append(OpeningHours(row.weekday, row.opens, row.closes))
        special_days: dict[str, list[SpecialDay]] = defaultdict(list)
        for row in await self._connection.execute(_SPECIAL_DAYS, ids):
            special_days[row.store_id].append(
                SpecialDay(row.day, row.name, _read_hours(row.hours))
            )
        return [
            replace(
                Store(*row), hours=tuple(hours[row.id]), special_days=tuple(special_days[row.id])
            )
            for row in rows
        ]


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


def _special_day_rows(new: Iterable[Store]) -> Iterable[dict[str, object]]:
    for store in new:
        for special in store.special_days:
            told = {"day": special.day, "name": special.name, "hours": _written(special)}
            yield {"store_id": store.id, **told}


def _written(special: SpecialDay) -> str:
    """Write a day's hours as "10:00-14:00, 17:00-20:00"; "" is closed all day."""
    return ", ".join(f"{opens:%H:%M}-{closes:%H:%M}" for opens, closes in special.hours)


def _read_hours(written: str) -> tuple[tuple[time, time], ...]:
    intervals = (interval.split("-") for interval in written.split(", ") if interval)
    return tuple(
        (time.fromisoformat(opens), time.fromisoformat(closes)) for opens, closes in intervals
    )
