"""Free text: the conversation itself."""

from datetime import timedelta

from aiogram import F, Router
from aiogram.types import Message

from handlers import keyboards, texts
from handlers.desk import Desk
from handlers.ephemeral import show_typing
from handlers.rendering import send
from handlers.shop import Ask, Shop
from knowledge.facts import Kind
from storage.records import Shopper, Turn

router = Router(name="chat")
NEARBY = "/nearby"  # the one command that may wait for a place
# A question that waits for a place is answered if the place comes within this time (ours).
_WAITS_FOR_PLACE = timedelta(minutes=15)


@router.message(F.text.in_({keyboards.JUST_SEARCH, keyboards.JUST_LOOK}))
async def look_without_place(message: Message, shopper: Shopper, desk: Desk, shop: Shop) -> None:
    """Answer the question that waits for a place without one, or tell how to ask."""
    waiting = await question_waiting_for_place(desk, shopper, shop)
    if waiting is None or waiting == NEARBY:
        await desk.send(send(shopper.id, texts.LOOK_AROUND, keyboard=keyboards.REMOVE))
        return
    await shop.answer(desk, shopper, Ask(waiting, just_search=True))


@router.message(F.text.startswith("/"))
async def unknown_command(message: Message, shopper: Shopper, desk: Desk) -> None:
    """Say that a command does not exist; real ones are matched before."""
    await desk.send(send(shopper.id, texts.UNKNOWN_COMMAND))


@router.message(F.text, F.forward_origin)
async def forwarded(message: Message, shopper: Shopper, desk: Desk) -> None:
    """Answer a forwarded text, which is not the shopper's own question."""
    await desk.send(send(shopper.id, texts.FORWARDED))


@router.message(F.text)
@router.edited_message(F.text)
async def chat(message: Message, shopper: Shopper, desk: Desk, shop: Shop) -> None:
    """Answer a text; an edited one is the corrected question."""
    if message.bot is not None:
        show_typing(message.bot, shopper.id)
    await shop.answer(desk, shopper, Ask(message.text or ""))


async def question_waiting_for_place(desk: Desk, shopper: Shopper, shop: Shop) -> str | None:
    """Give the shopper's last question if the reply to it was to ask for a place."""
    async with desk.reading() as work:
        turns = await work.dialogues.latest(shopper.id, limit=2)
    return _waiting(turns, shop)


def _waiting(turns: list[Turn], shop: Shop) -> str | None:
    if len(turns) < 2 or turns[-1].topic != Kind.NEEDS_PLACE:  # noqa: PLR2004  # question and reply
        return None
    asked = turns[-2]
    is_fresh = shop.now() - asked.said_at <= _WAITS_FOR_PLACE
    return asked.text if asked.role == "shopper" and is_fresh else None
