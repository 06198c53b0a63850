from datetime import UTC, datetime
from typing import Any

import pytest
from aiogram.types import Chat, TelegramObject, Update, User

from bot.middlewares.shopper import ShopperMiddleware
from storage.database import Database

NOW = datetime(2026, 11, 21, 10, 0, tzinfo=UTC)
USER = User(id=7, is_bot=False, first_name="Mia", language_code="de")
PRIVATE = Chat(id=7, type="private")


def left() -> Update:
    """The update Telegram sends when somebody blocks the bot."""
    member = {"user": USER.model_dump(), "status": "member"}
    kicked = {"user": USER.model_dump(), "status": "kicked", "until_date": 0}
    change = {
        "chat": PRIVATE.model_dump(),
        "from": USER.model_dump(),
        "date": 1,
        "old_chat_member": member,
        "new_chat_member": kicked,
    }
    return Update.model_validate({"update_id": 1, "my_chat_member": change})


async def passed(database: Database, event: TelegramObject, **data: Any) -> dict[str, Any]:
    """Send an event through the middleware and give what the handler gets."""
    got: dict[str, Any] = {}

    async def handler(_: TelegramObject, data: dict[str, Any]) -> None:
        got.update(data)

    await ShopperMiddleware(database, lambda: NOW)(handler, event, data)
    return got


async def test_person_is_created_once_and_known_afterwards(database: Database) -> None:
    update = Update(update_id=1)
    first = await passed(database, update, event_from_user=USER, event_chat=PRIVATE)
    second = await passed(database, update, event_from_user=USER, event_chat=PRIVATE)
    assert (first["shopper"].first_name, first["shopper"].language_code) == ("Mia", "de")
    assert (first["is_new"], second["is_new"]) == (True, False)


@pytest.mark.parametrize(
    "data",
    [
        {},
        {"event_from_user": USER},
        {"event_from_user": USER, "event_chat": Chat(id=-5, type="group")},
        {"event_from_user": User(id=9, is_bot=True, first_name="Bot"), "event_chat": PRIVATE},
    ],
)
async def test_nobody_else_is_a_shopper(database: Database, data: dict[str, Any]) -> None:
    assert "shopper" not in await passed(database, Update(update_id=1), **data)
    async with database.reading() as work:
        assert await work.shoppers.get(7) is None


async def test_who_leaves_is_not_made_reachable_by_it(database: Database) -> None:
    people = {"event_from_user": USER, "event_chat": PRIVATE}
    assert "shopper" not in await passed(database, left(), **people)
    await passed(database, Update(update_id=2), **people)
    async with database.work() as work:
        await work.shoppers.mark_unreachable(7)
        await work.commit()
    assert not (await passed(database, left(), **people))["shopper"].is_reachable
