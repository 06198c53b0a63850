"""/whynot: why a shopper was not told about a coupon, from the receipt of the last time that it was weighed."""

from aiogram import Router
from aiogram.filters import Command, CommandObject
from aiogram.types import Message
from babel import Locale

from handlers.admin import texts_whynot as texts
from handlers.admin.permissions import HasRole
from handlers.admin.texts_problems import shown
from handlers.desk import Desk
from handlers.rendering import send
from handlers.shop import Shop
from knowledge.amounts import locale_for
from knowledge.language import Sentence, told
from knowledge.nearby.gates_of_person import shut_by_wish
from storage.records import Coupon, Role, Shopper
from storage.work import Work

router = Router(name="whynot")
_DIGITS = 16  # more than any of Telegram's ids
_WORDS = 2


@router.message(Command("whynot"), HasRole(Role.OWNER, Role.ADMIN))
async def whynot(
    message: Message,
    command: CommandObject,
    shopper: Shopper,
    desk: Desk,
    shop: Shop,
) -> None:
    """Tell what each gate saw; that it was looked up is noted, and stands in the shopper's own copy."""
    locale = locale_for(shopper.language)
    given = (command.args or "").split()
    async with desk.work() as work:
        problem, coupon = await _read(work, given, locale)
        if coupon is None:
            await desk.enqueue(work, send(shopper.id, problem))
            await work.commit()
            return
        about = int(given[0])
        text = await _answer(work, about, coupon, shop, locale)
        await work.audit.note_about(
            about, "whynot", shopper.id, desk.received_at, coupon=coupon.code
        )
        await desk.enqueue(work, send(shopper.id, text))
        await work.commit()


async def _read(work: Work, given: list[str], locale: Locale) -> tuple[str, Coupon | None]:
    """Give the coupon that is asked about, or what is wrong with the words after the command."""
    is_number = bool(given) and given[0].isascii() and given[0].isdigit()
    if len(given) != _WORDS or not is_number or len(given[0]) > _DIGITS:
        codes = [each.code for each in await work.coupons.all()]
        return told(texts.HOW, locale, example=codes[0] if codes else "WARM15"), None
    coupon = await work.coupons.get(given[1].upper())
    if coupon is None:
        return told(texts.COUPON_UNKNOWN, locale, given=shown(given[1])), None
    return "", coupon


async def _answer(work: Work, about: int, coupon: Coupon, shop: Shop, locale: Locale) -> str:
    receipt = await work.receipts.about(about, coupon.code)
    if receipt is not None:
        catalogue = await shop.concierge.catalogue()
        store = catalogue.stores.get(receipt.store_id)
        today = shop.now().astimezone(catalogue.time_zone).date()
        return texts.explained(receipt, store.name if store else receipt.store_id, today, locale)
    return told(await _absence(work, about, coupon, shop), locale, code=coupon.code, shopper=about)


async def _absence(work: Work, about: int, coupon: Coupon, shop: Shop) -> Sentence:
    """Give why there is no receipt, as far as can be told."""
    if not coupon.product_ids and not coupon.categories:
        return texts.EVERYTHING
    known = await work.shoppers.get(about)
    if known is None:
        return texts.UNKNOWN
    shut = shut_by_wish(known, await work.consents.current(about), shop.now())
    return texts.NEVER_NEAR if shut is None else texts.NO_RECEIPT[shut]
