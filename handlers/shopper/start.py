"""The first minute, coming back, help, and stopping."""

from dataclasses import replace
from datetime import datetime

from aiogram import F, Router
from aiogram.filters import Command, CommandObject, CommandStart
from aiogram.types import Message
from babel import Locale

from handlers import keyboards, texts
from handlers.commands import help_text
from handlers.consenting import keep_answer
from handlers.desk import Desk
from handlers.rendering import send
from handlers.saying import say
from handlers.shop import Shop
from knowledge import amounts, days_ahead
from knowledge.amounts import locale_for
from knowledge.catalogue import Catalogue
from knowledge.language import told
from knowledge.nearby.hours import next_opening, open_interval
from storage.records import (
    ConsentKind,
    Coupon,
    Order,
    OrderStatus,
    Person,
    Shopper,
    Store,
)

router = Router(name="start")
_STORE_LINK = "s_"
# What people write who know of no commands, in the languages the product speaks.
_STOP_WORDS = {"stop", "stop!", "stop.", "unsubscribe", "basta", "alto", "darme de baja"}
_HELP_WORDS = {"help", "ayuda"}
_IS_STOP = F.text.casefold().in_(_STOP_WORDS)


@router.message(CommandStart(deep_link=True, magic=F.args.startswith(_STORE_LINK)))
async def start_at_store(
    message: Message, command: CommandObject, shopper: Shopper, desk: Desk, shop: Shop
) -> None:
    """Greet somebody who scanned a store's code: its hours and the best coupon there."""
    payload = command.args or ""
    catalogue = await shop.concierge.catalogue()
    store = catalogue.stores.get(payload.removeprefix(_STORE_LINK).replace("_", "-"))
    text, bold = say(shopper, texts.STORE_UNKNOWN), tuple[str, ...]()
    async with desk.work() as work:
        await work.shoppers.resume(shopper.id)
        if store is not None:
            valid = await work.coupons.valid_at(shop.now())
            text = _store_greeting(store, valid, shop.now(), locale_for(shopper.language))
            bold = (store.name,)
        reply = send(
            shopper.id,
            text,
            bold=bold,
            keyboard=keyboards.ask_place(locale_for(shopper.language), keyboards.JUST_LOOK),
        )
        await desk.enqueue(work, reply)
        await work.commit()


@router.message(CommandStart())
async def start(
    message: Message,
    shopper: Shopper,
    is_new: bool,
    desk: Desk,
    shop: Shop,
) -> None:
    """Greet a new shopper, or welcome one back with what waits for them."""
    catalogue = await shop.concierge.catalogue()
    async with desk.work() as work:
        await work.shoppers.resume(shopper.id)
        orders = await work.orders.of_shopper(shopper.id)
        if is_new:
            text = say(shopper, texts.WELCOME, name=shopper.first_name, shop=shop.name)
        else:
            text = _welcome_back(shopper, orders, catalogue)
        reply = send(
            shopper.id,
            text,
            keyboard=keyboards.ask_place(locale_for(shopper.language), keyboards.JUST_LOOK),
        )
        await desk.enqueue(work, reply)
        await work.commit()


@router.message(F.text.casefold().in_(_HELP_WORDS))
@router.message(Command("help"))
async def help_(message: Message, shopper: Shopper, person: Person | None, desk: Desk) -> None:
    """List what can be asked, and what somebody may do who works here."""
    role = None if person is None else person.role
    await desk.send(send(shopper.id, help_text(role, locale_for(shopper.language))))


# Whoever writes just "stop" means it, whether they know of commands or not, and also by mending a slip.
@router.message(_IS_STOP)
@router.message(Command("stop"))
@router.edited_message(_IS_STOP)
@router.edited_message(Command("stop"))
async def stop(message: Message, shopper: Shopper, desk: Desk, shop: Shop) -> None:
    """End all messages at once: what waits is dropped, consents to messages end, the place is forgotten."""
    shop.places.forget(shopper.id)
    await shop.nudging.end(shopper.id)
    async with desk.work() as work:
        await work.shoppers.stop(shopper.id, shop.now())
        await work.outbox.drop_all_of_chat(shopper.id, "stopped by the shopper")
        consents = await work.consents.current(shopper.id)
        for kind, agreed in consents.items():
            if kind is not ConsentKind.LOCATION and agreed.is_granted:
                no = replace(agreed, is_granted=False, decided_at=shop.now())
                await keep_answer(work, no, desk.received_at)
        await desk.enqueue(
            work, send(shopper.id, say(shopper, texts.STOPPED), keyboard=keyboards.REMOVE)
        )
        await work.commit()


def _welcome_back(shopper: Shopper, orders: list[Order], catalogue: Catalogue) -> str:
    waiting = [
        order for order in orders if order.status in (OrderStatus.READY, OrderStatus.PLACED)
    ]
    if not waiting:
        return f"{say(shopper, texts.WELCOME_BACK, name=shopper.first_name)} {say(shopper, texts.LOOK_AROUND)}"
    order = min(waiting, key=lambda each: each.status is not OrderStatus.READY)
    store = catalogue.stores.get(order.store_id)
    status = say(shopper, texts.STATUS_WORDS[order.status])
    sentence = texts.WELCOME_BACK_ORDER if store is None else texts.WELCOME_BACK_ORDER_AT
    return say(
        shopper,
        sentence,
        name=shopper.first_name,
        order=order.code,
        status=status,
        store=store.name if store else "",
    )


def _store_greeting(store: Store, coupons: list[Coupon], now: datetime, locale: Locale) -> str:
    parts = [told(texts.AT_STORE, locale, store=store.name)]
    interval = open_interval(store, now)
    if interval is not None:
        closes = amounts.hour(interval.closes.time(), locale)
        parts.append(told(texts.STORE_OPEN, locale, closes=closes))
    elif (opens := next_opening(store, now)) is not None:
        parts.append(
            told(texts.STORE_CLOSED, locale, opens=days_ahead.opening(opens, now, locale))
        )
    here = [coupon for coupon in coupons if store.id in coupon.store_ids]
    if here:
        best = max(here, key=lambda coupon: (coupon.discount_percent, coupon.code))
        taken = amounts.percent(best.discount_percent)
        parts.append(
            told(texts.AT_STORE_COUPON, locale, coupon=best.code, percent=taken, title=best.title)
        )
    return " ".join(parts)
