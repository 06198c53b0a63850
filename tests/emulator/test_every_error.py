"""Every method, failing in every way: both libraries understand what the local Telegram says."""

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Any

import pytest
from aiogram.methods import TelegramMethod

from tests.emulator.caller import Caller
from tests.emulator.every_call import (
    CODES,
    REFUSALS,
    RETRY_AFTER_S,
    Refusal,
    arguments_of,
    caller_of,
)
from tests.emulator.exercised import Exercised
from tests.emulator.libraries import AIOGRAM, LIBRARIES, Library


@pytest.fixture(params=LIBRARIES, ids=str)
def library(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Library:
    monkeypatch.setenv("PTB_TIMEDELTA", "true")
    found: Library = request.param
    return found


@pytest.fixture
async def bot(telegram: Caller, library: Library, exercised: Exercised) -> AsyncIterator[Any]:
    async with library.client(telegram.server.url, telegram.server.token) as bot:
        yield bot
    exercised.note(library.name, await telegram.get("log"))


@pytest.fixture
async def chat(telegram: Caller) -> None:
    """Shopper 7 has written, so that the bot may."""
    await telegram.say("hi")


def seconds(told: object) -> object:
    return told.total_seconds() if isinstance(told, timedelta) else told


@pytest.mark.parametrize("code", CODES)
async def test_every_method_fails_with_every_code(
    telegram: Caller, library: Library, bot: Any, code: int
) -> None:
    call = caller_of(bot)
    for method, arguments in arguments_of(library.own).items():
        fault = {"method": method, "error_code": code, "times": 1}
        asked = {"retry_after": RETRY_AFTER_S} if code == 429 else {}
        await telegram.post("faults", **fault, **asked)
        with pytest.raises(library.errors[code]) as caught:
            await call(method, **arguments)
        waits = seconds(getattr(caught.value, "retry_after", None))
        assert waits == (RETRY_AFTER_S if code == 429 else None), method


@pytest.mark.parametrize("refusal", REFUSALS, ids=str)
@pytest.mark.usefixtures("chat")
async def test_what_telegram_refuses_by_itself(
    telegram: Caller, library: Library, bot: Any, refusal: Refusal
) -> None:
    call = caller_of(bot)
    arguments = {**refusal.arguments, **await refusal.arrange(telegram, call)}
    with pytest.raises(library.errors[refusal.code]) as caught:
        await call(refusal.method, **arguments)
    assert refusal.words in str(caught.value).lower()


class _GetHim(TelegramMethod[bool]):
    __returning__ = bool
    __api_method__ = "getHim"


async def test_a_method_that_telegram_does_not_know(library: Library, bot: Any) -> None:
    with pytest.raises(library.no_such_method):
        await (bot(_GetHim()) if library is AIOGRAM else bot.do_api_request("getHim"))


@pytest.mark.usefixtures("chat")
async def test_a_flood_tells_how_long_to_wait(
    telegram: Caller, library: Library, bot: Any
) -> None:
    await telegram.post("flood", enabled=True)
    for _ in range(5):
        await bot.send_message(7, "x")
    with pytest.raises(library.errors[429]) as caught:
        await bot.send_message(7, "x")
    assert seconds(getattr(caught.value, "retry_after", None)) == 1


async def test_a_wrong_token_is_refused(telegram: Caller, library: Library) -> None:
    with pytest.raises(library.errors[401]):
        async with library.client(telegram.server.url, "1:wrong") as stranger:
            await stranger.get_me()


async def long_poll(telegram: Caller, bot: Any) -> asyncio.Task[Any]:
    """Begin a poll that finds nothing and waits."""
    poll = asyncio.create_task(bot.get_updates(timeout=30))
    while not (await telegram.get("bot"))["ready"]:
        pass
    return poll


async def test_a_second_poller_ends_the_first(
    telegram: Caller, library: Library, bot: Any
) -> None:
    first = await long_poll(telegram, bot)
    await telegram.updates()
    with pytest.raises(library.errors[409], match="terminated by other getUpdates"):
        await first


async def test_setting_a_webhook_ends_the_poll(
    telegram: Caller, library: Library, bot: Any
) -> None:
    poll = await long_poll(telegram, bot)
    await telegram.result("setWebhook", url="http://127.0.0.1:9/")
    with pytest.raises(library.errors[409], match="terminated by setWebhook request"):
        await poll


@pytest.mark.parametrize("method", ["getMe", "sendMessage", "editMessageText", "getUpdates"])
async def test_a_reset_connection_is_a_network_error(
    telegram: Caller, library: Library, bot: Any, method: str
) -> None:
    await telegram.post("faults", method=method, kind="reset")
    with pytest.raises(library.errors[0]):
        await caller_of(bot)(method, **arguments_of(library.own)[method])
