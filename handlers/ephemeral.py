"""Calls that go round the outbox because they are worth nothing later: typing, previews, and answers to taps.

Best effort: when Telegram does not take one, nobody misses it.
"""

import asyncio
import logging

from aiogram import Bot
from aiogram.exceptions import AiogramError
from aiogram.types import CallbackQuery, MessageEntity

from handlers.rendering import bold_entities, fitted
from knowledge.templates import Words

_log = logging.getLogger(__name__)
_running: set[asyncio.Task[None]] = set()  # the event loop itself keeps only weak references


def show_typing(bot: Bot, chat_id: int) -> None:
    """Let the chat show "typing …", without waiting for it."""
    task = asyncio.ensure_future(_typing(bot, chat_id))
    _running.add(task)
    task.add_done_callback(_running.discard)


class Preview:
    """A reply shown in its chat while it is written. The message that follows takes its place.

    Source: https://core.telegram.org/bots/api#sendmessagedraft (2026-11-22): private chats, gone after 30 s.
    """

    def __init__(self, bot: Bot, chat_id: int, *, draft_id: int) -> None:
        """Take the chat; `draft_id` is not 0, and the same for all that is shown of one reply."""
        self._bot = bot
        self._chat_id = chat_id
        self._draft_id = draft_id

    async def show(self, words: Words) -> None:
        """Show the beginning of the reply; the one before it grows into this."""
        entities = [MessageEntity(**each) for each in bold_entities(words.text, words.bold)]
        try:
            await self._bot.send_message_draft(
                self._chat_id,
                self._draft_id,
                text=fitted(words.text),
                parse_mode=None,
                entities=entities or None,
            )
        except AiogramError as error:
            _log.info("preview not shown", extra={"error": type(error).__name__})


async def acknowledge(callback: CallbackQuery, text: str | None = None) -> None:
    """Answer a tap, so that the button stops spinning; `text` shows for a moment (200 characters)."""
    try:
        await callback.answer(text)
    except AiogramError as error:
        _log.info("tap not acknowledged", extra={"error": type(error).__name__})


async def _typing(bot: Bot, chat_id: int) -> None:
    try:
        await bot.send_chat_action(chat_id, "typing")
    except AiogramError as error:
        _log.info("typing not shown", extra={"error": type(error).__name__})
