"""The people a shopper buys for."""

import sqlalchemy as sa
from alembic import op

revision = "r0012"
down_revision = "r0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create relatives; their numbers never come back, since buttons point to them."""
    op.create_table(
        "relatives",
        sa.Column(
            "id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=True,
            nullable=False,
        ),
        sa.Column("shopper_id", sa.BigInteger(), nullable=False),
        sa.Column("nickname", sa.Text(), nullable=False),
        sa.Column("relation", sa.Text(), nullable=False),
        sa.Column("tastes", sa.Text(), nullable=False),
        sa.Column("birthday", sa.Text()),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_relatives"),
        sa.ForeignKeyConstraint(
            ["shopper_id"], ["shoppers.id"], name="fk_relatives_shopper_id", ondelete="CASCADE"
        ),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_relatives_shopper_id", "relatives", ["shopper_id"])
