"""Linking with one of one's people who uses the bot: a one-time code, and a yes from whoever opens it."""

import secrets
from dataclasses import replace
from datetime import timedelta

from aiogram import F, Router
from aiogram.filters import CommandObject, CommandStart
from aiogram.types import CallbackQuery, Message

from handlers import texts_family
from handlers.callbacks import Action, Tap
from handlers.desk import Desk
from handlers.ephemeral import acknowledge
from handlers.rendering import edit, send
from handlers.saying import say
from handlers.shop import Shop
from handlers.tapping import Taps, message_id_of
from knowledge.family import LONGEST_NICKNAME, inverse, known_as
from storage.records import Relation, Relative, Shopper
from storage.relatives import MOST_RELATIVES
from storage.work import Work

router = Router(name="linking")
LINK = frozenset({"link", "enlazar", "vincular"})
_PREFIX = "kin_"
_HOLDS = timedelta(days=2)
_IS_LINK = CommandStart(deep_link=True, magic=F.args.startswith(_PREFIX))
_NEW = 0  # the number of somebody who has none yet


async def offer_link(nickname: str, shopper: Shopper, desk: Desk) -> None:
    """Make a code for one of the shopper's people; without one, say how."""
    async with desk.work() as work:
        people = [
            each
            for each in await work.relatives.of_shopper(shopper.id)
            if each.relation is not Relation.SELF
        ]
        whom = known_as(people, nickname)
        if whom is None:
            text = say(shopper, texts_family.LINK_HOW, example=texts_family.LINK_EXAMPLE)
        else:
            code = secrets.token_urlsafe(16)
            await work.links.offer(code, whom, desk.received_at + _HOLDS)
            text = say(
                shopper,
                texts_family.LINK_OFFER,
                nickname=whom.nickname,
                payload=_PREFIX + code,
            )
        await desk.enqueue(work, send(shopper.id, text))
        await work.commit()


@router.message(_IS_LINK, F.forward_origin)
async def refuse_forwarded(message: Message, shopper: Shopper, desk: Desk) -> None:
    """Take no code from a message that somebody else wrote."""
    await desk.send(send(shopper.id, say(shopper, texts_family.LINK_FORWARDED)))


@router.message(_IS_LINK)
async def ask_first(
    message: Message, command: CommandObject, shopper: Shopper, desk: Desk, shop: Shop
) -> None:
    """Say what would be shared with whom, and wait for the yes."""
    code = (command.args or "").removeprefix(_PREFIX)
    async with desk.work() as work:
        await work.shoppers.resume(shopper.id)
        offered = await work.links.offered(code, desk.received_at)
        maker = None if offered is None else await work.shoppers.get(offered.shopper_id)
        if maker is None:
            reply = send(shopper.id, say(shopper, texts_family.LINK_VOID))
        elif maker.id == shopper.id:
            reply = send(shopper.id, say(shopper, texts_family.LINK_OWN))
        else:
            text = say(shopper, texts_family.LINK_ASK, name=maker.first_name)
            buttons = shop.buttons(shopper).accept_link(code)
            reply = send(shopper.id, text, bold=[maker.first_name], keyboard=buttons)
        await desk.enqueue(work, reply)
        await work.commit()


@router.callback_query(Taps(Action.FAMILY_ACCEPT))
async def accept(
    callback: CallbackQuery, tap: Tap, shopper: Shopper, desk: Desk, shop: Shop
) -> None:
    """Link the two, and tell both."""
    await acknowledge(callback)
    message_id = message_id_of(callback)
    async with desk.work() as work:
        offered = await work.links.take(tap.argument, desk.received_at)
        maker = None if offered is None else await work.shoppers.get(offered.shopper_id)
        if offered is None or maker is None or maker.id == shopper.id:
            text = say(shopper, texts_family.LINK_VOID)
            await desk.enqueue(work, edit(shopper.id, message_id, text))
            await work.commit()
            return
        mine = await _entry_for(work, maker, offered, shopper, shop)
        if mine is None:
            text = say(shopper, texts_family.FULL, count=MOST_RELATIVES)
            await desk.enqueue(work, edit(shopper.id, message_id, text))
            await work.commit()
            return
        await work.links.join(offered, mine, shop.now())
        for reader, nickname in ((shopper, mine.nickname), (maker, offered.nickname)):
            text = say(
                reader, texts_family.LINKED, nickname=nickname, example=texts_family.ME_EXAMPLE
            )
            known_message_id = message_id if reader is shopper else None
            await desk.enqueue(work, edit(reader.id, known_message_id, text, bold=[nickname]))
        await work.commit()


@router.callback_query(Taps(Action.FAMILY_DECLINE))
async def decline(callback: CallbackQuery, tap: Tap, shopper: Shopper, desk: Desk) -> None:
    """Use the code up, and share nothing."""
    await acknowledge(callback)
    async with desk.work() as work:
        await work.links.take(tap.argument, desk.received_at)
        text = say(shopper, texts_family.LINK_DECLINED)
        await desk.enqueue(work, edit(shopper.id, message_id_of(callback), text))
        await work.commit()


async def _entry_for(
    work: Work, maker: Shopper, offered: Relative, shopper: Shopper, shop: Shop
) -> Relative | None:
    """Give what the shopper calls the code's maker, noted now if there is nobody of that name; None = no room."""
    linked = {link.relative_id for link in await work.links.of_shopper(shopper.id)}
    people = await work.relatives.of_shopper(shopper.id)
    free = [
        each for each in people if each.id not in linked and each.relation is not Relation.SELF
    ]
    known = known_as(free, maker.first_name)
    if known is not None:
        return known
    nickname, relation = maker.first_name[:LONGEST_NICKNAME], inverse(offered.relation)
    new = Relative(_NEW, shopper.id, nickname, relation, "", None, shop.now())
    added = await work.relatives.add(new)
    if added is None:
        return None
    return replace(new, id=added)
