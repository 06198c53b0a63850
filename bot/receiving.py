"""How updates reach us: we ask for them, or Telegram brings them to the webhook. Telegram is told which at every start.

What has not been acknowledged stays with Telegram through such a change. It does not know what becomes of updates.
"""

import asyncio
import random
from collections.abc import Sequence
from dataclasses import dataclass

import aiohttp
from aiogram import Bot
from aiogram.exceptions import (
    AiogramError,
    TelegramBadRequest,
    TelegramNotFound,
    TelegramUnauthorizedError,
)

from bot.errors import TokenError, WebhookError
from bot.health import Health
from bot.polling import SILENCE, WRONG_TOKEN, Accept, Poller, poll_forever
from bot.rate_limits import Backoff
from bot.setting_sections import TelegramSettings


@dataclass(frozen=True, slots=True, kw_only=True)
class Receiving:
    """Receives in the way the settings say."""

    bot: Bot
    accept: Accept
    health: Health
    settings: TelegramSettings
    secret_token: str
    allowed_updates: Sequence[str]

    async def run(self) -> None:
        """Receive until cancelled.

        Raises:
            TokenError: Telegram does not (or no longer) know the token.
            WebhookError: it does not take the webhook's address.
        """
        await self._agree()
        if self.settings.webhook_url:
            await asyncio.Event().wait()  # the web server receives
        await self._poll()

    async def _agree(self) -> None:
        """Tell Telegram where updates are to go, again and again until it answers."""
        backoff = Backoff(base_s=0.5, cap_s=30.0)
        failures = 0
        while True:
            try:
                await self._tell()
            except AiogramError as error:
                failures += 1
                self.health.report("receiving", SILENCE)
                asked_s = float(getattr(error, "retry_after", 0))
                chance = random.random()  # noqa: S311  # jitter, no secret
                await asyncio.sleep(max(asked_s, backoff.wait_s(failures, chance)))
            else:
                self.health.report("receiving", None)
                return

    async def _tell(self) -> None:
        url = self.settings.webhook_url
        try:
            if url:
                await self.bot.set_webhook(
                    url,
                    secret_token=self.secret_token,
                    allowed_updates=list(self.allowed_updates),
                    drop_pending_updates=False,
                )
            else:
                await self.bot.delete_webhook(drop_pending_updates=False)
        except (TelegramUnauthorizedError, TelegramNotFound):
            raise TokenError(WRONG_TOKEN) from None
        except TelegramBadRequest as error:
            msg = f"Telegram does not take [telegram] webhook_url: {error.message}"
            raise WebhookError(msg) from None

    async def _poll(self) -> None:
        async with aiohttp.ClientSession() as session:
            poller = Poller(
                session,
                method_url=self.bot.session.api.api_url(self.bot.token, "getUpdates"),
                timeout_s=self.settings.poll_timeout_s,
                allowed_updates=self.allowed_updates,
            )
            await poll_forever(poller, self.accept, self.health)
