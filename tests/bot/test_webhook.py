import asyncio
import io
import json
import logging
import re
import socket
from collections.abc import AsyncIterator, Sequence
from typing import Any

import aiohttp
import pytest
from aiogram import Bot
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiohttp import web

from bot.errors import PortError, TokenError, WebhookError
from bot.health import Health
from bot.receiving import Receiving
from bot.setting_sections import TelegramSettings
from bot.settings_reading import Address
from bot.web import serving
from bot.webhook import LARGEST_UPDATE_BYTES, SECRET_HEADER, Webhook
from scripts.emulator import RunningServer
from scripts.phone import Phone, wait_for_bot
from storage.errors import DatabaseUnavailable


class Taker:
    """Takes updates; refuses as often as told."""

    def __init__(self) -> None:
        self.has_room = True
        self.refusals = 0
        self.taken: list[Any] = []
        self._changed = asyncio.Condition()

    async def accept(self, updates: Sequence[bytes]) -> None:
        if self.refusals:
            self.refusals -= 1
            msg = "disk full"
            raise DatabaseUnavailable(msg)
        self.taken += [json.loads(update) for update in updates]
        async with self._changed:
            self._changed.notify_all()

    async def until(self, count: int) -> None:
        async with asyncio.timeout(60), self._changed:
            await self._changed.wait_for(lambda: len(self.taken) >= count)


class Hook:
    """A webhook that listens, and Telegram's hand that knocks."""

    def __init__(self, http: aiohttp.ClientSession, address: Address) -> None:
        self.taker, self.health = Taker(), Health()
        self.webhook = Webhook(self.taker, self.health, b"\xff" * 32)
        self.address = address
        self.url = f"http://{address.host}:{address.port}/updates"
        self._http = http

    async def knock(self, body: bytes, secret: str | None = None) -> int:
        told = self.webhook.secret_token if secret is None else secret
        async with self._http.post(
            self.url, data=io.BytesIO(body), headers={SECRET_HEADER: told} if told else {}
        ) as response:
            return response.status


def free_address() -> Address:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return Address("127.0.0.1", probe.getsockname()[1])


@pytest.fixture
async def hook(http: aiohttp.ClientSession) -> AsyncIterator[Hook]:
    hook = Hook(http, free_address())
    app = web.Application(client_max_size=LARGEST_UPDATE_BYTES)
    app.router.add_post("/updates", hook.webhook.receive)
    async with serving(app, [hook.address], drain_s=1):
        yield hook


UPDATE = json.dumps({"update_id": 7}).encode()


async def test_a_stored_update_is_acknowledged(hook: Hook) -> None:
    assert await hook.knock(UPDATE) == 200
    assert hook.taker.taken == [{"update_id": 7}]


@pytest.mark.parametrize("secret", ["", "wrong", "_____", "ÿ", "x" * 5000])
async def test_a_call_without_the_secret_is_refused_unread(hook: Hook, secret: str) -> None:
    assert await hook.knock(UPDATE, secret) == 401
    assert hook.taker.taken == []


@pytest.mark.parametrize("secret", [bytes(32), b"\xff" * 32, bytes(range(200, 232))])
def test_the_secret_is_one_that_a_header_takes(secret: bytes) -> None:
    told = Webhook(Taker(), Health(), secret).secret_token
    assert re.fullmatch(r"[A-Za-z0-9_-]{43}", told)


@pytest.mark.parametrize(
    "body", [b"", b"{", b"\xff\xfe\x00", b"<html>", b"[" * 100_000], ids=range(5)
)
async def test_what_is_garbled_is_wanted_again(hook: Hook, body: bytes) -> None:
    assert await hook.knock(body) == 400
    assert hook.taker.taken == []


async def test_what_is_larger_than_any_update_is_refused(hook: Hook) -> None:
    assert await hook.knock(b" " * (LARGEST_UPDATE_BYTES + 1)) == 413
    assert hook.taker.taken == []


async def test_nothing_is_taken_while_too_much_waits(hook: Hook) -> None:
    hook.taker.has_room = False
    assert await hook.knock(UPDATE) == 503
    assert hook.taker.taken == []


