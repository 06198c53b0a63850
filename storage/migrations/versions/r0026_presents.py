"""For whom something was suggested, and what was booked as a present for whom."""

import sqlalchemy as sa
from alembic import op

revision = "r0026"
down_revision = "r0025"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create presents; what was suggested before was for nobody in particular."""
    op.add_column("suggestions", sa.Column("relative_id", sa.BigInteger()))
    op.create_table(
        "presents",
        sa.Column("order_code", sa.Text(), nullable=False),
        sa.Column("shopper_id", sa.BigInteger(), nullable=False),
        sa.Column("relative_id", sa.BigInteger(), nullable=False),
        sa.Column("product_id", sa.Text(), nullable=False),
        sa.Column("booked_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("order_code", name="pk_presents"),
        sa.ForeignKeyConstraint(
            ["shopper_id"], ["shoppers.id"], name="fk_presents_shopper_id", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["relative_id"], ["relatives.id"], name="fk_presents_relative_id", ondelete="CASCADE"
        ),
    )
    op.create_index("ix_presents_shopper_id", "presents", ["shopper_id"])
    op.create_index("ix_presents_relative_id", "presents", ["relative_id"])
