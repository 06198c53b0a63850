"""/preferences: what was learned of a shopper's likes, what they declare themselves, and what shall not be used."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from aiogram import Router
from aiogram.filters import Command, CommandObject
from aiogram.types import CallbackQuery, Message

from handlers import texts, texts_preferences
from handlers.callbacks import Action, Tap
from handlers.desk import Desk
from handlers.ephemeral import acknowledge
from handlers.keyboards_preferences import limit_key
from handlers.pictures.bars import Bar, Mark, bars
from handlers.rendering import Keyboard, photo_instead, send
from handlers.saying import say
from handlers.shop import Shop
from handlers.tapping import Taps, message_id_of
from knowledge import amounts
from knowledge.acquaintance import Acquaintance, acquaintance
from knowledge.declaring import limits_declared
from knowledge.preferences import HIGHEST, NEUTRAL, nudged
from knowledge.qualities import trait
from knowledge.spanish import in_english
from storage.records import Declared, Outgoing, Shopper, Sustainability

router = Router(name="preferences")
_STEP = 0.3  # what a tap moves a weight by: six taps from end to end (ours)
_MOST_LIMITS, _LONGEST_LIMIT = 10, 60  # what a list in a chat still shows at a glance (ours)
_STEPS = {Action.PREFER_MORE: _STEP, Action.PREFER_LESS: -_STEP}


@router.message(Command("preferences"))
async def preferences(
    message: Message, command: CommandObject, shopper: Shopper, desk: Desk, shop: Shop
) -> None:
    """Show what is known of the shopper's likes; what follows the command is noted."""
    said = " ".join((command.args or "").split()).removeprefix("add ")
    if not said:
        await desk.send(await _overview(shopper, desk, shop, None))
        return
    parts = [part.strip() for part in said.split(",") if part.strip()]
    read = {part: in_english(part) for part in parts}
    unread = [part for part in parts if not _is_read(read[part])]
    if unread:
        example = texts_preferences.EXAMPLE
        text = say(shopper, texts_preferences.NOT_READ, said=unread[0], example=example)
        await desk.send(send(shopper.id, text))
        return
    async with desk.work() as work:
        declared = await work.preferences.get(shopper.id)
        limits = {**declared.limits, **read}
        text = say(shopper, texts_preferences.TOO_MUCH)
        if len(limits) <= _MOST_LIMITS:
            changed = replace(declared, limits=limits)
            await work.preferences.put(shopper.id, changed, shop.now())
            noted = amounts.listed(parts, "and", amounts.locale_for(shopper.language))
            text = say(shopper, texts_preferences.NOTED, limits=noted)
        await desk.enqueue(work, send(shopper.id, text))
        await work.commit()


@router.callback_query(Taps(Action.PREFER))
async def show_one(
    callback: CallbackQuery, tap: Tap, shopper: Shopper, desk: Desk, shop: Shop
) -> None:
    """Show one weight and the ways to move it."""
    await acknowledge(callback)
    message_id = message_id_of(callback)
    await desk.send(await _one(Sustainability(tap.argument), shopper, desk, shop, message_id))


@router.callback_query(Taps(Action.PREFER_ALL))
async def show_all(callback: CallbackQuery, shopper: Shopper, desk: Desk, shop: Shop) -> None:
    """Show all of them again."""
    await acknowledge(callback)
    await desk.send(await _overview(shopper, desk, shop, message_id_of(callback)))


@router.callback_query(Taps(Action.PREFER_MORE, Action.PREFER_LESS, Action.PREFER_RESET))
async def move(
    callback: CallbackQuery, tap: Tap, shopper: Shopper, desk: Desk, shop: Shop
) -> None:
    """Move a weight by hand, or let it be learned again."""
    await acknowledge(callback)
    kind = Sustainability(tap.argument)
    catalogue = await shop.concierge.catalogue()
    async with desk.work() as work:
        known = await acquaintance(work, catalogue, shopper.id, shop.now())
        weights = dict(known.declared.weights)
        weights.pop(kind, None)
        if tap.action in _STEPS:
            weights[kind] = nudged(known.taste.weights[kind], _STEPS[tap.action])
        changed = replace(known.declared, weights=weights)
        await work.preferences.put(shopper.id, changed, shop.now())
        await work.commit()
    await desk.send(await _one(kind, shopper, desk, shop, message_id_of(callback)))


