"""The buttons under an offer: book, coupon, save, not for me, why, take me there, and numbered options."""

import secrets
from dataclasses import replace
from datetime import timedelta

from aiogram import Router
from aiogram.types import CallbackQuery, Message

from handlers import texts, texts_preferences
from handlers.callbacks import Action, Tap
from handlers.desk import Desk
from handlers.ephemeral import acknowledge
from handlers.order_words import booked
from handlers.rendering import edit, send, venue
from handlers.saying import say
from handlers.shop import Ask, Shop
from handlers.staff.telling import Telling
from handlers.tapping import (
    Taps,
    acknowledged_suggestion,
    message_id_of,
    signal_of,
    tapped_suggestion,
)
from knowledge import amounts
from knowledge.booking import Refusal, book
from knowledge.counterfactual import removable
from storage.records import Order, Shopper, Signal, SignalKind, Suggestion
from storage.work import Work

router = Router(name="offers")
# What was shown within this time for the same wish is not shown again after "Not for me" (ours).
_SAME_SEARCH = timedelta(minutes=30)
_TURNS_BACK = 40  # an offer further up than twenty questions is only dismissed (ours)


@router.callback_query(Taps(Action.BOOK))
async def book_it(
    callback: CallbackQuery, tap: Tap, shopper: Shopper, desk: Desk, shop: Shop
) -> None:
    """Book the suggestion and put the confirmation where the offer was."""
    await acknowledge(callback)
    suggestion = await tapped_suggestion(desk, tap, shopper.id)
    if suggestion is None:
        await desk.send(send(shopper.id, say(shopper, texts.BUTTON_STALE)))
        return
    catalogue = await shop.concierge.catalogue()
    async with desk.work() as work:
        booking = await book(work, catalogue, suggestion, shop.now(), new_order_code)
        message_id = message_id_of(callback)
        if isinstance(booking, Refusal):
            reply = edit(shopper.id, message_id, say(shopper, texts.REFUSALS[booking]))
        else:
            text = booked(booking, shop.now(), amounts.locale_for(shopper.language))
            telling = Telling(work, catalogue, shop.signer, shop.now(), desk.received_at)
            is_told = booking.order.asked_at is not None
            if booking.is_new:
                await _signal_booking(work, suggestion, booking.order, shop)
                is_told = await telling.ask_store(booking.order)
            if is_told:
                text = f"{text}\n{say(shopper, texts.STORE_TOLD)}"
            buttons = shop.buttons(shopper).order(booking.order)
            bold = (booking.store.name, booking.order.code)
            reply = edit(shopper.id, message_id, text, bold=bold, keyboard=buttons)
        await desk.enqueue(work, reply)
        await work.commit()


@router.callback_query(Taps(Action.PICK))
async def show_option(
    callback: CallbackQuery, tap: Tap, shopper: Shopper, desk: Desk, shop: Shop
) -> None:
    """Turn a numbered option into an offer of its own."""
    suggestion = await tapped_suggestion(desk, tap, shopper.id)
    fix = await shop.place_of(desk, shopper)
    words = None
    if suggestion is not None:
        words = await shop.concierge.describe(suggestion, shopper, fix, shop.now())
    if suggestion is None or words is None:
        await acknowledge(callback, say(shopper, texts.BUTTON_STALE))
        return
    await acknowledge(callback)
    async with desk.work() as work:
        await work.signals.add_once(signal_of(suggestion, SignalKind.VIEW, shop.now()))
        buttons = shop.buttons(shopper).offer(suggestion)
        reply = send(shopper.id, words.text, bold=words.bold, keyboard=buttons)
        await desk.enqueue(work, reply)
        await work.commit()


@router.callback_query(Taps(Action.COUPON))
async def save_coupon(
    callback: CallbackQuery, tap: Tap, shopper: Shopper, desk: Desk, shop: Shop
) -> None:
    """Keep the offer's coupon for later."""
    suggestion = await tapped_suggestion(desk, tap, shopper.id)
    toast = say(shopper, texts.NO_COUPON)
    async with desk.work() as work:
        code = suggestion.coupon_code if suggestion is not None else None
        valid = {coupon.code for coupon in await work.coupons.valid_at(shop.now())}
        if code is not None and code in valid:
            is_new = await work.coupons.save(shopper.id, code, shop.now())
            toast = say(shopper, texts.SAVED if is_new else texts.ALREADY_SAVED)
            if suggestion is not None:
                await work.signals.add_once(signal_of(suggestion, SignalKind.VIEW, shop.now()))
        await work.commit()
    await acknowledge(callback, toast)


