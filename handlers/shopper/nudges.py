"""The buttons under a nudge: go there, keep the coupon, not now, fewer like this, a pause, and the ways back.

Each acts at once, changes the message in place and is remembered, as an answer in the ledger and as a signal, once
however often it is tapped. Booking is that of any offer.
"""

from aiogram import Router
from aiogram.types import CallbackQuery, Message

from handlers import texts, texts_rights
from handlers.callbacks import Action, Tap
from handlers.desk import Desk
from handlers.ephemeral import acknowledge
from handlers.rendering import edit, venue, with_buttons, without_buttons
from handlers.saying import say
from handlers.shop import Shop
from handlers.shopper.pause import keep_pause, paused_in_words
from handlers.tapping import (
    Taps,
    acknowledged_suggestion,
    message_id_of,
    signal_of,
    tapped_suggestion,
)
from knowledge.pausing import Pause, read_pause
from storage.records import NudgeAnswer, Outgoing, Shopper, SignalKind, Suggestion
from storage.work import Work

router = Router(name="nudges")
# What a tap says about the thing that was offered; the weights of each are the ranking's business.
_MEANT = {
    NudgeAnswer.WENT: SignalKind.VIEW,
    NudgeAnswer.SAVED: SignalKind.WISHLIST,
    NudgeAnswer.NOT_NOW: SignalKind.IGNORE,
    NudgeAnswer.PAUSED: SignalKind.IGNORE,
    NudgeAnswer.FEWER: SignalKind.DISMISS,
}


@router.callback_query(Taps(Action.NUDGE_PLACE))
async def take_me_there(
    callback: CallbackQuery, tap: Tap, shopper: Shopper, desk: Desk, shop: Shop
) -> None:
    """Send the store as a place on the map, and offer to book."""
    suggestion = await tapped_suggestion(desk, tap, shopper.id)
    stores = (await shop.concierge.catalogue()).stores
    store = None if suggestion is None else stores.get(suggestion.store_id)
    await acknowledge(callback, None if store else say(shopper, texts.BUTTON_STALE))
    if suggestion is None or store is None:
        return
    async with desk.work() as work:
        await _remember(work, suggestion, NudgeAnswer.WENT, shop)
        changed = await _offered_on(work, callback, suggestion, shopper, shop)
        await desk.enqueue(work, venue(shopper.id, store), *changed)
        await work.commit()


@router.callback_query(Taps(Action.NUDGE_COUPON))
async def save_coupon(
    callback: CallbackQuery, tap: Tap, shopper: Shopper, desk: Desk, shop: Shop
) -> None:
    """Keep the coupon for later, and offer to book."""
    suggestion = await tapped_suggestion(desk, tap, shopper.id)
    code = suggestion.coupon_code if suggestion is not None else None
    toast = texts.NO_COUPON
    async with desk.work() as work:
        valid = {coupon.code for coupon in await work.coupons.valid_at(shop.now())}
        if suggestion is not None and code is not None and code in valid:
            is_new = await work.coupons.save(shopper.id, code, shop.now())
            toast = texts.SAVED if is_new else texts.ALREADY_SAVED
            await _remember(work, suggestion, NudgeAnswer.SAVED, shop)
            changed = await _offered_on(work, callback, suggestion, shopper, shop)
            await desk.enqueue(work, *changed)
        await work.commit()
    await acknowledge(callback, say(shopper, toast))


@router.callback_query(Taps(Action.NOT_NOW))
async def not_now(
    callback: CallbackQuery, tap: Tap, shopper: Shopper, desk: Desk, shop: Shop
) -> None:
    """Leave it at that: the buttons go, the coupon stays usable."""
    suggestion = await acknowledged_suggestion(callback, tap, shopper, desk, texts.NOT_NOW)
    if suggestion is None:
        return
    async with desk.work() as work:
        await _remember(work, suggestion, NudgeAnswer.NOT_NOW, shop)
        await desk.enqueue(work, *without_buttons(shopper.id, message_id_of(callback)))
        await work.commit()


@router.callback_query(Taps(Action.FEWER))
async def fewer_like_this(
    callback: CallbackQuery, tap: Tap, shopper: Shopper, desk: Desk, shop: Shop
) -> None:
    """Believe it: at most one nudge a week from now on, and none about things of this kind."""
    suggestion = await acknowledged_suggestion(callback, tap, shopper, desk)
    if suggestion is None:
        return
    product = (await shop.concierge.catalogue()).products.get(suggestion.product_id)
    text = say(shopper, texts.FEWER)
    if product is not None:
        text = say(shopper, texts.FEWER_OF, category=product.category)
    undo = shop.buttons(shopper).nudges.undo_fewer(suggestion)
    async with desk.work() as work:
        await _remember(work, suggestion, NudgeAnswer.FEWER, shop)
        await desk.enqueue(work, edit(shopper.id, message_id_of(callback), text, keyboard=undo))
        await work.commit()


