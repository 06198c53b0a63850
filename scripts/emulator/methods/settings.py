"""Keep what a bot says about itself: commands, names, descriptions, menu button."""

import re

from scripts.emulator.emulator import Emulator, Method
from scripts.emulator.errors import BadRequestError
from scripts.emulator.markup.entities import units
from scripts.emulator.parameters import Parameters
from scripts.emulator.sending import find_chat
from scripts.emulator.wire import Json

MOST_COMMANDS = 100
LONGEST_DESCRIPTION = 256
_COMMAND = re.compile(r"[a-z0-9_]{1,32}\Z")
_LANGUAGE = re.compile(r"[a-z]{2}\Z")
_PLAIN_SCOPES = frozenset(
    {"default", "all_private_chats", "all_group_chats", "all_chat_administrators"}
)
LONGEST_TEXTS = {"name": 64, "short_description": 120, "description": 512}
_COMPLAINTS = {
    "name": "BOT_TITLE_INVALID",
    "short_description": "ABOUT_TOO_LONG",
    "description": "DESCRIPTION_TOO_LONG",
}


def _read_language(parameters: Parameters) -> str:
    code = parameters.text("language_code")
    if code and not _LANGUAGE.match(code):
        raise BadRequestError("LANG_CODE_INVALID")
    return code


def _read_scope(emulator: Emulator, parameters: Parameters) -> str:
    """Give "scope/language", the key of one list of commands."""
    scope = parameters.structure("scope", "can't parse BotCommandScope JSON object")
    kind = "default" if scope is None else str(scope.get("type", ""))
    language = _read_language(parameters)
    if kind in _PLAIN_SCOPES:
        return f"{kind}/{language}"
    if kind not in {"chat", "chat_administrators", "chat_member"}:
        raise BadRequestError("can't parse BotCommandScope: Unsupported type specified")
    chat = find_chat(emulator, Parameters(scope))
    member = f":{int(scope['user_id'])}" if kind == "chat_member" else ""
    return f"{kind}:{chat['id']}{member}/{language}"


def _read_command(raw: object) -> Json:
    if not isinstance(raw, dict):
        raise BadRequestError("can't parse BotCommand: expected an Object")
    command = str(raw.get("command", "")).removeprefix("/")
    description = str(raw.get("description", "")).strip()
    if not _COMMAND.match(command):
        raise BadRequestError("BOT_COMMAND_INVALID")
    if not 1 <= units(description) <= LONGEST_DESCRIPTION:
        raise BadRequestError("BOT_COMMAND_DESCRIPTION_INVALID")
    return {"command": command, "description": description}


async def set_my_commands(emulator: Emulator, parameters: Parameters) -> bool:
    """Keep a list of commands for a scope and language."""
    raw = parameters.structure("commands", "can't parse commands JSON object")
    if not isinstance(raw, list):
        raise BadRequestError("expected an Array of BotCommand")
    if len(raw) > MOST_COMMANDS:
        raise BadRequestError("BOT_COMMANDS_TOO_MUCH")
    key = _read_scope(emulator, parameters)
    emulator.ledger.put("commands", key, [_read_command(command) for command in raw])
    return True


async def get_my_commands(emulator: Emulator, parameters: Parameters) -> list[Json]:
    """Give the list of exactly this scope and language."""
    key = _read_scope(emulator, parameters)
    found: list[Json] = emulator.ledger.table("commands").get(key, [])
    return found


async def delete_my_commands(emulator: Emulator, parameters: Parameters) -> bool:
    """Forget a list of commands."""
    emulator.ledger.drop("commands", _read_scope(emulator, parameters))
    return True


def _setter(name: str) -> Method:
    async def set_text(emulator: Emulator, parameters: Parameters) -> bool:
        text = parameters.text(name).strip()
        if units(text) > LONGEST_TEXTS[name]:
            raise BadRequestError(_COMPLAINTS[name])
        language = _read_language(parameters)
        key = f"{name}/{language}" if language else name
        emulator.world.settle(key, text or None)
        return True

    return set_text


def _getter(name: str) -> Method:
    async def get_text(emulator: Emulator, parameters: Parameters) -> Json:
        world, language = emulator.world, _read_language(parameters)
        usual = world.setting(name, world.bot_user()["first_name"] if name == "name" else "")
        return {name: world.setting(f"{name}/{language}", usual) if language else usual}

    return get_text


def _menu_key(emulator: Emulator, parameters: Parameters) -> str:
    if "chat_id" not in parameters:
        return "default"
    return str(find_chat(emulator, parameters)["id"])


async def set_chat_menu_button(emulator: Emulator, parameters: Parameters) -> bool:
    """Choose what the button beside the input field does."""
    button = parameters.structure("menu_button", "can't parse menu button JSON object")
    button = button or {"type": "default"}
    if button.get("type") not in {"default", "commands", "web_app"}:
        raise BadRequestError("can't parse MenuButton: Unsupported type specified")
    emulator.ledger.put("menu_button", _menu_key(emulator, parameters), button)
    return True


async def get_chat_menu_button(emulator: Emulator, parameters: Parameters) -> Json:
    """Give what the button beside the input field does."""
    buttons = emulator.ledger.table("menu_button")
    usual = buttons.get("default", {"type": "commands"})
    found: Json = buttons.get(_menu_key(emulator, parameters), usual)
    return found


METHODS: dict[str, Method] = {
    "setMyCommands": set_my_commands,
    "getMyCommands": get_my_commands,
    "deleteMyCommands": delete_my_commands,
    "setMyName": _setter("name"),
    "getMyName": _getter("name"),
    "setMyDescription": _setter("description"),
    "getMyDescription": _getter("description"),
    "setMyShortDescription": _setter("short_description"),
    "getMyShortDescription": _getter("short_description"),
    "setChatMenuButton": set_chat_menu_button,
    "getChatMenuButton": get_chat_menu_button,
}
