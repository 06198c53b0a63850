"""The values behind a shopper's placeholders: found by keyed hash, kept as ciphertext."""

import sqlalchemy as sa
from alembic import op

revision = "r0010"
down_revision = "r0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the vault."""
    op.create_table(
        "vault",
        sa.Column("shopper_id", sa.BigInteger(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("value_hash", sa.Text(), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("shopper_id", "kind", "number", name="pk_vault"),
        sa.UniqueConstraint("shopper_id", "kind", "value_hash", name="uq_vault_shopper_id"),
        sa.ForeignKeyConstraint(
            ["shopper_id"], ["shoppers.id"], name="fk_vault_shopper_id", ondelete="CASCADE"
        ),
    )
    op.create_index("ix_vault_used_at", "vault", ["used_at"])
