"""Buttons arriving: only one made for this shopper gets through to a handler."""

from datetime import datetime

from aiogram.filters import Filter
from aiogram.types import CallbackQuery, Message

from handlers import texts
from handlers.callbacks import Action, Tap
from handlers.desk import Desk
from handlers.ephemeral import acknowledge
from handlers.saying import say
from handlers.shop import Shop
from knowledge.language import Sentence
from storage.records import Shopper, Signal, SignalKind, Suggestion


class Taps(Filter):
    """Lets a tap on one of these actions through, as `tap`, when its signature is this shopper's."""

    def __init__(self, *actions: Action) -> None:
        self.actions = frozenset(actions)

    async def __call__(self, callback: CallbackQuery, shop: Shop) -> bool | dict[str, Tap]:
        """Give the tap, or False when it is another's or of another kind."""
        tap = shop.signer.read(callback.from_user.id, callback.data or "")
        if tap is None or tap.action not in self.actions:
            return False
        return {"tap": tap}


async def tapped_suggestion(desk: Desk, tap: Tap, shopper_id: int) -> Suggestion | None:
    """Give the suggestion a button points to; None when it is gone."""
    if not tap.argument.isdecimal():
        return None
    async with desk.reading() as work:
        suggestion = await work.suggestions.get(int(tap.argument))
    return suggestion if suggestion is not None and suggestion.shopper_id == shopper_id else None


async def acknowledged_suggestion(
    callback: CallbackQuery,
    tap: Tap,
    shopper: Shopper,
    desk: Desk,
    toast: Sentence | None = None,
) -> Suggestion | None:
    """Give the suggestion a button points to, and let the button rest: with `toast`, or a word that it is gone."""
    suggestion = await tapped_suggestion(desk, tap, shopper.id)
    shown = texts.BUTTON_STALE if suggestion is None else toast
    await acknowledge(callback, None if shown is None else say(shopper, shown))
    return suggestion


def signal_of(suggestion: Suggestion, kind: SignalKind, now: datetime) -> Signal:
    """Give the signal that a tap under a suggestion is, at shop time `now`."""
    return Signal(
        suggestion.shopper_id,
        suggestion.product_id,
        kind,
        now,
        suggestion.id,
        suggestion.position,
    )


def message_id_of(callback: CallbackQuery) -> int | None:
    """Give the id of the message the button is under; None when it can no longer be changed."""
    message = callback.message
    return message.message_id if isinstance(message, Message) else None
