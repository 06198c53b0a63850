"""The last look at what was found: whatever slipped through a search is not shown (pure).

It does not know how a thing was found. Each is held against every limit that was read, and against the hours of
its store and the days of its coupon at the moment the shopper gets there.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from knowledge.candidates import Candidate, Found, covers
from knowledge.constraints import Constraints, product_words
from knowledge.nearby.hours import open_interval
from knowledge.standing import Standing
from storage.records import Coupon, Product


@dataclass(frozen=True, slots=True)
class LastLook:
    """Looks at what one message found. `words` are each product's own, by its id; metres walked in a minute.

    `standing` is what the shopper declared, None = nothing, or the wish is for somebody else.
    """

    limits: Constraints
    words: Mapping[str, frozenset[str]]
    asked_at: datetime
    walking_m_per_min: float
    standing: Standing | None = None

    def at(self, found: Found) -> Found:
        """Give what may be shown of it; a coupon that does not hold is left away, the thing itself stays."""
        available = tuple(
            self._with_valid_coupon(each)
            for each in found.available
            if self._keeps(each.product) and self._is_open(each)
        )
        return replace(
            found,
            available=available,
            closed=tuple(each for each in found.closed if self._keeps(each.product)),
            far=tuple(
                self._with_valid_coupon(each)
                for each in found.far
                if self._keeps(each.product) and self._is_open(each)
            ),
            sold_out=tuple(product for product in found.sold_out if self._keeps(product)),
        )

    def _keeps(self, product: Product) -> bool:
        words = self.words.get(product.id) or product_words(product)
        if self.standing is not None and not self.standing.allow(product, words):
            return False
        return self.limits.allow(product, words)

    def _is_open(self, candidate: Candidate) -> bool:
        """Tell whether the store is open on arrival, unless its opening, or another day, is told."""
        is_told = candidate.opens_at is not None or candidate.day is not None
        return is_told or open_interval(candidate.store, self._arrival(candidate)) is not None

    def _with_valid_coupon(self, candidate: Candidate) -> Candidate:
        coupon = candidate.coupon
        if coupon is None or self._holds(coupon, candidate):
            return candidate
        return replace(candidate, coupon=None)

    def _holds(self, coupon: Coupon, candidate: Candidate) -> bool:
        if coupon.is_paused or coupon.remaining == 0:
            return False
        at = max(self._arrival(candidate), candidate.opens_at or self.asked_at)
        is_in_time = coupon.valid_from <= at < coupon.valid_until
        return is_in_time and covers(coupon, candidate.product, candidate.store.id)

    def _arrival(self, candidate: Candidate) -> datetime:
        return self.asked_at + timedelta(
            minutes=(candidate.distance_m or 0.0) / self.walking_m_per_min
        )


def held_to(limits: Constraints, whole: Constraints) -> Constraints:
    """Give the limits of one part of a message with what the whole of it must not be.

    What never helps a need is none of them: who asks for it by name gets it.
    """
    denied = limits.denied | whole.denied
    return replace(
        limits,
        excluded=denied,
        denied=denied,
        is_allergy=limits.is_allergy or whole.is_allergy,
        diets=limits.diets | whole.diets,
        allergens=limits.allergens | whole.allergens,
        excluded_brands=limits.excluded_brands | whole.excluded_brands,
    )
