"""What an open visit needs to go on over a restart: whether it has dwelt, and by which share it is seen."""

import sqlalchemy as sa
from alembic import op

revision = "r0019"
down_revision = "r0018"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the columns; visits that are open now are of a share nobody noted."""
    op.add_column("visits", sa.Column("dwelt_at", sa.DateTime(timezone=True)))
    op.add_column("visits", sa.Column("share_message_id", sa.BigInteger()))
    op.add_column("visits", sa.Column("share_ends_at", sa.DateTime(timezone=True)))
