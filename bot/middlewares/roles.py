"""Looks up who somebody is to the shop, fresh at every update: who is removed is a shopper at once."""

from collections.abc import Awaitable, Callable
from typing import Any

from aiogram import BaseMiddleware
from aiogram.types import TelegramObject

from storage.database import Database
from storage.records import Shopper

Handler = Callable[[TelegramObject, dict[str, Any]], Awaitable[Any]]


class RolesMiddleware(BaseMiddleware):
    """Puts `person` into the handler's data, None for a shopper; comes after the shopper is known."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def __call__(self, handler: Handler, event: TelegramObject, data: dict[str, Any]) -> Any:
        """Add the person."""
        shopper: Shopper | None = data.get("shopper")
        if shopper is None:
            return await handler(event, data | {"person": None})
        async with self._database.reading() as work:
            person = await work.people.get(shopper.id)
        return await handler(event, data | {"person": person})
