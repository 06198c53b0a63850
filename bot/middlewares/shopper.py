"""Loads or creates the shopper behind an update, so that handlers never look anybody up.

Private chats only: in groups and channels nobody is a shopper. It does not know what the update is about.
"""

from collections.abc import Awaitable, Callable
from typing import Any

from aiogram import BaseMiddleware
from aiogram.enums import ChatMemberStatus, ChatType
from aiogram.types import Chat, TelegramObject, Update, User

from bot.clock import Clock
from storage.database import Database
from storage.records import Shopper

Handler = Callable[[TelegramObject, dict[str, Any]], Awaitable[Any]]


class ShopperMiddleware(BaseMiddleware):
    """Puts `shopper` and `is_new` into the handler's data."""

    def __init__(self, database: Database, now: Clock) -> None:
        self._database = database
        self._now = now

    async def __call__(self, handler: Handler, event: TelegramObject, data: dict[str, Any]) -> Any:
        """Add the shopper when a person in a private chat is behind the update."""
        user: User | None = data.get("event_from_user")
        chat: Chat | None = data.get("event_chat")
        if user is None or user.is_bot or chat is None or chat.type != ChatType.PRIVATE:
            return await handler(event, data)
        if _has_left(event):
            return await handler(event, data | await self._known(user))
        if _is_live_move(event):
            known = await self._known(user)
            # The share goes on in Telegram after /forget; a step of it makes nobody known again.
            return await handler(event, data | known) if known else None
        return await handler(event, data | await self._loaded(user))

    async def _known(self, user: User) -> dict[str, Any]:
        """Look only: who blocks the bot is not made reachable by saying so."""
        async with self._database.reading() as work:
            shopper = await work.shoppers.get(user.id)
        return {} if shopper is None else {"shopper": shopper, "is_new": False}

    async def _loaded(self, user: User) -> dict[str, Shopper | bool]:
        async with self._database.work() as work:
            shopper, is_new = await work.shoppers.load_or_create(
                user.id, user.first_name, user.language_code, self._now()
            )
            await work.commit()
        return {"shopper": shopper, "is_new": is_new}


def _is_live_move(event: TelegramObject) -> bool:
    """Tell whether the update is a step of a live location that was shared before."""
    edited = event.edited_message if isinstance(event, Update) else None
    return edited is not None and edited.location is not None


def _has_left(event: TelegramObject) -> bool:
    """Tell whether the update says that the shopper blocked the bot."""
    change = event.my_chat_member if isinstance(event, Update) else None
    return change is not None and change.new_chat_member.status == ChatMemberStatus.KICKED
