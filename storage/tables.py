"""The schema, as SQLAlchemy Core tables; migrations build the same, and a test compares the two.

History (purchases, orders, signals, visits …) refers to the catalogue without a foreign key, since it
outlives what the shop sells today. Whatever belongs to a shopper is deleted with the shopper. Columns
that hold ciphertext are named in the comment of their table.
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
    MetaData,
    SmallInteger,
    Table,
    Text,
    Time,
    UniqueConstraint,
)

from storage.columns import BigId, UtcDateTime

metadata = MetaData(
    naming_convention={
        "pk": "pk_%(table_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "uq": "uq_%(table_name)s_%(column_0_name)s",
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
    }
)


def _needed(name: str, kind: type | object) -> Column[object]:
    return Column(name, kind, nullable=False)  # type: ignore[arg-type]  # any column type or class


def _own_id() -> Column[int]:
    return Column("id", BigId, primary_key=True, autoincrement=True)


def _shopper(*, is_key: bool = False, may_be_nobody: bool = False) -> Column[int]:
    return Column(
        "shopper_id",
        BigInteger,
        ForeignKey("shoppers.id", ondelete="SET NULL" if may_be_nobody else "CASCADE"),
        primary_key=is_key,
        nullable=may_be_nobody,
    )


meta = Table("meta", metadata, Column("key", Text, primary_key=True), _needed("value", Text))

stores = Table(
    "stores",
    metadata,
    Column("id", Text, primary_key=True),
    _needed("name", Text),
    _needed("category", Text),
    _needed("address", Text),
    _needed("latitude", Float),
    _needed("longitude", Float),
    _needed("time_zone", Text),
    _needed("radius_m", Integer),
)
store_hours = Table(
    "store_hours",
    metadata,
    Column("store_id", Text, ForeignKey("stores.id", ondelete="CASCADE"), primary_key=True),
    Column("weekday", SmallInteger, primary_key=True),
    Column("opens", Time, primary_key=True),
    _needed("closes", Time),
)
products = Table(
    "products",
    metadata,
    Column("id", Text, primary_key=True),
    _needed("title", Text),
    _needed("category", Text),
    _needed("description", Text),
    _needed("price_cents", Integer),
    _needed("currency", Text),
    Column("brand", Text),
    _needed("attributes", Text),
    _needed("sustainability", Text),
    _needed("tags", Text),
)
stock = Table(
    "stock",
    metadata,
    Column("product_id", Text, ForeignKey("products.id", ondelete="CASCADE"), primary_key=True),
    Column("store_id", Text, ForeignKey("stores.id", ondelete="CASCADE"), primary_key=True),
    _needed("quantity", Integer),
    Index(None, "store_id"),
    sqlite_with_rowid=False,
)
policies = Table(
    "policies",
    metadata,
    Column("id", Text, primary_key=True),
    _needed("title", Text),
    _needed("text", Text),
    _needed("valid_from", Date),
)
coupons = Table(
    "coupons",
    metadata,
    Column("code", Text, primary_key=True),
    _needed("title", Text),
    _needed("discount_percent", Integer),
    _needed("valid_from", UtcDateTime),
    _needed("valid_until", UtcDateTime),
    _needed("product_ids", Text),
    _needed("categories", Text),
    _needed("store_ids", Text),
    Column("remaining", Integer),
    _needed("per_shopper", Integer),
    _needed("is_paused", Boolean),
)

# Ciphertext: first_name.
shoppers = Table(
    "shoppers",
    metadata,
    Column("id", BigId, primary_key=True, autoincrement=False),
    _needed("first_name", Text),
    Column("language_code", Text),
    _needed("created_at", UtcDateTime),
    _needed("last_seen_at", UtcDateTime),
    Column("time_zone", Text),
    _needed("is_demo", Boolean),
    _needed("is_reachable", Boolean),
    Column("stopped_at", UtcDateTime),
)
consents = Table(
    "consents",
    metadata,
    _own_id(),
    _shopper(),
    _needed("kind", Text),
    _needed("is_granted", Boolean),
    _needed("version", Integer),
    _needed("decided_at", UtcDateTime),
    Index(None, "shopper_id", "id"),
)
coupon_uses = Table(
    "coupon_uses",
    metadata,
    Column("code", Text, ForeignKey("coupons.code", ondelete="CASCADE"), primary_key=True),
    Column("order_code", Text, primary_key=True),
    _shopper(),
    _needed("used_at", UtcDateTime),
    Index(None, "shopper_id"),
)
saved_coupons = Table(
    "saved_coupons",
    metadata,
    _shopper(is_key=True),
    Column("code", Text, ForeignKey("coupons.code", ondelete="CASCADE"), primary_key=True),
    _needed("saved_at", UtcDateTime),
)
orders = Table(
    "orders",
    metadata,
    Column("code", Text, primary_key=True),
    _shopper(may_be_nobody=True),
    _needed("store_id", Text),
    _needed("product_id", Text),
    _needed("quantity", Integer),
    _needed("price_cents", Integer),
    _needed("currency", Text),
    _needed("status", Text),
    _needed("placed_at", UtcDateTime),
    _needed("changed_at", UtcDateTime),
    Column("coupon_code", Text),
    Column("suggestion_id", BigInteger),
    UniqueConstraint("suggestion_id"),
    Index(None, "shopper_id", "placed_at"),
)
purchases = Table(
    "purchases",
    metadata,
    _own_id(),
    _shopper(),
    _needed("store_id", Text),
    _needed("product_id", Text),
    _needed("quantity", Integer),
    _needed("price_cents", Integer),
    _needed("purchased_at", UtcDateTime),
    Index(None, "shopper_id", "purchased_at"),
)
signals = Table(
    "signals",
    metadata,
    _own_id(),
    _shopper(),
    _needed("product_id", Text),
    _needed("kind", Text),
    _needed("seen_at", UtcDateTime),
    Column("suggestion_id", BigInteger),
    _needed("position", Integer),
    Index(None, "shopper_id", "seen_at"),
)
# Ciphertext: need (it may be the shopper's own words, and says what a person lacks).
suggestions = Table(
    "suggestions",
    metadata,
    _own_id(),
    _shopper(),
    _needed("need", Text),
    _needed("product_id", Text),
    _needed("store_id", Text),
    Column("coupon_code", Text),
    _needed("price_cents", Integer),
    Column("distance_band_m", Integer),
    _needed("contributions", Text),
    _needed("position", Integer),
    _needed("shown_at", UtcDateTime),
    Index(None, "shopper_id", "shown_at"),
    sqlite_autoincrement=True,  # a button outlives a deleted row; its number must not come back
)
visits = Table(
    "visits",
    metadata,
    _own_id(),
    _shopper(),
    _needed("store_id", Text),
    _needed("entered_at", UtcDateTime),
    Column("left_at", UtcDateTime),
    Index(None, "shopper_id", "entered_at"),
)
# Ciphertext: text.
dialogues = Table(
    "dialogues",
    metadata,
    _own_id(),
    _shopper(),
    _needed("role", Text),
    _needed("text", Text),
    _needed("said_at", UtcDateTime),
    _needed("topic", Text),
    Index(None, "shopper_id", "id"),
    Index(None, "said_at"),
)
usage = Table(
    "usage",
    metadata,
    _shopper(is_key=True),
    Column("kind", Text, primary_key=True),
    Column("day", Date, primary_key=True),
    _needed("amount", Integer),
)

audit = Table(
    "audit",
    metadata,
    _own_id(),
    _needed("actor", Text),
    _needed("action", Text),
    _needed("subject", Text),
    _needed("happened_at", UtcDateTime),
    _needed("details", Text),
)
# Ciphertext: payload; both it and chat_id are erased when the update is done.
inbox = Table(
    "inbox",
    metadata,
    _own_id(),
    _needed("bot_id", BigInteger),
    _needed("update_id", BigInteger),
    Column("chat_id", BigInteger),
    Column("payload", Text),
    _needed("received_at", UtcDateTime),
    _needed("attempts", Integer),
    _needed("status", Text),
    Column("reason", Text),
    UniqueConstraint("bot_id", "update_id"),
    Index(None, "status", "id"),
    Index(None, "chat_id"),
    sqlite_autoincrement=True,
)
# Ciphertext: arguments, erased when the message is sent or dropped. `priority` is the rank, 0 first.
outbox = Table(
    "outbox",
    metadata,
    _own_id(),
    _needed("chat_id", BigInteger),
    _needed("method", Text),
    Column("arguments", Text),
    _needed("priority", SmallInteger),
    Column("unique_key", Text),
    Column("send_before", UtcDateTime),
    _needed("status", Text),
    _needed("attempts", Integer),
    _needed("due_at", UtcDateTime),
    _needed("created_at", UtcDateTime),
    Column("finished_at", UtcDateTime),
    Column("message_id", BigInteger),
    Column("reason", Text),
    UniqueConstraint("unique_key"),
    Index(None, "status", "priority", "due_at", "id"),
    Index(None, "chat_id", "status", "priority", "id"),
    sqlite_autoincrement=True,
)