async def test_an_update_that_is_not_stored_is_wanted_again_with_one_line_each_way(
    hook: Hook, caplog: pytest.LogCaptureFixture
) -> None:
    hook.taker.refusals = 2
    with caplog.at_level(logging.INFO, "bot"):
        assert [await hook.knock(UPDATE) for _ in range(4)] == [503, 503, 200, 200]
    assert [record.getMessage() for record in caplog.records] == [
        "receiving: updates cannot be stored (DatabaseUnavailable), waiting for them again",
        "receiving: well again",
    ]


async def test_a_taken_address_is_named(hook: Hook) -> None:
    with pytest.raises(PortError, match=str(hook.address.port)):
        async with serving(web.Application(), [hook.address], drain_s=1):
            pass


class Way:
    """How updates come, switched as a restart with other settings would."""

    def __init__(self, telegram: RunningServer, hook: Hook, *, token: str = "") -> None:
        self._telegram, self._hook = telegram, hook
        self._token = token or telegram.token

    async def run(self, url: str) -> None:
        server = TelegramAPIServer.from_base(self._telegram.url)
        async with AiohttpSession(api=server) as session:
            receiving = Receiving(
                bot=Bot(self._token, session=session),
                accept=self._hook.taker.accept,
                health=self._hook.health,
                settings=TelegramSettings(poll_timeout_s=1, webhook_url=url),
                secret_token=self._hook.webhook.secret_token,
                allowed_updates=["message"],
            )
            await receiving.run()


async def webhook_info(http: aiohttp.ClientSession, telegram: RunningServer) -> dict[str, Any]:
    async with http.get(f"{telegram.url}/bot{telegram.token}/getWebhookInfo") as response:
        info: dict[str, Any] = (await response.json())["result"]
        return info


async def test_switching_to_the_webhook_and_back_loses_nothing(
    telegram: RunningServer, http: aiohttp.ClientSession, hook: Hook
) -> None:
    phone, way = Phone(http, telegram.url, 101), Way(telegram, hook)
    await phone.write("0")
    bringing = asyncio.create_task(way.run(hook.url))
    await phone.write("1")
    await hook.taker.until(2)
    info = await webhook_info(http, telegram)
    assert (info["url"], info["allowed_updates"]) == (hook.url, ["message"])
    bringing.cancel()
    hook.taker.has_room = False  # a bot that is gone: what is brought now is not taken
    await phone.write("2")
    polling = asyncio.create_task(way.run(""))
    await wait_for_bot(http, telegram.url)
    await phone.write("3")
    await hook.taker.until(4)
    polling.cancel()
    await asyncio.gather(bringing, polling, return_exceptions=True)
    texts = [update["message"]["text"] for update in hook.taker.taken]
    assert texts == ["0", "1", "2", "3"]
    assert (await webhook_info(http, telegram))["url"] == ""


@pytest.mark.parametrize("method", ["setWebhook", "deleteWebhook"])
async def test_an_outage_at_the_start_is_waited_out_with_one_line_each_way(
    telegram: RunningServer,
    http: aiohttp.ClientSession,
    hook: Hook,
    caplog: pytest.LogCaptureFixture,
    method: str,
) -> None:
    for fault in ({"error_code": 502}, {"kind": "reset"}, {"error_code": 429, "retry_after": 1}):
        await http.post(f"{telegram.url}/faults", json={"method": method, "times": 1, **fault})
    phone = Phone(http, telegram.url, 101)
    await phone.write("kept")
    with caplog.at_level(logging.INFO, "bot"):
        url = hook.url if method == "setWebhook" else ""
        running = asyncio.create_task(Way(telegram, hook).run(url))
        await hook.taker.until(1)
    running.cancel()
    await asyncio.gather(running, return_exceptions=True)
    assert [record.getMessage() for record in caplog.records] == [
        "receiving: Telegram does not answer, trying again",
        "receiving: well again",
    ]


async def test_an_address_that_telegram_refuses_is_told(
    telegram: RunningServer, hook: Hook
) -> None:
    with pytest.raises(WebhookError, match="HTTPS URL must be provided"):
        await Way(telegram, hook).run("http://shop.example/updates")


async def test_a_wrong_token_is_told(telegram: RunningServer, hook: Hook) -> None:
    wrong = telegram.token.replace(":", ":x")
    with pytest.raises(TokenError, match="BotFather"):
        await Way(telegram, hook, token=wrong).run(hook.url)
