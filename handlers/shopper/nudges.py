"""The buttons that only a nudge has: not now, and fewer like this. The others are those of any offer."""

from aiogram import Router
from aiogram.types import CallbackQuery

from handlers import texts
from handlers.callbacks import Action, Tap
from handlers.desk import Desk
from handlers.rendering import edit, without_buttons
from handlers.saying import say
from handlers.shop import Shop
from handlers.tapping import Taps, acknowledged_suggestion, message_id_of, signal_of
from storage.records import NudgeAnswer, Shopper, SignalKind

router = Router(name="nudges")


@router.callback_query(Taps(Action.NOT_NOW))
async def not_now(
    callback: CallbackQuery, tap: Tap, shopper: Shopper, desk: Desk, shop: Shop
) -> None:
    """Leave it at that: the buttons go, the coupon stays usable."""
    suggestion = await acknowledged_suggestion(callback, tap, shopper, desk, texts.NOT_NOW)
    if suggestion is None:
        return
    async with desk.work() as work:
        await work.nudges.answer(suggestion.id, shopper.id, NudgeAnswer.NOT_NOW, shop.now())
        await work.signals.add(signal_of(suggestion, SignalKind.IGNORE, shop.now()))
        await desk.enqueue(work, *without_buttons(shopper.id, message_id_of(callback)))
        await work.commit()


@router.callback_query(Taps(Action.FEWER))
async def fewer_like_this(
    callback: CallbackQuery, tap: Tap, shopper: Shopper, desk: Desk, shop: Shop
) -> None:
    """Believe it: at most one nudge a week from now on, and none about this."""
    suggestion = await acknowledged_suggestion(callback, tap, shopper, desk)
    if suggestion is None:
        return
    async with desk.work() as work:
        await work.nudges.answer(suggestion.id, shopper.id, NudgeAnswer.FEWER, shop.now())
        await work.signals.add(signal_of(suggestion, SignalKind.DISMISS, shop.now()))
        await desk.enqueue(
            work, edit(shopper.id, message_id_of(callback), say(shopper, texts.FEWER))
        )
        await work.commit()
