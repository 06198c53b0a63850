"""Tables of who works here, roles and the one-time links that give them, and of who was forgotten.

The first two end with the person: whoever is forgotten has no role, and what they invited to is void.
"""

from sqlalchemy import BigInteger, Boolean, Column, ForeignKey, Table, Text

from storage.columns import UtcDateTime
from storage.schema import metadata, needed, shopper_id

roles = Table(
    "roles",
    metadata,
    shopper_id(is_key=True),
    needed("role", Text),
    Column("store_id", Text),
    needed("granted_at", UtcDateTime),
    needed("sees_debug", Boolean),
)
# A keyed hash only: what is stored gives nobody a role.
invitations = Table(
    "invitations",
    metadata,
    Column("code_hash", Text, primary_key=True),
    needed("role", Text),
    Column("store_id", Text),
    Column("invited_by", BigInteger, ForeignKey("shoppers.id", ondelete="CASCADE")),
    needed("expires_at", UtcDateTime),
)
# A keyed hash, made for this list alone: it matches nothing else that is stored.
erasures = Table(
    "erasures",
    metadata,
    Column("shopper_hash", Text, primary_key=True),
    needed("forgotten_at", UtcDateTime),
)
