from typing import Any

import pytest

from tests.emulator.caller import Caller

START = {"command": "start", "description": "Begin"}
AYUDA = {"command": "help", "description": "Ayuda"}


async def test_commands_are_kept_per_scope_and_language(telegram: Caller) -> None:
    await telegram.say("hi", language_code="es")
    private = {"type": "all_private_chats"}
    await telegram.result("setMyCommands", commands=[START])
    await telegram.result("setMyCommands", commands=[AYUDA], scope=private, language_code="es")
    assert await telegram.result("getMyCommands") == [START]
    assert await telegram.result("getMyCommands", scope=private) == []
    assert (await telegram.get("phone/7"))["menu"] == [AYUDA]
    own = {"type": "chat", "chat_id": 7}
    await telegram.result("setMyCommands", commands=[START, AYUDA], scope=own)
    assert (await telegram.get("phone/7"))["menu"] == [START, AYUDA]
    await telegram.result("deleteMyCommands", scope=own)
    assert (await telegram.get("phone/7"))["menu"] == [AYUDA]


@pytest.mark.parametrize(
    ("method", "parameters", "refusal"),
    [
        ("setMyCommands", {"commands": [START] * 101}, "BOT_COMMANDS_TOO_MUCH"),
        (
            "setMyCommands",
            {"commands": [{"command": "Start!", "description": "x"}]},
            "BOT_COMMAND_INVALID",
        ),
        (
            "setMyCommands",
            {"commands": [{"command": "x" * 33, "description": "x"}]},
            "BOT_COMMAND_INVALID",
        ),
        (
            "setMyCommands",
            {"commands": [{"command": "x", "description": "x" * 257}]},
            "BOT_COMMAND_DESCRIPTION_INVALID",
        ),
        (
            "getMyCommands",
            {"scope": {"type": "odd"}},
            "can't parse BotCommandScope: Unsupported type specified",
        ),
        ("setMyName", {"name": "x" * 65}, "BOT_TITLE_INVALID"),
    ],
)
async def test_settings_telegram_refuses(
    telegram: Caller, method: str, parameters: dict[str, Any], refusal: str
) -> None:
    assert await telegram.refusal(method, **parameters) == f"400 Bad Request: {refusal}"


async def test_name_and_descriptions_per_language(telegram: Caller) -> None:
    await telegram.result("setMyName", name="Town Concierge")
    await telegram.result("setMyName", name="Conserje", language_code="es")
    assert (await telegram.result("getMe"))["first_name"] == "Town Concierge"
    assert await telegram.result("getMyName", language_code="es") == {"name": "Conserje"}
    await telegram.result("setMyDescription", description="Finds things")
    await telegram.result("setMyShortDescription", short_description="Finds")
    assert await telegram.result("getMyDescription") == {"description": "Finds things"}
    assert await telegram.result("getMyShortDescription") == {"short_description": "Finds"}
    await telegram.result("setChatMenuButton", menu_button={"type": "default"})
    assert await telegram.result("getChatMenuButton") == {"type": "default"}
