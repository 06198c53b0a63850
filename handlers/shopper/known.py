"""What the concierge knows of whoever asks, in words."""

from aiogram import Router
from aiogram.types import CallbackQuery

from handlers import texts_known
from handlers.callbacks import Action
from handlers.desk import Desk
from handlers.ephemeral import acknowledge
from handlers.rendering import send
from handlers.shop import Shop
from handlers.tapping import Taps
from handlers.texts_known import Known
from knowledge.acquaintance import acquaintance
from knowledge.amounts import locale_for
from knowledge.catalogue import Catalogue
from knowledge.preferences import Taste
from storage.records import Shopper, SignalKind
from storage.work import Work

router = Router(name="known")
_READ = 200  # purchases, as many as a taste is learned from


@router.callback_query(Taps(Action.KNOWN))
async def what_is_known(callback: CallbackQuery, shopper: Shopper, desk: Desk, shop: Shop) -> None:
    """Tell what is known, and offer the whole of it and the switches."""
    await acknowledge(callback)
    catalogue = await shop.concierge.catalogue()
    async with desk.reading() as work:
        known = await acquaintance(work, catalogue, shopper.id, shop.now())
        about = await _about(work, catalogue, shopper, known.taste)
    text = texts_known.known(about, shop.kept, locale_for(shopper.language))
    await desk.send(send(shopper.id, text, keyboard=shop.buttons(shopper).history.known()))


async def _about(work: Work, catalogue: Catalogue, shopper: Shopper, taste: Taste) -> Known:
    products = catalogue.products
    purchases = await work.purchases.of_shopper(shopper.id, limit=_READ)
    wished = await work.signals.of_kind(shopper.id, SignalKind.WISHLIST)
    saved = [each.product_id for each in wished]
    relatives = await work.relatives.of_shopper(shopper.id)
    consents = await work.consents.current(shopper.id)
    return Known(
        shopper=shopper,
        taste=taste,
        bought=[products[p.product_id] for p in purchases if p.product_id in products],
        saved=[products[key] for key in saved if key in products],
        nicknames=[each.nickname for each in relatives],
        granted=[kind for kind, answer in consents.items() if answer.is_granted],
    )