@router.callback_query(Taps(Action.SAVE))
async def save_item(
    callback: CallbackQuery, tap: Tap, shopper: Shopper, desk: Desk, shop: Shop
) -> None:
    """Put the product on the shopper's list."""
    suggestion = await tapped_suggestion(desk, tap, shopper.id)
    if suggestion is None:
        await acknowledge(callback, say(shopper, texts.BUTTON_STALE))
        return
    async with desk.work() as work:
        await work.signals.add_once(signal_of(suggestion, SignalKind.WISHLIST, shop.now()))
        await work.commit()
    await acknowledge(callback, say(shopper, texts.SAVED_ITEM))


@router.callback_query(Taps(Action.DISMISS))
async def not_for_me(
    callback: CallbackQuery, tap: Tap, shopper: Shopper, desk: Desk, shop: Shop
) -> None:
    """Believe it, and show the next best thing in the same place."""
    suggestion = await acknowledged_suggestion(callback, tap, shopper, desk, texts.DISMISSED)
    if suggestion is None:
        return
    async with desk.reading() as work:
        shown = await work.suggestions.shown_to(shopper.id, shop.now() - _SAME_SEARCH)
    asked = await _question_before(desk, suggestion)
    dismissed = signal_of(suggestion, SignalKind.DISMISS, shop.now())
    if asked is None:
        await _dismiss_only(desk, shopper, callback, dismissed)
        return
    seen = frozenset(each.product_id for each in shown if each.need == suggestion.need)
    ask = Ask(
        asked,
        just_search=True,
        from_record=True,
        excluding=seen | {suggestion.product_id},
        replaces_message_id=message_id_of(callback),
        sense=suggestion.need,
    )

    async def keep_signal(work: Work) -> None:
        await work.signals.add_once(dismissed)

    await shop.answer(desk, shopper, ask, keep_signal)


@router.callback_query(Taps(Action.INSTEAD))
async def something_else(
    callback: CallbackQuery, tap: Tap, shopper: Shopper, desk: Desk, shop: Shop
) -> None:
    """Look again for what a store could not do, anywhere but there."""
    suggestion = await acknowledged_suggestion(callback, tap, shopper, desk)
    if suggestion is None:
        return
    product = (await shop.concierge.catalogue()).products.get(suggestion.product_id)
    fallback = product.title if product is not None else suggestion.need
    not_there = frozenset({(suggestion.store_id, suggestion.product_id)})
    question = await _question_before(desk, suggestion)
    ask = Ask(
        question or fallback,
        just_search=True,
        excluding_at=not_there,
        from_record=question is not None,
        sense=suggestion.need,
    )
    await shop.answer(desk, shopper, ask)


@router.callback_query(Taps(Action.WHY))
async def why(callback: CallbackQuery, tap: Tap, shopper: Shopper, desk: Desk, shop: Shop) -> None:
    """Tell, under the offer itself, why it was suggested, as the ranking counted it."""
    suggestion = await acknowledged_suggestion(callback, tap, shopper, desk)
    if suggestion is None:
        return
    told = await shop.concierge.explain(suggestion, shopper, shop.now())
    offer = callback.message.text if isinstance(callback.message, Message) else None
    text = f"{offer}\n\n{told.text}" if offer else told.text
    reasons = removable(suggestion)
    buttons = shop.buttons(shopper).offer(suggestion, with_why=False, reasons=reasons)
    reply = edit(shopper.id, message_id_of(callback), text, bold=told.bold, keyboard=buttons)
    async with desk.work() as work:
        await work.signals.add_once(signal_of(suggestion, SignalKind.VIEW, shop.now()))
        await desk.enqueue(work, reply)
        await work.commit()


