"""What the weekly digest tells of: coupons for what somebody saved or often buys, three at most (pure).

Nothing that they keep already, turned down, or were told of in an earlier digest; nothing sensitive. Without any such
coupon there is no digest.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from knowledge.catalogue import Catalogue
from knowledge.discretion import is_sensitive
from knowledge.reasons import OFTEN
from knowledge.reminding import ReminderRules, is_harmless, is_usable
from storage.records import Coupon, Product


@dataclass(frozen=True, slots=True)
class Reader:
    """Whom a digest is for. `saved` are the products on their list, newest first.

    `bought` counts purchases by category; `known_codes` are coupons they keep or were told of, `unwanted` the products
    and `unwanted_kinds` the categories that they turned down.
    """

    saved: Sequence[Product]
    bought: Mapping[str, int]
    uses: Mapping[str, int]
    known_codes: Collection[str]
    unwanted: Collection[str] = field(default_factory=frozenset)
    unwanted_kinds: Collection[str] = field(default_factory=frozenset)


@dataclass(frozen=True, slots=True)
class Pick:
    """A coupon worth telling, and why: for a product that was saved, else for a category often bought."""

    coupon: Coupon
    product: Product | None
    category: str


def digest(
    coupons: Sequence[Coupon],
    reader: Reader,
    catalogue: Catalogue,
    now: datetime,
    rules: ReminderRules,
) -> list[Pick]:
    """Give what is told, things that were saved first, then the more often bought; empty = silence."""
    usable = [
        coupon
        for coupon in coupons
        if coupon.code not in reader.known_codes
        and is_usable(coupon, reader.uses.get(coupon.code, 0), now)
        and is_harmless(coupon, catalogue)
    ]
    picks = [pick for coupon in usable for pick in [_pick(coupon, reader, catalogue)] if pick]
    return sorted(picks, key=lambda pick: _worth(pick, reader), reverse=True)[: rules.at_most]


def _pick(coupon: Coupon, reader: Reader, catalogue: Catalogue) -> Pick | None:
    for product in reader.saved:
        if _names(coupon, product) and not _is_unwanted(product, reader):
            return Pick(coupon, product, product.category)
    liked = [
        product.category
        for product in map(catalogue.products.get, sorted(coupon.product_ids))
        if product is not None and not _is_unwanted(product, reader)
    ]
    kinds = {*liked, *coupon.categories} - set(reader.unwanted_kinds)
    often = [kind for kind in kinds if reader.bought.get(kind, 0) >= OFTEN]
    if not often:
        return None
    return Pick(coupon, None, max(often, key=lambda kind: (reader.bought[kind], kind)))


def _names(coupon: Coupon, product: Product) -> bool:
    return product.id in coupon.product_ids or product.category in coupon.categories


def _is_unwanted(product: Product, reader: Reader) -> bool:
    turned_down = product.id in reader.unwanted or product.category in reader.unwanted_kinds
    return turned_down or is_sensitive(product)


def _worth(pick: Pick, reader: Reader) -> tuple[bool, int, int, str]:
    coupon, often = pick.coupon, reader.bought.get(pick.category, 0)
    return (pick.product is not None, often, coupon.discount_percent, coupon.code)
