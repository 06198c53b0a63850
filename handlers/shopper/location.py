"""A shared place: kept in memory for a quarter of an hour, and whatever waited for it is answered."""

from collections.abc import Awaitable, Callable

from aiogram import F, Router
from aiogram.filters import Command
from aiogram.types import CallbackQuery, Message, Update

from handlers import keyboards, texts
from handlers.callbacks import Action
from handlers.consenting import keep_answer
from handlers.desk import Desk
from handlers.ephemeral import acknowledge, show_typing
from handlers.rendering import send
from handlers.saying import say
from handlers.shop import Ask, Shop
from handlers.tapping import Taps
from handlers.texts_rights import CONSENT_VERSIONS
from handlers.waiting import NEARBY, is_command, question_waiting_for_place
from knowledge.amounts import locale_for
from knowledge.facts import Kind
from knowledge.nearby.places import Fix
from knowledge.nearby.reach import open_stores_near
from knowledge.nearby.shares import Notice
from storage.records import Consent, ConsentKind, Shopper, Turn
from storage.work import Work

router = Router(name="location")
_STORES_LISTED = 5


@router.message(F.forward_origin, F.location)
@router.message(F.via_bot, F.location)
@router.message(F.venue)
async def not_their_place(message: Message, shopper: Shopper, desk: Desk) -> None:
    """Decline a forwarded place or a venue: it is not where the shopper is."""
    await desk.send(
        send(
            shopper.id,
            say(shopper, texts.PLACE_NOT_YOURS),
            keyboard=keyboards.ask_place(locale_for(shopper.language)),
        )
    )


@router.message(F.location)
async def share_place(
    message: Message, event_update: Update, shopper: Shopper, desk: Desk, shop: Shop
) -> None:
    """Take a shared place and answer what waits for it."""
    fix = shop.places.held(event_update.update_id)
    if fix is None:
        await desk.send(
            send(
                shopper.id,
                say(shopper, texts.PLACE_LOST),
                keyboard=keyboards.ask_place(locale_for(shopper.language)),
            )
        )
        return
    shop.places.keep(shopper.id, fix)
    consent = await _consent(desk, shopper)
    is_refused = consent is not None and not consent.is_granted
    notice = _notice(message)
    if notice is not None and not is_refused:
        # The first fix of a share never sets anything off, so nothing is written down here.
        await shop.nudging.follow(shopper.id, notice, fix)
    if is_refused:
        buttons = shop.buttons(shopper).rights.consent(ConsentKind.LOCATION)
        await desk.send(send(shopper.id, say(shopper, texts.PLACE_ASK_CONSENT), keyboard=buttons))
        return
    if message.bot is not None:
        show_typing(message.bot, shopper.id)
    agreement = _agreement(desk, shopper, shop, consent)
    if not await answer_waiting(desk, shopper, shop, agreement):
        text = say(shopper, texts.PLACE_THANKS if notice is None else texts.PLACE_LIVE_THANKS)
        await _thank(desk, shopper, text, agreement)


async def answer_waiting(
    desk: Desk, shopper: Shopper, shop: Shop, also: Callable[[Work], Awaitable[None]]
) -> bool:
    """Answer what waited for the place that is there now, with `also` in its transaction; False: nothing did."""
    waiting = await question_waiting_for_place(desk, shopper, shop)
    fix = shop.places.latest(shopper.id, desk.received_at)
    if fix is None or waiting is None or (is_command(waiting) and waiting != NEARBY):
        return False
    if waiting == NEARBY:
        await _list_stores(desk, shopper, shop, fix, also)
    else:
        await shop.answer(
            desk, shopper, Ask(waiting, agrees_to_place=True, from_record=True), also=also
        )
    return True


