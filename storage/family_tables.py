"""Tables around the people a shopper buys for, beside `relatives`: what was booked for whom.

All of it ends with the shopper, and with the relative it is about.
"""

from sqlalchemy import BigInteger, Column, ForeignKey, Index, Table, Text

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
