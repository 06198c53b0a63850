import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from typing import Any

import pytest
from aiohttp import web

from tests.emulator.caller import Caller


@dataclass(slots=True)
class Hook:
    """A bot's own address: keeps what was pushed, answers as it is told."""

    url: str = ""
    statuses: list[int] = field(default_factory=list)
    inline: dict[str, Any] | None = None
    pushed: asyncio.Queue[tuple[dict[str, Any], str]] = field(default_factory=asyncio.Queue)

    async def receive(self, request: web.Request) -> web.Response:
        secret = request.headers.get("X-Telegram-Bot-Api-Secret-Token", "")
        self.pushed.put_nowait((await request.json(), secret))
        status = self.statuses.pop(0) if self.statuses else 200
        return web.json_response(self.inline if status == 200 else None, status=status)

    async def next(self) -> dict[str, Any]:
        update, _ = await asyncio.wait_for(self.pushed.get(), 60)
        return update


@pytest.fixture
async def hook() -> AsyncIterator[Hook]:
    hook = Hook()
    app = web.Application()
    app.router.add_post("/hook", hook.receive)
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    hook.url = f"http://127.0.0.1:{runner.addresses[0][1]}/hook"
    yield hook
    await runner.cleanup()


async def test_updates_are_pushed_with_the_secret(telegram: Caller, hook: Hook) -> None:
    await telegram.say("before")
    await telegram.result("setWebhook", url=hook.url, secret_token="s3cret_-")  # noqa: S106 - a test
    update, secret = await asyncio.wait_for(hook.pushed.get(), 60)
    assert (update["message"]["text"], secret) == ("before", "s3cret_-")
    await telegram.say("after")
    assert (await hook.next())["message"]["text"] == "after"
    info = await telegram.result("getWebhookInfo")
    assert (info["url"], info["max_connections"]) == (hook.url, 40)


async def test_a_refused_update_is_tried_again_before_the_next_of_its_chat(
    telegram: Caller, hook: Hook
) -> None:
    hook.statuses = [500, 503]
    await telegram.result("setWebhook", url=hook.url)
    await telegram.say("one")
    await telegram.say("two")
    texts = [(await hook.next())["message"]["text"] for _ in range(4)]
    assert texts == ["one", "one", "one", "two"]
    info = await telegram.result("getWebhookInfo")
    assert "503" in info["last_error_message"]


async def test_a_stuck_chat_does_not_hold_up_another(telegram: Caller, hook: Hook) -> None:
    hook.statuses = [500]
    await telegram.result("setWebhook", url=hook.url)
    await telegram.say("stuck")
    assert (await hook.next())["message"]["chat"]["id"] == 7
    await telegram.say("free", user_id=8)
    assert (await hook.next())["message"]["chat"]["id"] == 8


async def test_an_answer_may_carry_a_method(telegram: Caller, hook: Hook) -> None:
    hook.inline = {"method": "sendMessage", "chat_id": 7, "text": "inline"}
    await telegram.result("setWebhook", url=hook.url)
    message_id = await telegram.say("hi")
    shown = await telegram.get(f"phone/7/messages?after={message_id}&wait=5")
    assert shown["messages"][0]["text"] == "inline"


async def test_a_redelivered_update_is_pushed_again(telegram: Caller, hook: Hook) -> None:
    await telegram.result("setWebhook", url=hook.url)
    await telegram.say("hi")
    update = await hook.next()
    await telegram.post("redeliver", update_id=update["update_id"])
    assert await hook.next() == update


async def test_pushing_ends_with_delete_webhook(telegram: Caller, hook: Hook) -> None:
    await telegram.result("setWebhook", url=hook.url)
    await telegram.result("deleteWebhook")
    await telegram.say("for polling")
    assert [u["message"]["text"] for u in await telegram.updates()] == ["for polling"]
    assert (await telegram.result("getWebhookInfo"))["url"] == ""


@pytest.mark.parametrize(
    ("parameters", "refusal"),
    [
        ({"url": "odd"}, "bad webhook: URL is invalid"),
        (
            {"url": "http://example.com/hook"},
            "bad webhook: An HTTPS URL must be provided for webhook",
        ),
        (
            {"url": "https://example.com:8081/hook"},
            "bad webhook: Webhook can be set up only on ports 80, 88, 443 or 8443",
        ),
        (
            {"url": "http://127.0.0.1:1/", "secret_token": "é"},
            "secret token contains unallowed characters",
        ),
        ({"url": "http://127.0.0.1:1/", "secret_token": "x" * 257}, "secret token is too long"),
    ],
)
async def test_a_webhook_that_cannot_be_set(
    telegram: Caller, parameters: dict[str, str], refusal: str
) -> None:
    assert await telegram.refusal("setWebhook", **parameters) == f"400 Bad Request: {refusal}"
