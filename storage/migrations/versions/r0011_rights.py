"""A pause, being under age, and last words to the forgotten, of which no row is left."""

import sqlalchemy as sa
from alembic import op

revision = "r0011"
down_revision = "r0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Give shoppers their two marks, and messages theirs."""
    for name in ("paused_until", "under_age_since"):
        op.add_column("shoppers", sa.Column(name, sa.DateTime(timezone=True)))
    op.add_column(
        "outbox",
        sa.Column("is_farewell", sa.Boolean(), nullable=False, server_default=sa.false()),
    )
