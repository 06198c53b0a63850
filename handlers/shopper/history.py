"""What was bought, and what was saved for later, with a way to take it off again."""

from dataclasses import dataclass
from datetime import datetime

from aiogram import Router
from aiogram.filters import Command
from aiogram.types import CallbackQuery, Message

from handlers import texts
from handlers.callbacks import Action, Tap
from handlers.desk import Desk
from handlers.rendering import Keyboard, edit, send
from handlers.saying import say
from handlers.shop import Shop
from handlers.tapping import Taps, acknowledged_suggestion, message_id_of
from knowledge import amounts
from knowledge.catalogue import Catalogue
from storage.records import Purchase, Shopper, Signal, SignalKind
from storage.work import Work

router = Router(name="history")
_BOUGHT = 10
_SAVED = 8  # buttons below each other that a phone shows without scrolling (ours)


@dataclass(frozen=True, slots=True)
class History:
    """What /history shows."""

    text: str
    keyboard: Keyboard | None


@router.message(Command("history"))
async def history(message: Message, shopper: Shopper, desk: Desk, shop: Shop) -> None:
    """List what was bought lately, newest first, and what was saved."""
    catalogue = await shop.concierge.catalogue()
    async with desk.reading() as work:
        shown = await _history(work, catalogue, shopper, shop)
    await desk.send(send(shopper.id, shown.text, keyboard=shown.keyboard))


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
        changed = edit(shopper.id, message_id_of(callback), shown.text, keyboard=shown.keyboard)
        await desk.enqueue(work, changed)
        await work.commit()


async def _history(work: Work, catalogue: Catalogue, shopper: Shopper, shop: Shop) -> History:
    purchases = await work.purchases.of_shopper(shopper.id, limit=_BOUGHT)
    signals = await work.signals.of_kind(shopper.id, SignalKind.WISHLIST)
    lines = _lines(purchases, catalogue, shopper, shop.now())
    text = (
        "\n".join([say(shopper, texts.HISTORY), *lines])
        if lines
        else say(shopper, texts.NO_HISTORY)
    )
    saved = _saved(signals, catalogue)
    if saved:
        text += "\n" + say(shopper, texts.SAVED_LIST, items=", ".join(title for title, _ in saved))
    removable = [(title, key) for title, key in saved if key is not None]
    return History(text, shop.buttons(shopper).saved(removable[:_SAVED]))


def _lines(
    purchases: list[Purchase], catalogue: Catalogue, shopper: Shopper, now: datetime
) -> list[str]:
    locale = amounts.locale_for(shopper.language)
    zone, products = catalogue.time_zone, catalogue.products
    today = now.astimezone(zone).date()
    return [
        f"{amounts.day(each.purchased_at.astimezone(zone).date(), today, locale)}: "
        f"{products[each.product_id].title}, "
        f"{amounts.price(each.price_cents, products[each.product_id].currency, locale)}"
        for each in purchases
        if each.product_id in products
    ]


def _saved(signals: list[Signal], catalogue: Catalogue) -> list[tuple[str, int | None]]:
    """Give title and suggestion of what was saved, by title, each product once."""
    wished = {
        each.product_id: each.suggestion_id
        for each in signals
        if each.product_id in catalogue.products
    }
    saved = [(catalogue.products[key].title, of) for key, of in wished.items()]
    return sorted(saved, key=lambda pair: pair[0])