@router.edited_message(F.location)
async def move_place(
    message: Message, event_update: Update, shopper: Shopper, desk: Desk, shop: Shop
) -> None:
    """Follow a live location without a word; a stop is an edit without live_period."""
    fix = shop.places.held(event_update.update_id)
    notice = _notice(message)
    consent = await _consent(desk, shopper)
    if consent is not None and not consent.is_granted:
        return
    if fix is not None:
        shop.places.keep(shopper.id, fix)
    if notice is None:
        await shop.nudging.end(shopper.id, message.message_id, desk.work)
    elif fix is not None:
        await shop.nudging.follow(shopper.id, notice, fix, desk.work)


@router.message(Command("nearby"))
async def nearby(message: Message, shopper: Shopper, desk: Desk, shop: Shop) -> None:
    """List the nearest open stores, or ask for the place and list them when it comes."""
    await _show_nearby(desk, shopper, shop)


@router.callback_query(Taps(Action.NEARBY))
async def tapped_nearby(callback: CallbackQuery, shopper: Shopper, desk: Desk, shop: Shop) -> None:
    """Do what /nearby does."""
    await acknowledge(callback)
    await _show_nearby(desk, shopper, shop)


async def _show_nearby(desk: Desk, shopper: Shopper, shop: Shop) -> None:
    fix = await shop.place_of(desk, shopper)
    if fix is not None:
        await _list_stores(desk, shopper, shop, fix)
        return
    now = shop.now()
    async with desk.work() as work:
        await work.dialogues.add(Turn(shopper.id, "shopper", NEARBY, now))
        text = say(shopper, texts.NEEDS_PLACE)
        asked = Turn(shopper.id, "concierge", text, now, Kind.NEEDS_PLACE.value)
        await work.dialogues.add(asked)
        reply = send(shopper.id, text, keyboard=keyboards.ask_place(locale_for(shopper.language)))
        await desk.enqueue(work, reply)
        await work.commit()


async def _list_stores(
    desk: Desk,
    shopper: Shopper,
    shop: Shop,
    fix: Fix,
    also: Callable[[Work], Awaitable[None]] | None = None,
) -> None:
    catalogue = await shop.concierge.catalogue()
    near = open_stores_near(catalogue.index, fix, shop.now(), shop.concierge.rules)
    stores = near[:_STORES_LISTED]
    reply = send(shopper.id, say(shopper, texts.NOTHING_NEAR))
    if stores:
        text = texts.store_lines(stores, locale_for(shopper.language))
        buttons = shop.buttons(shopper).stores([store.id for store, _ in stores])
        reply = send(shopper.id, text, bold=[s.name for s, _ in stores], keyboard=buttons)
    async with desk.work() as work:
        if also is not None:
            await also(work)
        await desk.enqueue(work, reply)
        await work.commit()


async def _consent(desk: Desk, shopper: Shopper) -> Consent | None:
    async with desk.reading() as work:
        return (await work.consents.current(shopper.id)).get(ConsentKind.LOCATION)


async def _thank(
    desk: Desk, shopper: Shopper, text: str, also: Callable[[Work], Awaitable[None]]
) -> None:
    """Thank for a place nothing waited for."""
    async with desk.work() as work:
        await also(work)
        await desk.enqueue(work, send(shopper.id, text, keyboard=keyboards.REMOVE))
        await work.commit()


def _notice(message: Message) -> Notice | None:
    """Give what a message says of a live share; None when it is none, or no longer."""
    live_period_s = message.location.live_period if message.location is not None else None
    if live_period_s is None:
        return None
    return Notice.of(message.message_id, message.date, live_period_s)


def _agreement(
    desk: Desk, shopper: Shopper, shop: Shop, consent: Consent | None
) -> Callable[[Work], Awaitable[None]]:
    """Record that sharing a place, after reading what for and how long, is agreeing to its use."""

    async def record(work: Work) -> None:
        if consent is None:
            kind = ConsentKind.LOCATION
            yes = Consent(shopper.id, kind, True, CONSENT_VERSIONS[kind], shop.now())
            await keep_answer(work, yes, desk.received_at)

    return record
