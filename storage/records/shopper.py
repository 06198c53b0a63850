"""What is known of a shopper: consents, orders, purchases, what was shown and said. Times are aware UTC."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from enum import StrEnum

from storage.records.shop import Sustainability


class ConsentKind(StrEnum):
    """What a shopper can agree to, each asked for on its own."""

    LOCATION = "location"
    NUDGES = "nudges"
    COUPON_REMINDERS = "coupons"
    BIRTHDAYS = "birthdays"
    DIGEST = "digest"
    WISHES = "wishes"


UNTIL_THEY_SAY = datetime(9999, 1, 1, tzinfo=UTC)
"""The end of a pause that only its shopper ends."""


@dataclass(frozen=True, slots=True)
class Shopper:
    """A person who writes to the bot. `id` is Telegram's user id, which is also the private chat's id.

    `is_reachable` is False after Telegram said 403; `stopped_at` is set by /stop and cleared by /start.
    Before `paused_until` (shop time) no offer comes unasked; `under_age_since`: they said they are no adult.
    """

    id: int
    first_name: str
    language_code: str | None
    created_at: datetime
    last_seen_at: datetime
    time_zone: str | None = None
    is_demo: bool = False
    is_reachable: bool = True
    stopped_at: datetime | None = None
    paused_until: datetime | None = None
    under_age_since: datetime | None = None
    chosen_language: str | None = None

    @property
    def language(self) -> str | None:
        """Give the IETF tag of the language they chose in /settings, else of what Telegram is set to."""
        return self.chosen_language or self.language_code

    def is_paused(self, now: datetime) -> bool:
        """Tell whether the pause they asked for still lasts at shop time `now`."""
        return self.paused_until is not None and now < self.paused_until


@dataclass(frozen=True, slots=True)
class Consent:
    """The shopper's latest answer to one question. `version` is that of the text they read."""

    shopper_id: int
    kind: ConsentKind
    is_granted: bool
    version: int
    decided_at: datetime


class OrderStatus(StrEnum):
    """The life of an order, in the usual order."""

    PLACED = "placed"
    READY = "ready"
    COLLECTED = "collected"
    CANCELLED = "cancelled"
    RETURNED = "returned"
    EXCHANGED = "exchanged"
    EXPIRED = "expired"


@dataclass(frozen=True, slots=True)
class Order:
    """One booked product, held in the store until it is collected.

    `suggestion_id` is unique: booking the same suggestion twice gives the same order. Shop times, None for
    "not yet" or unknown: after `kept_until` it goes back on the shelf; `asked_at` is when the store was told,
    `answered_at` when it first said something, `escalated_at` when others heard that it had not.
    `replaces_code` is the collected order that is brought back when this one is handed over: an exchange.
    """

    code: str
    shopper_id: int
    store_id: str
    product_id: str
    quantity: int
    price_cents: int
    currency: str
    status: OrderStatus
    placed_at: datetime
    changed_at: datetime
    coupon_code: str | None = None
    suggestion_id: int | None = None
    kept_until: datetime | None = None
    asked_at: datetime | None = None
    answered_at: datetime | None = None
    escalated_at: datetime | None = None
    replaces_code: str | None = None


@dataclass(frozen=True, slots=True)
class OrderEvent:
    """What an order became, and when, in shop time."""

    status: OrderStatus
    at: datetime


@dataclass(frozen=True, slots=True)
class Purchase:
    """One line of the purchase log; `price_cents` is what was paid a piece."""

    shopper_id: int
    store_id: str
    product_id: str
    quantity: int
    price_cents: int
    purchased_at: datetime


class SignalKind(StrEnum):
    """What a shopper did with something shown."""

    PURCHASE = "purchase"
    WISHLIST = "wishlist"
    VIEW = "view"
    IGNORE = "ignore"
    DISMISS = "dismiss"
    BOOK = "book"
    COUPON_USED = "coupon_used"
    RETURNED = "returned"


@dataclass(frozen=True, slots=True)
class Signal:
    """What a shopper did with a product, and where on the list it stood (0 is first)."""

    shopper_id: int
    product_id: str
    kind: SignalKind
    seen_at: datetime
    suggestion_id: int | None = None
    position: int = 0


