"""The number under a product's barcode."""

import sqlalchemy as sa
from alembic import op

revision = "r0025"
down_revision = "r0024"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add it; no product has one until the catalogue is loaded again."""
    op.add_column("products", sa.Column("gtin", sa.Text()))
    op.create_index("ix_products_gtin", "products", ["gtin"])
