"""Looking behind replies: owner and admins turn it on for themselves, and off again."""

from aiogram import Router
from aiogram.filters import Command, CommandObject
from aiogram.types import Message

from handlers.admin import texts
from handlers.admin.permissions import HasRole
from handlers.desk import Desk
from handlers.rendering import send
from knowledge.amounts import locale_for
from knowledge.language import told
from storage.records import Person, Role, Shopper

router = Router(name="debug")
_STATES = {"on": True, "off": False}


@router.message(Command("debug"), HasRole(Role.OWNER, Role.ADMIN))
async def debug(
    message: Message, command: CommandObject, shopper: Shopper, person: Person, desk: Desk
) -> None:
    """Show how replies come about, or no longer."""
    locale = locale_for(shopper.language)
    given = (command.args or "").strip().casefold()
    is_shown = _STATES.get(given)
    if is_shown is None:
        how = texts.DEBUG_HOW_ON if person.sees_debug else texts.DEBUG_HOW_OFF
        await desk.send(send(shopper.id, told(how, locale, given=given)))
        return
    async with desk.work() as work:
        await work.people.show_debug(shopper.id, is_shown=is_shown)
        text = told(texts.DEBUG_ON if is_shown else texts.DEBUG_OFF, locale)
        await desk.enqueue(work, send(shopper.id, text))
        await work.commit()
