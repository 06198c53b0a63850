import pytest
from babel import Locale

from handlers import texts
from handlers.callbacks import Action
from handlers.commands import COMMANDS, help_text, menu
from knowledge.language import LANGUAGES, told
from storage.records import Person, Role
from tests.english import ENGLISH, english
from tests.handlers.conftest import Counter, Phone
from tests.handlers.doors import commands, guarded_doors

MANAGING = ["invite", "people", "revoke", "coupon", "template"]
HOW = "handlers/commands.py lists each command that a handler listens to, with who may use it"


async def grant(counter: Counter, by: Phone, role: Role) -> None:
    await by.says("/start")
    async with counter.database.work() as work:
        await work.people.grant(Person(by.shopper_id, role, None, counter.clock()))
        await work.commit()


def names(role: Role | None) -> list[str]:
    return [entry["command"] for entry in menu(role, ENGLISH)]


def test_table_has_every_command_that_is_listened_to_and_no_other() -> None:
    assert {line.name for line in COMMANDS} == commands(), HOW
    assert len(COMMANDS) == len(commands())


def test_table_shows_a_command_to_those_for_whom_it_works() -> None:
    asked = {door.name: door.roles for door in guarded_doors() if door.kind == "command"}
    assert {line.name: line.roles for line in COMMANDS if line.roles} == asked, HOW


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("role", [None, *Role])
def test_menu_keeps_to_telegrams_limits(role: Role | None, language: str) -> None:
    """Source: Bot API, setMyCommands and BotCommand."""
    shown = menu(role, Locale(language))
    assert len(shown) <= 100
    for entry in shown:
        assert entry["command"].isascii()
        assert 1 <= len(entry["command"]) <= 32
        assert 1 <= len(entry["description"]) <= 256


@pytest.mark.parametrize("language", LANGUAGES)
def test_words_about_the_bot_keep_to_telegrams_limits(language: str) -> None:
    """Source: Bot API, setMyDescription and setMyShortDescription."""
    assert len(told(texts.DESCRIPTION, Locale(language))) <= 512
    assert len(told(texts.SHORT_DESCRIPTION, Locale(language))) <= 120


def test_shopper_sees_no_command_of_those_who_work_here() -> None:
    assert names(None) == (
        "start nearby coupons orders history family preferences settings privacy help stop".split()
    )
    assert set(names(None)) < set(names(Role.ADMIN)) <= set(names(Role.OWNER))


async def test_menu_comes_with_the_role_and_goes_with_it(
    counter: Counter, mia: Phone, ben: Phone
) -> None:
    await grant(counter, mia, Role.OWNER)
    invited = await mia.says("/invite admin")
    joined = await ben.says(invited.text.splitlines()[-1])
    assert joined.menus == {8: names(Role.ADMIN)}
    assert (await mia.says("/revoke 8")).menus == {8: None}


async def test_void_link_changes_no_menu(counter: Counter, ben: Phone) -> None:
    assert (await ben.says("/start admin_nonsense")).menus == {}


async def test_whoever_is_forgotten_loses_the_menu_too(counter: Counter, ben: Phone) -> None:
    await grant(counter, ben, Role.ADMIN)
    assert (await ben.taps(ben.button(Action.FORGET_YES))).menus == {8: None}


async def test_help_lists_the_commands_of_a_role(counter: Counter, ben: Phone) -> None:
    assert (await ben.says("/help")).text == english(texts.HELP) == help_text(None, ENGLISH)
    await grant(counter, ben, Role.ADMIN)
    told = (await ben.says("help")).text
    assert told.startswith(english(texts.HELP))
    assert all(f"\n/{name}: " in told for name in MANAGING)
