"""The language a shopper chose, where it is not the one Telegram is set to."""

import sqlalchemy as sa
from alembic import op

revision = "r0016"
down_revision = "r0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the choice."""
    op.add_column("shoppers", sa.Column("chosen_language", sa.Text()))
