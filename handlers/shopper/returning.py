"""Buttons under what was collected: how, until when and where it is brought back. The counter does the rest."""

from aiogram import Router
from aiogram.types import CallbackQuery
from babel import Locale

from handlers import texts, texts_orders
from handlers.callbacks import Action, Tap
from handlers.desk import Desk
from handlers.ephemeral import acknowledge
from handlers.order_refusals import refused_words
from handlers.order_words import order_words
from handlers.rendering import edit, send
from handlers.saying import say
from handlers.shop import Shop
from handlers.tapping import Taps, message_id_of
from knowledge import amounts
from knowledge.catalogue import Catalogue
from knowledge.language import told
from knowledge.order_rules import OrderAction, judge, last_day
from storage.records import Order, Shopper

router = Router(name="returning")


@router.callback_query(Taps(Action.RETURN, Action.RETURN_YES))
async def bring_back(
    callback: CallbackQuery, tap: Tap, shopper: Shopper, desk: Desk, shop: Shop
) -> None:
    """Ask whether a thing shall be brought back; after a yes, tell how."""
    await acknowledge(callback)
    async with desk.reading() as work:
        order = await work.orders.get(tap.argument)
    if order is None or order.shopper_id != shopper.id:
        await desk.send(send(shopper.id, say(shopper, texts.ORDER_UNKNOWN)))
        return
    catalogue, locale = await shop.concierge.catalogue(), amounts.locale_for(shopper.language)
    product = catalogue.products.get(order.product_id)
    occasion = shop.order_occasion(catalogue.zone_of(order.store_id))
    why = judge(order, product, OrderAction.RETURN, occasion)
    if why is not None:
        action = OrderAction.RETURN
        text = refused_words(order, action, why, catalogue, shop.now(), locale=locale)
        await desk.send(edit(shopper.id, message_id_of(callback), text))
        return
    is_sure = tap.action is Action.RETURN_YES
    text = _how(order, catalogue, shop, locale, is_sure=is_sure)
    buttons = shop.buttons(shopper).changes
    keyboard = buttons.way(order) if is_sure else buttons.confirm_return(order)
    bold = (order.code,)
    await desk.send(edit(shopper.id, message_id_of(callback), text, bold=bold, keyboard=keyboard))


def _how(order: Order, catalogue: Catalogue, shop: Shop, locale: Locale, *, is_sure: bool) -> str:
    zone, now = catalogue.zone_of(order.store_id), shop.now()
    limit = shop.order_limits.of(catalogue.products.get(order.product_id))
    today = now.astimezone(zone).date()
    return told(
        texts_orders.RETURN_HOW if is_sure else texts_orders.RETURN_SURE,
        locale,
        o=order_words(order, catalogue, now, locale),
        day=amounts.day(last_day(order, limit, zone), today, locale),
    )
