"""The whole sample shop as records: the one function that other code asks for.

Same day, same shop, on every machine. It knows no database.
"""

from dataclasses import dataclass
from datetime import date

from scripts.demo.catalogue import products
from scripts.demo.coupons import coupons
from scripts.demo.habits import Shelves, purchases
from scripts.demo.holidays import stores_with_holidays
from scripts.demo.orders import collected, orders
from scripts.demo.people import consents, saved_coupons, shoppers
from scripts.demo.policies import policies
from scripts.demo.stock import stock
from scripts.demo.stores import stores
from storage.records import (
    Consent,
    Coupon,
    Order,
    Policy,
    Product,
    Purchase,
    Shopper,
    Stock,
    Store,
)


@dataclass(frozen=True, slots=True)
class SampleShop:
    """Maple Harbor: `saved_coupons` holds (shopper id, code); purchases are oldest first."""

    stores: tuple[Store, ...]
    products: tuple[Product, ...]
    stock: tuple[Stock, ...]
    coupons: tuple[Coupon, ...]
    policies: tuple[Policy, ...]
    shoppers: tuple[Shopper, ...]
    consents: tuple[Consent, ...]
    saved_coupons: tuple[tuple[int, str], ...]
    orders: tuple[Order, ...]
    purchases: tuple[Purchase, ...]


def sample_shop(today: date) -> SampleShop:
    """Lay out the town as it is on `today`, a day of the town's calendar.

    Coupons, orders, holidays and half a year of purchases (up to yesterday) are dated relative to it.
    """
    shelves = Shelves.of(stores(), products(), stock(products()))
    offers = coupons(today)
    booked = orders(today, products(), offers)
    bought = [*purchases(today, shelves), *collected(booked)]
    return SampleShop(
        stores=stores_with_holidays(today),
        products=products(),
        stock=stock(products()),
        coupons=offers,
        policies=policies(),
        shoppers=shoppers(today),
        consents=consents(today),
        saved_coupons=saved_coupons(offers),
        orders=booked,
        purchases=tuple(sorted(bought, key=lambda each: (each.purchased_at, each.shopper_id))),
    )
