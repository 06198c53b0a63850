"""What is bought where at which part of the day, counted every night."""

import sqlalchemy as sa
from alembic import op

revision = "r0028"
down_revision = "r0027"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the table of what is popular; it names nobody."""
    op.create_table(
        "popularity",
        sa.Column("night", sa.Date(), nullable=False),
        sa.Column("part_of_day", sa.SmallInteger(), nullable=False),
        sa.Column("store_id", sa.Text(), nullable=False),
        sa.Column("product_id", sa.Text(), nullable=False),
        sa.Column("shoppers", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint(
            "night", "part_of_day", "store_id", "product_id", name="pk_popularity"
        ),
    )
