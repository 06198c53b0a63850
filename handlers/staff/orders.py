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
from handlers.staff.telling import Tapped, Telling
from handlers.tapping import Taps, message_id_of
from knowledge.amounts import locale_for
from knowledge.counter import Deed, may_serve, serve
from knowledge.holding import OPEN, Change, is_over
from knowledge.language import told
from storage.records import AuditEntry, Order, Person, Role, Shopper

router = Router(name="store orders")
EVERYBODY_HERE = HasRole(Role.OWNER, Role.ADMIN, Role.STAFF)
_DEEDS = {
    Action.STORE_READY: Deed.READY,
    Action.STORE_REFUSE: Deed.REFUSE,
    Action.STORE_HAND_OVER: Deed.HAND_OVER,
}
_NEWS = {
    Deed.READY: shopper_texts.ORDER_READY,
    Deed.REFUSE: shopper_texts.ORDER_REFUSED,
    Deed.HAND_OVER: shopper_texts.ORDER_COLLECTED,
}


@router.callback_query(Taps(*_DEEDS), EVERYBODY_HERE)
async def act(
    callback: CallbackQuery, tap: Tap, *, shopper: Shopper, person: Person, desk: Desk, shop: Shop
) -> None:
    """Do what the button says, tell the shopper and the others, and show the card as it is now."""
    here = person.shopper_id
    catalogue = await shop.concierge.catalogue()
    async with desk.work() as work:
        telling = Telling(work, catalogue, shop.signer, shop.now(), desk.received_at)
        change = await serve(work, person, tap.argument, _DEEDS[tap.action], shop.now())
        if change is not None and change.is_new:
            tapped = Tapped(here, message_id_of(callback))
            deed = _DEEDS[tap.action]
            text = await tell_all(telling, person, change.order, deed, but_for=tapped)
            buttons = telling.buttons(shopper).store_order(change.order)
            code = (change.order.code,)
            card = edit(here, tapped.message_id, text, bold=code, keyboard=buttons)
            await desk.enqueue(work, card)
        await work.commit()
    await acknowledge(callback, why_not(change, shop.now(), locale_for(shopper.language)))


@router.callback_query(Taps(Action.STORE_ASK), EVERYBODY_HERE)
async def call_back(
    callback: CallbackQuery, tap: Tap, *, shopper: Shopper, person: Person, desk: Desk, shop: Shop
) -> None:
    """Tell the shopper that the store has a question.

    No phone number is known here, and no words are passed on: whoever writes through the bot would have to be
    answered through it, and the counter, which the shopper comes to anyway, is quicker than that.
    """
    catalogue, here = await shop.concierge.catalogue(), person.shopper_id
    async with desk.work() as work:
        order = await work.orders.get(tap.argument)
        telling = Telling(work, catalogue, shop.signer, shop.now(), desk.received_at)
        toast = await _asked(telling, person, shopper, order)
        if order is not None and toast is None:
            text = f"{await telling.card(person, order)}\n{texts.ASKED}"
            buttons = telling.buttons(shopper).store_order(order, with_ask=False)
            message_id, code = message_id_of(callback), (order.code,)
            await desk.enqueue(work, edit(here, message_id, text, bold=code, keyboard=buttons))
        await work.commit()
    await acknowledge(callback, toast)


async def tell_all(
    telling: Telling, by: Person, order: Order, deed: Deed, *, but_for: Tapped | None = None
) -> str:
    """Tell the shopper what somebody did, and on every card but the one tapped; gives that card's words."""
    is_told = await _tell_shopper(telling, order, deed)
    name = ROLE_NAMES[by.role]
    await telling.change_cards(order, name, but_for=but_for)
    card = await telling.card(by, order, name)
    return card if is_told else f"{card}\n{texts.NOT_TOLD}"


def why_not(change: Change | None, now: datetime, locale: Locale) -> str | None:
    """Say why nothing was done, None when it was."""
    if change is None:
        return texts.NOT_YOURS
    if change.is_new:
        return None
    if change.order.status in OPEN and is_over(change.order, now):
        return texts.OVER
    status = told(shopper_texts.STATUS_WORDS[change.order.status], locale)
    return texts.TOO_LATE.format(order=change.order.code, status=status)


async def _asked(
    telling: Telling, person: Person, shopper: Shopper, order: Order | None
) -> str | None:
    """Ask the shopper to the counter, which is an answer of the store's; gives why not, None when done."""
    if order is None or not may_serve(person, order):
        return texts.NOT_YOURS
    if order.status not in OPEN:
        locale = locale_for(shopper.language)
        return why_not(Change(order, is_new=False), telling.now, locale)
    why = await telling.ask_shopper(order)
    if why is None:
        await telling.work.orders.answered(order.code, telling.now)
        entry = AuditEntry(f"shopper:{person.shopper_id}", "order ask", order.code, telling.now)
        await telling.work.audit.add(entry)
    return why


async def _tell_shopper(telling: Telling, order: Order, deed: Deed) -> bool:
    """Tell the shopper what the store did, with a way on; False when they cannot be told."""
    if deed is not Deed.REFUSE:
        return await telling.tell_shopper(order, _NEWS[deed], lambda buttons: buttons.order(order))
    sentence, coupon = _NEWS[deed], order.coupon_code
    if coupon is not None:
        sentence = shopper_texts.ORDER_REFUSED_COUPON
    of = order.suggestion_id
    keyboard = None if of is None else lambda buttons: buttons.instead(of)
    return await telling.tell_shopper(order, sentence, keyboard, coupon=coupon or "")
