"""Check the keyboards a bot attaches, as Telegram does before it sends.

Source: core.telegram.org/bots/api#inlinekeyboardbutton, tdlib/telegram-bot-api get_reply_markup
(2026-11-21).
"""

from collections.abc import Callable
from dataclasses import dataclass

from scripts.emulator.errors import BUTTON_DATA_INVALID, BadRequestError
from scripts.emulator.markup.entities import units
from scripts.emulator.markup.links import require_link, require_web_app_link
from scripts.emulator.parameters import Parameters
from scripts.emulator.wire import Json

LONGEST_DATA_BYTES = 64
LONGEST_COPY_TEXT = 256
_INLINE_ACTIONS = (
    "callback_data",
    "url",
    "web_app",
    "login_url",
    "switch_inline_query",
    "switch_inline_query_current_chat",
    "switch_inline_query_chosen_chat",
    "copy_text",
    "callback_game",
    "pay",
)
_SWITCHES = (
    "remove_keyboard",
    "force_reply",
    "resize_keyboard",
    "one_time_keyboard",
    "is_persistent",
    "selective",
)
MOST_BUTTONS = 300

ButtonReader = Callable[[object], Json]


@dataclass(frozen=True, slots=True)
class Markup:
    """What a bot attached: an inline keyboard, a change of the reply keyboard, or neither."""

    inline: Json | None = None
    reply: Json | None = None
    removes_reply: bool = False


def read_markup(parameters: Parameters, *, is_invoice: bool = False) -> Markup:
    """Give a call's reply_markup. Raises BadRequestError when it is malformed."""
    raw = parameters.structure("reply_markup", "can't parse reply keyboard markup JSON object")
    if not raw:
        return Markup()
    if not isinstance(raw, dict):
        raise BadRequestError("object expected as reply markup")
    if "inline_keyboard" in raw:
        rows = _read_rows(raw, "inline_keyboard", _read_inline_button)
        if not is_invoice and any("pay" in button for row in rows for button in row):
            raise BadRequestError("BUTTON_TYPE_INVALID")
        return Markup(inline={"inline_keyboard": rows} if rows else None)
    return _read_reply_markup(raw)


def _read_reply_markup(raw: Json) -> Markup:
    for name in _SWITCHES:
        if not isinstance(raw.get(name, False), bool):
            raise BadRequestError(f'field "{name}" must be of type Boolean')
    if "keyboard" in raw:
        rows = _read_rows(raw, "keyboard", _read_reply_button)
        return Markup(reply=raw | {"keyboard": rows}) if rows else Markup(removes_reply=True)
    if raw.get("force_reply"):
        return Markup(reply=raw)
    return Markup(removes_reply=bool(raw.get("remove_keyboard")))


def _read_rows(raw: Json, name: str, read_button: ButtonReader) -> list[list[Json]]:
    if not isinstance(raw[name], list):
        raise BadRequestError(f'field "{name}" must be of type Array')
    rows = []
    for row in raw[name]:
        if not isinstance(row, list):
            raise BadRequestError(f'field "{name}" must be an Array of Arrays')
        buttons = [read_button(button) for button in row]
        if buttons:
            rows.append(buttons)
    if sum(len(row) for row in rows) > MOST_BUTTONS:
        raise BadRequestError("REPLY_MARKUP_TOO_LONG")
    return rows


def _require_label(button: Json, what: str) -> None:
    if "text" not in button:
        raise BadRequestError(f"can't parse {what}: Can't find field \"text\"")
    if not isinstance(button["text"], str):
        raise BadRequestError(f'can\'t parse {what}: Field "text" must be of type String')
    if not button["text"].strip():
        raise BadRequestError(f"{what} text must be non-empty")


def _read_inline_button(raw: object) -> Json:
    what = "inline keyboard button"
    if not isinstance(raw, dict):
        raise BadRequestError(f"can't parse {what}: InlineKeyboardButton must be an Object")
    _require_label(raw, what)
    actions = [name for name in _INLINE_ACTIONS if raw.get(name) not in (None, "", False)]
    if not actions:
        raise BadRequestError(
            f"can't parse {what}: Text buttons are unallowed in the inline keyboard"
        )
    _check_action(actions[0], raw[actions[0]])
    button = {"text": raw["text"], actions[0]: raw[actions[0]]}
    for name in ("style", "icon_custom_emoji_id"):
        if raw.get(name):
            button[name] = raw[name]
    return button


def _check_action(action: str, value: object) -> None:
    inner = value if isinstance(value, dict) else {}
    if action == "callback_data" and len(str(value).encode()) > LONGEST_DATA_BYTES:
        raise BadRequestError(BUTTON_DATA_INVALID)
    if action == "url":
        require_link(str(value), "inline keyboard button URL")
    if action == "web_app":
        require_web_app_link(str(inner.get("url", "")), "inline keyboard button Web App URL")
    if action == "copy_text" and not 1 <= units(str(inner.get("text", ""))) <= LONGEST_COPY_TEXT:
        raise BadRequestError("BUTTON_COPY_TEXT_INVALID")
    if action == "callback_game":
        raise BadRequestError("BUTTON_TYPE_INVALID")


def _read_reply_button(raw: object) -> Json:
    what = "keyboard button"
    button = {"text": raw} if isinstance(raw, str) else raw
    if not isinstance(button, dict):
        raise BadRequestError(f"can't parse {what}: KeyboardButton must be an Object")
    _require_label(button, what)
    if isinstance(button.get("web_app"), dict):
        require_web_app_link(str(button["web_app"].get("url", "")), f"{what} Web App URL")
    return button
