"""The ledger of reminders, and who is to be looked at for one.

A row's key is shopper, kind and what it is about: whatever looks again, a restart or a second process, finds it there.
"""

from dataclasses import asdict
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, Text, bindparam, cast, delete, func, or_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.records import ConsentKind, LocalDay, Reminder, ReminderKind, SignalKind
from storage.tables import (
    consents,
    coupons,
    links,
    nudges,
    products,
    relatives,
    reminders,
    saved_coupons,
    shoppers,
    signals,
    stores,
    suggestions,
    visits,
)
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
    )
)
# Their own time zone, else that of the store passed last: what a reminder goes by, so that nobody asleep is looked at.
_zone_passed = (
    select(stores.c.time_zone)
    .join_from(visits, stores, stores.c.id == visits.c.store_id)
    .where(visits.c.shopper_id == shoppers.c.id)
    .order_by(visits.c.entered_at.desc(), visits.c.id.desc())
    .limit(1)
    .correlate(shoppers)
    .scalar_subquery()
)
_zone = func.coalesce(shoppers.c.time_zone, _zone_passed)
_told = reminders.alias("told")
_HEARD_TODAY = or_(
    select(nudges.c.id)
    .where(nudges.c.shopper_id == shoppers.c.id, nudges.c.nudged_at >= bindparam("began_at"))
    .correlate(shoppers)
    .exists(),
    select(_told.c.id)
    .where(
        _told.c.shopper_id == shoppers.c.id,
        _told.c.decided_at >= bindparam("began_at"),
        _told.c.is_told,
    )
    .correlate(shoppers)
    .exists(),
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
# What might be told is found roughly, since scopes are lists in one text: what it really is, others decide.
_about = reminders.alias("about")


def _is_told_of(why: ColumnElement[Any]) -> ColumnElement[bool]:
    """Tell whether a wish was told of for this reason: the code of a coupon, or a price."""
    return (
        select(_about.c.id)
        .where(
            _about.c.shopper_id == signals.c.shopper_id,
            _about.c.kind == ReminderKind.WISH.value,
            _about.c.about == signals.c.product_id + ":" + why,
        )
        .correlate(signals, coupons, products)
        .exists()
    )


_HAS_A_COUPON = (
    select(coupons.c.code)
    .where(
        coupons.c.valid_from <= bindparam("now"),
        coupons.c.valid_until > bindparam("now"),
        ~coupons.c.is_paused,
        or_(coupons.c.remaining.is_(None), coupons.c.remaining > 0),
        or_(
            coupons.c.product_ids.like('%"' + products.c.id + '"%'),
            coupons.c.categories.like('%"' + products.c.category + '"%'),
        ),
        ~_is_told_of(coupons.c.code),
    )
    .correlate(signals, products)
    .exists()
)
_WISHES_WHAT_CAME_BACK = (
    select(signals.c.id)
    .join_from(signals, products, products.c.id == signals.c.product_id)
    .join(suggestions, suggestions.c.id == signals.c.suggestion_id, isouter=True)
    .where(
        signals.c.shopper_id == shoppers.c.id,
        signals.c.kind == SignalKind.WISHLIST.value,
        or_(
            _HAS_A_COUPON,
            (products.c.price_cents < suggestions.c.price_cents)
            & ~_is_told_of(cast(products.c.price_cents, Text)),
        ),
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


def _zones_of(whom: Select[Any]) -> Select[Any]:
    return whom.with_only_columns(_zone).distinct()


def _page_of(whom: Select[Any]) -> Select[Any]:
    return (
        whom.where(
            _zone.is_not_distinct_from(bindparam("zone", type_=Text)),
            ~_HEARD_TODAY,
            shoppers.c.id > bindparam("after_id"),
        )
        .order_by(shoppers.c.id)
        .limit(bindparam("at_most"))
    )


# What a birthday is, is ciphertext; whoever is linked may tell one as well.
_SHOPS_FOR_SOMEBODY = or_(
    select(relatives.c.id)
    .where(relatives.c.shopper_id == shoppers.c.id, relatives.c.birthday.is_not(None))
    .correlate(shoppers)
    .exists(),
    select(links.c.relative_id)
    .where(links.c.shopper_id == shoppers.c.id)
    .correlate(shoppers)
    .exists(),
)
_WITH_BIRTHDAYS = _WILLING.where(_SHOPS_FOR_SOMEBODY)
_ZONES_WITH_BIRTHDAYS = _zones_of(_WITH_BIRTHDAYS)
_PAGE_WITH_BIRTHDAYS = _page_of(_WITH_BIRTHDAYS)
_WITH_ENDING_COUPONS = _WILLING.where(_KEEPS_ONE_THAT_ENDS)
_WITHOUT_DIGEST = _WILLING.where(~_IS_DECIDED)
_ZONES_WITH_ENDING_COUPONS = _zones_of(_WITH_ENDING_COUPONS)
_PAGE_WITH_ENDING_COUPONS = _page_of(_WITH_ENDING_COUPONS)
_ZONES_WITHOUT_DIGEST = _zones_of(_WITHOUT_DIGEST)
_PAGE_WITHOUT_DIGEST = _page_of(_WITHOUT_DIGEST)
_WITH_WISHES = _WILLING.where(_WISHES_WHAT_CAME_BACK)
_ZONES_WITH_WISHES = _zones_of(_WITH_WISHES)
_PAGE_WITH_WISHES = _page_of(_WITH_WISHES)
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
        return list((await self._connection.execute(_ZONES_WITH_ENDING_COUPONS, values)).scalars())

    async def with_ending_coupons(
        self, now: datetime, until: datetime, day: LocalDay, *, after_id: int = 0, limit: int = 100
    ) -> list[int]:
        """List who wants to hear of saved coupons that end by `until` and was not told of one that does.

        Those of a time zone to whom nothing was told on that day, by id, from beyond `after_id` on, at most `limit`;
        nobody who is paused at `now`, stopped or out of reach.
        """
        values = _ending(now, until) | _on(day, after_id, limit)
        return list((await self._connection.execute(_PAGE_WITH_ENDING_COUPONS, values)).scalars())

    async def zones_without_digest(self, now: datetime, since: datetime) -> list[str | None]:
        """Give the time zones, by name, of whoever had no digest decided after `since`; None = not known."""
        values = _undecided(now, since)
        return list((await self._connection.execute(_ZONES_WITHOUT_DIGEST, values)).scalars())

    async def without_digest(
        self, now: datetime, since: datetime, day: LocalDay, *, after_id: int = 0, limit: int = 100
    ) -> list[int]:
        """List who wants the digest and had none decided after `since`; pages and exceptions as above."""
        values = _undecided(now, since) | _on(day, after_id, limit)
        return list((await self._connection.execute(_PAGE_WITHOUT_DIGEST, values)).scalars())

    async def zones_with_wishes(self, now: datetime) -> list[str | None]:
        """Give the time zones, by name, of whoever may hear that something they saved came back; None = not known."""
        return list((await self._connection.execute(_ZONES_WITH_WISHES, _wishing(now))).scalars())

    async def with_wishes(
        self, now: datetime, day: LocalDay, *, after_id: int = 0, limit: int = 100
    ) -> list[int]:
        """List who wants to hear of what they saved, and may: it is cheaper, or a coupon names it; pages as above."""
        values = _wishing(now) | _on(day, after_id, limit)
        return list((await self._connection.execute(_PAGE_WITH_WISHES, values)).scalars())

    async def zones_with_birthdays(self, now: datetime) -> list[str | None]:
        """Give the time zones, by name, of whoever wants to hear of birthdays and has people; None = not known."""
        rows = await self._connection.execute(_ZONES_WITH_BIRTHDAYS, _willing(now))
        return list(rows.scalars())

    async def with_birthdays(
        self, now: datetime, day: LocalDay, *, after_id: int = 0, limit: int = 100
    ) -> list[int]:
        """List who wants to hear of birthdays and may know of any; pages and exceptions as above."""
        values = _willing(now) | _on(day, after_id, limit)
        return list((await self._connection.execute(_PAGE_WITH_BIRTHDAYS, values)).scalars())

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
