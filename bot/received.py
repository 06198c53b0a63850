"""What must be known of a raw update before anybody reads it: its number, its chat, its age (pure).

An update may be of a kind that the library cannot parse yet; this looks at plain JSON and never fails on it.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from bot.coordinates import strip_coordinates
from knowledge.nearby.places import Fix

# Beyond this a date is nonsense and would not fit into a datetime.
LATEST_DATE_S = 1e11
# Words that make a late text count still: an order may depend on it. Ours; wide on purpose.
ORDER_WORDS = frozenset(
    {"order", "orders", "book", "booking", "booked", "reserve", "reservation", "cancel", "return"}
    | {"refund", "collect", "pickup", "exchange", "delivery"}
    | {"pedido", "pedidos", "reserva", "reservas", "reservar", "cancelar", "cancela", "devolver"}
    | {"devolución", "reembolso", "recoger", "cambio", "entrega"}
)

_AWAITED = ("message", "edited_message", "callback_query")


@dataclass(frozen=True, slots=True)
class Received:
    """An update as it goes into the inbox. `chat_id` None: it belongs to no chat (an inline query, a poll).

    `is_awaited`: somebody wrote or tapped, and waits for an answer.
    """

    update_id: int
    chat_id: int | None
    payload: str
    fix: Fix | None
    is_awaited: bool = True


def read_update(raw: object, received_at: datetime) -> Received | None:
    """Read one element of getUpdates; None when it has no usable number and so cannot be stored."""
    if not isinstance(raw, dict):
        return None
    update_id = raw.get("update_id")
    if not isinstance(update_id, int) or isinstance(update_id, bool):
        return None
    stripped = strip_coordinates(raw, received_at)
    return Received(
        update_id=update_id,
        chat_id=chat_of(raw),
        payload=json.dumps(stripped.update, separators=(",", ":")),
        fix=stripped.fix,
        is_awaited=is_awaited(raw),
    )


def is_awaited(update: Mapping[str, Any]) -> bool:
    """Tell whether somebody waits for an answer to it: not to a live location that moved, nor to news of a group."""
    if _is_moved_place(update):
        return False
    return any(kind in update for kind in _AWAITED)


def chat_of(update: Mapping[str, Any]) -> int | None:
    """Give the id of the chat an update belongs to, or None."""
    event = _event(update)
    if event is None:
        return None
    places = (event, event.get("message"))
    for place in places:
        chat = place.get("chat") if isinstance(place, dict) else None
        if isinstance(chat, dict) and isinstance(chat.get("id"), int):
            return int(chat["id"])
    return None


def language_of(update: Mapping[str, Any]) -> str | None:
    """Give the IETF tag of the language that the Telegram of whoever sent it is set to, None when it is not told."""
    sender = (_event(update) or {}).get("from")
    tag = sender.get("language_code") if isinstance(sender, dict) else None
    return tag if isinstance(tag, str) else None


def sent_at(update: Mapping[str, Any]) -> datetime | None:
    """Give when the shopper sent a message or an edit; None for everything that carries no such date."""
    event = _event(update)
    if event is None:
        return None
    told = event.get("edit_date") or event.get("date")
    return (
        datetime.fromtimestamp(told, UTC)
        if isinstance(told, int) and 0 < told < LATEST_DATE_S
        else None
    )


def is_stale_question(update: Mapping[str, Any], now: datetime, stale_after: timedelta) -> bool:
    """Tell whether an answer would come too late to be of use.

    Buttons, commands and texts about orders count whatever their age; so does everything that is not a message.
    A live location that moved or ended is no question: nobody is owed an apology for it.
    """
    if _is_moved_place(update):
        return False
    event = update.get("message") or update.get("edited_message")
    written = sent_at(update)
    if not isinstance(event, dict) or written is None or now - written <= stale_after:
        return False
    text = event.get("text")
    return not (isinstance(text, str) and (text.startswith("/") or _is_about_order(text)))


def _is_moved_place(update: Mapping[str, Any]) -> bool:
    edited = update.get("edited_message")
    return isinstance(edited, dict) and "location" in edited


def _is_about_order(text: str) -> bool:
    words = {word.strip(".,;:!?()\"'«»") for word in text.lower().split()}
    return not words.isdisjoint(ORDER_WORDS)


def _event(update: Mapping[str, Any]) -> dict[str, Any] | None:
    """Give the part of an update that says what happened."""
    return next(
        (part for key, part in update.items() if key != "update_id" and isinstance(part, dict)),
        None,
    )
