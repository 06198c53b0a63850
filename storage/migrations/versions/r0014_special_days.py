"""Days on which a store keeps other hours than usual: holidays, inventories, fairs."""

import sqlalchemy as sa
from alembic import op

revision = "r0014"
down_revision = "r0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the special days of stores; until somebody enters one, no day is special."""
    op.create_table(
        "store_special_days",
        sa.Column("store_id", sa.Text(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("hours", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("store_id", "day", name="pk_store_special_days"),
        sa.ForeignKeyConstraint(
            ["store_id"],
            ["stores.id"],
            name="fk_store_special_days_store_id",
            ondelete="CASCADE",
        ),
    )
