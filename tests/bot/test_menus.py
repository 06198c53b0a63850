from collections.abc import AsyncIterator

import aiohttp
import pytest
from aiogram import Bot
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.types import (
    BotCommand,
    BotCommandScopeAllPrivateChats,
    BotCommandScopeChat,
    BotCommandScopeUnion,
)
from babel import Locale

from bot.menus import Menus
from bot.rate_limits import Backoff
from handlers import texts
from handlers.commands import MenuEntry, menu, menu_call
from scripts.emulator import RunningServer
from scripts.phone import Phone
from storage.database import Database
from storage.records import Outgoing, Person, Role
from tests.builders import NOON, shopper
from tests.english import ENGLISH, english

ANA, STRANGER = 7, 8
SPANISH = Locale("es")


@pytest.fixture
async def bot(telegram: RunningServer) -> AsyncIterator[Bot]:
    session = AiohttpSession(api=TelegramAPIServer.from_base(telegram.url))
    bot = Bot(telegram.token, session=session)
    yield bot
    await session.close()


@pytest.fixture
def menus(bot: Bot, database: Database) -> Menus:
    return Menus(bot, database, lambda: NOON, Backoff(base_s=0.01, cap_s=0.01))


async def appoint(database: Database, *people: Person) -> None:
    async with database.work() as work:
        await work.shoppers.add_many([shopper(each.shopper_id) for each in people])
        for each in people:
            await work.people.grant(each)
        await work.commit()


async def waiting(database: Database) -> list[Outgoing]:
    async with database.work() as work:
        claimed = await work.outbox.claim_due(NOON, 50)
        await work.commit()
    return [item.outgoing for item in claimed]


async def calls(http: aiohttp.ClientSession, telegram: RunningServer) -> list[str]:
    async with http.get(f"{telegram.url}/log") as answer:
        return [call["method"] for call in await answer.json()]


async def shown(bot: Bot, scope: BotCommandScopeUnion) -> list[MenuEntry]:
    found = await bot.get_my_commands(scope=scope)
    return [{"command": each.command, "description": each.description} for each in found]


async def test_shoppers_menu_and_the_words_above_an_empty_chat_are_set(
    bot: Bot, menus: Menus
) -> None:
    await menus.run()
    assert await shown(bot, BotCommandScopeAllPrivateChats()) == menu(None, ENGLISH)
    assert (await bot.get_my_description()).description == english(texts.DESCRIPTION)
    told = await bot.get_my_short_description()
    assert told.short_description == english(texts.SHORT_DESCRIPTION)


async def test_each_language_has_its_menu_and_words(bot: Bot, menus: Menus) -> None:
    await menus.run()
    found = await bot.get_my_commands(BotCommandScopeAllPrivateChats(), "es")
    assert [each.description for each in found] == [
        entry["description"] for entry in menu(None, SPANISH)
    ]
    told = await bot.get_my_short_description("es")
    assert told.short_description.startswith("Encuentra lo que necesitas")
    assert (await bot.get_my_description("es")).description.startswith("Dime qué necesitas")


async def test_owners_own_words_stay_in_every_language(bot: Bot, menus: Menus) -> None:
    await bot.set_my_description("The shop by the quay.")
    await bot.set_my_short_description("Una tienda junto al muelle.", "es")
    await menus.run()
    for language in (None, "es"):
        assert (await bot.get_my_description(language)).description == "The shop by the quay."
    told = await bot.get_my_short_description("es")
    assert told.short_description == "Una tienda junto al muelle."


async def test_nothing_is_set_twice(
    telegram: RunningServer, http: aiohttp.ClientSession, menus: Menus
) -> None:
    await menus.run()
    await menus.run()
    called = await calls(http, telegram)
    assert [each for each in called if each.startswith("set")] == [
        *["setMyCommands"] * 2,
        *["setMyDescription"] * 2,
        *["setMyShortDescription"] * 2,
    ]


async def test_people_get_the_menu_of_their_role_once(
    bot: Bot,
    telegram: RunningServer,
    http: aiohttp.ClientSession,
    database: Database,
    menus: Menus,
) -> None:
    await Phone(http, telegram.url, ANA).write("/start")
    ana, stranger = Person(ANA, Role.ADMIN, None, NOON), Person(STRANGER, Role.STAFF, "cafe", NOON)
    await appoint(database, ana, stranger)
    await menus.run()
    assert await waiting(database) == [menu_call(shopper(ANA), Role.ADMIN)]
    commands = [BotCommand.model_validate(entry) for entry in menu(Role.ADMIN, ENGLISH)]
    await bot.set_my_commands(commands, scope=BotCommandScopeChat(chat_id=ANA))
    await menus.run()
    assert await waiting(database) == []


@pytest.mark.parametrize(
    "fault",
    [{"kind": "error", "error_code": 500}, {"kind": "error", "error_code": 429, "retry_after": 0}],
    ids=["500", "429"],
)
async def test_it_is_tried_again_while_telegram_is_in_trouble(
    bot: Bot,
    telegram: RunningServer,
    http: aiohttp.ClientSession,
    menus: Menus,
    fault: dict[str, object],
) -> None:
    wish = {"method": "setMyCommands", "times": 2} | fault
    async with http.post(f"{telegram.url}/faults", json=wish) as answer:
        assert answer.ok
    await menus.run()
    assert await shown(bot, BotCommandScopeAllPrivateChats()) == menu(None, ENGLISH)


async def test_refusal_is_accepted(
    bot: Bot, telegram: RunningServer, http: aiohttp.ClientSession, menus: Menus
) -> None:
    wish = {"method": "setMyCommands", "kind": "error", "error_code": 400, "times": 1}
    async with http.post(f"{telegram.url}/faults", json=wish) as answer:
        assert answer.ok
    await menus.run()
    assert await shown(bot, BotCommandScopeAllPrivateChats()) == []
