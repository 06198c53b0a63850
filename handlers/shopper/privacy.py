"""Consents, settings and the right to be forgotten."""

from aiogram import Router
from aiogram.filters import Command
from aiogram.types import CallbackQuery, Message

from handlers import keyboards, texts
from handlers.answers import MODEL_TURNS
from handlers.callbacks import Action, Tap
from handlers.desk import Desk
from handlers.ephemeral import acknowledge
from handlers.rendering import edit, send, without_buttons
from handlers.shop import Shop
from handlers.shopper.location import CONSENT_VERSION
from handlers.tapping import Taps, message_id_of
from storage.records import Consent, ConsentKind, Shopper

router = Router(name="privacy")
_CONSENT_TEXTS = {
    (ConsentKind.LOCATION, True): texts.CONSENT_LOCATION_ON,
    (ConsentKind.LOCATION, False): texts.CONSENT_LOCATION_OFF,
    (ConsentKind.NUDGES, True): texts.CONSENT_NUDGES_ON,
    (ConsentKind.NUDGES, False): texts.CONSENT_NUDGES_OFF,
}


@router.message(Command("privacy"))
async def privacy(message: Message, shopper: Shopper, desk: Desk) -> None:
    """Tell what is kept, what for and how long."""
    await desk.send(send(shopper.id, texts.PRIVACY))


@router.message(Command("settings"))
async def settings(message: Message, shopper: Shopper, desk: Desk, shop: Shop) -> None:
    """Show the consents with a switch for each, and the model's daily quota."""
    async with desk.reading() as work:
        consents = await work.consents.current(shopper.id)
        turns = await work.usage.count(shopper.id, MODEL_TURNS, desk.received_at.date())
    granted = {kind: _is_granted(consents.get(kind)) for kind in ConsentKind}
    text = texts.SETTINGS.format(
        location=texts.ON_OFF[granted[ConsentKind.LOCATION]],
        nudges=texts.ON_OFF[granted[ConsentKind.NUDGES]],
        turns=turns,
        limit=shop.model_turns_per_day,
    )
    states = [(kind.value, texts.CONSENT_LABELS[kind], granted[kind]) for kind in ConsentKind]
    await desk.send(send(shopper.id, text, keyboard=shop.buttons(shopper).consents(states)))


@router.callback_query(Taps(Action.CONSENT_YES, Action.CONSENT_NO))
async def decide(
    callback: CallbackQuery, tap: Tap, shopper: Shopper, desk: Desk, shop: Shop
) -> None:
    """Record a yes or a no to one question, and act on it at once."""
    await acknowledge(callback)
    kind, is_granted = ConsentKind(tap.argument), tap.action is Action.CONSENT_YES
    if not is_granted:
        await shop.nudging.end(shopper.id)
    if kind is ConsentKind.LOCATION and not is_granted:
        shop.places.forget(shopper.id)
    async with desk.work() as work:
        await work.consents.decide(
            shopper.id, kind, is_granted=is_granted, version=CONSENT_VERSION, now=shop.now()
        )
        text = _CONSENT_TEXTS[kind, is_granted]
        await desk.enqueue(work, edit(shopper.id, message_id_of(callback), text))
        await work.commit()


@router.message(Command("forget"))
async def ask_forget(message: Message, shopper: Shopper, desk: Desk, shop: Shop) -> None:
    """Ask before everything is erased."""
    buttons = shop.buttons(shopper).confirm_forget()
    await desk.send(send(shopper.id, texts.FORGET_SURE, keyboard=buttons))


@router.callback_query(Taps(Action.FORGET_YES))
async def forget(callback: CallbackQuery, shopper: Shopper, desk: Desk, shop: Shop) -> None:
    """Erase everything about the shopper, then say so."""
    await acknowledge(callback)
    shop.places.forget(shopper.id)
    shop.nudging.forget(shopper.id)
    async with desk.work() as work:
        await work.shoppers.forget(shopper.id)
        done = send(shopper.id, texts.FORGOTTEN, keyboard=keyboards.REMOVE)
        await desk.enqueue(work, without_buttons(shopper.id, message_id_of(callback)), done)
        await work.commit()


def _is_granted(consent: Consent | None) -> bool:
    return consent is not None and consent.is_granted
