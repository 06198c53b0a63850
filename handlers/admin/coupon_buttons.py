"""Buttons under what /coupon answered: pages of the list, and the Yes and No before a coupon ends."""

from aiogram import Router
from aiogram.types import CallbackQuery

from handlers.admin import texts_coupons as texts
from handlers.admin.coupons import MANAGERS, listed, shop_day
from handlers.callbacks import Action, Tap
from handlers.desk import Desk
from handlers.ephemeral import acknowledge
from handlers.rendering import edit
from handlers.shop import Shop
from handlers.tapping import Taps, message_id_of
from knowledge.amounts import locale_for
from knowledge.couponing import Signature, end, known_for_change
from knowledge.language import told
from storage.records import Shopper

router = Router(name="coupon buttons")


@router.callback_query(Taps(Action.COUPON_PAGE), MANAGERS)
async def page(
    callback: CallbackQuery, tap: Tap, shopper: Shopper, desk: Desk, shop: Shop
) -> None:
    """Turn to another page of the list, as things are now."""
    await acknowledge(callback)
    text, keyboard = await listed(
        desk, await shop_day(shop, shopper), shop, shopper, int(tap.argument)
    )
    await desk.send(edit(shopper.id, message_id_of(callback), text, keyboard=keyboard))


@router.callback_query(Taps(Action.COUPON_END), MANAGERS)
async def end_coupon(
    callback: CallbackQuery, tap: Tap, shopper: Shopper, desk: Desk, shop: Shop
) -> None:
    """End the coupon; a second tap finds it ended and changes nothing."""
    await acknowledge(callback)
    now = shop.now()
    async with desk.work() as work:
        known = (await known_for_change(work, [tap.argument])).get(tap.argument)
        text = told(texts.ENDED, locale_for(shopper.language), code=tap.argument)
        if known is not None and known.coupon.valid_until > now:
            await end(work, known.coupon, now, Signature(shopper.id, desk.received_at))
        await desk.enqueue(work, edit(shopper.id, message_id_of(callback), text))
        await work.commit()


@router.callback_query(Taps(Action.COUPON_LEAVE), MANAGERS)
async def leave_coupon(callback: CallbackQuery, tap: Tap, shopper: Shopper, desk: Desk) -> None:
    """Leave the coupon as it is."""
    await acknowledge(callback)
    locale = locale_for(shopper.language)
    text = texts.unchanged(texts.NOT_ENDED, locale, code=tap.argument)
    await desk.send(edit(shopper.id, message_id_of(callback), text))
