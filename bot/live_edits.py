"""Reads a step of a live location out of an update's bytes, and nothing of any other update (pure).

Most of what a busy bot receives is such steps. They are told apart by types: what does not fit these to the letter, the
share's first message and its end among it, is left to those who read everything.
"""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Annotated, Any, Literal

import msgspec
from msgspec import Meta, Struct, field

from knowledge.nearby.places import Fix
from knowledge.nearby.shares import Notice

_WORST_M = (
    1500.0  # the largest horizontal_accuracy there is (Bot API 10.0); beyond it none is told
)
_Seconds = Annotated[int, Meta(gt=0, le=100_000_000_000)]


class _Location(Struct, gc=False):
    latitude: Annotated[float, Meta(ge=-90, le=90)]
    longitude: Annotated[float, Meta(ge=-180, le=180)]
    live_period: Annotated[int, Meta(gt=0)]
    horizontal_accuracy: float | None = None


class _Chat(Struct, gc=False):
    id: int
    type: Literal["private"]


class _Sender(Struct, gc=False):
    id: int
    is_bot: Literal[False] = False


class _Message(Struct, gc=False):
    """Fields that must be absent are of no type but None: a place with one of them is not the sender's own."""

    message_id: int
    date: _Seconds
    edit_date: _Seconds
    chat: _Chat
    sender: _Sender = field(name="from")
    location: _Location
    venue: None = None
    via_bot: None = None
    forward_origin: None = None
    forward_date: None = None
    forward_from: None = None
    forward_from_chat: None = None
    forward_sender_name: None = None


class _Update(Struct, gc=False):
    update_id: int
    edited_message: _Message


_read = msgspec.json.Decoder(_Update).decode


@dataclass(frozen=True, slots=True)
class LiveEdit:
    """A shopper's live location moved."""

    shopper_id: int
    notice: Notice
    fix: Fix

    @property
    def share(self) -> tuple[int, int]:
        """Give the chat and the message that it is an edit of."""
        return self.shopper_id, self.notice.message_id


def read_live_edit(raw: bytes, received_at: datetime) -> LiveEdit | None:
    """Read an update; None when it is anything but a live location that moved. A time in the future counts as now."""
    try:
        message = _read(raw).edited_message
    except (ValueError, RecursionError):
        return None
    if message.sender.id != message.chat.id:
        return None
    location = message.location
    accuracy_m = location.horizontal_accuracy
    if accuracy_m is not None and not 0 <= accuracy_m <= _WORST_M:
        accuracy_m = None
    return LiveEdit(
        shopper_id=message.chat.id,
        notice=Notice.of(message.message_id, _moment(message.date), location.live_period),
        fix=Fix(
            latitude=location.latitude,
            longitude=location.longitude,
            accuracy_m=accuracy_m,
            seen_at=min(_moment(message.edit_date), received_at),
            is_live=True,
        ),
    )


def ended_share(update: Any) -> tuple[int, int] | None:
    """Give the chat and the message of a live location that a parsed update ends; None when it ends none."""
    message = update.get("edited_message") if isinstance(update, dict) else None
    if not isinstance(message, dict) or not isinstance(message.get("location"), dict):
        return None
    chat = message.get("chat")
    if "live_period" in message["location"] or not isinstance(chat, dict):
        return None
    chat_id, message_id = chat.get("id"), message.get("message_id")
    if not isinstance(chat_id, int) or not isinstance(message_id, int):
        return None
    return chat_id, message_id


def _moment(told_s: int) -> datetime:
    return datetime.fromtimestamp(told_s, UTC)
