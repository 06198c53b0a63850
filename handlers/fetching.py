"""A file that somebody sent, fetched from Telegram into memory: round the outbox, for it changes nothing."""

import logging
from contextlib import aclosing

from aiogram import Bot
from aiogram.exceptions import AiogramError
from aiogram.types import Document, PhotoSize
from aiohttp import ClientError

_log = logging.getLogger(__name__)
_TIMEOUT_S = 30


async def fetched(bot: Bot, document: Document | PhotoSize, max_bytes: int) -> bytes | None:
    """Give a file's bytes, cut off a little past `max_bytes`; None when Telegram does not hand it over."""
    if (document.file_size or 0) > max_bytes:
        return bytes(max_bytes + 1)  # as good as any: it is refused for its size
    try:
        described = await bot.get_file(document.file_id)
        if described.file_path is None:
            return None
        url = bot.session.api.file_url(bot.token, described.file_path)
        return await _read(bot, url, max_bytes)
    except (AiogramError, ClientError, TimeoutError) as error:
        # The address holds the token, so only the kind of error is told.
        _log.warning("file not fetched", extra={"error": type(error).__name__})
        return None


async def _read(bot: Bot, url: str, max_bytes: int) -> bytes:
    content = bytearray()
    async with aclosing(bot.session.stream_content(url, timeout=_TIMEOUT_S)) as chunks:
        async for chunk in chunks:
            content += chunk
            if len(content) > max_bytes:
                break
    return bytes(content)
