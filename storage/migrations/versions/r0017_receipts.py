"""Why somebody was told about an offer, or not; and who was told nothing, to compare with."""

import sqlalchemy as sa
from alembic import op

revision = "r0017"
down_revision = "r0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the receipts, and mark in the ledger what was never sent."""
    op.create_table(
        "receipts",
        sa.Column("shopper_id", sa.BigInteger(), nullable=False),
        sa.Column("visit_id", sa.BigInteger(), nullable=False, autoincrement=False),
        sa.Column("candidate_hash", sa.Text(), nullable=False),
        sa.Column("store_id", sa.Text(), nullable=False),
        sa.Column("outcome", sa.Text(), nullable=False),
        sa.Column("decided_on", sa.Date(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("told", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("shopper_id", "visit_id", "candidate_hash", name="pk_receipts"),
        sa.ForeignKeyConstraint(
            ["shopper_id"], ["shoppers.id"], name="fk_receipts_shopper_id", ondelete="CASCADE"
        ),
    )
    op.add_column(
        "nudges",
        sa.Column("is_held_out", sa.Boolean(), nullable=False, server_default=sa.false()),
    )
    op.add_column("nudges", sa.Column("campaign_id", sa.Text()))
