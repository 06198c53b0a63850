"""What became of orders and when, and which order is exchanged for another."""

import sqlalchemy as sa
from alembic import op

revision = "r0023"
down_revision = "r0022"
branch_labels = None
depends_on = None

_BIG_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Create the timeline of orders, and fill it with what the orders themselves still tell."""
    op.create_table(
        "order_events",
        sa.Column("id", _BIG_ID, nullable=False, autoincrement=True),
        sa.Column("order_code", sa.Text(), nullable=False),
        sa.Column("shopper_id", sa.BigInteger()),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_order_events"),
        sa.ForeignKeyConstraint(
            ["shopper_id"], ["shoppers.id"], name="fk_order_events_shopper_id", ondelete="SET NULL"
        ),
    )
    op.create_index("ix_order_events_order_code_id", "order_events", ["order_code", "id"])
    op.create_index("ix_order_events_shopper_id", "order_events", ["shopper_id"])
    op.add_column("orders", sa.Column("replaces_code", sa.Text()))
    op.create_index("ix_orders_replaces_code", "orders", ["replaces_code"])
    op.execute(
        "INSERT INTO order_events (order_code, shopper_id, status, changed_at)"
        " SELECT code, shopper_id, 'placed', placed_at FROM orders ORDER BY placed_at, code"
    )
    op.execute(
        "INSERT INTO order_events (order_code, shopper_id, status, changed_at)"
        " SELECT code, shopper_id, status, changed_at FROM orders WHERE status <> 'placed'"
        " ORDER BY changed_at, code"
    )
