"""How long an order is kept, and what the store said to it; orders from before are kept for ever."""

import sqlalchemy as sa
from alembic import op

revision = "r0006"
down_revision = "r0005"
branch_labels = None
depends_on = None

_TIMES = ("kept_until", "asked_at", "answered_at", "escalated_at")


def upgrade() -> None:
    """Give orders their times, and an index of what is open."""
    for name in _TIMES:
        op.add_column("orders", sa.Column(name, sa.DateTime(timezone=True)))
    op.create_index("ix_orders_status_kept_until", "orders", ["status", "kept_until"])
