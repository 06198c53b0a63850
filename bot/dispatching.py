"""Brings one stored update to aiogram's dispatcher, parsed, with a desk of its own.

It is the only place that turns a payload into aiogram's types. What a failure means is ingest's to decide.
"""

import asyncio
from collections.abc import Callable

from aiogram import Bot, Dispatcher
from aiogram.types import Update
from pydantic import ValidationError

from bot.errors import UnreadableUpdateError
from handlers.desk import Desk
from handlers.ephemeral import Preview
from knowledge.aloud import Listener
from storage.database import Database
from storage.records import InboxItem


class Dispatching:
    """Calls the handlers for an inbox item.

    `heard` is told the chat afterwards: whatever is remembered of what a shopper wishes may not hold any more.
    """

    def __init__(
        self,
        dispatcher: Dispatcher,
        bot: Bot,
        database: Database,
        heard: Callable[[int], None] | None = None,
    ) -> None:
        self._dispatcher = dispatcher
        self._bot = bot
        self._database = database
        self._heard = heard

    async def __call__(self, item: InboxItem, overtaken: asyncio.Event | None = None) -> None:
        """Run the handlers to their end; what they commit through the desk marks the item done as well.

        Args:
            item: What was stored.
            overtaken: Set once a newer message of the same chat waits.

        Raises:
            UnreadableUpdateError: the library cannot parse the update.
        """
        try:
            update = Update.model_validate_json(item.payload, context={"bot": self._bot})
        except ValidationError:
            # The original is cut off: it quotes what the shopper wrote.
            msg = f"update {item.update_id} does not parse"
            raise UnreadableUpdateError(msg) from None
        desk = Desk(
            database=self._database,
            inbox_id=item.id,
            received_at=item.received_at,
            listener=self._listener(item, overtaken or asyncio.Event()),
        )
        try:
            await self._dispatcher.feed_update(self._bot, update, desk=desk)
        finally:
            if self._heard is not None and item.chat_id is not None:
                self._heard(item.chat_id)

    def _listener(self, item: InboxItem, overtaken: asyncio.Event) -> Listener:
        """Give who waits for the answer; only in a chat with one person a reply can be shown while it is written."""
        if item.chat_id is None or item.chat_id <= 0:
            return Listener(overtaken)
        return Listener(overtaken, Preview(self._bot, item.chat_id, draft_id=item.id).show)
