"""What a shopper's line came to mean, and who sees how replies come about."""

import sqlalchemy as sa
from alembic import op

revision = "r0015"
down_revision = "r0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the wish behind a line that says a part of it, and the mark of people who look behind replies."""
    op.add_column("dialogues", sa.Column("meant", sa.Text()))
    op.add_column(
        "roles",
        sa.Column("sees_debug", sa.Boolean(), nullable=False, server_default=sa.false()),
    )
