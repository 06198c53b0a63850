"""The ledger of reminders, and who is to be looked at for one.

A row's key is shopper, kind and what it is about: whatever looks again, a restart or a second process, finds it there.
"""

from dataclasses import asdict
from datetime import datetime

from sqlalchemy import bindparam, delete, select
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.records import ConsentKind, LocalDay, Reminder, ReminderKind
from storage.reminder_statements import (
    PAGE_WITH_BIRTHDAYS,
    PAGE_WITH_ENDING_COUPONS,
    PAGE_WITH_WISHES,
    PAGE_WITHOUT_DIGEST,
    ZONES_WITH_BIRTHDAYS,
    ZONES_WITH_ENDING_COUPONS,
    ZONES_WITH_WISHES,
    ZONES_WITHOUT_DIGEST,
)
from storage.tables import reminders
from storage.upserts import insert_unless_there

_ADD = insert_unless_there(reminders, reminders.c.id)
_OF_SHOPPER = (
    select(
        reminders.c.shopper_id,
        reminders.c.kind,
        reminders.c.about,
        reminders.c.decided_at,
        reminders.c.is_told,
    )
    .where(
        reminders.c.shopper_id == bindparam("of_shopper"),
        reminders.c.decided_at >= bindparam("since"),
    )
    .order_by(reminders.c.decided_at.desc(), reminders.c.id.desc())
)
_DELETE_BEFORE = delete(reminders).where(reminders.c.decided_at < bindparam("limit_at"))


class Reminders:
    """The reminders table."""

    __slots__ = ("_connection",)

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def add(self, reminder: Reminder) -> bool:
        """Enter a reminder; False when this shopper's, of this kind and about this, is there already."""
        row = asdict(reminder) | {"kind": reminder.kind.value}
        return await self._connection.scalar(_ADD.on(self._connection), row) is not None

    async def of_shopper(self, shopper_id: int, since: datetime) -> list[Reminder]:
        """List a shopper's reminders from `since` on, newest first."""
        values = {"of_shopper": shopper_id, "since": since}
        rows = await self._connection.execute(_OF_SHOPPER, values)
        return [Reminder(row[0], ReminderKind(row[1]), *row[2:]) for row in rows]

    async def zones_with_ending_coupons(self, now: datetime, until: datetime) -> list[str | None]:
        """Give the time zones, by name, of whoever is to hear that a coupon ends; None = not known."""
        values = _ending(now, until)
        return list((await self._connection.execute(ZONES_WITH_ENDING_COUPONS, values)).scalars())

    async def with_ending_coupons(
        self, now: datetime, until: datetime, day: LocalDay, *, after_id: int = 0, limit: int = 100
    ) -> list[int]:
        """List who wants to hear of saved coupons that end by `until` and was not told of one that does.

        Those of a time zone to whom nothing was told on that day, by id, from beyond `after_id` on, at most `limit`;
        nobody who is paused at `now`, stopped or out of reach.
        """
        values = _ending(now, until) | _on(day, after_id, limit)
        return list((await self._connection.execute(PAGE_WITH_ENDING_COUPONS, values)).scalars())

    async def zones_without_digest(self, now: datetime, since: datetime) -> list[str | None]:
        """Give the time zones, by name, of whoever had no digest decided after `since`; None = not known."""
        values = _undecided(now, since)
        return list((await self._connection.execute(ZONES_WITHOUT_DIGEST, values)).scalars())

    async def without_digest(
        self, now: datetime, since: datetime, day: LocalDay, *, after_id: int = 0, limit: int = 100
    ) -> list[int]:
        """List who wants the digest and had none decided after `since`; pages and exceptions as above."""
        values = _undecided(now, since) | _on(day, after_id, limit)
        return list((await self._connection.execute(PAGE_WITHOUT_DIGEST, values)).scalars())

    async def zones_with_wishes(self, now: datetime) -> list[str | None]:
        """Give the time zones, by name, of whoever may hear that something they saved came back; None = not known."""
        return list((await self._connection.execute(ZONES_WITH_WISHES, _wishing(now))).scalars())

    async def with_wishes(
        self, now: datetime, day: LocalDay, *, after_id: int = 0, limit: int = 100
    ) -> list[int]:
        """List who wants to hear of what they saved, and may: it is cheaper, or a coupon names it; pages as above."""
        values = _wishing(now) | _on(day, after_id, limit)
        return list((await self._connection.execute(PAGE_WITH_WISHES, values)).scalars())

    async def zones_with_birthdays(self, now: datetime) -> list[str | None]:
        """Give the time zones, by name, of whoever wants to hear of birthdays and has people; None = not known."""
        rows = await self._connection.execute(ZONES_WITH_BIRTHDAYS, _willing(now))
        return list(rows.scalars())

    async def with_birthdays(
        self, now: datetime, day: LocalDay, *, after_id: int = 0, limit: int = 100
    ) -> list[int]:
        """List who wants to hear of birthdays and may know of any; pages and exceptions as above."""
        values = _willing(now) | _on(day, after_id, limit)
        return list((await self._connection.execute(PAGE_WITH_BIRTHDAYS, values)).scalars())

    async def delete_before(self, limit_at: datetime) -> int:
        """Delete what was decided earlier, and give the number of rows."""
        return (await self._connection.execute(_DELETE_BEFORE, {"limit_at": limit_at})).rowcount


def _ending(now: datetime, until: datetime) -> dict[str, object]:
    return {"to_what": ConsentKind.COUPON_REMINDERS.value, "now": now, "until": until}


def _willing(now: datetime) -> dict[str, object]:
    return {"to_what": ConsentKind.BIRTHDAYS.value, "now": now}


def _undecided(now: datetime, since: datetime) -> dict[str, object]:
    return {"to_what": ConsentKind.DIGEST.value, "now": now, "since": since}


def _wishing(now: datetime) -> dict[str, object]:
    return {"to_what": ConsentKind.WISHES.value, "now": now}


def _on(day: LocalDay, after_id: int, limit: int) -> dict[str, object]:
    today = {"zone": day.zone, "began_at": day.began_at}
    return {**today, "after_id": after_id, "at_most": limit}
