"""What shoppers say of themselves, what else could have been shown, and how likely it was that it was."""

import sqlalchemy as sa
from alembic import op

revision = "r0024"
down_revision = "r0023"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the table of preferences, and widen suggestions."""
    op.create_table(
        "preferences",
        sa.Column("shopper_id", sa.BigInteger(), nullable=False),
        sa.Column("declared", sa.Text(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("shopper_id", name="pk_preferences"),
        sa.ForeignKeyConstraint(
            ["shopper_id"], ["shoppers.id"], name="fk_preferences_shopper_id", ondelete="CASCADE"
        ),
    )
    alternatives = sa.Column("alternatives", sa.Text(), nullable=False, server_default="{}")
    op.add_column("suggestions", alternatives)
    op.add_column("suggestions", sa.Column("propensity", sa.Float(), nullable=True))
