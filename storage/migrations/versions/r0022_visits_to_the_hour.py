"""Keep of visits that are over no more than the hours: where fences overlap, the seconds tell where somebody walked."""

from alembic import op

revision = "r0022"
down_revision = "r0021"
branch_labels = None
depends_on = None

# A time is text there, as storage/columns.py writes it.
_HOUR = {
    "sqlite": "substr({0}, 1, 13) || ':00:00.000000+00:00'",
    "postgresql": "date_trunc('hour', {0}, 'UTC')",
}


def upgrade() -> None:
    """Round the times of visits that are over, and drop what only a restart during one needs."""
    hour = _HOUR[op.get_bind().dialect.name]
    begun, ended = hour.format("entered_at"), hour.format("left_at")
    op.execute(
        f"UPDATE visits SET entered_at = {begun}, left_at = {ended}, dwelt_at = NULL,"  # noqa: S608 - our own words
        " share_message_id = NULL, share_ends_at = NULL WHERE left_at IS NOT NULL"
    )
