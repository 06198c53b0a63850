"""Who was forgotten, by keyed hash, so that a restored backup forgets them again."""

import sqlalchemy as sa
from alembic import op

revision = "r0009"
down_revision = "r0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the erasure list."""
    op.create_table(
        "erasures",
        sa.Column("shopper_hash", sa.Text(), nullable=False),
        sa.Column("forgotten_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("shopper_hash", name="pk_erasures"),
    )
