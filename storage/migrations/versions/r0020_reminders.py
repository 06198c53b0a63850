"""What shoppers were reminded of because they asked for it, so that none is said twice."""

import sqlalchemy as sa
from alembic import op

revision = "r0020"
down_revision = "r0019"
branch_labels = None
depends_on = None

_BIG_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Create the ledger of reminders, and the index that finds who wants one."""
    op.create_table(
        "reminders",
        sa.Column("id", _BIG_ID, nullable=False, autoincrement=True),
        sa.Column("shopper_id", sa.BigInteger(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("about", sa.Text(), nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("is_told", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_reminders"),
        sa.ForeignKeyConstraint(
            ["shopper_id"], ["shoppers.id"], name="fk_reminders_shopper_id", ondelete="CASCADE"
        ),
        sa.UniqueConstraint("shopper_id", "kind", "about", name="uq_reminders_shopper_id"),
    )
    op.create_index(
        "ix_reminders_shopper_id_decided_at", "reminders", ["shopper_id", "decided_at"]
    )
    op.create_index("ix_consents_kind_shopper_id_id", "consents", ["kind", "shopper_id", "id"])
