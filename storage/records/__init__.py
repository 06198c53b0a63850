"""The shared nouns of the shop, as frozen dataclasses.

Every layer speaks in these. They know no SQL, no Telegram and no model. Times are aware UTC unless the
name says otherwise; money is integer cents of `currency` (ISO 4217); distances are metres.
"""

from storage.records.erasures import Erasure
from storage.records.messages import (
    InboxItem,
    InboxStatus,
    OutboxItem,
    OutboxStatus,
    Outgoing,
    Priority,
)
from storage.records.people import (
    AuditEntry,
    Invitation,
    Person,
    Role,
)
from storage.records.relatives import Birthday, Relation, Relative
from storage.records.shop import (
    Coupon,
    OpeningHours,
    Policy,
    Product,
    SpecialDay,
    Stock,
    Store,
    Sustainability,
)
from storage.records.shopper import (
    UNTIL_THEY_SAY,
    Consent,
    ConsentKind,
    Nudge,
    NudgeAnswer,
    Order,
    OrderStatus,
    Purchase,
    Shopper,
    Signal,
    SignalKind,
    Suggestion,
    Turn,
    VaultEntry,
    Visit,
)

__all__ = [
    "UNTIL_THEY_SAY",
    "AuditEntry",
    "Birthday",
    "Consent",
    "ConsentKind",
    "Coupon",
    "Erasure",
    "InboxItem",
    "InboxStatus",
    "Invitation",
    "Nudge",
    "NudgeAnswer",
    "OpeningHours",
    "Order",
    "OrderStatus",
    "OutboxItem",
    "OutboxStatus",
    "Outgoing",
    "Person",
    "Policy",
    "Priority",
    "Product",
    "Purchase",
    "Relation",
    "Relative",
    "Role",
    "Shopper",
    "Signal",
    "SignalKind",
    "SpecialDay",
    "Stock",
    "Store",
    "Suggestion",
    "Sustainability",
    "Turn",
    "VaultEntry",
    "Visit",
]
