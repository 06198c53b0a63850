"""The coupons of the sample town, dated around the day the shop is laid out.

It reads data/coupons.toml and knows no shopper.
"""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import msgspec

from scripts.demo.files import read_toml
from scripts.demo.town import town_plan
from storage.records import Coupon

SUNDAY = 6


class CouponEntry(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One line of the file; days count from the day the shop is laid out."""

    code: str
    title: str
    percent: int
    products: frozenset[str] = frozenset()
    categories: frozenset[str] = frozenset()
    stores: frozenset[str] = frozenset()
    from_days: int = msgspec.field(default=-21, name="from")
    until: int | str = 70
    limit: int | None = None
    each: int = 1
    is_paused: bool = False


class CouponsFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What data/coupons.toml holds."""

    coupons: tuple[CouponEntry, ...]


def coupons(today: date) -> tuple[Coupon, ...]:
    """Give the hundred coupons; each is valid from midnight to midnight in town."""
    return tuple(_coupon(entry, today) for entry in read_toml("coupons.toml", CouponsFile).coupons)


def _coupon(entry: CouponEntry, today: date) -> Coupon:
    first_day = today + timedelta(days=entry.from_days)
    last_day = _last_day(entry.until, today)
    return Coupon(
        code=entry.code,
        title=entry.title,
        discount_percent=entry.percent,
        valid_from=_in_town(first_day, time()),
        valid_until=_in_town(last_day, time(23, 59, 59)),
        product_ids=entry.products,
        categories=entry.categories,
        store_ids=entry.stores,
        remaining=entry.limit,
        per_shopper=entry.each,
        is_paused=entry.is_paused,
    )


def _last_day(until: int | str, today: date) -> date:
    if isinstance(until, int):
        return today + timedelta(days=until)
    in_a_week = today + timedelta(days=7)
    return in_a_week + timedelta(days=(SUNDAY - in_a_week.weekday()) % 7)


def _in_town(day: date, at: time) -> datetime:
    return datetime.combine(day, at, ZoneInfo(town_plan().time_zone)).astimezone(UTC)
