"""What was bought, as a timeline in pages, and what was saved for later, with a way to take it off again."""

from dataclasses import dataclass

from aiogram import Router
from aiogram.filters import Command
from aiogram.types import CallbackQuery, Message

from handlers import texts, texts_history
from handlers.callbacks import Action, Tap
from handlers.desk import Desk
from handlers.ephemeral import acknowledge
from handlers.rendering import Keyboard, edit, send
from handlers.saying import say
from handlers.shop import Shop
from handlers.tapping import Taps, acknowledged_suggestion, message_id_of
from knowledge.amounts import locale_for
from knowledge.catalogue import Catalogue
from storage.records import Shopper, Signal, SignalKind
from storage.work import Work

router = Router(name="history")
_BOUGHT = 1_000  # purchases read: three a day for a year (ours)
_DAYS = 10  # a page: as many lines as a phone shows without scrolling (ours)
_SAVED = 8  # buttons below each other that a phone shows without scrolling (ours)


@dataclass(frozen=True, slots=True)
class History:
    """What /history shows."""

    text: str
    bold: tuple[str, ...]
    keyboard: Keyboard | None


@router.message(Command("history"))
async def history(message: Message, shopper: Shopper, desk: Desk, shop: Shop) -> None:
    """List what was bought lately, newest first, and what was saved."""
    catalogue = await shop.concierge.catalogue()
    async with desk.reading() as work:
        shown = await _history(work, catalogue, shopper, shop)
    await desk.send(send(shopper.id, shown.text, bold=shown.bold, keyboard=shown.keyboard))


@router.callback_query(Taps(Action.HISTORY_PAGE))
async def turn_page(
    callback: CallbackQuery, tap: Tap, shopper: Shopper, desk: Desk, shop: Shop
) -> None:
    """Show an earlier or later page, in the place of this one."""
    await acknowledge(callback)
    catalogue = await shop.concierge.catalogue()
    async with desk.reading() as work:
        shown = await _history(work, catalogue, shopper, shop, int(tap.argument))
    message_id = message_id_of(callback)
    await desk.send(
        edit(shopper.id, message_id, shown.text, bold=shown.bold, keyboard=shown.keyboard)
    )


@router.callback_query(Taps(Action.UNSAVE))
async def take_off(
    callback: CallbackQuery, tap: Tap, shopper: Shopper, desk: Desk, shop: Shop
) -> None:
    """Take something off the saved list, where it is listed."""
    suggestion = await acknowledged_suggestion(callback, tap, shopper, desk, texts.UNSAVED)
    if suggestion is None:
        return
    catalogue = await shop.concierge.catalogue()
    async with desk.work() as work:
        await work.signals.remove(shopper.id, suggestion.product_id, SignalKind.WISHLIST)
        shown = await _history(work, catalogue, shopper, shop)
        message_id = message_id_of(callback)
        changed = edit(
            shopper.id, message_id, shown.text, bold=shown.bold, keyboard=shown.keyboard
        )
        await desk.enqueue(work, changed)
        await work.commit()


@router.callback_query(Taps(Action.COMEBACK))
async def show_saved(
    callback: CallbackQuery, tap: Tap, shopper: Shopper, desk: Desk, shop: Shop
) -> None:
    """Offer a saved thing as things are now."""
    suggestion = await acknowledged_suggestion(callback, tap, shopper, desk)
    if suggestion is None or not await shop.offer(desk, shopper, suggestion.product_id):
        await desk.send(send(shopper.id, say(shopper, texts.BUTTON_STALE)))


async def _history(
    work: Work, catalogue: Catalogue, shopper: Shopper, shop: Shop, page: int = 0
) -> History:
    """Give a page of days; the newest one tells of what is saved and of coupons as well."""
    locale = locale_for(shopper.language)
    purchases = await work.purchases.of_shopper(shopper.id, limit=_BOUGHT)
    lines = texts_history.bought(purchases, catalogue.products, catalogue.time_zone)
    days = texts_history.days_of(lines)
    last = max(0, (len(days) - 1) // _DAYS)
    page = min(page, last)
    told, heads = texts_history.timeline(lines, days[page * _DAYS : (page + 1) * _DAYS], locale)
    first = texts_history.HISTORY if lines else texts_history.NO_HISTORY
    text = [say(shopper, first), *told]
    saved = _saved(await work.signals.of_kind(shopper.id, SignalKind.WISHLIST), catalogue)
    if page == 0 and saved:
        items = ", ".join(title for title, _ in saved)
        text.append(say(shopper, texts_history.SAVED_LIST, items=items))
    removable = [(title, key) for title, key in saved if key is not None] if page == 0 else []
    buttons = shop.buttons(shopper).history
    keyboard = buttons.page(page, last, removable[:_SAVED], has_bought=bool(lines))
    return History("\n".join(text), tuple(heads), keyboard)


def _saved(signals: list[Signal], catalogue: Catalogue) -> list[tuple[str, int | None]]:
    """Give title and suggestion of what was saved, by title, each product once."""
    wished = {
        each.product_id: each.suggestion_id
        for each in signals
        if each.product_id in catalogue.products
    }
    saved = [(catalogue.products[key].title, of) for key, of in wished.items()]
    return sorted(saved, key=lambda pair: pair[0])
