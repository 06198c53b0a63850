import json
from datetime import UTC, datetime

import pytest
from aiogram import Bot, Dispatcher
from aiogram.types import Message

from bot.dispatching import Dispatching
from bot.errors import UnreadableUpdateError
from handlers.desk import Desk
from storage.database import Database
from storage.records import InboxItem

NOW = datetime(2026, 11, 21, 10, 0, tzinfo=UTC)
MESSAGE = {"message_id": 1, "date": 1, "chat": {"id": 7, "type": "private"}, "text": "hello"}


async def stored(database: Database, update: dict[str, object]) -> InboxItem:
    async with database.work() as work:
        inbox_id = await work.inbox.add(42, 1, 7, json.dumps(update), NOW)
        assert inbox_id is not None
        item = await work.inbox.claim(inbox_id)
        await work.commit()
    assert item is not None
    return item


async def waiting(database: Database) -> int:
    async with database.reading() as work:
        return len(await work.inbox.waiting())


async def test_handler_gets_a_desk_of_this_update(database: Database) -> None:
    item = await stored(database, {"update_id": 1, "message": MESSAGE})
    dispatcher, got = Dispatcher(disable_fsm=True), []

    @dispatcher.message()
    async def note(message: Message, desk: Desk) -> None:
        got.append((message.text, desk.received_at))

    await Dispatching(dispatcher, Bot("42:test"), database)(item)
    assert got == [("hello", NOW)]


async def test_failing_handler_leaves_the_update_waiting(database: Database) -> None:
    item = await stored(database, {"update_id": 1, "message": MESSAGE})
    dispatcher = Dispatcher(disable_fsm=True)

    @dispatcher.message()
    async def fail(_: Message) -> None:
        raise RuntimeError

    with pytest.raises(RuntimeError):
        await Dispatching(dispatcher, Bot("42:test"), database)(item)
    assert await waiting(database) == 1


async def test_unreadable_update_quotes_nothing(database: Database) -> None:
    item = await stored(database, {"update_id": 1, "message": {"text": "my secret"}})
    with pytest.raises(UnreadableUpdateError) as caught:
        await Dispatching(Dispatcher(disable_fsm=True), Bot("42:test"), database)(item)
    assert "secret" not in str(caught.value)
    assert caught.value.__cause__ is None
