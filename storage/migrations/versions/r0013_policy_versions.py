"""Policies in versions: each holds from a day on, and may end on another; the one that is there stays."""

import sqlalchemy as sa
from alembic import op

revision = "r0013"
down_revision = "r0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Give a version its last day, and let several of one document stand side by side."""
    with op.batch_alter_table("policies") as batch:
        batch.add_column(sa.Column("valid_to", sa.Date()))
        batch.drop_constraint("pk_policies", type_="primary")
        batch.create_primary_key("pk_policies", ["id", "valid_from"])
