"""/return takes back what was collected, by its code: the shop's limits are looked at, people look at the goods."""

from aiogram import Router
from aiogram.filters import Command, CommandObject
from aiogram.types import CallbackQuery, Message
from babel import Locale

from handlers import texts_orders
from handlers.callbacks import Action, Tap
from handlers.desk import Desk
from handlers.ephemeral import acknowledge
from handlers.order_refusals import refused_words
from handlers.order_words import order_words
from handlers.rendering import Keyboard, edit, send
from handlers.shop import Shop
from handlers.staff import texts
from handlers.staff.orders import EVERYBODY_HERE
from handlers.staff.telling import Telling
from handlers.staff.till import read_code
from handlers.tapping import Taps, message_id_of
from knowledge.amounts import locale_for
from knowledge.bringing_back import Brought, Returned, may_come_back, take_back
from knowledge.catalogue import Catalogue
from knowledge.counter import may_serve
from knowledge.language import Sentence, told
from knowledge.order_rules import OrderAction, Refused
from storage.records import Order, Person, Shopper
from storage.work import Work

router = Router(name="returns")


@router.message(Command("return"), EVERYBODY_HERE)
async def look_at_return(
    message: Message,
    command: CommandObject,
    shopper: Shopper,
    person: Person,
    desk: Desk,
    *,
    shop: Shop,
) -> None:
    """Show what is brought back with what is to be given for it, or say why it is not taken."""
    code, locale = read_code(command.args or ""), locale_for(shopper.language)
    catalogue = await shop.concierge.catalogue()
    text, keyboard = told(texts_orders.STORE_RETURN_HOW, locale), None
    if code is not None:
        async with desk.reading() as work:
            order = await _theirs(work, code, person)
            if order is None:
                text = told(texts.COLLECT_UNKNOWN, locale, order=code)
            else:
                occasion = shop.order_occasion(catalogue.zone_of(order.store_id))
                found = await may_come_back(work, catalogue, person, code, occasion)
                text = _judged(found, order, catalogue, shop, locale)
                if isinstance(found, Order):
                    keyboard = shop.buttons(shopper).changes.take_back(order)
    await desk.send(send(shopper.id, text, bold=(code or "",), keyboard=keyboard))


@router.callback_query(Taps(Action.STORE_SHELF, Action.STORE_ASIDE), EVERYBODY_HERE)
async def take(
    callback: CallbackQuery, tap: Tap, shopper: Shopper, person: Person, desk: Desk, *, shop: Shop
) -> None:
    """Take it back, and tell the shopper."""
    await acknowledge(callback)
    catalogue, locale = await shop.concierge.catalogue(), locale_for(shopper.language)
    keyboard: Keyboard | None = None
    async with desk.work() as work:
        order = await _theirs(work, tap.argument, person)
        text = told(texts.NOT_YOURS, locale)
        if order is not None:
            occasion = shop.order_occasion(catalogue.zone_of(order.store_id))
            brought = Brought(order.code, person, tap.action is Action.STORE_SHELF)
            done = await take_back(work, catalogue, brought, occasion)
            text = _judged(done, order, catalogue, shop, locale)
            if isinstance(done, Returned) and done.is_new:
                telling = Telling(work, catalogue, shop.signer, shop.now(), desk.received_at)
                await _tell_shopper(telling, done)
        message_id = message_id_of(callback)
        await desk.enqueue(work, edit(shopper.id, message_id, text, keyboard=keyboard))
        await work.commit()


async def _theirs(work: Work, code: str, person: Person) -> Order | None:
    order = await work.orders.get(code)
    return order if order is not None and may_serve(person, order) else None


def _judged(
    found: Order | Returned | Refused | None,
    order: Order,
    catalogue: Catalogue,
    shop: Shop,
    locale: Locale,
) -> str:
    """Tell the store what is to be done, what was done, or why it is not."""
    if isinstance(found, Refused):
        action, now = OrderAction.RETURN, shop.now()
        return refused_words(order, action, found, catalogue, now, locale=locale)
    sentence: Sentence = texts_orders.STORE_RETURN
    if isinstance(found, Returned):
        sentence = (
            texts_orders.STORE_RETURNED if found.is_new else texts_orders.STORE_RETURNED_BEFORE
        )
    return told(sentence, locale, o=order_words(order, catalogue, shop.now(), locale))


async def _tell_shopper(telling: Telling, done: Returned) -> None:
    news = texts_orders.RETURNED_COUPON if done.coupon_back else texts_orders.RETURNED
    await telling.tell_shopper(done.order, news)
