"""Who is to be looked at for a reminder, as statements: of each kind the time zones there are, and a page of one zone."""

from typing import Any

from sqlalchemy import ColumnElement, Select, Text, bindparam, cast, func, or_, select

from storage.records import ReminderKind, SignalKind
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
ZONES_WITH_BIRTHDAYS = _zones_of(_WITH_BIRTHDAYS)
PAGE_WITH_BIRTHDAYS = _page_of(_WITH_BIRTHDAYS)
_WITH_ENDING_COUPONS = _WILLING.where(_KEEPS_ONE_THAT_ENDS)
_WITHOUT_DIGEST = _WILLING.where(~_IS_DECIDED)
ZONES_WITH_ENDING_COUPONS = _zones_of(_WITH_ENDING_COUPONS)
PAGE_WITH_ENDING_COUPONS = _page_of(_WITH_ENDING_COUPONS)
ZONES_WITHOUT_DIGEST = _zones_of(_WITHOUT_DIGEST)
PAGE_WITHOUT_DIGEST = _page_of(_WITHOUT_DIGEST)
_WITH_WISHES = _WILLING.where(_WISHES_WHAT_CAME_BACK)
ZONES_WITH_WISHES = _zones_of(_WITH_WISHES)
PAGE_WITH_WISHES = _page_of(_WITH_WISHES)
