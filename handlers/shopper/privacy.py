"""What is kept and why, and the right to be forgotten."""

from dataclasses import replace

from aiogram import Router
from aiogram.filters import Command
from aiogram.types import CallbackQuery, Message

from handlers import keyboards, texts, texts_rights
from handlers.callbacks import Action, Tap
from handlers.commands import menu_call
from handlers.desk import Desk
from handlers.ephemeral import acknowledge
from handlers.rendering import farewell, send, without_buttons
from handlers.saying import say
from handlers.shop import Shop
from handlers.shopper.export import send_copy
from handlers.shopper.pause import show_pause
from handlers.shopper.settings import show_settings
from handlers.tapping import Taps, message_id_of
from storage.records import AuditEntry, Person, Shopper

router = Router(name="privacy")
_NOBODY = "forgotten"


@router.message(Command("privacy"))
async def privacy(message: Message, shopper: Shopper, desk: Desk, shop: Shop) -> None:
    """Tell who keeps what, what for and how long, and what can be done about it."""
    text = say(shopper, texts_rights.PRIVACY, shop=shop.name)
    await desk.send(send(shopper.id, text, keyboard=shop.buttons(shopper).rights.privacy()))


@router.callback_query(Taps(Action.OPEN))
async def open_(
    callback: CallbackQuery, tap: Tap, shopper: Shopper, desk: Desk, shop: Shop
) -> None:
    """Do what the command of that name does."""
    doors = {
        "export": send_copy,
        "settings": show_settings,
        "forget": ask_first,
        "pause": show_pause,
    }
    door = doors.get(tap.argument)
    await acknowledge(callback, None if door else say(shopper, texts.BUTTON_STALE))
    if door is not None:
        await door(shopper, desk, shop)


@router.message(Command("forget"))
async def ask_forget(message: Message, shopper: Shopper, desk: Desk, shop: Shop) -> None:
    """Ask before everything is erased."""
    await ask_first(shopper, desk, shop)


async def ask_first(shopper: Shopper, desk: Desk, shop: Shop) -> None:
    """Say what would be erased and what stays, and wait for a yes."""
    buttons = shop.buttons(shopper).rights.confirm_forget()
    await desk.send(send(shopper.id, say(shopper, texts_rights.FORGET_SURE), keyboard=buttons))


@router.callback_query(Taps(Action.FORGET_YES))
async def forget(
    callback: CallbackQuery, shopper: Shopper, person: Person | None, desk: Desk, shop: Shop
) -> None:
    """Erase everything about the shopper, then say so; of what is said nothing stays either."""
    await acknowledge(callback)
    shop.places.forget(shopper.id)
    shop.nudging.forget(shopper.id)
    last = [
        *without_buttons(shopper.id, message_id_of(callback)),
        send(shopper.id, say(shopper, texts_rights.FORGOTTEN), keyboard=keyboards.REMOVE),
    ]
    if person is not None or shopper.chosen_language is not None:  # it went with the rest
        last.append(menu_call(replace(shopper, chosen_language=None), None))
    async with desk.work() as work:
        counts = await work.shoppers.forget(shopper.id, desk.received_at)
        rows = {table: str(count) for table, count in counts.items() if count}
        await work.audit.add(AuditEntry(_NOBODY, "forget", _NOBODY, desk.received_at, rows))
        await desk.enqueue(work, *map(farewell, last))
        await work.commit()
