"""Tables of shoppers and of what belongs to one.

History (purchases, orders, signals, visits …) refers to the catalogue without a foreign key, since it
outlives what the shop sells today. Whatever belongs to a shopper is deleted with the shopper; an order
stays and loses its person. Columns that hold ciphertext are named in the comment of their table.
"""

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Date,
    Float,
    ForeignKey,
    Index,
    Integer,
    Table,
    Text,
    UniqueConstraint,
)

from storage.columns import BigId, UtcDateTime
from storage.schema import encrypted, metadata, needed, own_id, shopper_id

# Ciphertext: first_name.
shoppers = Table(
    "shoppers",
    metadata,
    Column("id", BigId, primary_key=True, autoincrement=False),
    encrypted("first_name"),
    Column("language_code", Text),
    needed("created_at", UtcDateTime),
    needed("last_seen_at", UtcDateTime),
    Column("time_zone", Text),
    needed("is_demo", Boolean),
    needed("is_reachable", Boolean),
    Column("stopped_at", UtcDateTime),
    Column("paused_until", UtcDateTime),
    Column("under_age_since", UtcDateTime),
    Column("chosen_language", Text),
)
consents = Table(
    "consents",
    metadata,
    own_id(),
    shopper_id(),
    needed("kind", Text),
    needed("is_granted", Boolean),
    needed("version", Integer),
    needed("decided_at", UtcDateTime),
    Index(None, "shopper_id", "id"),
    Index(None, "kind", "shopper_id", "id"),
)
coupon_uses = Table(
    "coupon_uses",
    metadata,
    Column("code", Text, ForeignKey("coupons.code", ondelete="CASCADE"), primary_key=True),
    Column("order_code", Text, primary_key=True),
    shopper_id(),
    needed("used_at", UtcDateTime),
    Index(None, "shopper_id"),
)
saved_coupons = Table(
    "saved_coupons",
    metadata,
    shopper_id(is_key=True),
    Column("code", Text, ForeignKey("coupons.code", ondelete="CASCADE"), primary_key=True),
    needed("saved_at", UtcDateTime),
)
orders = Table(
    "orders",
    metadata,
    Column("code", Text, primary_key=True),
    shopper_id(may_be_nobody=True),
    needed("store_id", Text),
    needed("product_id", Text),
    needed("quantity", Integer),
    needed("price_cents", Integer),
    needed("currency", Text),
    needed("status", Text),
    needed("placed_at", UtcDateTime),
    needed("changed_at", UtcDateTime),
    Column("coupon_code", Text),
    Column("suggestion_id", BigInteger),
    Column("kept_until", UtcDateTime),
    Column("asked_at", UtcDateTime),
    Column("answered_at", UtcDateTime),
    Column("escalated_at", UtcDateTime),
    Column("replaces_code", Text),
    UniqueConstraint("suggestion_id"),
    Index(None, "shopper_id", "placed_at"),
    Index(
        None, "status", "kept_until"
    ),  # open orders are few: both jobs and the desk read no others
    Index(None, "replaces_code"),
)
order_events = Table(
    "order_events",
    metadata,
    own_id(),
    needed("order_code", Text),
    shopper_id(may_be_nobody=True),
    needed("status", Text),
    needed("changed_at", UtcDateTime),
    Index(None, "order_code", "id"),
    Index(None, "shopper_id"),
)
purchases = Table(
    "purchases",
    metadata,
    own_id(),
    shopper_id(),
    needed("store_id", Text),
    needed("product_id", Text),
    needed("quantity", Integer),
    needed("price_cents", Integer),
    needed("purchased_at", UtcDateTime),
    Index(None, "shopper_id", "purchased_at"),
)
signals = Table(
    "signals",
    metadata,
    own_id(),
    shopper_id(),
    needed("product_id", Text),
    needed("kind", Text),
    needed("seen_at", UtcDateTime),
    Column("suggestion_id", BigInteger),
    needed("position", Integer),
    Index(None, "shopper_id", "seen_at"),
)
# Ciphertext: need (it may be the shopper's own words, and says what a person lacks).
suggestions = Table(
    "suggestions",
    metadata,
    own_id(),
    shopper_id(),
    encrypted("need"),
    needed("product_id", Text),
    needed("store_id", Text),
    Column("coupon_code", Text),
    needed("price_cents", Integer),
    Column("distance_band_m", Integer),
    needed("contributions", Text),
    needed("position", Integer),
    needed("shown_at", UtcDateTime),
    needed("alternatives", Text),
    Column("propensity", Float),
    Column("relative_id", BigInteger),
    Index(None, "shopper_id", "shown_at"),
    sqlite_autoincrement=True,  # a button outlives a deleted row; its number must not come back
)
visits = Table(
    "visits",
    metadata,
    own_id(),
    shopper_id(),
    needed("store_id", Text),
    needed("entered_at", UtcDateTime),
    Column("left_at", UtcDateTime),
    Column("dwelt_at", UtcDateTime),
    Column("share_message_id", BigInteger),
    Column("share_ends_at", UtcDateTime),
    Index(None, "shopper_id", "entered_at"),
)
nudges = Table(
    "nudges",
    metadata,
    own_id(),
    shopper_id(),
    needed("store_id", Text),
    needed("coupon_code", Text),
    needed("visit_id", BigInteger),
    needed("suggestion_id", BigInteger),
    needed("nudged_at", UtcDateTime),
    Column("answer", Text),
    Column("answered_at", UtcDateTime),
    needed("is_held_out", Boolean),
    Column("campaign_id", Text),
    UniqueConstraint("shopper_id", "store_id", "coupon_code", "visit_id"),
    Index(None, "shopper_id", "nudged_at"),
    Index(None, "suggestion_id"),
)
# Ciphertext: told (what was weighed tells of habits). The hash is keyed, so that a coupon is found without decrypting any.
receipts = Table(
    "receipts",
    metadata,
    shopper_id(is_key=True),
    Column("visit_id", BigInteger, primary_key=True, autoincrement=False),
    Column("candidate_hash", Text, primary_key=True),
    needed("store_id", Text),
    needed("outcome", Text),
    needed("decided_on", Date),
    needed("version", Integer),
    needed("importance", Integer),
    encrypted("told"),
)
reminders = Table(
    "reminders",
    metadata,
    own_id(),
    shopper_id(),
    needed("kind", Text),
    needed("about", Text),
    needed("decided_at", UtcDateTime),
    needed("is_told", Boolean),
    UniqueConstraint("shopper_id", "kind", "about"),
    Index(None, "shopper_id", "decided_at"),
)
# Ciphertext: text.
dialogues = Table(
    "dialogues",
    metadata,
    own_id(),
    shopper_id(),
    needed("role", Text),
    encrypted("text"),
    needed("said_at", UtcDateTime),
    needed("topic", Text),
    encrypted("meant", is_needed=False),
    Index(None, "shopper_id", "id"),
    Index(None, "said_at"),
)
# value_hash is keyed, so that a value is found without decrypting any.
vault = Table(
    "vault",
    metadata,
    shopper_id(is_key=True),
    Column("kind", Text, primary_key=True),
    Column("number", Integer, primary_key=True, autoincrement=False),
    needed("value_hash", Text),
    encrypted("value"),
    needed("created_at", UtcDateTime),
    needed("used_at", UtcDateTime),
    UniqueConstraint("shopper_id", "kind", "value_hash"),
    Index(None, "used_at"),
)
# Ciphertext: nickname, tastes, birthday.
relatives = Table(
    "relatives",
    metadata,
    own_id(),
    shopper_id(),
    encrypted("nickname"),
    needed("relation", Text),
    encrypted("tastes"),
    encrypted("birthday", is_needed=False),
    needed("created_at", UtcDateTime),
    Index(None, "shopper_id"),
    sqlite_autoincrement=True,  # a button outlives a deleted row; its number must not come back
)
# Ciphertext: declared.
preferences = Table(
    "preferences",
    metadata,
    shopper_id(is_key=True),
    encrypted("declared"),
    needed("changed_at", UtcDateTime),
)
usage = Table(
    "usage",
    metadata,
    shopper_id(is_key=True),
    Column("kind", Text, primary_key=True),
    Column("day", Date, primary_key=True),
    needed("amount", Integer),
)
