"""The language of one's choice: a button in /settings, and /language as the short way to it."""

from dataclasses import replace

from aiogram import Router
from aiogram.filters import Command
from aiogram.types import CallbackQuery, Message

from handlers import texts, texts_rights
from handlers.callbacks import Action, Tap
from handlers.commands import menu_call
from handlers.desk import Desk
from handlers.ephemeral import acknowledge
from handlers.rendering import edit, send
from handlers.saying import say
from handlers.shop import Shop
from handlers.shopper.settings import settings_of
from handlers.tapping import Taps, message_id_of
from storage.records import Person, Shopper

router = Router(name="language")


@router.message(Command("language"))
async def ask_language(message: Message, shopper: Shopper, desk: Desk, shop: Shop) -> None:
    """Show the language and the others."""
    name = texts_rights.language_name(shopper.language)
    text = say(shopper, texts_rights.LANGUAGE, language=name)
    keyboard = shop.buttons(shopper).rights.languages()
    await desk.send(send(shopper.id, text, keyboard=keyboard))


@router.callback_query(Taps(Action.LANGUAGE))
async def choose(
    callback: CallbackQuery,
    tap: Tap,
    *,
    shopper: Shopper,
    person: Person | None,
    desk: Desk,
    shop: Shop,
) -> None:
    """Keep the choice, and show the settings and the menu in it."""
    if tap.argument not in texts_rights.LANGUAGE_NAMES:
        await acknowledge(callback, say(shopper, texts.BUTTON_STALE))
        return
    tag = None if texts_rights.says_as_much(shopper.language_code, tap.argument) else tap.argument
    chosen = replace(shopper, chosen_language=tag)
    await acknowledge(callback, say(chosen, texts_rights.LANGUAGE_SET))
    shown = await settings_of(chosen, desk, shop)
    changed = edit(shopper.id, message_id_of(callback), shown.text, keyboard=shown.keyboard)
    role = None if person is None else person.role
    async with desk.work() as work:
        await work.shoppers.choose_language(shopper.id, tag)
        await desk.enqueue(work, changed, menu_call(chosen, role))
        await work.commit()
