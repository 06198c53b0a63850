"""The ledger of reminders, and who is to be looked at for one.

A row's key is shopper, kind and what it is about: whatever looks again, a restart or a second process, finds it there.
"""

from dataclasses import asdict
from datetime import datetime

from sqlalchemy import bindparam, delete, func, or_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.records import ConsentKind, Reminder, ReminderKind
from storage.tables import consents, coupons, reminders, saved_coupons, shoppers
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
_asked = consents.alias("asked")
# One step in the index for each shopper of a page: newest of all shoppers, a page would cost as much as all pages.
_newest = (
    select(func.max(_asked.c.id))
    .where(_asked.c.kind == bindparam("to_what"), _asked.c.shopper_id == shoppers.c.id)
    .correlate(shoppers)
    .scalar_subquery()
)
# Whoever cannot or need not be written to is left out here, so that a tick looks at few; the rest is decided later.
_WILLING = (
    select(shoppers.c.id)
    .join_from(shoppers, consents, consents.c.id == _newest)
    .where(
        consents.c.is_granted,
        shoppers.c.is_reachable,
        shoppers.c.stopped_at.is_(None),
        shoppers.c.under_age_since.is_(None),
        or_(shoppers.c.paused_until.is_(None), shoppers.c.paused_until <= bindparam("now")),
        shoppers.c.id > bindparam("after_id"),
    )
    .order_by(shoppers.c.id)
    .limit(bindparam("at_most"))
)
_IS_TOLD_OF = (
    select(reminders.c.id)
    .where(
        reminders.c.shopper_id == saved_coupons.c.shopper_id,
        reminders.c.kind == ReminderKind.COUPON_ENDS.value,
        reminders.c.about == saved_coupons.c.code,
    )
    .correlate(saved_coupons)
    .exists()
)
_KEEPS_ONE_THAT_ENDS = (
    select(saved_coupons.c.code)
    .join(coupons, coupons.c.code == saved_coupons.c.code)
    .where(
        saved_coupons.c.shopper_id == shoppers.c.id,
        coupons.c.valid_until > bindparam("now"),
        coupons.c.valid_until <= bindparam("until"),
        ~_IS_TOLD_OF,
    )
    .correlate(shoppers)
    .exists()
)
_IS_DECIDED = (
    select(reminders.c.id)
    .where(
        reminders.c.shopper_id == shoppers.c.id,
        reminders.c.kind == ReminderKind.DIGEST.value,
        reminders.c.decided_at > bindparam("since"),
    )
    .correlate(shoppers)
    .exists()
)
_WITH_ENDING_COUPONS = _WILLING.where(_KEEPS_ONE_THAT_ENDS)
_WITHOUT_DIGEST = _WILLING.where(~_IS_DECIDED)
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

    async def with_ending_coupons(
        self, now: datetime, until: datetime, *, after_id: int = 0, limit: int = 100
    ) -> list[int]:
        """List who wants to hear of saved coupons that end by `until` and was not told of one that does.

        By id, from beyond `after_id` on, at most `limit`; nobody who is paused at `now`, stopped or out of reach.
        """
        kind = ConsentKind.COUPON_REMINDERS.value
        values = {"to_what": kind, "now": now, "until": until}
        page = {"after_id": after_id, "at_most": limit}
        return list(
            (await self._connection.execute(_WITH_ENDING_COUPONS, values | page)).scalars()
        )

    async def without_digest(
        self, now: datetime, since: datetime, *, after_id: int = 0, limit: int = 100
    ) -> list[int]:
        """List who wants the digest and had none decided after `since`; pages and exceptions as above."""
        values = {"to_what": ConsentKind.DIGEST.value, "now": now, "since": since}
        page = {"after_id": after_id, "at_most": limit}
        return list((await self._connection.execute(_WITHOUT_DIGEST, values | page)).scalars())

    async def delete_before(self, limit_at: datetime) -> int:
        """Delete what was decided earlier, and give the number of rows."""
        return (await self._connection.execute(_DELETE_BEFORE, {"limit_at": limit_at})).rowcount