@router.callback_query(Taps(Action.LIMIT_OFF))
async def take_off(
    callback: CallbackQuery, tap: Tap, shopper: Shopper, desk: Desk, shop: Shop
) -> None:
    """Take a diet or a dislike off."""

    def without(declared: Declared) -> Declared:
        kept = {
            said: read for said, read in declared.limits.items() if limit_key(said) != tap.argument
        }
        return replace(declared, limits=kept)

    toast = say(shopper, texts_preferences.TAKEN_OFF)
    await _change(_Visit(callback, shopper, desk, shop), without, toast)


@router.callback_query(Taps(Action.USE_AGAIN))
async def use_again(
    callback: CallbackQuery, tap: Tap, shopper: Shopper, desk: Desk, shop: Shop
) -> None:
    """Use again what was not to be used."""

    def used(declared: Declared) -> Declared:
        return replace(declared, unused=declared.unused - {tap.argument})

    factor = say(shopper, texts_preferences.FACTORS[tap.argument])
    toast = say(shopper, texts_preferences.USED_AGAIN, factor=factor)
    await _change(_Visit(callback, shopper, desk, shop), used, toast)


@dataclass(frozen=True, slots=True)
class _Visit:
    """Who taps, where, and with whom it is dealt."""

    callback: CallbackQuery
    shopper: Shopper
    desk: Desk
    shop: Shop


async def _change(visit: _Visit, change: Callable[[Declared], Declared], toast: str) -> None:
    callback, shopper, desk, shop = visit.callback, visit.shopper, visit.desk, visit.shop
    async with desk.work() as work:
        declared = await work.preferences.get(shopper.id)
        changed = change(declared)
        await work.preferences.put(shopper.id, changed, shop.now())
        await work.commit()
    is_new = changed != declared
    await acknowledge(callback, toast if is_new else say(shopper, texts.BUTTON_STALE))
    await desk.send(await _overview(shopper, desk, shop, message_id_of(callback)))


async def _overview(shopper: Shopper, desk: Desk, shop: Shop, message_id: int | None) -> Outgoing:
    known = await _known(shopper, desk, shop)
    locale = amounts.locale_for(shopper.language)
    text = texts_preferences.preferences(known.taste, known.declared, locale)
    keyboard = shop.buttons(shopper).preferences.overview(known.declared)
    return await _pictured(known, shopper, message_id, text, keyboard)


async def _one(
    kind: Sustainability, shopper: Shopper, desk: Desk, shop: Shop, message_id: int | None
) -> Outgoing:
    known = await _known(shopper, desk, shop)
    locale = amounts.locale_for(shopper.language)
    text = texts_preferences.one(kind, known.taste, known.declared, locale)
    is_set = kind in known.declared.weights
    keyboard = shop.buttons(shopper).preferences.one(kind, is_set=is_set)
    return await _pictured(known, shopper, message_id, text, keyboard)


async def _pictured(
    known: Acquaintance, shopper: Shopper, message_id: int | None, text: str, keyboard: Keyboard
) -> Outgoing:
    locale = amounts.locale_for(shopper.language)
    weights = known.taste.weights
    rows = [
        Bar(trait(kind, locale), weights[kind], amounts.tenths(weights[kind], locale))
        for kind in Sustainability
    ]
    mark = Mark(NEUTRAL, texts_preferences.mark(locale))
    png = await bars(say(shopper, texts_preferences.TITLE), rows, mark, most=HIGHEST)
    return photo_instead(shopper.id, message_id, png, caption=text, keyboard=keyboard)


async def _known(shopper: Shopper, desk: Desk, shop: Shop) -> Acquaintance:
    catalogue = await shop.concierge.catalogue()
    async with desk.reading() as work:
        return await acquaintance(work, catalogue, shopper.id, shop.now())


def _is_read(said: str) -> bool:
    return len(said) <= _LONGEST_LIMIT and limits_declared(said) is not None