@router.callback_query(Taps(Action.USE_NOT))
async def use_not(
    callback: CallbackQuery, tap: Tap, shopper: Shopper, desk: Desk, shop: Shop
) -> None:
    """Take a reason out of use, and answer the question again without it."""
    key, _, factor = tap.argument.partition(".")
    named = say(shopper, texts_preferences.FACTORS[factor])
    not_used = say(shopper, texts_preferences.NOT_USED_NOW, factor=named)
    await acknowledge(callback, not_used)

    async def keep(work: Work) -> None:
        declared = await work.preferences.get(shopper.id)
        changed = replace(declared, unused=declared.unused | {factor})
        await work.preferences.put(shopper.id, changed, shop.now())

    suggestion = await tapped_suggestion(desk, replace(tap, argument=key), shopper.id)
    asked = None if suggestion is None else await _question_before(desk, suggestion)
    if suggestion is None or asked is None:
        async with desk.work() as work:
            await keep(work)
            await desk.enqueue(work, edit(shopper.id, message_id_of(callback), not_used))
            await work.commit()
        return
    ask = Ask(
        asked,
        just_search=True,
        from_record=True,
        replaces_message_id=message_id_of(callback),
        sense=suggestion.need,
        unused=frozenset({factor}),
    )
    await shop.answer(desk, shopper, ask, keep)


@router.callback_query(Taps(Action.PLACE))
async def take_me_there(
    callback: CallbackQuery, tap: Tap, shopper: Shopper, desk: Desk, shop: Shop
) -> None:
    """Send the store as a place on the map."""
    suggestion = await tapped_suggestion(desk, tap, shopper.id)
    store_id = suggestion.store_id if suggestion else ""
    if suggestion is not None:
        async with desk.work() as work:
            await work.signals.add_once(signal_of(suggestion, SignalKind.VIEW, shop.now()))
            await work.commit()
    await send_store(callback, store_id, shopper, desk, shop)


@router.callback_query(Taps(Action.DIRECTIONS))
async def directions(
    callback: CallbackQuery, tap: Tap, shopper: Shopper, desk: Desk, shop: Shop
) -> None:
    """Send a listed store as a place on the map."""
    await send_store(callback, tap.argument, shopper, desk, shop)


async def send_store(
    callback: CallbackQuery, store_id: str, shopper: Shopper, desk: Desk, shop: Shop
) -> None:
    """Send a store as a place on the map, if it still exists."""
    store = (await shop.concierge.catalogue()).stores.get(store_id)
    await acknowledge(callback, None if store else say(shopper, texts.BUTTON_STALE))
    if store is not None:
        await desk.send(venue(shopper.id, store))


def new_order_code() -> str:
    """Draw an order code such as K7-2291: short to read out, without letters that look like digits."""
    letter = secrets.choice("ABCDEFGHJKLMNPQRSTUVWXYZ")
    return f"{letter}{secrets.randbelow(10)}-{secrets.randbelow(10_000):04}"


async def _question_before(desk: Desk, suggestion: Suggestion) -> str | None:
    """Give the question that led to this offer, not one that came after it; None for an old offer or a nudge."""
    async with desk.reading() as work:
        turns = await work.dialogues.latest(suggestion.shopper_id, limit=_TURNS_BACK)
    at = suggestion.shown_at
    asked = [turn.whole for turn in turns if turn.role == "shopper" and turn.said_at == at]
    return asked[-1] if asked else None


async def _signal_booking(work: Work, suggestion: Suggestion, order: Order, shop: Shop) -> None:
    """Remember that it was booked, and with a coupon; what is given up takes both back."""
    await work.signals.add_once(signal_of(suggestion, SignalKind.BOOK, shop.now()))
    if order.coupon_code is not None:
        await work.signals.add_once(signal_of(suggestion, SignalKind.COUPON_USED, shop.now()))


async def _dismiss_only(
    desk: Desk, shopper: Shopper, callback: CallbackQuery, dismissed: Signal
) -> None:
    async with desk.work() as work:
        await work.signals.add_once(dismissed)
        reply = edit(shopper.id, message_id_of(callback), say(shopper, texts.NOTHING_ELSE))
        await desk.enqueue(work, reply)
        await work.commit()
