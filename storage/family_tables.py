"""Tables around the people a shopper buys for, beside `relatives`: what was booked for whom, and who of them is linked.

All of it ends with the shopper, and with the relative it is about.
"""

from sqlalchemy import BigInteger, Column, ForeignKey, Index, Table, Text, UniqueConstraint

from storage.columns import UtcDateTime
from storage.schema import metadata, needed, shopper_id

presents = Table(
    "presents",
    metadata,
    Column("order_code", Text, primary_key=True),
    shopper_id(),
    Column(
        "relative_id", BigInteger, ForeignKey("relatives.id", ondelete="CASCADE"), nullable=False
    ),
    needed("product_id", Text),
    needed("booked_at", UtcDateTime),
    Index(None, "shopper_id"),
    Index(None, "relative_id"),
)
# Both who are linked have a row: `relative_id` is what one calls the other, who is `linked_id`.
links = Table(
    "links",
    metadata,
    Column(
        "relative_id", BigInteger, ForeignKey("relatives.id", ondelete="CASCADE"), primary_key=True
    ),
    shopper_id(),
    Column("linked_id", BigInteger, ForeignKey("shoppers.id", ondelete="CASCADE"), nullable=False),
    needed("linked_at", UtcDateTime),
    UniqueConstraint("shopper_id", "linked_id"),
    Index(None, "linked_id"),
)
# A keyed hash only: what is stored links nobody.
link_codes = Table(
    "link_codes",
    metadata,
    Column("code_hash", Text, primary_key=True),
    shopper_id(),
    Column(
        "relative_id", BigInteger, ForeignKey("relatives.id", ondelete="CASCADE"), nullable=False
    ),
    needed("expires_at", UtcDateTime),
    Index(None, "shopper_id"),
    Index(None, "relative_id"),
)
