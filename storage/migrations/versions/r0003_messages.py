"""What came in, what goes out, and who did what: inbox, outbox, audit."""

import sqlalchemy as sa
from alembic import op

revision = "r0003"
down_revision = "r0002"
branch_labels = None
depends_on = None

_BIG_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Create the tables between the program and Telegram, and the audit log."""
    _create_audit()
    _create_inbox()
    _create_outbox()


def _create_audit() -> None:
    op.create_table(
        "audit",
        sa.Column("id", _BIG_ID, nullable=False, autoincrement=True),
        sa.Column("actor", sa.Text(), nullable=False),
        sa.Column("action", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("happened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("details", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_audit"),
    )


def _create_inbox() -> None:
    op.create_table(
        "inbox",
        sa.Column("id", _BIG_ID, nullable=False, autoincrement=True),
        sa.Column("bot_id", sa.BigInteger(), nullable=False),
        sa.Column("update_id", sa.BigInteger(), nullable=False),
        sa.Column("chat_id", sa.BigInteger()),
        sa.Column("payload", sa.Text()),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text()),
        sa.PrimaryKeyConstraint("id", name="pk_inbox"),
        sa.UniqueConstraint("bot_id", "update_id", name="uq_inbox_bot_id"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_inbox_status_id", "inbox", ["status", "id"])
    op.create_index("ix_inbox_chat_id", "inbox", ["chat_id"])


def _create_outbox() -> None:
    op.create_table(
        "outbox",
        sa.Column("id", _BIG_ID, nullable=False, autoincrement=True),
        sa.Column("chat_id", sa.BigInteger(), nullable=False),
        sa.Column("method", sa.Text(), nullable=False),
        sa.Column("arguments", sa.Text()),
        sa.Column("priority", sa.SmallInteger(), nullable=False),
        sa.Column("unique_key", sa.Text()),
        sa.Column("send_before", sa.DateTime(timezone=True)),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("finished_at", sa.DateTime(timezone=True)),
        sa.Column("message_id", sa.BigInteger()),
        sa.Column("reason", sa.Text()),
        sa.PrimaryKeyConstraint("id", name="pk_outbox"),
        sa.UniqueConstraint("unique_key", name="uq_outbox_unique_key"),
        sqlite_autoincrement=True,
    )
    op.create_index(
        "ix_outbox_status_priority_due_at_id", "outbox", ["status", "priority", "due_at", "id"]
    )
    op.create_index(
        "ix_outbox_chat_id_status_priority_id",
        "outbox",
        ["chat_id", "status", "priority", "id"],
    )
