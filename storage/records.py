"""The shared nouns of the shop, as frozen dataclasses.

Every layer speaks in these. They know no SQL, no Telegram and no model. Times are aware UTC unless the
name says otherwise; money is integer cents of `currency` (ISO 4217); distances are metres.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from enum import StrEnum
from typing import Any


class ConsentKind(StrEnum):
    """What a shopper can agree to, each asked for on its own."""

    LOCATION = "location"
    NUDGES = "nudges"


class OrderStatus(StrEnum):
    """The life of an order, in the usual order."""

    PLACED = "placed"
    READY = "ready"
    COLLECTED = "collected"
    CANCELLED = "cancelled"
    RETURNED = "returned"


class SignalKind(StrEnum):
    """What a shopper did with something shown."""

    PURCHASE = "purchase"
    WISHLIST = "wishlist"
    VIEW = "view"
    IGNORE = "ignore"
    DISMISS = "dismiss"


class Priority(StrEnum):
    """Which message leaves first when not all can: in this order."""

    REPLY = "reply"
    ORDER = "order"
    NUDGE = "nudge"
    CAMPAIGN = "campaign"


class OutboxStatus(StrEnum):
    """Where an outgoing message is. `unknown`: a crash hid whether Telegram accepted it."""

    WAITING = "waiting"
    SENDING = "sending"
    SENT = "sent"
    UNKNOWN = "unknown"
    DROPPED = "dropped"


class InboxStatus(StrEnum):
    """Where a received update is. `set_aside`: tried three times, or not readable at all."""

    WAITING = "waiting"
    DONE = "done"
    SET_ASIDE = "set_aside"


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
class Shopper:
    """A person who writes to the bot. `id` is Telegram's user id, which is also the private chat's id.

    `is_reachable` is False after Telegram said 403; `stopped_at` is set by /stop and cleared by /start.
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


@dataclass(frozen=True, slots=True)
class Consent:
    """The shopper's latest answer to one question. `version` is that of the text they read."""

    shopper_id: int
    kind: ConsentKind
    is_granted: bool
    version: int
    decided_at: datetime


@dataclass(frozen=True, slots=True)
class OpeningHours:
    """One opening interval in the store's local time; `weekday` 0 is Monday.

    `closes` at or before `opens` means that it closes on the next day; 00:00–00:00 is all day.
    """

    weekday: int
    opens: time
    closes: time


@dataclass(frozen=True, slots=True)
class Store:
    """A shop with a door. `radius_m` is the entry radius for nudges."""

    id: str
    name: str
    category: str
    address: str
    latitude: float
    longitude: float
    time_zone: str
    radius_m: int = 150
    hours: tuple[OpeningHours, ...] = ()


@dataclass(frozen=True, slots=True)
class Product:
    """Something to buy. `attributes` are free (size, colour, diet …); `tags` help words find it."""

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
    """A written policy document in Markdown, as the shop published it."""

    id: str
    title: str
    text: str
    valid_from: date


@dataclass(frozen=True, slots=True)
class Order:
    """One booked product, held in the store until it is collected.

    `suggestion_id` is unique: booking the same suggestion twice gives the same order.
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


@dataclass(frozen=True, slots=True)
class Purchase:
    """One line of the purchase log; `price_cents` is what was paid a piece."""

    shopper_id: int
    store_id: str
    product_id: str
    quantity: int
    price_cents: int
    purchased_at: datetime


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
class Suggestion:
    """What was shown to a shopper and why: the thing that every button under a reply points to.

    `distance_band_m` is a band (50, 150, 500 …), never the distance: exact ones would give the place away.
    `contributions` are the ranking's factors by name, largest first when shown.
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


@dataclass(frozen=True, slots=True)
class Visit:
    """A shopper was at a store; coordinates are never kept."""

    shopper_id: int
    store_id: str
    entered_at: datetime
    left_at: datetime | None = None


class NudgeAnswer(StrEnum):
    """What a shopper said to a nudge."""

    NOT_NOW = "not_now"
    FEWER = "fewer"


@dataclass(frozen=True, slots=True)
class Nudge:
    """An offer that was pushed at a store, in shop time; `suggestion_id` is what its buttons point to."""

    shopper_id: int
    store_id: str
    coupon_code: str
    visit_id: int
    suggestion_id: int
    nudged_at: datetime
    answer: NudgeAnswer | None = None
    answered_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Turn:
    """One line of a conversation, scrubbed; `role` is "shopper" or "concierge".

    `topic` is what the concierge's line was about: the kind of its reply; empty for the shopper's.
    """

    shopper_id: int
    role: str
    text: str
    said_at: datetime
    topic: str = ""


@dataclass(frozen=True, slots=True)
class InboxItem:
    """A received update, committed before it is acknowledged. `payload` holds no coordinates."""

    id: int
    bot_id: int
    update_id: int
    chat_id: int | None
    payload: str
    received_at: datetime
    attempts: int = 0
    status: InboxStatus = InboxStatus.WAITING


@dataclass(frozen=True, slots=True)
class Outgoing:
    """A message to be sent, before it is a row: a Bot API `method` and its `arguments`.

    `unique_key` makes a second one with the same key vanish; after `send_before` it is dropped unsent.
    """

    chat_id: int
    method: str
    arguments: Mapping[str, Any]
    priority: Priority = Priority.REPLY
    unique_key: str | None = None
    send_before: datetime | None = None


@dataclass(frozen=True, slots=True)
class OutboxItem:
    """A message in the outbox. `message_id` is Telegram's, once sent."""

    id: int
    outgoing: Outgoing
    status: OutboxStatus
    attempts: int
    due_at: datetime
    message_id: int | None = None


class Role(StrEnum):
    """What somebody is to the shop; who has none is a shopper."""

    OWNER = "owner"
    ADMIN = "admin"
    STAFF = "staff"


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who works here; staff of one store, all others of the whole shop."""

    shopper_id: int
    role: Role
    store_id: str | None
    granted_at: datetime


@dataclass(frozen=True, slots=True)
class Invitation:
    """A one-time link to a role. `invited_by` is None for the owner's link."""

    role: Role
    store_id: str | None
    invited_by: int | None
    expires_at: datetime


@dataclass(frozen=True, slots=True)
class AuditEntry:
    """Who did what, without personal data: ids and counts only."""

    actor: str
    action: str
    subject: str
    happened_at: datetime
    details: Mapping[str, str] = field(default_factory=dict)