@dataclass(frozen=True, slots=True)
class Declared:
    """What shoppers said of themselves, which counts above whatever is learned of them.

    `weights` are 0.3–2.0 by attribute, `limits` diets and dislikes in the shopper's own words ("sin setas"), with
    what they are in English ("no mushrooms"), `unused` the names of those factors of the ranking that shall not be used.
    """

    weights: Mapping[Sustainability, float] = field(default_factory=dict)
    limits: Mapping[str, str] = field(default_factory=dict)
    unused: frozenset[str] = frozenset()


NOTHING_DECLARED = Declared()


@dataclass(frozen=True, slots=True)
class Suggestion:
    """What was shown to a shopper and why: the thing that every button under a reply points to.

    `distance_band_m` is a band (50, 150, 500 …), never the distance: exact ones would give the place away.
    `contributions` are the ranking's factors by name, largest first when shown; `alternatives` those of the best other
    products, by id. `propensity` is how likely it was, 0-1, that lots put it there; None = it was ranked there.
    `relative_id` is for whom it is meant, None for the shopper or for nobody they told of.
    """

    id: int
    shopper_id: int
    need: str
    product_id: str
    store_id: str
    coupon_code: str | None
    price_cents: int
    distance_band_m: int | None
    contributions: Mapping[str, float]
    position: int
    shown_at: datetime
    alternatives: Mapping[str, Mapping[str, float]] = field(default_factory=dict)
    propensity: float | None = None
    relative_id: int | None = None


@dataclass(frozen=True, slots=True)
class Visit:
    """A shopper was at a store; coordinates are never kept. Of one that is over the times are the hours' beginnings."""

    shopper_id: int
    store_id: str
    entered_at: datetime
    left_at: datetime | None = None

    def may_have_begun_since(self, moment: datetime) -> bool:
        """Tell whether it began then or later, as far as is known."""
        latest = self.entered_at if self.left_at is None else self.entered_at + timedelta(hours=1)
        return latest >= moment


@dataclass(frozen=True, slots=True)
class OpenVisit:
    """A visit that has not ended. `dwelt_at` is when the shopper had stayed long enough, None: not yet.

    `share_ends_at` is when the live location runs out by which it was seen; None: never, or not known.
    """

    id: int
    store_id: str
    entered_at: datetime
    dwelt_at: datetime | None = None
    share_ends_at: datetime | None = None

    @property
    def has_dwelt(self) -> bool:
        """Tell whether the shopper has stayed long enough."""
        return self.dwelt_at is not None


class NudgeAnswer(StrEnum):
    """What a shopper said to a nudge, by the button tapped last."""

    WENT = "went"
    SAVED = "saved"
    NOT_NOW = "not_now"
    PAUSED = "paused"
    FEWER = "fewer"


NOT_SHOWN = 0
"""In place of a suggestion's id: nothing was shown, so there are no buttons."""


@dataclass(frozen=True, slots=True)
class Nudge:
    """An offer that was pushed at a store, in shop time; `suggestion_id` is what its buttons point to.

    One that `is_held_out` was decided and never sent, to compare with: it counts like any other.
    """

    shopper_id: int
    store_id: str
    coupon_code: str
    visit_id: int
    suggestion_id: int
    nudged_at: datetime
    answer: NudgeAnswer | None = None
    answered_at: datetime | None = None
    is_held_out: bool = False
    campaign_id: str | None = None


@dataclass(frozen=True, slots=True)
class VaultEntry:
    """A value behind a shopper's placeholder: kind "NAME" and number 1 are <NAME_1>.

    `value` is what a later message gets back, in readable form; of a card it is only the last four digits.
    `meaning` is what makes two spellings the same value; its keyed hash alone is kept, so it is empty when read.
    """

    kind: str
    number: int
    value: str
    meaning: str = ""


@dataclass(frozen=True, slots=True)
class Turn:
    """One line of a conversation, scrubbed; `role` is "shopper" or "concierge".

    `topic` is what the concierge's line was about: the kind of its reply; empty for the shopper's. `meant` is the
    whole wish behind a shopper's line that said only a part of it ("in blue?"); empty when the line says it all.
    """

    shopper_id: int
    role: str
    text: str
    said_at: datetime
    topic: str = ""
    meant: str = ""

    @property
    def whole(self) -> str:
        """Give what was meant, in words that say it all."""
        return self.meant or self.text
