"""Which offers were pushed to whom, so that none is pushed twice and rarely means rarely."""

import sqlalchemy as sa
from alembic import op

revision = "r0004"
down_revision = "r0003"
branch_labels = None
depends_on = None

_BIG_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Create the ledger of nudges."""
    op.create_table(
        "nudges",
        sa.Column("id", _BIG_ID, nullable=False, autoincrement=True),
        sa.Column("shopper_id", sa.BigInteger(), nullable=False),
        sa.Column("store_id", sa.Text(), nullable=False),
        sa.Column("coupon_code", sa.Text(), nullable=False),
        sa.Column("visit_id", sa.BigInteger(), nullable=False),
        sa.Column("suggestion_id", sa.BigInteger(), nullable=False),
        sa.Column("nudged_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("answer", sa.Text()),
        sa.Column("answered_at", sa.DateTime(timezone=True)),
        sa.PrimaryKeyConstraint("id", name="pk_nudges"),
        sa.ForeignKeyConstraint(
            ["shopper_id"], ["shoppers.id"], name="fk_nudges_shopper_id", ondelete="CASCADE"
        ),
        sa.UniqueConstraint(
            "shopper_id", "store_id", "coupon_code", "visit_id", name="uq_nudges_shopper_id"
        ),
    )
    op.create_index("ix_nudges_shopper_id_nudged_at", "nudges", ["shopper_id", "nudged_at"])
    op.create_index("ix_nudges_suggestion_id", "nudges", ["suggestion_id"])
