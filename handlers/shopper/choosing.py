"""The buttons under a question back, what was meant or which size, and the one that asks for a person instead."""

from datetime import timedelta
from itertools import pairwise

from aiogram import Router
from aiogram.types import CallbackQuery

from handlers import texts
from handlers.callbacks import Action, Tap
from handlers.desk import Desk
from handlers.ephemeral import acknowledge
from handlers.saying import say
from handlers.shop import Ask, Shop
from handlers.tapping import Taps, message_id_of
from knowledge.clarifying import SENSES
from knowledge.facts import Kind
from knowledge.understanding import Intent
from knowledge.wish import Wish
from storage.records import Shopper

router = Router(name="choosing")
_STANDS = timedelta(minutes=30)  # what was asked earlier is forgotten by whoever asked (ours)
_TURNS_BACK = 12
_ASK_PERSON = "Ask a person"  # what a tap asks, for the record
_ASKING = frozenset({Kind.CLARIFY, Kind.NOTHING_NEAR})  # the latter of a size that is missing


@router.callback_query(Taps(Action.MEAN))
async def meant(
    callback: CallbackQuery, tap: Tap, shopper: Shopper, desk: Desk, shop: Shop
) -> None:
    """Answer the question again in the sense chosen, where it was asked back."""
    asked = await _asked_back(desk, shopper, shop)
    await acknowledge(callback, None if asked else say(shopper, texts.BUTTON_STALE))
    if asked is None:
        return
    is_size = tap.argument not in SENSES
    text = str(Wish.read(asked).adding(f"size {tap.argument}")) if is_size else asked
    ask = Ask(
        text,
        from_record=True,
        sense="" if is_size else tap.argument,
        replaces_message_id=message_id_of(callback),
    )
    await shop.answer(desk, shopper, ask)


@router.callback_query(Taps(Action.PERSON))
async def ask_person(callback: CallbackQuery, shopper: Shopper, desk: Desk, shop: Shop) -> None:
    """Tell where there is a person to ask, in place of what could not be told."""
    await acknowledge(callback)
    ask = Ask(_ASK_PERSON, intent=Intent.HUMAN, replaces_message_id=message_id_of(callback))
    await shop.answer(desk, shopper, ask)


async def _asked_back(desk: Desk, shopper: Shopper, shop: Shop) -> str | None:
    """Give the message that was asked back about last, as the record has it; None when it is long ago."""
    async with desk.reading() as work:
        turns = await work.dialogues.latest(shopper.id, limit=_TURNS_BACK)
    since = shop.now() - _STANDS
    asked = [
        turn.whole
        for turn, reply in pairwise(turns)
        if turn.role == "shopper" and reply.topic in _ASKING and turn.said_at >= since
    ]
    return asked[-1] if asked else None
