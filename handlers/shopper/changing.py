"""Buttons that make a booked order another one, or keep another make of what was collected."""

from dataclasses import dataclass

from aiogram import Router
from aiogram.types import CallbackQuery
from babel import Locale

from handlers import texts, texts_orders
from handlers.callbacks import Action, Tap
from handlers.desk import Desk
from handlers.ephemeral import acknowledge
from handlers.keyboards_orders import Make, OrderButtons, key_of
from handlers.order_refusals import refused_words
from handlers.order_words import order_words
from handlers.rendering import Keyboard, edit
from handlers.saying import say
from handlers.shop import Shop
from handlers.shopper.offers import new_order_code
from handlers.staff.telling import Telling
from handlers.staff.texts import BY_SHOPPER
from handlers.tapping import Taps, message_id_of
from knowledge import amounts
from knowledge.booking import Refusal
from knowledge.catalogue import Catalogue
from knowledge.changing import (
    Changed,
    Wanted,
    alternatives,
    change,
    keep_other,
    pieces_at_most,
)
from knowledge.language import Sentence, told
from knowledge.order_rules import OrderAction, Refused, judge
from storage.records import Order, Product, Shopper
from storage.work import Work

router = Router(name="changing")
_ACTIONS = {
    Action.CHANGE: OrderAction.CHANGE,
    Action.CHANGE_TO: OrderAction.CHANGE,
    Action.CHANGE_YES: OrderAction.CHANGE,
    Action.EXCHANGE: OrderAction.EXCHANGE,
    Action.EXCHANGE_TO: OrderAction.EXCHANGE,
    Action.EXCHANGE_YES: OrderAction.EXCHANGE,
}


@dataclass(frozen=True, slots=True)
class _Talk:
    """Who talks about what is to become of an order, and what is known of it."""

    shop: Shop
    shopper: Shopper
    catalogue: Catalogue
    action: OrderAction

    @property
    def locale(self) -> Locale:
        return amounts.locale_for(self.shopper.language)

    @property
    def buttons(self) -> OrderButtons:
        return self.shop.buttons(self.shopper).changes

    def say(self, sentence: Sentence, order: Order, **values: str) -> str:
        words = order_words(order, self.catalogue, self.shop.now(), self.locale)
        return told(sentence, self.locale, count=1, o=words, **values).rstrip()

    def why_not(self, order: Order, why: Refused) -> str:
        now = self.shop.now()
        return refused_words(order, self.action, why, self.catalogue, now, locale=self.locale)

    def refusal(self, order: Order) -> Refused | None:
        product = self.catalogue.products.get(order.product_id)
        occasion = self.shop.order_occasion(self.catalogue.zone_of(order.store_id))
        return judge(order, product, self.action, occasion)


@router.callback_query(Taps(Action.CHANGE, Action.EXCHANGE))
async def offer_makes(
    callback: CallbackQuery, tap: Tap, shopper: Shopper, desk: Desk, shop: Shop
) -> None:
    """Show what an order can become, or say why nothing."""
    await acknowledge(callback)
    talk = _Talk(shop, shopper, await shop.concierge.catalogue(), _ACTIONS[tap.action])
    async with desk.reading() as work:
        order = await _own(work, tap.argument, shopper)
        text, keyboard = await _makes(talk, work, order)
    await desk.send(edit(shopper.id, message_id_of(callback), text, keyboard=keyboard))


@router.callback_query(Taps(Action.CHANGE_TO, Action.EXCHANGE_TO))
async def ask_first(
    callback: CallbackQuery, tap: Tap, shopper: Shopper, desk: Desk, shop: Shop
) -> None:
    """Ask before anything changes, with what it costs."""
    await acknowledge(callback)
    talk = _Talk(shop, shopper, await shop.concierge.catalogue(), _ACTIONS[tap.action])
    make = Make.parse(tap.argument)
    async with desk.reading() as work:
        order = await _own(work, make.code if make else "", shopper)
        product = await _product(talk, work, order, make)
    text, keyboard = say(shopper, texts.BUTTON_STALE), None
    if order is not None and product is not None and make is not None:
        text, keyboard = _question(talk, order, product, make)
    await desk.send(edit(shopper.id, message_id_of(callback), text, keyboard=keyboard))


@router.callback_query(Taps(Action.CHANGE_YES, Action.EXCHANGE_YES))
async def do_it(
    callback: CallbackQuery, tap: Tap, shopper: Shopper, desk: Desk, shop: Shop
) -> None:
    """Change the order, or keep the other make, and tell the store."""
    await acknowledge(callback)
    talk = _Talk(shop, shopper, await shop.concierge.catalogue(), _ACTIONS[tap.action])
    make = Make.parse(tap.argument)
    async with desk.work() as work:
        order = await _own(work, make.code if make else "", shopper)
        product = await _product(talk, work, order, make)
        text, keyboard = say(shopper, texts.BUTTON_STALE), None
        if order is not None and product is not None and make is not None:
            done = await _done(
                talk, work, order, Wanted(order.code, shopper.id, product.id, make.quantity)
            )
            if isinstance(done, Changed):
                text, keyboard = _told(talk, done)
                telling = Telling(work, talk.catalogue, shop.signer, shop.now(), desk.received_at)
                await _tell_store(telling, talk, done)
            elif isinstance(done, Refused):
                text = talk.why_not(order, done)
            elif done is not None:
                text = say(shopper, texts.REFUSALS[done])
        await desk.enqueue(
            work, edit(shopper.id, message_id_of(callback), text, keyboard=keyboard)
        )
        await work.commit()


