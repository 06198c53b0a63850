"""How much a receipt is worth keeping, where those of stores around would tell too exactly where somebody was."""

import sqlalchemy as sa
from alembic import op

revision = "r0021"
down_revision = "r0020"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add it; receipts that are there count as relevant."""
    op.add_column(
        "receipts", sa.Column("importance", sa.Integer(), nullable=False, server_default="1")
    )
