"""What somebody said of a coupon, and the coupon as it was, made into the coupon as it shall be (pure).

What is not said stays as it is; a new coupon starts today, holds in all stores, has no limit, and is for once each.
"""

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from babel import Locale

from knowledge.loaders.coupon_fields import CouponDraft, Goods
from knowledge.loaders.coupon_titles import (
    default_title,
    locales,
    other_percentage,
    with_percentage,
)
from knowledge.loaders.problems import FieldError, Problem
from knowledge.loaders.shop_names import ShopNames
from storage.records import Coupon

_REQUIRED = ("discount", "for", "until")


@dataclass(frozen=True, slots=True)
class ShopDay:
    """When and where it is decided: shop time `now` (aware), the shop's time zone, its names; and whose language."""

    now: datetime
    zone: ZoneInfo
    names: ShopNames
    locale: Locale

    @property
    def today(self) -> date:
        """Give the day it is in the shop."""
        return self.now.astimezone(self.zone).date()

    def starts(self, day: date) -> datetime:
        """Give the first moment of a day in the shop, UTC."""
        return datetime.combine(day, time(), self.zone).astimezone(UTC)

    def ends(self, day: date) -> datetime:
        """Give the first moment after a day in the shop, UTC."""
        return self.starts(day + timedelta(days=1))

    def first_day(self, coupon: Coupon) -> date:
        """Give the first day on which a coupon can be used."""
        return coupon.valid_from.astimezone(self.zone).date()

    def last_day(self, coupon: Coupon) -> date:
        """Give the last day on which a coupon can be used."""
        last_moment = coupon.valid_until.astimezone(self.zone) - timedelta(microseconds=1)
        return last_moment.date()


@dataclass(frozen=True, slots=True)
class Known:
    """A coupon as it is, and how often it was used."""

    coupon: Coupon
    uses: int


def settled(
    draft: CouponDraft, known: Known | None, shop: ShopDay
) -> Coupon | tuple[FieldError, ...]:
    """Give the coupon as it shall be, or everything that stands against it."""
    before = _begun(draft, shop) if known is None else known.coupon
    if isinstance(before, tuple):
        return before
    goods = draft.goods or Goods(before.product_ids, before.categories)
    after = replace(
        before,
        discount_percent=draft.percent or before.discount_percent,
        product_ids=goods.product_ids,
        categories=goods.categories,
        store_ids=before.store_ids if draft.store_ids is None else draft.store_ids,
        valid_from=_valid_from(draft, before, shop),
        valid_until=_valid_until(draft, before, shop),
        remaining=_remaining(draft, before, known),
        per_shopper=draft.each or before.per_shopper,
    )
    after = replace(after, title=draft.title or _title(before, after, shop))
    return _errors(draft, known, after, shop) or after


def _begun(draft: CouponDraft, shop: ShopDay) -> Coupon | tuple[FieldError, ...]:
    """Begin a new coupon with what it must have."""
    if draft.percent is None or draft.goods is None or draft.last_day is None:
        given = (draft.percent, draft.goods, draft.last_day)
        pairs = zip(_REQUIRED, given, strict=True)
        return tuple(FieldError(field, Problem.MISSING) for field, value in pairs if value is None)
    return Coupon(
        code=draft.code,
        title="",
        discount_percent=draft.percent,
        valid_from=shop.starts(shop.today),
        valid_until=shop.ends(draft.last_day),
        product_ids=draft.goods.product_ids,
        categories=draft.goods.categories,
    )


def _valid_from(draft: CouponDraft, before: Coupon, shop: ShopDay) -> datetime:
    # A time that is within the day said already stays as exact as it is.
    if draft.first_day is None or draft.first_day == shop.first_day(before):
        return before.valid_from
    return shop.starts(draft.first_day)


def _valid_until(draft: CouponDraft, before: Coupon, shop: ShopDay) -> datetime:
    if draft.last_day is None:
        return before.valid_until
    end = shop.ends(draft.last_day)
    # One that was ended in the middle of that day is to hold until its end.
    was_cut_short = before.valid_until <= shop.now < end
    is_same = draft.last_day == shop.last_day(before) and not was_cut_short
    return before.valid_until if is_same else end


def _remaining(draft: CouponDraft, before: Coupon, known: Known | None) -> int | None:
    """Give what is left of the limit; below zero when more is used already."""
    if draft.limit is None:
        return before.remaining
    if draft.limit.uses is None:
        return None
    return draft.limit.uses - (known.uses if known is not None else 0)


def _title(before: Coupon, after: Coupon, shop: ShopDay) -> str:
    """Let a title nobody chose follow the coupon in its language, and one that tells the discount tell the new one."""
    if not before.title:
        return _default(after, shop.names, shop.locale)
    for locale in locales():
        if before.title == _default(before, shop.names, locale):
            return _default(after, shop.names, locale)
    return with_percentage(before.title, before.discount_percent, after.discount_percent)


def _default(coupon: Coupon, names: ShopNames, locale: Locale) -> str:
    goods = Goods(coupon.product_ids, coupon.categories)
    return default_title(coupon.discount_percent, goods, coupon.store_ids, names, locale)


def _errors(
    draft: CouponDraft, known: Known | None, after: Coupon, shop: ShopDay
) -> tuple[FieldError, ...]:
    """Find what only shows when everything is put together."""
    before = known.coupon if known is not None else None
    errors = []
    is_new_start = before is None or after.valid_from != before.valid_from
    if is_new_start and shop.first_day(after) < shop.today:
        errors.append(FieldError("from", Problem.PAST, str(draft.first_day), (str(shop.today),)))
    is_new_end = before is None or after.valid_until != before.valid_until
    if is_new_end and after.valid_until <= shop.now:
        errors.append(FieldError("until", Problem.PAST, str(draft.last_day), (str(shop.today),)))
    elif (is_new_start or is_new_end) and after.valid_until <= after.valid_from:
        days = (str(shop.last_day(after)), str(shop.first_day(after)))
        errors.append(FieldError("until", Problem.BEFORE_FROM, days[0], days[1:]))
    if known is not None and after.remaining is not None and after.remaining < 0:
        limit = str(after.remaining + known.uses)
        errors.append(FieldError("limit", Problem.LESS_THAN_USED, limit, (str(known.uses),)))
    told = other_percentage(after.title, after.discount_percent)
    if told is not None and (before is None or after.title != before.title):
        errors.append(
            FieldError("title", Problem.OTHER_PERCENTAGE, told, (f"{after.discount_percent} %",))
        )
    return tuple(errors)