@router.callback_query(Taps(Action.FEWER_UNDO))
async def as_before(
    callback: CallbackQuery, tap: Tap, shopper: Shopper, desk: Desk, shop: Shop
) -> None:
    """Take "fewer like this" back, and what it said about the thing."""
    suggestion = await acknowledged_suggestion(callback, tap, shopper, desk)
    if suggestion is None:
        return
    async with desk.work() as work:
        await work.nudges.unanswer(suggestion.id, shopper.id, NudgeAnswer.FEWER)
        await work.signals.take_back(shopper.id, suggestion.id, SignalKind.DISMISS)
        text = say(shopper, texts.FEWER_UNDONE)
        await desk.enqueue(work, edit(shopper.id, message_id_of(callback), text))
        await work.commit()


@router.callback_query(Taps(Action.NUDGE_PAUSE))
async def pause_offers(
    callback: CallbackQuery, tap: Tap, shopper: Shopper, desk: Desk, shop: Shop
) -> None:
    """Ask how long, and then keep offers away for that long."""
    key, _, said = tap.argument.partition(" ")
    suggestion = await acknowledged_suggestion(callback, Tap(tap.action, key), shopper, desk)
    if suggestion is None:
        return
    zone = (await shop.concierge.catalogue()).time_zone
    wish = read_pause(said, shop.now(), zone) if said else None
    if wish is None:
        lengths = shop.buttons(shopper).nudges.pauses(suggestion)
        await desk.send(*with_buttons(shopper.id, message_id_of(callback), lengths))
        return
    reply = await _paused(callback, suggestion, wish, shopper, shop)
    async with desk.work() as work:
        await _remember(work, suggestion, NudgeAnswer.PAUSED, shop)
        await keep_pause(work, desk, shopper, wish)
        await desk.enqueue(work, reply)
        await work.commit()


@router.callback_query(Taps(Action.NUDGE_BACK))
async def back_to_offer(
    callback: CallbackQuery, tap: Tap, shopper: Shopper, desk: Desk, shop: Shop
) -> None:
    """Put the offer's own buttons back: no pause after all."""
    suggestion = await acknowledged_suggestion(callback, tap, shopper, desk)
    if suggestion is None:
        return
    async with desk.work() as work:
        is_saved = await _is_saved(work, suggestion)
        buttons = shop.buttons(shopper).nudges.offer(suggestion, is_saved=is_saved)
        await desk.enqueue(work, *with_buttons(shopper.id, message_id_of(callback), buttons))
        await work.commit()


async def _remember(work: Work, suggestion: Suggestion, said: NudgeAnswer, shop: Shop) -> None:
    await work.nudges.answer(suggestion.id, suggestion.shopper_id, said, shop.now())
    await work.signals.add_once(signal_of(suggestion, _MEANT[said], shop.now()))


async def _is_saved(work: Work, suggestion: Suggestion) -> bool:
    """Tell whether the shopper keeps the coupon that was offered."""
    saved = await work.coupons.saved_by(suggestion.shopper_id)
    return any(coupon.code == suggestion.coupon_code for coupon in saved)


async def _offered_on(
    work: Work, callback: CallbackQuery, suggestion: Suggestion, shopper: Shopper, shop: Shop
) -> list[Outgoing]:
    """Give the change of the buttons for somebody who goes for it."""
    is_saved = await _is_saved(work, suggestion)
    buttons = shop.buttons(shopper).nudges.taken(suggestion, is_saved=is_saved)
    return with_buttons(shopper.id, message_id_of(callback), buttons)


async def _paused(
    callback: CallbackQuery, suggestion: Suggestion, wish: Pause, shopper: Shopper, shop: Shop
) -> Outgoing:
    """Give the offer as it stands there, for the coupon is still good, and below it how long the pause is."""
    state = await paused_in_words(wish, shopper, shop)
    message = callback.message
    shown = (message.text or "") if isinstance(message, Message) else ""
    offer = shown.partition("\n\n")[0]  # tapped again, it would say it twice
    told = [offer, say(shopper, texts_rights.PAUSED, state=state)]
    store = (await shop.concierge.catalogue()).stores.get(suggestion.store_id)
    return edit(
        shopper.id,
        message_id_of(callback),
        "\n\n".join(filter(None, told)),
        bold=() if store is None else (store.name,),
        keyboard=shop.buttons(shopper).nudges.end_pause(),
    )
