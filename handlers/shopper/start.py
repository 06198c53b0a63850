"""The first minute, coming back, help, and stopping."""

from dataclasses import replace
from datetime import datetime

from aiogram import F, Router
from aiogram.filters import Command, CommandObject, CommandStart
from aiogram.types import Message

from handlers import keyboards, texts
from handlers.commands import help_text
from handlers.consenting import keep_answer
from handlers.desk import Desk
from handlers.rendering import send
from handlers.shop import Shop
from knowledge import amounts
from knowledge.catalogue import Catalogue
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
_IS_STOP = F.text.casefold().in_({"stop", "stop!", "stop.", "unsubscribe"})


@router.message(CommandStart(deep_link=True, magic=F.args.startswith(_STORE_LINK)))
async def start_at_store(
    message: Message, command: CommandObject, shopper: Shopper, desk: Desk, shop: Shop
) -> None:
    """Greet somebody who scanned a store's code: its hours and the best coupon there."""
    payload = command.args or ""
    catalogue = await shop.concierge.catalogue()
    store = catalogue.stores.get(payload.removeprefix(_STORE_LINK).replace("_", "-"))
    text, bold = texts.STORE_UNKNOWN, tuple[str, ...]()
    async with desk.work() as work:
        await work.shoppers.resume(shopper.id)
        if store is not None:
            valid = await work.coupons.valid_at(shop.now())
            text = _store_greeting(store, valid, shop.now(), shopper.language)
            bold = (store.name,)
        reply = send(
            shopper.id, text, bold=bold, keyboard=keyboards.ask_place(keyboards.JUST_LOOK)
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
            text = texts.WELCOME.format(name=shopper.first_name, shop=shop.name)
        else:
            text = _welcome_back(shopper, orders, catalogue)
        reply = send(shopper.id, text, keyboard=keyboards.ask_place(keyboards.JUST_LOOK))
        await desk.enqueue(work, reply)
        await work.commit()


@router.message(F.text.casefold() == "help")
@router.message(Command("help"))
async def help_(message: Message, shopper: Shopper, person: Person | None, desk: Desk) -> None:
    """List what can be asked, and what somebody may do who works here."""
    role = None if person is None else person.role
    await desk.send(send(shopper.id, help_text(role)))


# Whoever writes just "stop" means it, whether they know of commands or not, and also by mending a slip.
@router.message(_IS_STOP)
@router.message(Command("stop"))
@router.edited_message(_IS_STOP)
@router.edited_message(Command("stop"))
async def stop(message: Message, shopper: Shopper, desk: Desk, shop: Shop) -> None:
    """End all messages at once: what waits is dropped, consents to nudges end, the place is forgotten."""
    shop.places.forget(shopper.id)
    await shop.nudging.end(shopper.id)
    async with desk.work() as work:
        await work.shoppers.stop(shopper.id, shop.now())
        await work.outbox.drop_all_of_chat(shopper.id, "stopped by the shopper")
        consents = await work.consents.current(shopper.id)
        agreed = consents.get(ConsentKind.NUDGES)
        if agreed is not None and agreed.is_granted:
            no = replace(agreed, is_granted=False, decided_at=shop.now())
            await keep_answer(work, no, desk.received_at)
        await desk.enqueue(work, send(shopper.id, texts.STOPPED, keyboard=keyboards.REMOVE))
        await work.commit()


def _welcome_back(shopper: Shopper, orders: list[Order], catalogue: Catalogue) -> str:
    waiting = [
        order for order in orders if order.status in (OrderStatus.READY, OrderStatus.PLACED)
    ]
    if not waiting:
        return f"{texts.WELCOME_BACK.format(name=shopper.first_name)} {texts.LOOK_AROUND}"
    order = min(waiting, key=lambda each: each.status is not OrderStatus.READY)
    store = catalogue.stores.get(order.store_id)
    return texts.WELCOME_BACK_ORDER.format(
        name=shopper.first_name,
        order=order.code,
        status=texts.STATUS_WORDS[order.status],
        place=f" at {store.name}" if store else "",
    )


def _store_greeting(
    store: Store, coupons: list[Coupon], now: datetime, language_code: str | None
) -> str:
    locale = amounts.locale_for(language_code)
    interval = open_interval(store, now)
    hours = ""
    if interval is not None:
        hours = texts.STORE_OPEN.format(closes=amounts.clock_time(interval.closes.time(), locale))
    elif (opens := next_opening(store, now)) is not None:
        hours = texts.STORE_CLOSED.format(opens=texts.opening_phrase(opens, now, locale))
    parts = [texts.AT_STORE.format(store=store.name, hours=hours).rstrip()]
    here = [coupon for coupon in coupons if store.id in coupon.store_ids]
    if here:
        best = max(here, key=lambda coupon: (coupon.discount_percent, coupon.code))
        taken = amounts.percent(best.discount_percent)
        parts.append(
            texts.AT_STORE_COUPON.format(coupon=best.code, percent=taken, title=best.title)
        )
    return " ".join(parts)
