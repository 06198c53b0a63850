"""Shoppers who are each other's people and agreed to tell each other what they like."""

import sqlalchemy as sa
from alembic import op

revision = "r0027"
down_revision = "r0026"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create links and link_codes."""
    op.create_table(
        "links",
        sa.Column("relative_id", sa.BigInteger(), nullable=False),
        sa.Column("shopper_id", sa.BigInteger(), nullable=False),
        sa.Column("linked_id", sa.BigInteger(), nullable=False),
        sa.Column("linked_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("relative_id", name="pk_links"),
        sa.UniqueConstraint("shopper_id", "linked_id", name="uq_links_shopper_id"),
        _goes_with("links", "relative_id", "relatives.id"),
        _goes_with("links", "shopper_id", "shoppers.id"),
        _goes_with("links", "linked_id", "shoppers.id"),
    )
    op.create_index("ix_links_linked_id", "links", ["linked_id"])
    op.create_table(
        "link_codes",
        sa.Column("code_hash", sa.Text(), nullable=False),
        sa.Column("shopper_id", sa.BigInteger(), nullable=False),
        sa.Column("relative_id", sa.BigInteger(), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("code_hash", name="pk_link_codes"),
        _goes_with("link_codes", "shopper_id", "shoppers.id"),
        _goes_with("link_codes", "relative_id", "relatives.id"),
    )
    op.create_index("ix_link_codes_shopper_id", "link_codes", ["shopper_id"])
    op.create_index("ix_link_codes_relative_id", "link_codes", ["relative_id"])


def _goes_with(table: str, column: str, target: str) -> sa.ForeignKeyConstraint:
    name = f"fk_{table}_{column}"
    return sa.ForeignKeyConstraint([column], [target], name=name, ondelete="CASCADE")
