"""/desk lists what waits in the store, /collect hands an order over by the code that the shopper shows."""

import re
from datetime import datetime

from aiogram import Router
from aiogram.filters import Command, CommandObject
from aiogram.types import CallbackQuery, Message
from babel import Locale

from handlers.callbacks import Action, Tap
from handlers.desk import Desk
from handlers.ephemeral import acknowledge
from handlers.order_words import order_words
from handlers.rendering import edit, send
from handlers.shop import Shop
from handlers.staff import texts
from handlers.staff.orders import EVERYBODY_HERE, tell_all
from handlers.staff.telling import Colleague, Telling
from handlers.tapping import Taps, message_id_of
from handlers.texts import STATUS_WORDS
from knowledge.amounts import locale_for
from knowledge.catalogue import Catalogue
from knowledge.counter import may_serve, serve
from knowledge.language import told
from knowledge.order_rules import OrderAction
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
    lines = [_line(order, catalogue, now, locale) for order in found]
    more = [told(texts.DESK_MORE, locale)] if len(waiting) > _LISTED else []
    text = told(texts.DESK if lines else texts.DESK_EMPTY, locale)
    text = "\n".join([text, *lines, *more])
    codes = [order.code for order in found]
    buttons = shop.buttons(shopper).store_orders(found)
    await desk.send(send(shopper.id, text, bold=codes, keyboard=buttons))


@router.callback_query(Taps(Action.STORE_CARD), EVERYBODY_HERE)
async def show_card(
    callback: CallbackQuery, tap: Tap, shopper: Shopper, person: Person, desk: Desk, *, shop: Shop
) -> None:
    """Put the card of one order where the list was."""
    catalogue = await shop.concierge.catalogue()
    async with desk.work() as work:
        order = await work.orders.get(tap.argument)
        is_theirs = order is not None and may_serve(person, order)
        if order is not None and is_theirs:
            telling = Telling(work, catalogue, shop.signer, shop.now(), desk.received_at)
            text = telling.card(Colleague(person, shopper), order)
            buttons = telling.buttons(shopper).store_order(order)
            message_id, code = message_id_of(callback), (order.code,)
            message = edit(shopper.id, message_id, text, bold=code, keyboard=buttons)
            await desk.enqueue(work, message)
        await work.commit()
    why = None if is_theirs else told(texts.NOT_YOURS, locale_for(shopper.language))
    await acknowledge(callback, why)


@router.message(Command("collect"), EVERYBODY_HERE)
async def collect(
    message: Message,
    command: CommandObject,
    shopper: Shopper,
    person: Person,
    desk: Desk,
    *,
    shop: Shop,
) -> None:
    """Hand an order over, or say what is wrong with the code."""
    catalogue = await shop.concierge.catalogue()
    given = (command.args or "").strip()
    async with desk.work() as work:
        telling = Telling(work, catalogue, shop.signer, shop.now(), desk.received_at)
        text = await _collected(work, telling, Colleague(person, shopper), given)
        await desk.enqueue(work, send(shopper.id, text))
        await work.commit()


def _line(order: Order, catalogue: Catalogue, now: datetime, locale: Locale) -> str:
    words, status = order_words(order, catalogue, now, locale), STATUS_WORDS[order.status]
    line = texts.DESK_LINE_UNTIL if words.until else texts.DESK_LINE
    return told(line, locale, o=words, status=told(status, locale))


async def _collected(work: Work, telling: Telling, by: Colleague, given: str) -> str:
    code, locale = read_code(given), locale_for(by.shopper.language)
    if code is None:
        return told(texts.COLLECT_HOW, locale)
    change = await serve(work, by.person, code, OrderAction.HAND_OVER, telling.now)
    if change is None:
        return told(texts.COLLECT_UNKNOWN, locale, order=code)
    if not change.is_new:
        status = told(STATUS_WORDS[change.order.status], locale)
        return told(texts.COLLECT_TOO_LATE, locale, order=code, status=status)
    return await tell_all(telling, by, change.order, OrderAction.HAND_OVER)


def read_code(given: str) -> str | None:
    """Read an order's code as people type it: "k7 2291", "K72291"; None when it is none."""
    found = _CODE.fullmatch(given.strip().upper())
    return f"{found[1]}-{found[2]}" if found else None
