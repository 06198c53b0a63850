"""Shows Telegram's users what the bot can do: the menus of commands, and the words above an empty chat.

Best effort, beside everything else: nobody waits for it, and what is as it should be is not set again. What the owner
wrote about the bot at @BotFather stays. It does not know what the commands do.
"""

import asyncio
import logging
import random
from collections.abc import Awaitable, Callable, Mapping, Sequence
from itertools import count
from typing import Protocol

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
from babel import Locale

from bot.clock import Clock
from bot.rate_limits import Backoff
from handlers import texts
from handlers.commands import MenuEntry, menu, menu_call
from knowledge.amounts import locale_for
from knowledge.language import LANGUAGES, Sentence, told
from storage.database import Database
from storage.errors import StorageError
from storage.records import Person, Shopper

log = logging.getLogger(__name__)

# By Telegram's code; with None it is for everybody whose language has no words of its own.
_SPOKEN: Mapping[str | None, Locale] = {None: Locale("en")} | {
    code: Locale(code) for code in LANGUAGES if code != "en"
}
_Shown = Callable[[str | None], Awaitable[str]]

FROM_SECONDS_TO_MINUTES = Backoff(base_s=2.0, cap_s=300.0)


class _Show(Protocol):
    def __call__(self, text: str, /, *, language_code: str | None) -> Awaitable[bool]: ...


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
        for code, locale in _SPOKEN.items():
            wanted = menu(None, locale)
            if await self._shown(scope, code) != wanted:
                commands = [BotCommand.model_validate(entry) for entry in wanted]
                await self._bot.set_my_commands(commands, scope=scope, language_code=code)
        await _describe(texts.DESCRIPTION, self._description, self._bot.set_my_description)
        await _describe(
            texts.SHORT_DESCRIPTION, self._short_description, self._bot.set_my_short_description
        )
        async with self._database.reading() as work:
            everybody = [
                (person, shopper)
                for person in await work.people.all()
                if (shopper := await work.shoppers.get(person.shopper_id)) is not None
            ]
        outdated = [each for each in everybody if await self._is_outdated(*each)]
        await self._enqueue(outdated)

    async def _is_outdated(self, person: Person, shopper: Shopper) -> bool:
        try:
            shown = await self._shown(BotCommandScopeChat(chat_id=person.shopper_id))
        except TelegramBadRequest:  # a chat that Telegram does not know (any more)
            return False
        return shown != menu(person.role, locale_for(shopper.language))

    async def _enqueue(self, people: Sequence[tuple[Person, Shopper]]) -> None:
        """Set the menus of people through the outbox, as whatever concerns a person."""
        if not people:
            return
        async with self._database.work() as work:
            for person, shopper in people:
                now = await work.people.get(person.shopper_id)
                if now == person:  # not changed while Telegram was asked
                    await work.outbox.add(menu_call(shopper, person.role), self._now())
            await work.commit()

    async def _shown(
        self, scope: BotCommandScopeUnion, code: str | None = None
    ) -> list[MenuEntry]:
        found = await self._bot.get_my_commands(scope=scope, language_code=code)
        return [{"command": each.command, "description": each.description} for each in found]

    async def _description(self, code: str | None) -> str:
        return (await self._bot.get_my_description(language_code=code)).description

    async def _short_description(self, code: str | None) -> str:
        found = await self._bot.get_my_short_description(language_code=code)
        return found.short_description


async def _describe(sentence: Sentence, shown: _Shown, show: _Show) -> None:
    """Set words about the bot in every language, unless the owner wrote their own."""
    usual = told(sentence, _SPOKEN[None])
    before = await shown(None)
    if before not in ("", usual):
        return
    for code, locale in _SPOKEN.items():
        wanted = told(sentence, locale)
        # Where nothing is set for a language, Telegram may give what is set for all.
        if await shown(code) in {"", usual} - {wanted}:
            await show(wanted, language_code=code)
