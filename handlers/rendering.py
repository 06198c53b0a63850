"""Answers as Bot API calls for the outbox: plain text, entities counted in UTF-16, and buttons (pure).

Entities, not markup: nothing a shop or a shopper writes can break the formatting.
"""

from base64 import b64encode
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from storage.records import Outgoing, Priority, Store

MAX_TEXT_UTF16 = 4_096  # Telegram Bot API, sendMessage, after entities parsing
MAX_CAPTION_UTF16 = 1_024  # Telegram Bot API, sendPhoto
_LEAST_BLOCK_UTF16 = 80  # less than a line tells nothing
_PICTURE = "picture.png"
Keyboard = Mapping[str, Any]


def send(
    chat_id: int,
    text: str,
    *,
    bold: Sequence[str] = (),
    keyboard: Keyboard | None = None,
    priority: Priority = Priority.REPLY,
) -> Outgoing:
    """Give a new message; the first occurrence of each of `bold` is bold."""
    return Outgoing(
        chat_id, "sendMessage", {"chat_id": chat_id, **_body(text, bold, keyboard)}, priority
    )


def edit(
    chat_id: int,
    message_id: int | None,
    text: str,
    *,
    bold: Sequence[str] = (),
    keyboard: Keyboard | None = None,
) -> Outgoing:
    """Give a change of an earlier message; without a keyboard its buttons disappear.

    With None, for a message that cannot be changed any more, it is a new one.
    """
    if message_id is None:
        return send(chat_id, text, bold=bold, keyboard=keyboard)
    arguments = {"chat_id": chat_id, "message_id": message_id, **_body(text, bold, keyboard)}
    return Outgoing(chat_id, "editMessageText", arguments)


def unasked(message: Outgoing, unique_key: str | None = None) -> Outgoing:
    """Make a message one that answers nobody: news of an order, behind the answers to the same chat."""
    return replace(message, priority=Priority.ORDER, unique_key=unique_key)


def farewell(message: Outgoing) -> Outgoing:
    """Make a message one of the last to somebody who was forgotten: no row of it is left once it is sent."""
    return replace(message, is_farewell=True)


def without_buttons(chat_id: int, message_id: int | None) -> list[Outgoing]:
    """Take the buttons off an earlier message; nothing for one that cannot be changed any more."""
    if message_id is None:
        return []
    arguments = {"chat_id": chat_id, "message_id": message_id}
    return [Outgoing(chat_id, "editMessageReplyMarkup", arguments)]


def with_buttons(chat_id: int, message_id: int | None, keyboard: Keyboard) -> list[Outgoing]:
    """Change the buttons under an earlier message; nothing for one that cannot be changed any more."""
    if message_id is None:
        return []
    arguments = {"chat_id": chat_id, "message_id": message_id, "reply_markup": keyboard}
    return [Outgoing(chat_id, "editMessageReplyMarkup", arguments)]


def venue(chat_id: int, store: Store) -> Outgoing:
    """Give a store as a place on the map."""
    return Outgoing(
        chat_id,
        "sendVenue",
        {
            "chat_id": chat_id,
            "latitude": store.latitude,
            "longitude": store.longitude,
            "title": store.name,
            "address": store.address,
        },
    )


def document(chat_id: int, name: str, content: bytes, *, caption: str) -> Outgoing:
    """Give a file to be sent; `name` is what it is called on the phone."""
    arguments = {"chat_id": chat_id, "document": _file(name, content), "caption": caption}
    return Outgoing(chat_id, "sendDocument", arguments)


def photo(chat_id: int, png: bytes, *, caption: str, keyboard: Keyboard | None = None) -> Outgoing:
    """Give a picture; the caption says the same in words, for whoever does not see it."""
    arguments = {
        "chat_id": chat_id,
        "photo": _file(_PICTURE, png),
        "caption": fitted(caption, MAX_CAPTION_UTF16),
    }
    if keyboard is not None:
        arguments["reply_markup"] = keyboard
    return Outgoing(chat_id, "sendPhoto", arguments)


def photo_instead(
    chat_id: int,
    message_id: int | None,
    png: bytes,
    *,
    caption: str,
    keyboard: Keyboard | None = None,
) -> Outgoing:
    """Give another picture in the place of an earlier one; a new one where that cannot be changed any more."""
    if message_id is None:
        return photo(chat_id, png, caption=caption, keyboard=keyboard)
    media = {
        "type": "photo",
        "media": _file(_PICTURE, png),
        "caption": fitted(caption, MAX_CAPTION_UTF16),
    }
    arguments: dict[str, Any] = {"chat_id": chat_id, "message_id": message_id, "media": media}
    if keyboard is not None:
        arguments["reply_markup"] = keyboard
    return Outgoing(chat_id, "editMessageMedia", arguments)


def with_line(message: Outgoing, line: str) -> Outgoing:
    """Put a line under a message's text, if there is one and it fits."""
    arguments = dict(message.arguments)
    text = f"{arguments['text']}\n{line}"
    if not line or _utf16_length(text) > MAX_TEXT_UTF16:
        return message
    arguments["text"] = text
    return replace(message, arguments=arguments)


def with_block(message: Outgoing, text: str) -> Outgoing:
    """Put a block in typewriter letters that unfolds under a message's text, as much of it as fits."""
    arguments = dict(message.arguments)
    above = f"{arguments['text']}\n\n"
    room = MAX_TEXT_UTF16 - _utf16_length(above)
    if room < _LEAST_BLOCK_UTF16:
        return message
    block = fitted(text, room)
    place = {"offset": _utf16_length(above), "length": _utf16_length(block)}
    # Telegram lets typewriter letters stand within a quotation, not the other way round.
    marks = [{"type": "expandable_blockquote", **place}, {"type": "code", **place}]
    arguments["text"] = above + block
    arguments["entities"] = [*arguments.get("entities", ()), *marks]
    return replace(message, arguments=arguments)


def fitted(text: str, limit_utf16: int = MAX_TEXT_UTF16) -> str:
    """Cut a text that Telegram would refuse for its length, at a line's end where there is one."""
    if _utf16_length(text) <= limit_utf16:
        return text
    encoded = text.encode("utf-16-le")[: 2 * (limit_utf16 - 1)]
    cut = encoded.decode("utf-16-le", errors="ignore")
    line_end = cut.rfind("\n")
    return (cut[:line_end] if line_end > limit_utf16 // 2 else cut).rstrip() + "…"


def bold_entities(text: str, parts: Iterable[str]) -> list[dict[str, Any]]:
    """Give entities for the first occurrence of each part, in order, never overlapping."""
    found: list[tuple[int, int]] = []
    for part in parts:
        start = text.find(part) if part else -1
        stop = start + len(part)
        if start >= 0 and all(stop <= a or start >= b for a, b in found):
            found.append((start, stop))
    return [
        {
            "type": "bold",
            "offset": _utf16_length(text[:start]),
            "length": _utf16_length(text[start:stop]),
        }
        for start, stop in sorted(found)
    ]


def _body(text: str, bold: Sequence[str], keyboard: Keyboard | None) -> dict[str, Any]:
    shown = fitted(text)
    body: dict[str, Any] = {"text": shown}
    entities = bold_entities(shown, bold)
    if entities:
        body["entities"] = entities
    if keyboard is not None:
        body["reply_markup"] = keyboard
    return body


def _file(name: str, content: bytes) -> dict[str, str]:
    return {"filename": name, "base64": b64encode(content).decode()}


def _utf16_length(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2
