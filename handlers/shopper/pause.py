"""/pause: offers stay away for a while and come back by themselves; answers and news of orders go on."""

from aiogram import Router
from aiogram.filters import Command, CommandObject
from aiogram.types import CallbackQuery, Message

from handlers import texts_rights
from handlers.callbacks import Action, Tap
from handlers.desk import Desk
from handlers.ephemeral import acknowledge
from handlers.rendering import edit, send
from handlers.saying import say
from handlers.shop import Shop
from handlers.tapping import Taps, message_id_of
from knowledge.amounts import locale_for
from knowledge.pausing import Pause, read_pause
from storage.records import UNTIL_THEY_SAY, Outgoing, Shopper
from storage.work import Work

router = Router(name="pause")


@router.message(Command("pause"))
async def pause(
    message: Message, command: CommandObject, shopper: Shopper, desk: Desk, shop: Shop
) -> None:
    """Begin a pause as long as was said; without a word, show how things stand and the usual lengths."""
    if not command.args:
        await show_pause(shopper, desk, shop)
        return
    catalogue = await shop.concierge.catalogue()
    wish = read_pause(command.args, shop.now(), catalogue.time_zone)
    if wish is None:
        locale = locale_for(shopper.language)
        text = texts_rights.unclear_pause(shop.now(), catalogue.time_zone, locale)
        buttons = shop.buttons(shopper).rights.pause(is_paused=shopper.is_paused(shop.now()))
        await desk.send(send(shopper.id, text, keyboard=buttons))
        return
    await _set(wish, shopper, desk, shop)


@router.callback_query(Taps(Action.PAUSE))
async def tap_pause(
    callback: CallbackQuery, tap: Tap, shopper: Shopper, desk: Desk, shop: Shop
) -> None:
    """Begin a pause of one of the usual lengths, or end it."""
    await acknowledge(callback)
    catalogue = await shop.concierge.catalogue()
    wish = read_pause(tap.argument, shop.now(), catalogue.time_zone)
    if wish is not None:
        await _set(wish, shopper, desk, shop, message_id_of(callback))


async def show_pause(shopper: Shopper, desk: Desk, shop: Shop) -> None:
    """Send how things stand, with a button for each usual length."""
    paused = await pause_in_words(shopper, shop)
    text = say(shopper, texts_rights.PAUSE_ASK)
    if paused is not None:
        text = say(shopper, texts_rights.PAUSE_STATE, state=paused)
    buttons = shop.buttons(shopper).rights.pause(is_paused=paused is not None)
    await desk.send(send(shopper.id, text, keyboard=buttons))


async def pause_in_words(shopper: Shopper, shop: Shop) -> str | None:
    """Give until when offers are paused, None when they are not."""
    if shopper.paused_until is None or not shopper.is_paused(shop.now()):
        return None
    catalogue = await shop.concierge.catalogue()
    locale = locale_for(shopper.language)
    return texts_rights.pause_state(shopper.paused_until, shop.now(), catalogue.time_zone, locale)


async def paused_in_words(wish: Pause, shopper: Shopper, shop: Shop) -> str:
    """Give until when a pause that begins now keeps offers away; `wish` must not be to end one."""
    catalogue = await shop.concierge.catalogue()
    until, locale = wish.until or UNTIL_THEY_SAY, locale_for(shopper.language)
    return texts_rights.pause_state(until, shop.now(), catalogue.time_zone, locale)


async def keep_pause(work: Work, desk: Desk, shopper: Shopper, wish: Pause) -> None:
    """Begin or end a pause; when it begins, the offers that wait are dropped."""
    await work.shoppers.pause(shopper.id, wish.until)
    if wish.until is not None:
        await work.outbox.drop_offers_of_chat(shopper.id, "paused by the shopper")
    action = "resume" if wish.until is None else "pause"
    await work.audit.note(shopper.id, action, desk.received_at)


async def _set(
    wish: Pause, shopper: Shopper, desk: Desk, shop: Shop, message_id: int | None = None
) -> None:
    """Keep the pause and say so; `message_id` is the message to change."""
    reply = await _reply(wish, shopper, shop, message_id)
    async with desk.work() as work:
        await keep_pause(work, desk, shopper, wish)
        await desk.enqueue(work, reply)
        await work.commit()


async def _reply(wish: Pause, shopper: Shopper, shop: Shop, message_id: int | None) -> Outgoing:
    if wish.until is None:
        was_paused = shopper.is_paused(shop.now())
        text = say(shopper, texts_rights.PAUSE_OVER if was_paused else texts_rights.NOT_PAUSED)
        return edit(shopper.id, message_id, text)
    state = await paused_in_words(wish, shopper, shop)
    return edit(shopper.id, message_id, say(shopper, texts_rights.PAUSED, state=state))
