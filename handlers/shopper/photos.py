"""A photo of a code: a product becomes an offer, a coupon is told of, an order goes to whoever has to do with it.

The picture is looked at in memory and kept nowhere. A caption counts only where there is no code.
"""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass

from aiogram import Bot, F, Router
from aiogram.types import Document, Message, PhotoSize

from handlers import texts_photos
from handlers.desk import Desk
from handlers.ephemeral import show_typing
from handlers.fetching import fetched
from handlers.rendering import send
from handlers.saying import say
from handlers.shop import Ask, Shop
from handlers.staff.telling import Colleague, Telling
from knowledge.barcodes import MAX_BYTES, read_codes
from knowledge.bringing_back import may_come_back
from knowledge.counter import may_serve
from knowledge.language import Sentence
from knowledge.scanned import Scanned, Thing, scanned
from knowledge.understanding import Intent
from storage.records import Order, Person, Shopper
from storage.work import Work

router = Router(name="photos")
_COUNTED_AS = "photos"
_PER_DAY = 100  # one takes a second of a core at worst; nobody shops more (ours)


@dataclass(frozen=True, slots=True)
class Viewer:
    """Somebody who sent a photo, and what is at hand to answer it; `person` None = they do not work here."""

    shopper: Shopper
    person: Person | None
    desk: Desk
    shop: Shop

    async def counted(self, work: Work) -> None:
        """Count the photo, in the transaction of its answer."""
        await work.usage.increment(self.shopper.id, _COUNTED_AS, self.desk.received_at.date())

    async def say(self, sentence: Sentence, **values: int) -> None:
        """Answer with a sentence alone."""
        async with self.desk.work() as work:
            await self.counted(work)
            text = say(self.shopper, sentence, **values)
            await self.desk.enqueue(work, send(self.shopper.id, text))
            await work.commit()


@router.message(F.photo)
@router.message(F.document.mime_type.startswith("image/"))
async def photo(
    message: Message,
    bot: Bot,
    shopper: Shopper,
    person: Person | None,
    desk: Desk,
    *,
    shop: Shop,
) -> None:
    """Look for codes in a picture and answer the first that stands for something."""
    viewer = Viewer(shopper, person, desk, shop)
    async with desk.reading() as work:
        seen = await work.usage.count(shopper.id, _COUNTED_AS, desk.received_at.date())
    if seen >= _PER_DAY:
        await viewer.say(texts_photos.ENOUGH, count=_PER_DAY)
        return
    show_typing(bot, shopper.id)
    picture = await fetched(bot, _file_of(message), MAX_BYTES)
    if picture is None or len(picture) > MAX_BYTES:
        is_large = picture is not None
        await viewer.say(texts_photos.TOO_LARGE if is_large else texts_photos.NOT_FETCHED)
        return
    codes = await asyncio.to_thread(read_codes, picture)
    if await _is_answered(viewer, scanned(codes)):
        return
    if not codes and message.caption:
        await shop.answer(desk, shopper, Ask(message.caption), viewer.counted)
        return
    await viewer.say(texts_photos.CODE_UNKNOWN if codes else texts_photos.NO_CODE)


async def _is_answered(viewer: Viewer, things: Sequence[Scanned]) -> bool:
    for each in things:
        if await _ANSWERS[each.thing](viewer, each.value):
            return True
    return False


async def _order(viewer: Viewer, code: str) -> bool:
    """Show an order's card to who may serve it, and how it stands to whose it is; to others there is none."""
    async with viewer.desk.reading() as work:
        order = await work.orders.get(code)
    if order is None:
        return False
    if viewer.person is not None and may_serve(viewer.person, order):
        await _card(viewer, viewer.person, code)
        return True
    if order.shopper_id != viewer.shopper.id:
        return False
    ask = Ask(code, intent=Intent.ORDER_STATUS)
    await viewer.shop.answer(viewer.desk, viewer.shopper, ask, viewer.counted)
    return True


async def _card(viewer: Viewer, person: Person, code: str) -> None:
    """Show the card of an order with its buttons, as it is now."""
    desk, shop, shopper = viewer.desk, viewer.shop, viewer.shopper
    catalogue = await shop.concierge.catalogue()
    async with desk.work() as work:
        await viewer.counted(work)
        order = await work.orders.get(code)
        if order is not None:
            telling = Telling(work, catalogue, shop.signer, shop.now(), desk.received_at)
            text = telling.card(Colleague(person, shopper), order)
            made = telling.buttons(shopper)
            occasion = shop.order_occasion(catalogue.zone_of(order.store_id))
            back = await may_come_back(work, catalogue, person, code, occasion)
            is_back = isinstance(back, Order)  # what was collected lies on the counter again
            buttons = made.changes.take_back(order) if is_back else made.store_order(order)
            card = send(shopper.id, text, bold=(order.code,), keyboard=buttons)
            await desk.enqueue(work, card)
        await work.commit()


async def _product(viewer: Viewer, gtin: str) -> bool:
    """Offer the product with this number where it is nearest."""
    desk, shop, shopper = viewer.desk, viewer.shop, viewer.shopper
    async with desk.reading() as work:
        product = await work.products.with_number(gtin)
    if product is None:
        return False
    return await shop.offer(desk, shopper, product.id, viewer.counted)


async def _coupon(viewer: Viewer, code: str) -> bool:
    """Tell what a coupon takes off; one that nobody can use now leads nowhere."""
    async with viewer.desk.reading() as work:
        valid = {coupon.code for coupon in await work.coupons.valid_at(viewer.shop.now())}
    if code not in valid:
        return False
    ask = Ask(code, intent=Intent.COUPONS)
    await viewer.shop.answer(viewer.desk, viewer.shopper, ask, viewer.counted)
    return True


_ANSWERS = {Thing.ORDER: _order, Thing.PRODUCT: _product, Thing.COUPON: _coupon}


def _file_of(message: Message) -> Document | PhotoSize:
    """Give the largest size of a photo, or the file it was sent as."""
    if message.photo:
        return message.photo[-1]
    assert message.document is not None  # noqa: S101  # the filter saw it
    return message.document
