"""A shared place: kept in memory for a quarter of an hour, and whatever waited for it is answered."""

from collections.abc import Awaitable, Callable

from aiogram import F, Router
from aiogram.filters import Command
from aiogram.types import Message, Update

from handlers import keyboards, texts
from handlers.desk import Desk
from handlers.ephemeral import show_typing
from handlers.rendering import send
from handlers.shop import Ask, Shop
from handlers.shopper.chat import question_waiting_for_place
from knowledge.amounts import locale_for
from knowledge.nearby.reach import open_stores_near
from storage.records import Consent, ConsentKind, Shopper
from storage.work import Work

router = Router(name="location")
_STORES_LISTED = 5
CONSENT_VERSION = 1  # of the texts in handlers/texts.py


@router.message(F.forward_origin, F.location)
@router.message(F.via_bot, F.location)
@router.message(F.venue)
async def not_their_place(message: Message, shopper: Shopper, desk: Desk) -> None:
    """Decline a forwarded place or a venue: it is not where the shopper is."""
    await desk.send(send(shopper.id, texts.PLACE_NOT_YOURS, keyboard=keyboards.ask_place()))


@router.message(F.location)
async def share_place(
    message: Message, event_update: Update, shopper: Shopper, desk: Desk, shop: Shop
) -> None:
    """Take a shared place and answer what waits for it."""
    fix = shop.places.take(event_update.update_id)
    if fix is None:
        await desk.send(send(shopper.id, texts.PLACE_LOST, keyboard=keyboards.ask_place()))
        return
    shop.places.keep(shopper.id, fix)
    consent = await _consent(desk, shopper)
    if consent is not None and not consent.is_granted:
        buttons = shop.buttons(shopper).consent(ConsentKind.LOCATION)
        await desk.send(send(shopper.id, texts.PLACE_ASK_CONSENT, keyboard=buttons))
        return
    waiting = await question_waiting_for_place(desk, shopper, shop)
    if waiting is None:
        await _thank(desk, shopper, shop, consent)
        return
    if message.bot is not None:
        show_typing(message.bot, shopper.id)
    await shop.answer(desk, shopper, Ask(waiting), also=_agreement(shopper, shop, consent))


@router.edited_message(F.location)
async def move_place(event_update: Update, shopper: Shopper, desk: Desk, shop: Shop) -> None:
    """Follow a live location without a word."""
    fix = shop.places.take(event_update.update_id)
    consent = await _consent(desk, shopper)
    if fix is not None and not (consent is not None and not consent.is_granted):
        shop.places.keep(shopper.id, fix)


@router.message(Command("nearby"))
async def nearby(message: Message, shopper: Shopper, desk: Desk, shop: Shop) -> None:
    """List the nearest open stores."""
    fix = shop.places.latest(shopper.id, desk.received_at)
    if fix is None:
        await desk.send(send(shopper.id, texts.NEEDS_PLACE, keyboard=keyboards.ask_place()))
        return
    catalogue = await shop.concierge.catalogue()
    near = open_stores_near(catalogue.stores.values(), fix, shop.now(), shop.concierge.rules)
    stores = near[:_STORES_LISTED]
    if not stores:
        await desk.send(send(shopper.id, texts.NOTHING_NEAR))
        return
    text = texts.store_lines(stores, locale_for(shopper.language_code))
    buttons = shop.buttons(shopper).stores([store.id for store, _ in stores])
    bold = [store.name for store, _ in stores]
    await desk.send(send(shopper.id, text, bold=bold, keyboard=buttons))


async def _consent(desk: Desk, shopper: Shopper) -> Consent | None:
    async with desk.reading() as work:
        return (await work.consents.current(shopper.id)).get(ConsentKind.LOCATION)


async def _thank(desk: Desk, shopper: Shopper, shop: Shop, consent: Consent | None) -> None:
    """Thank for a place nothing waited for."""
    async with desk.work() as work:
        await _agreement(shopper, shop, consent)(work)
        await desk.enqueue(work, send(shopper.id, texts.PLACE_THANKS, keyboard=keyboards.REMOVE))
        await work.commit()


def _agreement(
    shopper: Shopper, shop: Shop, consent: Consent | None
) -> Callable[[Work], Awaitable[None]]:
    """Record that sharing a place, after reading what for and how long, is agreeing to its use."""

    async def record(work: Work) -> None:
        if consent is None:
            await work.consents.decide(
                shopper.id,
                ConsentKind.LOCATION,
                is_granted=True,
                version=CONSENT_VERSION,
                now=shop.now(),
            )

    return record
