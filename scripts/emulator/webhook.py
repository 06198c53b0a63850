"""Push updates to the bot's own address, in order within a chat, until each is accepted.

Source: core.telegram.org/bots/api#setwebhook, tdlib/telegram-bot-api WebhookActor (2026-11-21).
"""

import asyncio
import json
import re
from collections.abc import Awaitable, Callable
from urllib.parse import urlsplit

import aiohttp

from scripts.emulator.clock import Clock
from scripts.emulator.errors import BadRequestError
from scripts.emulator.ledger import Ledger
from scripts.emulator.updates import Updates
from scripts.emulator.wire import Json, to_bytes

PORTS = frozenset({443, 80, 88, 8443})
SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105 - a header's name
FIRST_RETRY_S, LONGEST_RETRY_S = 0.25, 60.0
ANSWER_WITHIN_S = 60.0
LONGEST_SECRET = 256
_SECRET = re.compile(r"[A-Za-z0-9_-]{1,256}\Z")
_HERE = frozenset({"127.0.0.1", "localhost", "::1"})

Inline = Callable[[Json], Awaitable[object]]


def check_address(url: str) -> None:
    """Refuse what Telegram refuses; on this machine any port and plain HTTP will do."""
    parts = urlsplit(url)
    try:
        port = parts.port or (443 if parts.scheme == "https" else 80)
    except ValueError:
        raise BadRequestError("bad webhook: URL is invalid") from None
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        raise BadRequestError("bad webhook: URL is invalid")
    if parts.hostname in _HERE:
        return
    if parts.scheme != "https":
        raise BadRequestError("bad webhook: An HTTPS URL must be provided for webhook")
    if port not in PORTS:
        raise BadRequestError(
            "bad webhook: Webhook can be set up only on ports 80, 88, 443 or 8443"
        )


def check_secret(secret: str) -> None:
    """Refuse a secret token that cannot travel as a header."""
    if secret and len(secret) > LONGEST_SECRET:
        raise BadRequestError("secret token is too long")
    if secret and not _SECRET.match(secret):
        raise BadRequestError("secret token contains unallowed characters")


class Webhook:
    """The address that was set, and the tasks that push to it."""

    def __init__(self, ledger: Ledger, updates: Updates, clock: Clock) -> None:
        self._ledger = ledger
        self._updates = updates
        self._clock = clock
        self._pump: asyncio.Task[None] | None = None
        self._chats: dict[int, asyncio.Task[None]] = {}
        self._last_error: Json = {}

    @property
    def settings(self) -> Json:
        """Give url, secret_token and max_connections; empty when no webhook is set."""
        found: Json = self._ledger.table("setting").get("webhook", {})
        return found

    def is_set(self) -> bool:
        """Tell whether updates are pushed."""
        return bool(self.settings)

    def info(self) -> Json:
        """Answer getWebhookInfo."""
        settings = self.settings
        shown: Json = {
            "url": settings.get("url", ""),
            "has_custom_certificate": False,
            "pending_update_count": self._updates.pending_count(),
        }
        if settings:
            shown |= {
                "max_connections": settings["max_connections"],
                "ip_address": settings.get("ip_address") or "127.0.0.1",
                **self._last_error,
            }
        if self._updates.allowed():
            shown["allowed_updates"] = self._updates.allowed()
        return shown

    def set(self, settings: Json) -> None:
        """Push to an address from now on, or stop when settings are empty."""
        self.stop()
        self._last_error = {}
        if settings:
            self._ledger.put("setting", "webhook", settings)
        else:
            self._ledger.drop("setting", "webhook")

    def start(self, inline: Inline) -> None:
        """Begin to push; inline carries out a method that the bot answers a push with."""
        if self.is_set() and self._pump is None:
            self._updates.restir()
            self._pump = asyncio.create_task(self._run(inline))

    def stop(self) -> None:
        """Stop pushing; what was not accepted stays pending."""
        for task in (self._pump, *self._chats.values()):
            if task is not None:
                task.cancel()
        self._pump = None
        self._chats.clear()

    async def _run(self, inline: Inline) -> None:
        settings = self.settings
        gate = asyncio.Semaphore(settings["max_connections"])
        timeout = aiohttp.ClientTimeout(total=ANSWER_WITHIN_S)
        async with aiohttp.ClientSession(timeout=timeout) as session:
            while True:
                arrival = self._updates.arrived.next()
                for chat_id in self._updates.stirred_chats():
                    if chat_id not in self._chats:
                        push = self._push_chat(session, gate, chat_id, inline)
                        self._chats[chat_id] = asyncio.create_task(push)
                await arrival

    async def _push_chat(
        self, session: aiohttp.ClientSession, gate: asyncio.Semaphore, chat_id: int, inline: Inline
    ) -> None:
        """Push a chat's updates one after the other; a refused one is tried again."""
        retry_s = FIRST_RETRY_S
        try:
            while (update_id := self._updates.first_of(chat_id)) is not None:
                async with gate:
                    accepted = await self._push(session, update_id, inline)
                if accepted:
                    self._updates.confirm(update_id)
                    retry_s = FIRST_RETRY_S
                else:
                    await asyncio.sleep(retry_s)
                    retry_s = min(2 * retry_s, LONGEST_RETRY_S)
        finally:
            if self._chats.get(chat_id) is asyncio.current_task():
                del self._chats[chat_id]

    async def _push(self, session: aiohttp.ClientSession, update_id: int, inline: Inline) -> bool:
        settings = self.settings
        headers = {"Content-Type": "application/json"}
        if settings.get("secret_token"):
            headers[SECRET_HEADER] = settings["secret_token"]
        body = to_bytes(self._updates.update(update_id))
        try:
            async with session.post(settings["url"], data=body, headers=headers) as response:
                answer = await response.read()
                problem = "" if response.ok else f"{response.status} {response.reason}"
        except (aiohttp.ClientError, TimeoutError, OSError):
            problem, answer = "Connection refused", b""
        if problem:
            self._last_error = {
                "last_error_date": self._clock.seconds(),
                "last_error_message": f"Wrong response from the webhook: {problem}",
            }
            return False
        await _carry_out(answer, inline)
        return True


async def _carry_out(answer: bytes, inline: Inline) -> None:
    """Carry out the method a bot may answer a push with; anything else is ignored."""
    try:
        wish = json.loads(answer) if answer else None
    except ValueError:
        return
    if isinstance(wish, dict) and isinstance(wish.get("method"), str):
        await inline(wish)