async def _own(work: Work, code: str, shopper: Shopper) -> Order | None:
    order = await work.orders.get(code)
    return order if order is not None and order.shopper_id == shopper.id else None


async def _makes(talk: _Talk, work: Work, order: Order | None) -> tuple[str, Keyboard | None]:
    if order is None:
        return say(talk.shopper, texts.ORDER_UNKNOWN), None
    why = talk.refusal(order)
    if why is not None:
        return talk.why_not(order, why), None
    others = await alternatives(work, talk.catalogue, order)
    is_exchange = talk.action is OrderAction.EXCHANGE
    most = 1 if is_exchange else await pieces_at_most(work, order)
    if not others and (is_exchange or most == order.quantity == 1):
        return talk.say(texts_orders.NO_OTHER, order), None
    if is_exchange:
        makes = talk.buttons.makes(order, others, Action.EXCHANGE_TO)
        return talk.say(texts_orders.EXCHANGE_WHAT, order), makes
    makes = talk.buttons.makes_and_pieces(order, others, most)
    return talk.say(texts_orders.CHANGE_WHAT, order), makes


async def _product(
    talk: _Talk, work: Work, order: Order | None, make: Make | None
) -> Product | None:
    """Find the make that a button names among those there are; None when it is gone."""
    if order is None or make is None:
        return None
    own = talk.catalogue.products.get(order.product_id)
    there = [*await alternatives(work, talk.catalogue, order), *([own] if own else [])]
    return next((each for each in there if key_of(each.id) == make.key), None)


def _question(
    talk: _Talk, order: Order, product: Product, make: Make
) -> tuple[str, Keyboard | None]:
    why = talk.refusal(order)
    if why is not None:
        return talk.why_not(order, why), None
    if talk.action is OrderAction.EXCHANGE:
        money = _money(talk, order, product)
        text = talk.say(texts_orders.EXCHANGE_SURE, order, item=product.title, money=money)
        return text, talk.buttons.confirm_exchange(make)
    price = amounts.price(product.price_cents * make.quantity, product.currency, talk.locale)
    item = product.title if make.quantity == 1 else f"{make.quantity} × {product.title}"
    text = talk.say(texts_orders.CHANGE_SURE, order, item=item, price=price)
    return text, talk.buttons.confirm_change(make)


def _money(talk: _Talk, order: Order, product: Product) -> str:
    """Tell what an exchange costs more or less."""
    old = talk.catalogue.products.get(order.product_id)
    more = 0 if old is None else (product.price_cents - old.price_cents) * order.quantity
    price = amounts.price(abs(more), order.currency, talk.locale)
    if not more:
        return told(texts_orders.SAME_PRICE, talk.locale)
    return told(
        texts_orders.PAY_MORE if more > 0 else texts_orders.GET_BACK, talk.locale, price=price
    )


async def _done(
    talk: _Talk, work: Work, order: Order, wanted: Wanted
) -> Changed | Refused | Refusal | None:
    occasion = talk.shop.order_occasion(talk.catalogue.zone_of(order.store_id))
    if talk.action is OrderAction.EXCHANGE:
        return await keep_other(work, talk.catalogue, wanted, occasion, new_order_code)
    return await change(work, talk.catalogue, wanted, occasion)


def _told(talk: _Talk, done: Changed) -> tuple[str, Keyboard | None]:
    keyboard = talk.shop.buttons(talk.shopper).order(done.order)
    if talk.action is OrderAction.EXCHANGE:
        old = order_words(done.before, talk.catalogue, talk.shop.now(), talk.locale).item
        return talk.say(texts_orders.EXCHANGE_KEPT, done.order, old=old), keyboard
    sentence = texts_orders.CHANGED if done.is_new else texts_orders.CHANGED_BEFORE
    text = talk.say(sentence, done.order)
    if done.lost_coupon:
        lost = told(texts.BOOKED_LOST_COUPON, talk.locale, coupon=done.lost_coupon)
        text = f"{text} {lost}"
    return text, keyboard


async def _tell_store(telling: Telling, talk: _Talk, done: Changed) -> None:
    """Show the store what it has to look for now."""
    if not done.is_new:
        return
    if talk.action is OrderAction.EXCHANGE:
        await telling.ask_store(done.order)
        return
    await telling.change_cards(done.order, BY_SHOPPER)
    if done.before.asked_at is not None:
        await telling.work.orders.asked(done.order.code, telling.now)
