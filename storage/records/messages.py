"""Messages on their way in and out."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any


class Priority(StrEnum):
    """Which message leaves first when not all can: in this order."""

    REPLY = "reply"
    ORDER = "order"
    NUDGE = "nudge"
    CAMPAIGN = "campaign"


class OutboxStatus(StrEnum):
    """Where an outgoing message is. `unknown`: a crash hid whether Telegram accepted it."""

    WAITING = "waiting"
    SENDING = "sending"
    SENT = "sent"
    UNKNOWN = "unknown"
    DROPPED = "dropped"


class InboxStatus(StrEnum):
    """Where a received update is. `set_aside`: tried three times, or not readable at all."""

    WAITING = "waiting"
    DONE = "done"
    SET_ASIDE = "set_aside"


@dataclass(frozen=True, slots=True)
class InboxItem:
    """A received update, committed before it is acknowledged. `payload` holds no coordinates."""

    id: int
    bot_id: int
    update_id: int
    chat_id: int | None
    payload: str
    received_at: datetime
    attempts: int = 0
    status: InboxStatus = InboxStatus.WAITING


@dataclass(frozen=True, slots=True)
class Outgoing:
    """A message to be sent, before it is a row: a Bot API `method` and its `arguments`.

    `unique_key` makes a second one with the same key vanish; after `send_before` it is dropped unsent.
    Of a farewell, the last words to somebody who was forgotten, no row is left once it is sent or given up.
    """

    chat_id: int
    method: str
    arguments: Mapping[str, Any]
    priority: Priority = Priority.REPLY
    unique_key: str | None = None
    send_before: datetime | None = None
    is_farewell: bool = False


@dataclass(frozen=True, slots=True)
class OutboxItem:
    """A message in the outbox. `message_id` is Telegram's, once sent; `claimed_by` the worker that sends or sent it."""

    id: int
    outgoing: Outgoing
    status: OutboxStatus
    attempts: int
    due_at: datetime
    message_id: int | None = None
    claimed_by: int | None = None


@dataclass(frozen=True, slots=True)
class Portion:
    """Whose messages a worker sends: of every `of` chats, by their ids, those that come to `place` (0 … of - 1)."""

    place: int = 0
    of: int = 1


EVERY_CHAT = Portion()


@dataclass(frozen=True, slots=True)
class Worker:
    """A process that sends messages, as the others know it, seen for the last time at `seen_at`.

    `crew`: the ids, ascending, of those it shares the chats with, itself among them; empty until it knows.
    `held_until`: Telegram told it that nobody may send before then.
    """

    id: int
    host: str
    pid: int
    seen_at: datetime
    crew: tuple[int, ...] = ()
    held_until: datetime | None = None
