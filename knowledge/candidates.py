"""Things that could be offered, and which coupon and which store go with them (pure)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from knowledge.days_ahead import DayAhead
from storage.records import Coupon, Product, Store


@dataclass(frozen=True, slots=True)
class Candidate:
    """A product at a store where it is on the shelf.

    `similarity` is how well it fits the wish: the cosine, and more when it says the words asked for.
    `distance_m` None = no place is known; `opens_at` is set when the store is closed on arrival, on `opens_day`
    (None = today); `closes_at` when it closes soon after. When a time to come was named, `day` says which, and both are when the store is open then; None = at any hour. `sizes` and `colours` are those in
    which the same thing can be had as well, when there are several.
    """

    product: Product
    store: Store
    similarity: float
    distance_m: float | None
    coupon: Coupon | None
    opens_at: datetime | None = None
    opens_day: DayAhead | None = None
    closes_at: datetime | None = None
    sizes: tuple[str, ...] = ()
    colours: tuple[str, ...] = ()
    day: DayAhead | None = None

    @property
    def price_cents(self) -> int:
        """Give what is paid with the coupon, half cents rounded up."""
        percent = self.coupon.discount_percent if self.coupon else 0
        return (self.product.price_cents * (100 - percent) + 50) // 100


@dataclass(frozen=True, slots=True)
class Missed:
    """The store that was asked for, where it cannot be had; `opens_at` None = it is sold out there.

    Without a store it is the place of the town that was named.
    """

    store: Store | None
    opens_at: datetime | None = None
    place: str = ""


@dataclass(frozen=True, slots=True)
class Found:
    """Candidates that can be had now, and, when there is none, those that fail only for one thing.

    `closed` are not open on arrival, `far` are open but beyond what counts as near, `sold_out` fit and are
    on no shelf near by. `missed` is set when what is available is not at the store that was asked for.
    `is_relevant` tells whether the catalogue has anything like it at all, filters aside. `asked_for` is the
    moment to come that was named, if any; what `is_sooner` can be had now, but not then. `other_makes` are the sizes, or the
    colours, that the thing found comes in when what was asked for is missing.
    """

    available: tuple[Candidate, ...] = ()
    closed: tuple[Candidate, ...] = ()
    far: tuple[Candidate, ...] = ()
    sold_out: tuple[Product, ...] = ()
    missed: Missed | None = None
    is_relevant: bool = False
    asked_for: datetime | None = None
    is_sooner: bool = False
    other_makes: tuple[Product, tuple[str, ...]] | None = None

    @property
    def is_empty(self) -> bool:
        """Tell whether there is nothing to show, not even something closed or far."""
        return not (self.available or self.closed or self.far)


def best_coupon(
    coupons: Iterable[Coupon], product: Product, store_id: str, at: datetime | None = None
) -> Coupon | None:
    """Give the coupon with the highest discount among those that cover the product at the store.

    One that is not valid at the moment `at`, on arrival, is none; None = the coupons are known to be.
    """
    fitting = [
        coupon
        for coupon in coupons
        if covers(coupon, product, store_id)
        and (at is None or coupon.valid_from <= at < coupon.valid_until)
    ]
    return max(fitting, key=lambda c: (c.discount_percent, c.code), default=None)


def covers(coupon: Coupon, product: Product, store_id: str) -> bool:
    """Tell whether a coupon's scopes include this product at this store; an empty scope is no limit."""
    if coupon.store_ids and store_id not in coupon.store_ids:
        return False
    if not coupon.product_ids and not coupon.categories:
        return True
    return product.id in coupon.product_ids or product.category in coupon.categories
