"""What the concierge may do: a switch for each consent, the pause, whether somebody is under age, and the language.

Nobody is asked their age when they begin: nothing depends on it but offers that come unasked. Those are for adults, and
the question about them says so and has a button for whoever is not. That answer turns them off, whatever was agreed to
before, for as long as it stands; only the same person takes it back, and then has to agree anew.
"""

from dataclasses import dataclass

from aiogram import Router
from aiogram.filters import Command
from aiogram.types import CallbackQuery, Message

from handlers import texts, texts_rights
from handlers.answers import MODEL_TURNS
from handlers.callbacks import Action, Tap
from handlers.consenting import keep_answer
from handlers.desk import Desk
from handlers.ephemeral import acknowledge
from handlers.keyboards_rights import Switch
from handlers.rendering import Keyboard, edit, send
from handlers.saying import say
from handlers.shop import Shop
from handlers.shopper.location import answer_waiting
from handlers.shopper.pause import pause_in_words
from handlers.tapping import Taps, message_id_of
from knowledge.amounts import locale_for
from knowledge.language import told
from storage.records import Consent, ConsentKind, Shopper
from storage.work import Work

router = Router(name="settings")
_CONSENT_TEXTS = {
    (ConsentKind.LOCATION, True): texts.CONSENT_LOCATION_ON,
    (ConsentKind.LOCATION, False): texts.CONSENT_LOCATION_OFF,
    (ConsentKind.NUDGES, True): texts.CONSENT_NUDGES_ON,
    (ConsentKind.NUDGES, False): texts.CONSENT_NUDGES_OFF,
    (ConsentKind.COUPON_REMINDERS, True): texts_rights.COUPON_REMINDERS_ON,
    (ConsentKind.COUPON_REMINDERS, False): texts_rights.COUPON_REMINDERS_OFF,
    (ConsentKind.BIRTHDAYS, True): texts_rights.BIRTHDAYS_ON,
    (ConsentKind.BIRTHDAYS, False): texts_rights.BIRTHDAYS_OFF,
    (ConsentKind.DIGEST, True): texts_rights.DIGEST_ON,
    (ConsentKind.DIGEST, False): texts_rights.DIGEST_OFF,
    (ConsentKind.WISHES, True): texts_rights.WISHES_ON,
    (ConsentKind.WISHES, False): texts_rights.WISHES_OFF,
}
_QUESTIONS = {
    ConsentKind.NUDGES: texts.NUDGES_ASK,
    ConsentKind.COUPON_REMINDERS: texts_rights.COUPON_REMINDERS_ASK,
    ConsentKind.BIRTHDAYS: texts_rights.BIRTHDAYS_ASK,
    ConsentKind.DIGEST: texts_rights.DIGEST_ASK,
    ConsentKind.WISHES: texts_rights.WISHES_ASK,
}
_FOR_ADULTS = tuple(_QUESTIONS)
_TO_FOLLOW = (ConsentKind.LOCATION, ConsentKind.NUDGES)
_CELLS, _USED, _LEFT = 10, "▓", "░"


@dataclass(frozen=True, slots=True)
class Settings:
    """What /settings shows."""

    text: str
    keyboard: Keyboard


@router.message(Command("settings"))
async def settings(message: Message, shopper: Shopper, desk: Desk, shop: Shop) -> None:
    """Show what is on and off, with a switch for each."""
    await show_settings(shopper, desk, shop)


async def show_settings(shopper: Shopper, desk: Desk, shop: Shop) -> None:
    """Send what is on and off, the model's daily quota, the language, and the switches."""
    shown = await settings_of(shopper, desk, shop)
    await desk.send(send(shopper.id, shown.text, keyboard=shown.keyboard))


async def settings_of(shopper: Shopper, desk: Desk, shop: Shop) -> Settings:
    """Give what /settings shows somebody."""
    async with desk.reading() as work:
        consents = await work.consents.current(shopper.id)
        turns = await work.usage.count(shopper.id, MODEL_TURNS, desk.received_at.date())
    granted = {kind: _is_granted(consents.get(kind)) for kind in ConsentKind}
    paused = await pause_in_words(shopper, shop)
    locale = locale_for(shopper.language)
    unasked = {
        kind: texts_rights.nudges_state(shopper, paused, locale, is_granted=granted[kind])
        for kind in _FOR_ADULTS
    }
    text = told(
        texts_rights.SETTINGS,
        locale,
        location=told(texts_rights.ON_OFF[granted[ConsentKind.LOCATION]], locale),
        nudges=unasked[ConsentKind.NUDGES],
        coupons=unasked[ConsentKind.COUPON_REMINDERS],
        birthdays=unasked[ConsentKind.BIRTHDAYS],
        digest=unasked[ConsentKind.DIGEST],
        wishes=unasked[ConsentKind.WISHES],
        turns=f"{quota_bar(turns, shop.model_turns_per_day)} {turns}",
        limit=shop.model_turns_per_day,
        language=texts_rights.language_name(shopper.language),
    )
    is_under_age = shopper.under_age_since is not None
    kinds = [kind for kind in ConsentKind if kind not in _FOR_ADULTS or not is_under_age]
    keyboard = shop.buttons(shopper).rights.settings(
        [_switch(kind, is_on=granted[kind]) for kind in kinds],
        is_under_age=is_under_age,
        is_paused=paused is not None,
    )
    return Settings(text, keyboard)


