"""/family: the people a shopper buys for, listed, added and removed."""

from aiogram import Router
from aiogram.filters import Command, CommandObject
from aiogram.types import CallbackQuery, Message

from handlers import texts, texts_family
from handlers.callbacks import Action, Tap
from handlers.desk import Desk
from handlers.ephemeral import acknowledge
from handlers.rendering import edit, send
from handlers.saying import say
from handlers.shop import Shop
from handlers.shopper.linking import LINK, offer_link
from handlers.tapping import Taps, message_id_of
from knowledge.amounts import locale_for
from knowledge.family import Introduction, Unclear, known_as, read_relative, with_news
from storage.records import Outgoing, Relation, Relative, Shopper
from storage.relatives import MOST_RELATIVES
from storage.work import Work

router = Router(name="family")
_ADD = frozenset("add añade añadir agrega agregar".split())
MYSELF = frozenset({"me", "myself", "yo"})
_NEW = 0  # the number of somebody who has none yet


@router.message(Command("family"))
async def family(
    message: Message, command: CommandObject, shopper: Shopper, desk: Desk, shop: Shop
) -> None:
    """Show who the shopper buys for; with "add …" note somebody, or what is new of them."""
    verb, _, words = " ".join((command.args or "").split()).partition(" ")
    verb = verb.casefold().rstrip(",")
    if verb in _ADD or verb in MYSELF:
        said = f"{verb}, {words}" if verb in MYSELF else words
        await _add(said, shopper, desk, shop)
        return
    if verb in LINK:
        await offer_link(words, shopper, desk)
        return
    async with desk.work() as work:
        await desk.enqueue(work, await _listed(work, shopper, shop, None))
        await work.commit()


@router.callback_query(Taps(Action.FAMILY_REMOVE))
async def ask_first(
    callback: CallbackQuery, tap: Tap, shopper: Shopper, desk: Desk, shop: Shop
) -> None:
    """Ask, in place of the list, whether somebody shall be removed."""
    async with desk.reading() as work:
        known = await work.relatives.of_shopper(shopper.id)
    relative = next((each for each in known if str(each.id) == tap.argument), None)
    await acknowledge(callback, None if relative else say(shopper, texts.BUTTON_STALE))
    if relative is None:
        return
    text = say(shopper, texts_family.REMOVE_SURE, nickname=relative.nickname)
    buttons = shop.buttons(shopper).confirm_removal(relative)
    await desk.send(edit(shopper.id, message_id_of(callback), text, keyboard=buttons))


@router.callback_query(Taps(Action.FAMILY_REMOVE_YES))
async def remove(
    callback: CallbackQuery, tap: Tap, shopper: Shopper, desk: Desk, shop: Shop
) -> None:
    """Remove somebody and show who is left."""
    async with desk.work() as work:
        await work.links.end(shopper.id, int(tap.argument))
        is_removed = await work.relatives.remove(shopper.id, int(tap.argument))
        await desk.enqueue(work, await _listed(work, shopper, shop, message_id_of(callback)))
        await work.commit()
    await acknowledge(
        callback,
        say(shopper, texts_family.REMOVED if is_removed else texts.BUTTON_STALE),
    )


@router.callback_query(Taps(Action.FAMILY_KEEP))
async def keep(callback: CallbackQuery, shopper: Shopper, desk: Desk, shop: Shop) -> None:
    """Show the list again, as it was."""
    await acknowledge(callback)
    async with desk.work() as work:
        await desk.enqueue(work, await _listed(work, shopper, shop, message_id_of(callback)))
        await work.commit()


@router.callback_query(Taps(Action.FAMILY_UNLINK))
async def unlink(
    callback: CallbackQuery, tap: Tap, shopper: Shopper, desk: Desk, shop: Shop
) -> None:
    """End a link at once, on both sides; the other is not told."""
    async with desk.work() as work:
        is_ended = await work.links.end(shopper.id, int(tap.argument))
        await desk.enqueue(work, await _listed(work, shopper, shop, message_id_of(callback)))
        await work.commit()
    await acknowledge(
        callback, say(shopper, texts_family.UNLINKED if is_ended else texts.BUTTON_STALE)
    )


def _is_self(relative: Relative) -> bool:
    return relative.relation is Relation.SELF


async def _listed(work: Work, shopper: Shopper, shop: Shop, message_id: int | None) -> Outgoing:
    """Give the list, in place of the message `message_id`, or as a new one."""
    own = [each for each in await work.relatives.of_shopper(shopper.id) if _is_self(each)]
    known = [*await work.links.people(shopper.id), *own]
    linked = {link.relative_id for link in await work.links.of_shopper(shopper.id)}
    text = texts_family.family(known, locale_for(shopper.language), linked)
    nicknames = [each.nickname for each in known]
    buttons = shop.buttons(shopper).family(known, linked)
    return edit(shopper.id, message_id, text, bold=nicknames, keyboard=buttons)


async def _add(words: str, shopper: Shopper, desk: Desk, shop: Shop) -> None:
    said = read_relative(words)
    if isinstance(said, Unclear):
        await desk.send(send(shopper.id, texts_family.unclear(said, locale_for(shopper.language))))
        return
    async with desk.work() as work:
        text = await _noted(work, said, shopper, shop)
        await desk.enqueue(work, send(shopper.id, text, bold=[said.nickname]))
        await work.commit()


async def _noted(work: Work, said: Introduction, shopper: Shopper, shop: Shop) -> str:
    """Keep what was said of somebody, and give it in words."""
    locale = locale_for(shopper.language)
    known = known_as(await work.relatives.of_shopper(shopper.id), said.nickname)
    if known is not None:
        changed = with_news(known, said)
        await work.relatives.change(changed)
        news = say(shopper, texts_family.CHANGED, line=texts_family.line(changed, locale))
        return f"{news}\n{say(shopper, texts_family.LISTED)}"
    relation = Relation.SELF if said.nickname.casefold() in MYSELF else Relation.OTHER
    blank = Relative(_NEW, shopper.id, said.nickname, relation, "", None, shop.now())
    relative = with_news(blank, said)
    if await work.relatives.add(relative) is None:
        return say(shopper, texts_family.FULL, count=MOST_RELATIVES)
    news = say(shopper, texts_family.NOTED, line=texts_family.line(relative, locale))
    return f"{news}\n{say(shopper, texts_family.NOTE)}\n{say(shopper, texts_family.LISTED)}"
