"""Orders, what was bought, and coupons at hand."""

import asyncio

from aiogram import Router
from aiogram.filters import Command
from aiogram.types import CallbackQuery, Message

from handlers import texts
from handlers.callbacks import Action, Tap
from handlers.desk import Desk
from handlers.ephemeral import acknowledge
from handlers.keyboards import below
from handlers.order_words import item_of, order_line, timeline
from handlers.rendering import edit, photo, send
from handlers.saying import say
from handlers.shop import Ask, Shop
from handlers.staff.telling import Telling
from handlers.staff.texts import BY_SHOPPER
from handlers.tapping import Taps, message_id_of
from knowledge import amounts
from knowledge.barcodes import qr_png
from knowledge.booking import cancel
from knowledge.catalogue import Catalogue
from knowledge.holding import OPEN
from knowledge.order_rules import OrderAction, judge
from knowledge.understanding import Intent
from storage.records import Order, OrderStatus, Shopper

router = Router(name="orders")
_LISTED = 10
_BROUGHT_BACK = 3  # rows of buttons for what was collected (ours)


@router.message(Command("coupons"))
async def coupons(message: Message, shopper: Shopper, desk: Desk, shop: Shop) -> None:
    """List the coupons the shopper can use."""
    await shop.answer(desk, shopper, Ask("/coupons", intent=Intent.COUPONS))


@router.message(Command("orders"))
async def orders(message: Message, shopper: Shopper, desk: Desk, shop: Shop) -> None:
    """List the shopper's orders; the open ones come with their buttons."""
    catalogue = await shop.concierge.catalogue()
    async with desk.reading() as work:
        found = await work.orders.of_shopper(shopper.id, limit=_LISTED)
        told_of = [each for each in found if each in found[:1] or each.status in OPEN]
        events = await work.order_events.of([each.code for each in told_of])
    if not found:
        await desk.send(send(shopper.id, say(shopper, texts.NO_ORDERS)))
        return
    locale = amounts.locale_for(shopper.language)
    lines = []
    for order in found:
        item, store = _item(order, catalogue), _store(order, catalogue)
        lines.append(order_line(order, item, store, locale))
        if order.code in events:
            zone = catalogue.zone_of(order.store_id)
            lines.append(f"  {timeline(events[order.code], zone, shop.now(), locale)}")
    made = shop.buttons(shopper)
    waiting = made.orders([order for order in found if order.status in OPEN])
    back = [order for order in found if _may_come_back(order, catalogue, shop)][:_BROUGHT_BACK]
    buttons = below(waiting, made.changes.collected(back))
    bold = [order.code for order in found]
    text = "\n".join([say(shopper, texts.ORDERS), *lines])
    await desk.send(send(shopper.id, text, bold=bold, keyboard=buttons))


@router.callback_query(Taps(Action.CANCEL))
async def ask_cancel(
    callback: CallbackQuery, tap: Tap, shopper: Shopper, desk: Desk, shop: Shop
) -> None:
    """Ask before cancelling."""
    await acknowledge(callback)
    order = await _own_order(desk, tap, shopper)
    catalogue = await shop.concierge.catalogue()
    if order is None:
        await desk.send(send(shopper.id, say(shopper, texts.ORDER_UNKNOWN)))
    elif order.status not in OPEN:
        await desk.send(edit(shopper.id, message_id_of(callback), _too_late(order, shopper)))
    else:
        text = say(
            shopper,
            texts.CANCEL_SURE,
            order=order.code,
            item=_item(order, catalogue),
            store=_store(order, catalogue),
        )
        buttons = shop.buttons(shopper).confirm_cancel(order)
        await desk.send(edit(shopper.id, message_id_of(callback), text, keyboard=buttons))


@router.callback_query(Taps(Action.CANCEL_YES))
async def cancel_order(
    callback: CallbackQuery, tap: Tap, shopper: Shopper, desk: Desk, shop: Shop
) -> None:
    """Cancel the order; stock and coupon come back."""
    await acknowledge(callback)
    catalogue = await shop.concierge.catalogue()
    async with desk.work() as work:
        change = await cancel(work, tap.argument, shopper.id, shop.now())
        text = say(shopper, texts.ORDER_UNKNOWN)
        if change is not None and change.order.status is OrderStatus.CANCELLED:
            text = say(shopper, texts.CANCELLED, order=change.order.code)
        elif change is not None:
            text = _too_late(change.order, shopper)
        if change is not None and change.is_new:
            telling = Telling(work, catalogue, shop.signer, shop.now(), desk.received_at)
            await telling.change_cards(change.order, BY_SHOPPER)
        await desk.enqueue(work, edit(shopper.id, message_id_of(callback), text))
        await work.commit()


@router.callback_query(Taps(Action.SHOW_CODE))
async def show_code(callback: CallbackQuery, tap: Tap, shopper: Shopper, desk: Desk) -> None:
    """Show the code as a picture to scan, and below it to read out at a till."""
    await acknowledge(callback)
    order = await _own_order(desk, tap, shopper)
    if order is None:
        await desk.send(send(shopper.id, say(shopper, texts.ORDER_UNKNOWN)))
        return
    picture = await asyncio.to_thread(qr_png, order.code)
    caption = f"{order.code}\n{say(shopper, texts.SHOW_AT_TILL)}"
    await desk.send(photo(shopper.id, picture, caption=caption))


@router.callback_query(Taps(Action.KEEP))
async def keep(callback: CallbackQuery, tap: Tap, shopper: Shopper, desk: Desk) -> None:
    """Leave everything as it is."""
    await acknowledge(callback)
    text = say(shopper, texts.ORDER_KEPT if tap.argument else texts.FORGET_KEPT)
    await desk.send(edit(shopper.id, message_id_of(callback), text))


def _may_come_back(order: Order, catalogue: Catalogue, shop: Shop) -> bool:
    product = catalogue.products.get(order.product_id)
    occasion = shop.order_occasion(catalogue.zone_of(order.store_id))
    return judge(order, product, OrderAction.RETURN, occasion) is None


async def _own_order(desk: Desk, tap: Tap, shopper: Shopper) -> Order | None:
    async with desk.reading() as work:
        order = await work.orders.get(tap.argument)
    return order if order is not None and order.shopper_id == shopper.id else None


def _too_late(order: Order, shopper: Shopper) -> str:
    status = say(shopper, texts.STATUS_WORDS[order.status])
    return say(shopper, texts.NOT_CANCELLED, order=order.code, status=status)


def _item(order: Order, catalogue: Catalogue) -> str:
    return item_of(order, catalogue.products.get(order.product_id))


def _store(order: Order, catalogue: Catalogue) -> str:
    store = catalogue.stores.get(order.store_id)
    return store.name if store else order.store_id
