"""What was found for one message, whatever it is about (pure)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from knowledge.candidates import Found
from knowledge.policies.sections import Section, Snippet
from storage.records import Coupon, Order, Store


@dataclass(frozen=True, slots=True)
class Evidence:
    """Only the fields that the message's intent asks for are filled.

    `nearby` holds stores that were asked for by name or kind, nearest first, with metres (None = no
    place is known), all those near when `is_any_store` was asked about; without `has_place` nothing may be said about what is near. `quote` is the sentence
    of `section` that answers; None = no policy does. `snippets` are what else of the policies comes near,
    with scores, best first, three at most: no more of them goes anywhere. `time_zone` is the shop's own, in which days begin.
    """

    asked_at: datetime
    must_ask_place: bool = False
    has_place: bool = True
    found: Found = field(default_factory=Found)
    nearby: Sequence[tuple[Store, float | None]] = ()
    is_any_store: bool = False
    coupons: Sequence[Coupon] = ()
    orders: Sequence[Order] = ()
    store_names: Mapping[str, str] = field(default_factory=dict)
    item_names: Mapping[str, str] = field(default_factory=dict)
    section: Section | None = None
    quote: str | None = None
    snippets: Sequence[tuple[Snippet, float]] = ()
    time_zone: str = "UTC"
