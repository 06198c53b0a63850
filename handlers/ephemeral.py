"""Calls that go round the outbox because they are worth nothing later: typing, and answers to taps.

Best effort: when Telegram does not take one, nobody misses it.
"""

import asyncio
import logging

from aiogram import Bot
from aiogram.exceptions import AiogramError
from aiogram.types import CallbackQuery

_log = logging.getLogger(__name__)
_running: set[asyncio.Task[None]] = set()  # the event loop itself keeps only weak references


def show_typing(bot: Bot, chat_id: int) -> None:
    """Let the chat show "typing …", without waiting for it."""
    task = asyncio.ensure_future(_typing(bot, chat_id))
    _running.add(task)
    task.add_done_callback(_running.discard)


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
