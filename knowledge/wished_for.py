"""When something that was saved is worth a word: it got cheaper, or there is a coupon for it (pure)."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from knowledge.catalogue import Catalogue
from knowledge.discretion import is_sensitive
from knowledge.reminding import ReminderRules, is_harmless, is_usable
from storage.records import Coupon, Product

# A smaller change of price is none to speak up about (ours).
_LEAST_FALL_PERCENT = 5
_WHOLE = 100


@dataclass(frozen=True, slots=True)
class Saved:
    """A thing on somebody's list. `was_cents` is its price when it was saved, None when nobody knows any more.

    `suggestion_id` is what it was saved from.
    """

    product: Product
    suggestion_id: int | None
    was_cents: int | None


@dataclass(frozen=True, slots=True)
class Wishing:
    """What is weighed for one shopper: `saved` newest first, `known` what they were told, `kept_codes` coupons they keep.

    `on_shelves` are the products that some store has.
    """

    saved: Sequence[Saved]
    uses: Mapping[str, int]
    kept_codes: Collection[str]
    known: Collection[str]
    on_shelves: Collection[str]


@dataclass(frozen=True, slots=True)
class Comeback:
    """A saved thing that is worth a word: for the coupon, else for its price, which was `was_cents` when it was saved."""

    saved: Saved
    coupon: Coupon | None

    @property
    def about(self) -> str:
        """Name what is told, so that it is told once: the same thing may get another coupon, or still cheaper."""
        product = self.saved.product
        why = self.coupon.code if self.coupon is not None else str(product.price_cents)
        return f"{product.id}:{why}"

    @property
    def saving(self) -> float:
        """Give which part of the price is saved, 0–1."""
        if self.coupon is not None:
            return self.coupon.discount_percent / _WHOLE
        was = self.saved.was_cents or self.saved.product.price_cents
        return 1.0 - self.saved.product.price_cents / was if was else 0.0


def comebacks(
    coupons: Sequence[Coupon],
    wishing: Wishing,
    catalogue: Catalogue,
    now: datetime,
    rules: ReminderRules,
) -> list[Comeback]:
    """Give what is told, what saves most first, each thing once; empty = silence.

    Nothing sensitive, nothing that no store has, no coupon that they keep already or can no longer use, and none that is
    for everything: that says nothing about the thing.
    """
    usable = [
        coupon
        for coupon in coupons
        if coupon.code not in wishing.kept_codes
        and is_usable(coupon, wishing.uses.get(coupon.code, 0), now)
        and is_harmless(coupon, catalogue)
    ]
    found = [
        best
        for saved in wishing.saved
        if not is_sensitive(saved.product) and saved.product.id in wishing.on_shelves
        for best in [_best(saved, usable, wishing.known)]
        if best is not None
    ]
    return sorted(found, key=lambda each: (-each.saving, each.about))[: rules.at_most]


def _best(saved: Saved, coupons: Sequence[Coupon], known: Collection[str]) -> Comeback | None:
    possible = [Comeback(saved, coupon) for coupon in coupons if _names(coupon, saved.product)]
    if _is_cheaper(saved):
        possible.append(Comeback(saved, None))
    fresh = [each for each in possible if each.about not in known]
    return max(fresh, key=lambda each: (each.saving, each.about), default=None)


def _is_cheaper(saved: Saved) -> bool:
    if saved.was_cents is None:
        return False
    return saved.product.price_cents * _WHOLE <= saved.was_cents * (_WHOLE - _LEAST_FALL_PERCENT)


def _names(coupon: Coupon, product: Product) -> bool:
    return product.id in coupon.product_ids or product.category in coupon.categories
