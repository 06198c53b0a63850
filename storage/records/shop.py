"""What the shop has: stores, products, stock, coupons and policies. Money is integer cents of `currency`."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from enum import StrEnum


@dataclass(frozen=True, slots=True)
class OpeningHours:
    """One opening interval in the store's local time; `weekday` 0 is Monday.

    `closes` at or before `opens` means that it closes on the next day; 00:00–00:00 is all day.
    """

    weekday: int
    opens: time
    closes: time


@dataclass(frozen=True, slots=True)
class SpecialDay:
    """A date on which a store keeps other hours than on its weekday, and what people call that day.

    `hours` are opening and closing times, read like those of `OpeningHours`; none = closed all day.
    """

    day: date
    name: str
    hours: tuple[tuple[time, time], ...] = ()


@dataclass(frozen=True, slots=True)
class Store:
    """A shop with a door. `radius_m` is the entry radius for nudges; `special_days` override `hours`."""

    id: str
    name: str
    category: str
    address: str
    latitude: float
    longitude: float
    time_zone: str
    radius_m: int = 150
    hours: tuple[OpeningHours, ...] = ()
    special_days: tuple[SpecialDay, ...] = ()


class Sustainability(StrEnum):
    """The seven attributes a product can carry and a shopper can care about."""

    VEGAN = "vegan"
    ORGANIC = "organic"
    FAIR_TRADE = "fair_trade"
    LOCAL = "local"
    PLASTIC_FREE = "plastic_free"
    CRUELTY_FREE = "cruelty_free"
    CARBON_NEUTRAL = "carbon_neutral"


@dataclass(frozen=True, slots=True)
class Product:
    """Something to buy. `attributes` are free (size, colour, diet …); `tags` help words find it.

    `gtin` is the number under its barcode in 13 digits (see knowledge/gtin.py); None = it has none.
    """

    id: str
    title: str
    category: str
    description: str
    price_cents: int
    currency: str
    brand: str | None = None
    attributes: Mapping[str, str] = field(default_factory=dict)
    sustainability: frozenset[Sustainability] = frozenset()
    tags: tuple[str, ...] = ()
    gtin: str | None = None


@dataclass(frozen=True, slots=True)
class Stock:
    """How many pieces of a product a store has on the shelf."""

    store_id: str
    product_id: str
    quantity: int


@dataclass(frozen=True, slots=True)
class Coupon:
    """A discount. Empty scopes mean: everything, everywhere. `remaining` None means unlimited."""

    code: str
    title: str
    discount_percent: int
    valid_from: datetime
    valid_until: datetime
    product_ids: frozenset[str] = frozenset()
    categories: frozenset[str] = frozenset()
    store_ids: frozenset[str] = frozenset()
    remaining: int | None = None
    per_shopper: int = 1
    is_paused: bool = False


@dataclass(frozen=True, slots=True)
class Policy:
    """One version of a written policy document, as Markdown.

    It holds from `valid_from` on, in the shop's days, until a later version of the same id begins, and
    no longer than `valid_to`, its last day; None = until further notice.
    """

    id: str
    title: str
    text: str
    valid_from: date
    valid_to: date | None = None
