"""What was spent in the last six months, as a picture and in words."""

from datetime import date

from aiogram import Router
from aiogram.types import CallbackQuery
from babel import Locale

from handlers import texts_history
from handlers.callbacks import Action, Tap
from handlers.desk import Desk
from handlers.ephemeral import acknowledge
from handlers.keyboards_history import DARK
from handlers.pictures.months import Month, months
from handlers.rendering import photo, photo_instead, send
from handlers.saying import say
from handlers.shop import Shop
from handlers.tapping import Taps, message_id_of
from knowledge import amounts
from knowledge.amounts import locale_for
from knowledge.language import told
from knowledge.spending import Spending, spending, taken_off_cents
from storage.records import Shopper
from storage.work import Work

router = Router(name="spent")
_READ = 1_000  # purchases and orders: five a day (ours)
_CENTS = 100


@router.callback_query(Taps(Action.SPENT, Action.SPENT_LOOK))
async def month_by_month(
    callback: CallbackQuery, tap: Tap, shopper: Shopper, desk: Desk, shop: Shop
) -> None:
    """Draw what was spent by month and by what it went to; in other colours where the picture stands."""
    await acknowledge(callback)
    catalogue = await shop.concierge.catalogue()
    today = shop.now().astimezone(catalogue.time_zone).date()
    async with desk.reading() as work:
        purchases = await work.purchases.of_shopper(shopper.id, limit=_READ)
        saved_cents = await _taken_off(work, shopper.id)
    sums = spending(purchases, catalogue.products, catalogue.time_zone, today)
    if sums is None:
        await desk.send(send(shopper.id, say(shopper, texts_history.SPENT_NOTHING)))
        return
    locale, is_dark = locale_for(shopper.language), tap.argument == DARK
    png = await _picture(sums, locale, is_dark=is_dark)
    saved = amounts.price(saved_cents, sums.currency, locale) if saved_cents else None
    caption = texts_history.spent(sums, saved, locale)
    buttons = shop.buttons(shopper).history.picture(is_dark=is_dark)
    if tap.action is Action.SPENT:
        await desk.send(photo(shopper.id, png, caption=caption, keyboard=buttons))
        return
    message_id = message_id_of(callback)
    changed = photo_instead(shopper.id, message_id, png, caption=caption, keyboard=buttons)
    await desk.send(changed)


async def _taken_off(work: Work, shopper_id: int) -> int:
    """Give the cents that coupons took off what was collected."""
    orders = await work.orders.of_shopper(shopper_id, limit=_READ)
    codes = {order.coupon_code for order in orders if order.coupon_code is not None}
    known = [coupon for code in sorted(codes) if (coupon := await work.coupons.get(code))]
    return taken_off_cents(orders, {each.code: each.discount_percent for each in known})


async def _picture(sums: Spending, locale: Locale, *, is_dark: bool) -> bytes:
    """Draw a column for each month; the rest is named where there is any."""
    names = [part[:1].upper() + part[1:] for part in sums.parts]
    if sums.by_part[-1]:
        names.append(told(texts_history.THE_REST, locale))
    columns = [_column(month, row, sums, locale) for month, row in sums.months.items()]
    title = told(texts_history.SPENT_TITLE, locale)
    return await months(title, names, columns, is_dark=is_dark)


def _column(month: date, row: tuple[int, ...], sums: Spending, locale: Locale) -> Month:
    whole = amounts.whole_price(sum(row), sums.currency, locale)
    return Month(amounts.short_month(month, locale), tuple(each / _CENTS for each in row), whole)
