"""The sample town somewhere else: the same streets, stores and goods around any place on earth.

Its holidays stay behind: each country has its own.
"""

import math
from dataclasses import replace
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from knowledge.sample_town import Goods
from scripts.demo.catalogue import products
from scripts.demo.coupons import coupons
from scripts.demo.policies import policies
from scripts.demo.stock import stock
from scripts.demo.stores import stores
from scripts.demo.town import radii_m, town_plan
from storage.records import Coupon, Store

_IN_MAINE = ", ME"


def town_at(latitude: float, longitude: float, zone: ZoneInfo, today: date) -> Goods:
    """Give the town with its middle at a place, in degrees, as it is on `today`, a day of `zone`'s calendar."""
    return Goods(
        stores=[_moved(store, (latitude, longitude), zone) for store in stores()],
        products=products(),
        stock=stock(products()),
        coupons=[_dated(coupon, zone) for coupon in coupons(today)],
        policies=policies(),
    )


def _moved(store: Store, middle: tuple[float, float], zone: ZoneInfo) -> Store:
    """Put a store as many metres north and east of another middle."""
    plan = town_plan()
    along_m, circle_m = radii_m(plan.latitude)
    north_m = math.radians(store.latitude - plan.latitude) * along_m
    east_m = math.radians(store.longitude - plan.longitude) * circle_m
    along_m, circle_m = radii_m(middle[0])
    longitude = middle[1] + math.degrees(east_m / circle_m)
    return replace(
        store,
        latitude=round(middle[0] + math.degrees(north_m / along_m), 7),
        longitude=round((longitude + 180) % 360 - 180, 7),
        address=store.address.removesuffix(_IN_MAINE),
        time_zone=zone.key,
    )


def _dated(coupon: Coupon, zone: ZoneInfo) -> Coupon:
    """Keep the days of a coupon, by the clocks of another zone."""
    return replace(
        coupon,
        valid_from=_same_clock(coupon.valid_from, zone),
        valid_until=_same_clock(coupon.valid_until, zone),
    )


def _same_clock(at: datetime, zone: ZoneInfo) -> datetime:
    in_town = at.astimezone(ZoneInfo(town_plan().time_zone))
    return in_town.replace(tzinfo=zone).astimezone(UTC)
