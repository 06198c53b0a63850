"""Free text: the conversation itself."""

from datetime import timedelta

from aiogram import F, Router
from aiogram.types import Message

from handlers import keyboards, texts
from handlers.desk import Desk
from handlers.ephemeral import show_typing
from handlers.rendering import send
from handlers.saying import say
from handlers.shop import Ask, Shop
from handlers.waiting import is_command, question_waiting_for_place
from knowledge.facts import Kind
from storage.records import Shopper

router = Router(name="chat")
_OFFER_STANDS = timedelta(minutes=30)  # a yes later than that is a yes to something else (ours)
_YES = frozenset(
    "yes|yes please|yep|yeah|sure|ok|okay|please do|book it"
    "|sí|si|sí por favor|si por favor|vale|claro|resérvalo".split("|")
)
_NO = frozenset("no|no thanks|no thank you|nope|nah|no gracias".split("|"))


def _is_look_around(text: str) -> bool:
    return keyboards.is_label(text, keyboards.JUST_SEARCH, keyboards.JUST_LOOK)


@router.message(F.text.func(_is_look_around))
async def look_without_place(message: Message, shopper: Shopper, desk: Desk, shop: Shop) -> None:
    """Answer the question that waits for a place without one, or tell how to ask."""
    waiting = await question_waiting_for_place(desk, shopper, shop)
    if waiting is None or is_command(waiting):
        await desk.send(
            send(shopper.id, say(shopper, texts.LOOK_AROUND), keyboard=keyboards.REMOVE)
        )
        return
    await shop.answer(desk, shopper, Ask(waiting, just_search=True, from_record=True))


@router.message(F.text.startswith("/"))
async def unknown_command(message: Message, shopper: Shopper, desk: Desk) -> None:
    """Say that a command does not exist; real ones are matched before."""
    await desk.send(send(shopper.id, say(shopper, texts.UNKNOWN_COMMAND)))


@router.edited_message(F.text.startswith("/"))
async def edited_command(message: Message, shopper: Shopper, desk: Desk) -> None:
    """Do nothing by an edit: the command as it was first has been answered, and may have been done."""
    await desk.send(send(shopper.id, say(shopper, texts.EDITED_COMMAND)))


@router.message(F.text, F.forward_origin)
async def forwarded(message: Message, shopper: Shopper, desk: Desk) -> None:
    """Answer a forwarded text, which is not the shopper's own question."""
    await desk.send(send(shopper.id, say(shopper, texts.FORWARDED)))


@router.message(F.text, F.text.func(lambda text: _plain(text) in _YES | _NO))
async def reply_to_offer(message: Message, shopper: Shopper, desk: Desk, shop: Shop) -> None:
    """Take a yes or a no to the question under an offer; booking itself takes a tap."""
    text = message.text or ""
    now = shop.now()
    async with desk.reading() as work:
        turns = await work.dialogues.latest(shopper.id, limit=1)
        shown = await work.suggestions.shown_to(shopper.id, now - _OFFER_STANDS)
    if not shown or not turns or turns[-1].topic != Kind.OFFER:
        await shop.answer(desk, shopper, Ask(text))
    elif _plain(text) in _NO:
        await desk.send(send(shopper.id, say(shopper, texts.NO_THANKS)))
    else:
        fix = await shop.place_of(desk, shopper)
        words = await shop.concierge.describe(shown[-1], shopper, fix, now)
        if words is None:
            await desk.send(send(shopper.id, say(shopper, texts.BUTTON_STALE)))
            return
        buttons = shop.buttons(shopper).offer(shown[-1])
        await desk.send(send(shopper.id, words.text, bold=words.bold, keyboard=buttons))


@router.message(F.text)
@router.edited_message(F.text)
async def chat(message: Message, shopper: Shopper, desk: Desk, shop: Shop) -> None:
    """Answer a text; an edited one is the corrected question."""
    if message.bot is not None:
        show_typing(message.bot, shopper.id)
    await shop.answer(desk, shopper, Ask(message.text or ""))


def _plain(text: str) -> str:
    """Give a short answer without capitals and punctuation."""
    return text.casefold().strip(" .,!?").replace(",", "")
