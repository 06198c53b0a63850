"""/desk lists what waits in the store, /collect hands an order over by the code that the shopper shows."""

import re

from aiogram import Router
from aiogram.filters import Command, CommandObject
from aiogram.types import CallbackQuery, Message
from babel import Locale

from handlers.callbacks import Action, Tap
from handlers.desk import Desk
from handlers.ephemeral import acknowledge
from handlers.order_words import OrderWords, order_words
from handlers.rendering import edit, send
from handlers.saying import say
from handlers.shop import Shop
from handlers.staff import texts
from handlers.staff.orders import EVERYBODY_HERE, tell_all
from handlers.staff.telling import Telling
from handlers.tapping import Taps, message_id_of
from handlers.texts import STATUS_WORDS
from knowledge.amounts import locale_for
from knowledge.counter import Deed, may_serve, serve
from knowledge.language import told
from storage.records import Order, Person, Role, Shopper
from storage.work import Work

router = Router(name="till")
_LISTED = 10
_CODE = re.compile(r"([A-Z]\d)[\s-]*(\d{4})")


@router.message(Command("desk"), EVERYBODY_HERE)
async def list_open(
    message: Message, shopper: Shopper, person: Person, desk: Desk, shop: Shop
) -> None:
    """List the open orders, the oldest first, with a button for each."""
    catalogue, now = await shop.concierge.catalogue(), shop.now()
    store_id = person.store_id if person.role is Role.STAFF else None
    async with desk.reading() as work:
        waiting = await work.orders.open(store_id, _LISTED + 1)
    found = waiting[:_LISTED]
    locale = locale_for(shopper.language)
    lines = [_line(order_words(order, catalogue, now, locale), order, locale) for order in found]
    more = [texts.DESK_MORE] if len(waiting) > _LISTED else []
    text = "\n".join([texts.DESK, *lines, *more]) if lines else texts.DESK_EMPTY
    codes = [order.code for order in found]
    buttons = shop.buttons(shopper).store_orders(found)
    await desk.send(send(shopper.id, text, bold=codes, keyboard=buttons))


@router.callback_query(Taps(Action.STORE_CARD), EVERYBODY_HERE)
async def show_card(
    callback: CallbackQuery, tap: Tap, *, shopper: Shopper, person: Person, desk: Desk, shop: Shop
) -> None:
    """Put the card of one order where the list was."""
    catalogue, here = await shop.concierge.catalogue(), person.shopper_id
    async with desk.work() as work:
        order = await work.orders.get(tap.argument)
        is_theirs = order is not None and may_serve(person, order)
        if order is not None and is_theirs:
            telling = Telling(work, catalogue, shop.signer, shop.now(), desk.received_at)
            text = await telling.card(person, order)
            buttons = telling.buttons(shopper).store_order(order)
            message_id, code = message_id_of(callback), (order.code,)
            await desk.enqueue(work, edit(here, message_id, text, bold=code, keyboard=buttons))
        await work.commit()
    await acknowledge(callback, None if is_theirs else texts.NOT_YOURS)


@router.message(Command("collect"), EVERYBODY_HERE)
async def collect(
    message: Message,
    command: CommandObject,
    *,
    shopper: Shopper,
    person: Person,
    desk: Desk,
    shop: Shop,
) -> None:
    """Hand an order over, or say what is wrong with the code."""
    catalogue = await shop.concierge.catalogue()
    given = (command.args or "").strip()
    async with desk.work() as work:
        telling = Telling(work, catalogue, shop.signer, shop.now(), desk.received_at)
        text = await _collected(work, telling, person, shopper, given)
        await desk.enqueue(work, send(person.shopper_id, text))
        await work.commit()


def _line(words: OrderWords, order: Order, locale: Locale) -> str:
    until = f" until {words.until}" if words.until else ""
    status = told(STATUS_WORDS[order.status], locale)
    return texts.DESK_LINE.format(o=words, status=status, until=until)


async def _collected(
    work: Work, telling: Telling, person: Person, shopper: Shopper, given: str
) -> str:
    code = read_code(given)
    if code is None:
        return texts.COLLECT_HOW
    change = await serve(work, person, code, Deed.HAND_OVER, telling.now)
    if change is None:
        return texts.COLLECT_UNKNOWN.format(order=code)
    if not change.is_new:
        status = say(shopper, STATUS_WORDS[change.order.status])
        return texts.COLLECT_TOO_LATE.format(order=code, status=status)
    return await tell_all(telling, person, change.order, Deed.HAND_OVER)


def read_code(given: str) -> str | None:
    """Read an order's code as people type it: "k7 2291", "K72291"; None when it is none."""
    found = _CODE.fullmatch(given.strip().upper())
    return f"{found[1]}-{found[2]}" if found else None
