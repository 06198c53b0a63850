"""Check the keyboards a bot attaches, as Telegram does before it sends.

Source: core.telegram.org/bots/api#inlinekeyboardbutton, tdlib/telegram-bot-api get_reply_markup
(2026-11-21).
"""

from collections.abc import Callable
from dataclasses import dataclass

from scripts.emulator.errors import BUTTON_DATA_INVALID, BadRequestError
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
_STYLES = frozenset({"danger", "success", "primary"})

ButtonReader = Callable[[object], Json]


@dataclass(frozen=True, slots=True)
class Markup:
    """What a bot attached: an inline keyboard, a change of the reply keyboard, or neither."""

    inline: Json | None = None
    reply: Json | None = None
    removes_reply: bool = False


def read_markup(parameters: Parameters) -> Markup:
    """Give a call's reply_markup. Raises BadRequestError when it is malformed."""
    raw = parameters.structure("reply_markup", "can't parse reply keyboard markup JSON object")
    if not raw:
        return Markup()
    if not isinstance(raw, dict):
        raise BadRequestError("object expected as reply markup")
    if "inline_keyboard" in raw:
        rows = _read_rows(raw["inline_keyboard"], "inline keyboard", _read_inline_button)
        return Markup(inline={"inline_keyboard": rows} if rows else None)
    return _read_reply_markup(raw)


def _read_reply_markup(raw: Json) -> Markup:
    if "keyboard" in raw:
        rows = _read_rows(raw["keyboard"], "keyboard", _read_reply_button)
        return Markup(reply=raw | {"keyboard": rows}) if rows else Markup(removes_reply=True)
    if raw.get("force_reply"):
        return Markup(reply=raw)
    return Markup(removes_reply=bool(raw.get("remove_keyboard")))


def _read_rows(raw: object, name: str, read_button: ButtonReader) -> list[list[Json]]:
    if not isinstance(raw, list):
        raise BadRequestError(f'field "{name.replace(" ", "_")}" must be of type Array')
    rows = []
    for row in raw:
        if not isinstance(row, list):
            raise BadRequestError(f"can't parse {name} button: expected an Array of buttons")
        buttons = [read_button(button) for button in row]
        if buttons:
            rows.append(buttons)
    return rows


def _read_inline_button(raw: object) -> Json:
    if not isinstance(raw, dict):
        raise BadRequestError("can't parse inline keyboard button: expected an Object")
    if not isinstance(raw.get("text"), str):
        raise BadRequestError("can't parse inline keyboard button: can't find field \"text\"")
    if not raw["text"].strip():
        raise BadRequestError("inline keyboard button text must not be empty")
    actions = [name for name in _INLINE_ACTIONS if raw.get(name) is not None]
    if not actions:
        raise BadRequestError(
            "can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard"
        )
    _check_action(actions[0], raw[actions[0]])
    button = {"text": raw["text"], actions[0]: raw[actions[0]]}
    if raw.get("style") in _STYLES:
        button["style"] = raw["style"]
    return button


def _check_action(action: str, value: object) -> None:
    if action == "callback_data":
        size_bytes = len(str(value).encode())
        if not 1 <= size_bytes <= LONGEST_DATA_BYTES:
            raise BadRequestError(BUTTON_DATA_INVALID)
    elif action == "url":
        _check_url(str(value))
    elif action == "copy_text":
        text = str(value.get("text", "")) if isinstance(value, dict) else ""
        if not 1 <= len(text) <= LONGEST_COPY_TEXT:
            raise BadRequestError("BUTTON_COPY_TEXT_INVALID")


def _check_url(url: str) -> None:
    scheme, found, rest = url.partition("://")
    host = rest.split("/")[0] if found else url.split("/", maxsplit=1)[0]
    known = not found or scheme.lower() in {"http", "https", "tg", "ton"}
    if not known or not host or (" " in host) or ("." not in host and scheme.lower() != "tg"):
        raise BadRequestError(f"inline keyboard button URL '{url}' is invalid: Wrong HTTP URL")


def _read_reply_button(raw: object) -> Json:
    button = {"text": raw} if isinstance(raw, str) else raw
    if not isinstance(button, dict):
        raise BadRequestError("can't parse keyboard button: KeyboardButton must be of type Object")
    if not isinstance(button.get("text"), str):
        raise BadRequestError("can't parse keyboard button: can't find field \"text\"")
    if not button["text"].strip():
        raise BadRequestError("keyboard button text must not be empty")
    return button
