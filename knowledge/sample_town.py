"""The sample town in a shop's database: laid out around a place, moved, taken away.

It knows neither how a town looks nor where the place comes from; who calls it commits, so that it is all or nothing.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol, TypeVar
from zoneinfo import ZoneInfo

from storage.records import Coupon, Policy, Product, Stock, Store
from storage.sample import SampleKind
from storage.work import Work

_DEGREES_AN_HOUR = 15  # the earth turns once in 24 hours
_Thing = TypeVar("_Thing")


@dataclass(frozen=True, slots=True)
class Goods:
    """Everything in the sample town but people."""

    stores: Sequence[Store]
    products: Sequence[Product]
    stock: Sequence[Stock]
    coupons: Sequence[Coupon]
    policies: Sequence[Policy]


class TownPlanner(Protocol):
    """Who knows how the sample town looks. Takes a second: call it off the event loop."""

    def __call__(self, latitude: float, longitude: float, zone: ZoneInfo, today: date) -> Goods:
        """Give the town with its middle at a place, in degrees, as it is on a day there."""


@dataclass(frozen=True, slots=True)
class OwnStores:
    """The shop has stores of its own, so nothing was changed."""

    count: int


async def lay_out(work: Work, goods: Goods) -> OwnStores | None:
    """Put the town in, or move the one that is there, unless the shop has stores of its own.

    A product, coupon or policy of the shop's own with the same id stays as it is.
    """
    marks = await work.sample.marks()
    own_stores = {store.id for store in await work.stores.all()} - marks[SampleKind.STORES]
    if own_stores:
        return OwnStores(len(own_stores))
    own_products = {each.id for each in await work.products.all()} - marks[SampleKind.PRODUCTS]
    own_policies = {each.id for each in await work.policies.all()} - marks[SampleKind.POLICIES]
    own_coupons = {
        each.code
        for each in goods.coupons
        if each.code not in marks[SampleKind.COUPONS] and await work.coupons.get(each.code)
    }
    products = _without(goods.products, own_products, lambda each: each.id)
    coupons = _without(goods.coupons, own_coupons, lambda each: each.code)
    policies = _without(goods.policies, own_policies, lambda each: each.id)
    await work.stores.add_many(goods.stores)
    await work.products.add_many(products)
    await work.stock.add_many(goods.stock)
    await work.coupons.add_many(coupons)
    await work.policies.add_many(policies)
    await work.sample.mark(
        {
            SampleKind.STORES: {each.id for each in goods.stores} | marks[SampleKind.STORES],
            SampleKind.PRODUCTS: {each.id for each in products} | marks[SampleKind.PRODUCTS],
            SampleKind.COUPONS: {each.code for each in coupons} | marks[SampleKind.COUPONS],
            SampleKind.POLICIES: {each.id for each in policies} | marks[SampleKind.POLICIES],
        }
    )
    return None


async def take_away(work: Work, now: datetime) -> int:
    """Take the town away with its sample people, and give how many stores it had; 0: there was none.

    What real shoppers booked and bought there stays in the books.
    """
    removed = (await work.sample.remove())[SampleKind.STORES]
    if removed:
        for person in await work.shoppers.demo():
            await work.shoppers.forget(person.id, now)
    return removed


def zone_of_longitude(longitude: float) -> str:
    """Name the zone of the sun's time at a longitude in degrees: within two hours of what clocks there show.

    Source: the nautical time zones, 15° each; "Etc/GMT-1" is an hour ahead of Greenwich (IANA tz, etcetera).
    """
    hours = round(longitude / _DEGREES_AN_HOUR)
    return "Etc/GMT" if hours == 0 else f"Etc/GMT{-hours:+d}"


def _without(new: Sequence[_Thing], kept: set[str], key: Callable[[_Thing], str]) -> list[_Thing]:
    return [each for each in new if key(each) not in kept]