def quota_bar(used: int, limit: int) -> str:
    """Draw how much of a quota is used up: full only when nothing is left, empty only when all is."""
    if used >= limit:
        return _CELLS * (_USED if limit else _LEFT)
    filled = max(_CELLS * used // limit, min(used, 1))
    return filled * _USED + (_CELLS - filled) * _LEFT


@router.callback_query(Taps(Action.CONSENT_ASK))
async def ask(callback: CallbackQuery, tap: Tap, shopper: Shopper, desk: Desk, shop: Shop) -> None:
    """Say what a consent is for, and wait for the yes."""
    await acknowledge(callback)
    kind = ConsentKind(tap.argument)
    buttons = shop.buttons(shopper).rights.consent_of_adults(kind)
    text = say(shopper, _QUESTIONS[kind])
    await desk.send(edit(shopper.id, message_id_of(callback), text, keyboard=buttons))


@router.callback_query(Taps(Action.CONSENT_YES, Action.CONSENT_NO))
async def decide(
    callback: CallbackQuery, tap: Tap, shopper: Shopper, desk: Desk, shop: Shop
) -> None:
    """Record a yes or a no to one question, and act on it at once."""
    await acknowledge(callback)
    kind, is_granted = ConsentKind(tap.argument), tap.action is Action.CONSENT_YES
    if not is_granted and kind in _TO_FOLLOW:
        await shop.nudging.end(shopper.id)
    if kind is ConsentKind.LOCATION and not is_granted:
        shop.places.forget(shopper.id)
    if kind in _FOR_ADULTS and is_granted and shopper.under_age_since is not None:
        text = say(shopper, texts_rights.NOT_FOR_UNDER_AGE)
        refusal = edit(shopper.id, message_id_of(callback), text)
        await desk.send(refusal)
        return

    async def record(work: Work) -> None:
        await _record(work, desk, _answer(shopper, shop, kind, is_granted=is_granted))
        text = say(shopper, _CONSENT_TEXTS[kind, is_granted])
        await desk.enqueue(work, edit(shopper.id, message_id_of(callback), text))

    is_for_place = kind is ConsentKind.LOCATION and is_granted
    if is_for_place and await answer_waiting(desk, shopper, shop, record):
        return
    async with desk.work() as work:
        await record(work)
        await work.commit()


@router.callback_query(Taps(Action.UNDER_AGE))
async def tell_age(
    callback: CallbackQuery, tap: Tap, shopper: Shopper, desk: Desk, shop: Shop
) -> None:
    """Believe who says that they are under age, or of age by now; either way offers are off."""
    await acknowledge(callback)
    is_under_age = tap.argument == "yes"
    await shop.nudging.end(shopper.id)
    sentence = texts_rights.UNDER_AGE_ON if is_under_age else texts_rights.UNDER_AGE_OFF
    async with desk.work() as work:
        await work.shoppers.set_under_age(shopper.id, shop.now() if is_under_age else None)
        agreed = await work.consents.current(shopper.id)
        for kind in _FOR_ADULTS:
            if kind is ConsentKind.NUDGES or _is_granted(agreed.get(kind)):
                no = _answer(shopper, shop, kind, is_granted=False)
                await _record(work, desk, no)
        await work.audit.note(shopper.id, "under age", desk.received_at, said=tap.argument)
        text = say(shopper, sentence)
        await desk.enqueue(work, edit(shopper.id, message_id_of(callback), text))
        await work.commit()


def _switch(kind: ConsentKind, *, is_on: bool) -> Switch:
    labels = texts_rights.TURN_OFF if is_on else texts_rights.TURN_ON
    return Switch(kind, labels[kind], is_on)


def _answer(shopper: Shopper, shop: Shop, kind: ConsentKind, *, is_granted: bool) -> Consent:
    version = texts_rights.CONSENT_VERSIONS[kind]
    return Consent(shopper.id, kind, is_granted, version, shop.now())


async def _record(work: Work, desk: Desk, answer: Consent) -> None:
    """Record an answer; with a no, offers that wait are not sent any more."""
    await keep_answer(work, answer, desk.received_at)
    if not answer.is_granted:
        await work.outbox.drop_offers_of_chat(answer.shopper_id, "not wanted any more")


def _is_granted(consent: Consent | None) -> bool:
    return consent is not None and consent.is_granted
