"""Tables that know no person: settings, stores, goods, policies, coupons."""

from sqlalchemy import (
    Boolean,
    Column,
    Date,
    Float,
    ForeignKey,
    Index,
    Integer,
    SmallInteger,
    Table,
    Text,
    Time,
)

from storage.columns import UtcDateTime
from storage.schema import metadata, needed

meta = Table("meta", metadata, Column("key", Text, primary_key=True), needed("value", Text))

stores = Table(
    "stores",
    metadata,
    Column("id", Text, primary_key=True),
    needed("name", Text),
    needed("category", Text),
    needed("address", Text),
    needed("latitude", Float),
    needed("longitude", Float),
    needed("time_zone", Text),
    needed("radius_m", Integer),
)
store_hours = Table(
    "store_hours",
    metadata,
    Column("store_id", Text, ForeignKey("stores.id", ondelete="CASCADE"), primary_key=True),
    Column("weekday", SmallInteger, primary_key=True),
    Column("opens", Time, primary_key=True),
    needed("closes", Time),
)
store_special_days = Table(
    "store_special_days",
    metadata,
    Column("store_id", Text, ForeignKey("stores.id", ondelete="CASCADE"), primary_key=True),
    Column("day", Date, primary_key=True),
    needed("name", Text),
    needed("hours", Text),
)
products = Table(
    "products",
    metadata,
    Column("id", Text, primary_key=True),
    needed("title", Text),
    needed("category", Text),
    needed("description", Text),
    needed("price_cents", Integer),
    needed("currency", Text),
    Column("brand", Text),
    needed("attributes", Text),
    needed("sustainability", Text),
    needed("tags", Text),
    Column("gtin", Text, index=True),
)
stock = Table(
    "stock",
    metadata,
    Column("product_id", Text, ForeignKey("products.id", ondelete="CASCADE"), primary_key=True),
    Column("store_id", Text, ForeignKey("stores.id", ondelete="CASCADE"), primary_key=True),
    needed("quantity", Integer),
    Index(None, "store_id"),
    sqlite_with_rowid=False,
)
policies = Table(
    "policies",
    metadata,
    Column("id", Text, primary_key=True),
    needed("title", Text),
    needed("text", Text),
    Column("valid_from", Date, primary_key=True),
    Column("valid_to", Date),
)
coupons = Table(
    "coupons",
    metadata,
    Column("code", Text, primary_key=True),
    needed("title", Text),
    needed("discount_percent", Integer),
    needed("valid_from", UtcDateTime),
    needed("valid_until", UtcDateTime),
    needed("product_ids", Text),
    needed("categories", Text),
    needed("store_ids", Text),
    Column("remaining", Integer),
    needed("per_shopper", Integer),
    needed("is_paused", Boolean),
)
popularity = Table(
    "popularity",
    metadata,
    Column("night", Date, primary_key=True),
    Column("part_of_day", SmallInteger, primary_key=True, autoincrement=False),
    Column("store_id", Text, primary_key=True),
    Column("product_id", Text, primary_key=True),
    needed("shoppers", Integer),
)
