"""The buttons on a card: ready, can't do, collected."""

from datetime import datetime

from aiogram import Router
from aiogram.types import CallbackQuery
from babel import Locale

from handlers import texts as shopper_texts
from handlers.admin.permissions import HasRole
from handlers.admin.texts import ROLE_NAMES
from handlers.callbacks import Action, Tap
from handlers.desk import Desk
from handlers.ephemeral import acknowledge
from handlers.rendering import edit
from handlers.shop import Shop
from handlers.staff import texts
from handlers.staff.telling import Colleague, Tapped, Telling
from handlers.tapping import Taps, message_id_of
from knowledge.amounts import locale_for
from knowledge.counter import may_serve, serve
from knowledge.holding import OPEN, Change, is_over
from knowledge.language import told
from knowledge.order_rules import OrderAction
from storage.records import AuditEntry, Order, Person, Role, Shopper

router = Router(name="store orders")
EVERYBODY_HERE = HasRole(Role.OWNER, Role.ADMIN, Role.STAFF)
_DEEDS = {
    Action.STORE_READY: OrderAction.READY,
    Action.STORE_REFUSE: OrderAction.REFUSE,
    Action.STORE_HAND_OVER: OrderAction.HAND_OVER,
}
_NEWS = {
    OrderAction.READY: shopper_texts.ORDER_READY,
    OrderAction.HAND_OVER: shopper_texts.ORDER_COLLECTED,
}


@router.callback_query(Taps(*_DEEDS), EVERYBODY_HERE)
async def act(
    callback: CallbackQuery, tap: Tap, shopper: Shopper, person: Person, desk: Desk, *, shop: Shop
) -> None:
    """Do what the button says, tell the shopper and the others, and show the card as it is now."""
    here, who = shopper.id, Colleague(person, shopper)
    catalogue = await shop.concierge.catalogue()
    async with desk.work() as work:
        telling = Telling(work, catalogue, shop.signer, shop.now(), desk.received_at)
        change = await serve(work, person, tap.argument, _DEEDS[tap.action], shop.now())
        if change is not None and change.is_new:
            tapped = Tapped(here, message_id_of(callback))
            action = _DEEDS[tap.action]
            text = await tell_all(telling, who, change.order, action, but_for=tapped)
            buttons = telling.buttons(shopper).store_order(change.order)
            code = (change.order.code,)
            card = edit(here, tapped.message_id, text, bold=code, keyboard=buttons)
            await desk.enqueue(work, card)
        await work.commit()
    await acknowledge(callback, why_not(change, shop.now(), locale_for(shopper.language)))


@router.callback_query(Taps(Action.STORE_ASK), EVERYBODY_HERE)
async def call_back(
    callback: CallbackQuery, tap: Tap, shopper: Shopper, person: Person, desk: Desk, *, shop: Shop
) -> None:
    """Tell the shopper that the store has a question.

    No phone number is known here, and no words are passed on: whoever writes through the bot would have to be
    answered through it, and the counter, which the shopper comes to anyway, is quicker than that.
    """
    catalogue, locale = await shop.concierge.catalogue(), locale_for(shopper.language)
    async with desk.work() as work:
        order = await work.orders.get(tap.argument)
        telling = Telling(work, catalogue, shop.signer, shop.now(), desk.received_at)
        toast = await _asked(telling, person, order, locale)
        if order is not None and toast is None:
            card = telling.card(Colleague(person, shopper), order)
            text = f"{card}\n{told(texts.ASKED, locale)}"
            buttons = telling.buttons(shopper).store_order(order, with_ask=False)
            message_id, code = message_id_of(callback), (order.code,)
            message = edit(shopper.id, message_id, text, bold=code, keyboard=buttons)
            await desk.enqueue(work, message)
        await work.commit()
    await acknowledge(callback, toast)


async def tell_all(
    telling: Telling,
    by: Colleague,
    order: Order,
    action: OrderAction,
    *,
    but_for: Tapped | None = None,
) -> str:
    """Tell the shopper what somebody did, and on every card but the one tapped; gives that card's words."""
    is_told = await _tell_shopper(telling, order, action)
    name = ROLE_NAMES[by.person.role]
    await telling.change_cards(order, name, but_for=but_for)
    card = telling.card(by, order, name)
    if is_told:
        return card
    return f"{card}\n{told(texts.NOT_TOLD, locale_for(by.shopper.language))}"


def why_not(change: Change | None, now: datetime, locale: Locale) -> str | None:
    """Say why nothing was done, None when it was."""
    if change is None:
        return told(texts.NOT_YOURS, locale)
    if change.is_new:
        return None
    if change.order.status in OPEN and is_over(change.order, now):
        return told(texts.OVER, locale)
    status = told(shopper_texts.STATUS_WORDS[change.order.status], locale)
    return told(texts.TOO_LATE, locale, order=change.order.code, status=status)


async def _asked(
    telling: Telling, person: Person, order: Order | None, locale: Locale
) -> str | None:
    """Ask the shopper to the counter, which is an answer of the store's; gives why not, None when done."""
    if order is None or not may_serve(person, order):
        return told(texts.NOT_YOURS, locale)
    if order.status not in OPEN:
        return why_not(Change(order, is_new=False), telling.now, locale)
    why = await telling.ask_shopper(order)
    if why is None:
        await telling.work.orders.answered(order.code, telling.now)
        entry = AuditEntry(f"shopper:{person.shopper_id}", "order ask", order.code, telling.now)
        await telling.work.audit.add(entry)
    return None if why is None else told(why, locale)


async def _tell_shopper(telling: Telling, order: Order, action: OrderAction) -> bool:
    """Tell the shopper what the store did, with a way on; False when they cannot be told."""
    if action is not OrderAction.REFUSE:
        return await telling.tell_shopper(order, _NEWS[action], lambda theirs: theirs.order(order))
    has_coupon, suggestion_id = order.coupon_code is not None, order.suggestion_id
    news = shopper_texts.ORDER_REFUSED_COUPON if has_coupon else shopper_texts.ORDER_REFUSED
    if suggestion_id is None:
        return await telling.tell_shopper(order, news)
    return await telling.tell_shopper(order, news, lambda theirs: theirs.instead(suggestion_id))
