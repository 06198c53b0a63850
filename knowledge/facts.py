"""What a reply may say: the facts behind it, in the measurement contract's own names (pure).

Absent (None) means not known, and then not to be mentioned. Words are made from facts and checked
against them; nothing else may enter a reply.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, time
from enum import StrEnum

from knowledge.days_ahead import DayAhead
from storage.records import OrderStatus


class Kind(StrEnum):
    """The kinds of replies."""

    OFFER = "offer"
    OPTIONS = "options"
    NOTHING_NEAR = "nothing_near"
    CLOSED = "closed"
    COUPONS = "coupons"
    ORDER_STATUS = "order_status"
    POLICY = "policy"
    CLARIFY = "clarify"
    SUMMARY = "summary"
    NUDGE = "nudge"
    STORES = "stores"
    NEEDS_PLACE = "needs_place"
    NOT_KNOWN = "not_known"
    SMALLTALK = "smalltalk"
    OUT_OF_SCOPE = "out_of_scope"
    CARE = "care"
    HUMAN = "human"
    COMPLAINT = "complaint"
    ACCOUNT_PRIVACY = "account_privacy"
    HOW_TO_PLACE = "how_to_place"
    HOW_TO_CANCEL = "how_to_cancel"
    HOW_TO_CHANGE = "how_to_change"


@dataclass(frozen=True, slots=True)
class Facts:
    """Everything one reply may state. Prices are cents of `currency` (ISO 4217), distances metres.

    `opens_day` and `kept_day` are set when `opens_at` or `kept_until` is not today, `closed_at` is
    today and `holiday` why a store is closed all day; `valid_from` and `valid_to` are the days the rule that is quoted
    holds from and to. `day` is that of the time to come that was asked about: `opens_at` and
    `closes_at` are then the hours of that day, or why the store is closed is of that day; `tone` chooses among sentences
    that state nothing. `unknown` is what was asked of the item and nobody knows, by its English name (see knowledge/qualities.py), `choices` is what a question offers,
    or the sizes (or colours) there are when those that were `asked` for are missing,
    and `before` are the facts of other things asked, which are told first.
    """

    kind: Kind
    store: str | None = None
    distance_m: int | None = None
    item: str | None = None
    price_cents: int | None = None
    currency: str | None = None
    coupon_code: str | None = None
    discount_percent: int | None = None
    reason: str | None = None
    expires_on: date | None = None
    opens_at: time | None = None
    opens_day: DayAhead | None = None
    closes_at: time | None = None
    day: DayAhead | None = None
    closed_at: time | None = None
    holiday: str | None = None
    kept_until: time | None = None
    kept_day: DayAhead | None = None
    tone: str = ""
    order_code: str | None = None
    status: OrderStatus | None = None
    quote: str | None = None
    document: str | None = None
    valid_from: date | None = None
    valid_to: date | None = None
    options: tuple["Facts", ...] = ()
    coupons: tuple["Facts", ...] = ()
    unknown: tuple[str, ...] = ()
    choices: tuple[str, ...] = ()
    asked: tuple[str, ...] = ()
    before: tuple["Facts", ...] = ()

    @property
    def discounted_cents(self) -> int | None:
        """Give the price after the coupon, half cents rounded up; None without price or coupon."""
        if self.price_cents is None or self.discount_percent is None:
            return None
        return (self.price_cents * (100 - self.discount_percent) + 50) // 100

    def everything(self) -> Iterator["Facts"]:
        """Give these facts and all that are nested in them."""
        yield self
        for nested in (*self.before, *self.options, *self.coupons):
            yield from nested.everything()
