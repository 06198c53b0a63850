"""Shows Telegram's users what the bot can do: the menus of commands, and the words above an empty chat.

Best effort, beside everything else: nobody waits for it, and what is as it should be is not set again. What the owner
wrote about the bot at @BotFather stays. It does not know what the commands do.
"""

import asyncio
import logging
import random
from collections.abc import Sequence
from itertools import count

from aiogram import Bot
from aiogram.exceptions import (
    AiogramError,
    TelegramBadRequest,
    TelegramNetworkError,
    TelegramRetryAfter,
    TelegramServerError,
)
from aiogram.types import (
    BotCommand,
    BotCommandScopeAllPrivateChats,
    BotCommandScopeChat,
    BotCommandScopeUnion,
)

from bot.clock import Clock
from bot.rate_limits import Backoff
from handlers import texts
from handlers.commands import MenuEntry, menu, menu_call
from storage.database import Database
from storage.errors import StorageError
from storage.records import Person

log = logging.getLogger(__name__)

FROM_SECONDS_TO_MINUTES = Backoff(base_s=2.0, cap_s=300.0)


class Menus:
    """The menus of everybody, and the bot's description."""

    def __init__(
        self, bot: Bot, database: Database, now: Clock, backoff: Backoff = FROM_SECONDS_TO_MINUTES
    ) -> None:
        self._bot = bot
        self._database = database
        self._now = now
        self._backoff = backoff

    async def run(self) -> None:
        """Bring all up to date, once; while Telegram is away it is tried again."""
        for failures in count(1):
            try:
                await self._bring_up_to_date()
            except TelegramRetryAfter as error:
                wait_s = float(error.retry_after)
            except (TelegramNetworkError, TelegramServerError, StorageError):
                wait_s = self._backoff.wait_s(failures, random.random())  # noqa: S311  # jitter
            except AiogramError as error:
                log.warning("the menus stay as they are: %s", type(error).__name__)
                return
            else:
                return
            await asyncio.sleep(wait_s)

    async def _bring_up_to_date(self) -> None:
        scope = BotCommandScopeAllPrivateChats()
        if await self._shown(scope) != menu(None):
            wanted = [BotCommand.model_validate(entry) for entry in menu(None)]
            await self._bot.set_my_commands(wanted, scope=scope)
        if not (await self._bot.get_my_description()).description:
            await self._bot.set_my_description(texts.DESCRIPTION)
        if not (await self._bot.get_my_short_description()).short_description:
            await self._bot.set_my_short_description(texts.SHORT_DESCRIPTION)
        async with self._database.reading() as work:
            people = await work.people.all()
        await self._enqueue([person for person in people if await self._is_outdated(person)])

    async def _is_outdated(self, person: Person) -> bool:
        try:
            shown = await self._shown(BotCommandScopeChat(chat_id=person.shopper_id))
        except TelegramBadRequest:  # a chat that Telegram does not know (any more)
            return False
        return shown != menu(person.role)

    async def _enqueue(self, people: Sequence[Person]) -> None:
        """Set the menus of people through the outbox, as whatever concerns a person."""
        if not people:
            return
        async with self._database.work() as work:
            for person in people:
                now = await work.people.get(person.shopper_id)
                if now == person:  # not changed while Telegram was asked
                    await work.outbox.add(menu_call(person.shopper_id, person.role), self._now())
            await work.commit()

    async def _shown(self, scope: BotCommandScopeUnion) -> list[MenuEntry]:
        found = await self._bot.get_my_commands(scope=scope)
        return [{"command": each.command, "description": each.description} for each in found]
