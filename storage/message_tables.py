"""Tables between the program and Telegram, and the audit log."""

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Index,
    Integer,
    SmallInteger,
    Table,
    Text,
    UniqueConstraint,
)

from storage.columns import UtcDateTime
from storage.schema import encrypted, metadata, needed, own_id

audit = Table(
    "audit",
    metadata,
    own_id(),
    needed("actor", Text),
    needed("action", Text),
    needed("subject", Text),
    needed("happened_at", UtcDateTime),
    needed("details", Text),
)
# Ciphertext: payload; both it and chat_id are erased when the update is done.
inbox = Table(
    "inbox",
    metadata,
    own_id(),
    needed("bot_id", BigInteger),
    needed("update_id", BigInteger),
    Column("chat_id", BigInteger),
    encrypted("payload", is_needed=False),
    needed("received_at", UtcDateTime),
    needed("attempts", Integer),
    needed("status", Text),
    Column("reason", Text),
    UniqueConstraint("bot_id", "update_id"),
    Index(None, "status", "id"),
    Index(None, "chat_id"),
    sqlite_autoincrement=True,
)
# Ciphertext: arguments, erased when the message is sent or dropped; the whole row, when it is a
# farewell to somebody who was forgotten. `priority` is the rank, 0 first.
outbox = Table(
    "outbox",
    metadata,
    own_id(),
    needed("chat_id", BigInteger),
    needed("method", Text),
    encrypted("arguments", is_needed=False),
    needed("priority", SmallInteger),
    Column("unique_key", Text),
    Column("send_before", UtcDateTime),
    needed("status", Text),
    needed("attempts", Integer),
    needed("due_at", UtcDateTime),
    needed("created_at", UtcDateTime),
    Column("finished_at", UtcDateTime),
    Column("message_id", BigInteger),
    Column("reason", Text),
    needed("is_farewell", Boolean),
    Column("claimed_by", BigInteger),
    UniqueConstraint("unique_key"),
    Index(None, "status", "priority", "due_at", "id"),
    Index(None, "chat_id", "status", "priority", "id"),
    sqlite_autoincrement=True,
)
# The processes that send. An id is never given twice: rows claimed under it tell whose they are, long after it is gone.
workers = Table(
    "workers",
    metadata,
    own_id(),
    needed("host", Text),
    needed("pid", Integer),
    needed("seen_at", UtcDateTime),
    needed("crew", Text),
    Column("held_until", UtcDateTime),
    sqlite_autoincrement=True,
)
