"""The whole schema in one place, as SQLAlchemy Core tables; migrations build the same, and a test compares."""

from storage.catalogue_tables import (
    coupons,
    meta,
    policies,
    products,
    stock,
    store_hours,
    store_special_days,
    stores,
)
from storage.message_tables import audit, inbox, outbox
from storage.people_tables import erasures, invitations, roles
from storage.schema import metadata
from storage.shopper_tables import (
    consents,
    coupon_uses,
    dialogues,
    nudges,
    orders,
    purchases,
    relatives,
    saved_coupons,
    shoppers,
    signals,
    suggestions,
    usage,
    vault,
    visits,
)

__all__ = [
    "audit",
    "consents",
    "coupon_uses",
    "coupons",
    "dialogues",
    "erasures",
    "inbox",
    "invitations",
    "meta",
    "metadata",
    "nudges",
    "orders",
    "outbox",
    "policies",
    "products",
    "purchases",
    "relatives",
    "roles",
    "saved_coupons",
    "shoppers",
    "signals",
    "stock",
    "store_hours",
    "store_special_days",
    "stores",
    "suggestions",
    "usage",
    "vault",
    "visits",
]
