"""Files of coupons: a CSV or JSON document loaded whole or not at all, and a template to begin with."""

import asyncio

from aiogram import Bot, F, Router
from aiogram.filters import Command, CommandObject
from aiogram.types import Message

from handlers.admin import texts_coupons as texts
from handlers.admin.coupons import MANAGERS, shop_day
from handlers.admin.texts_problems import Problems
from handlers.desk import Desk
from handlers.ephemeral import show_typing
from handlers.fetching import fetched
from handlers.rendering import document, send
from handlers.shop import Shop
from knowledge.amounts import locale_for
from knowledge.couponing import Signature, enter
from knowledge.language import told
from knowledge.loaders.coupon_changes import ShopDay
from knowledge.loaders.coupon_fields import FIELDS
from knowledge.loaders.coupon_rows import Drafts, read_rows
from knowledge.loaders.coupon_template import as_csv, as_json, example_rows
from knowledge.loaders.tables import MAX_BYTES, read_table
from storage.records import Shopper

router = Router(name="coupon files")
_ENDINGS = (".csv", ".json")
_WRITERS = {"csv": as_csv, "json": as_json}


@router.message(F.document, ~F.animation, ~F.document.mime_type.startswith("image/"), MANAGERS)
async def take_file(message: Message, bot: Bot, shopper: Shopper, desk: Desk, shop: Shop) -> None:
    """Load a file of coupons; with one error in it, nothing of it."""
    assert message.document is not None  # noqa: S101  # the filter saw it
    name = message.document.file_name or ""
    locale = locale_for(shopper.language)
    if not name.casefold().endswith(_ENDINGS):
        await desk.send(send(shopper.id, told(texts.FILE_ENDING, locale)))
        return
    show_typing(bot, shopper.id)
    content = await fetched(bot, message.document, MAX_BYTES)
    if content is None:
        await desk.send(send(shopper.id, told(texts.FILE_NOT_FETCHED, locale)))
        return
    day = await shop_day(shop, shopper)
    drafts = await asyncio.to_thread(_drafts, content, name, day)
    async with desk.work() as work:
        entered = await enter(work, drafts, day, Signature(shopper.id, desk.received_at))
        if isinstance(entered, tuple):
            text = Problems(day.names, locale).of_file(entered)
        else:
            text = texts.loaded(len(entered.new), len(entered.changed), entered.same, locale)
        await desk.enqueue(work, send(shopper.id, text))
        await work.commit()


@router.message(Command("template"), MANAGERS)
async def template(
    message: Message, command: CommandObject, shopper: Shopper, desk: Desk, shop: Shop
) -> None:
    """Send a file of two coupons that loads as it is."""
    locale = locale_for(shopper.language)
    words = [*(command.args or "").casefold().split(), "csv"]
    kind = words[1] if words[0] == "coupons" else ""
    if kind not in _WRITERS:
        await desk.send(send(shopper.id, told(texts.TEMPLATE_HOW, locale)))
        return
    content = _WRITERS[kind](example_rows(await shop_day(shop, shopper)))
    name = f"coupons.{kind}"
    caption = told(texts.TEMPLATE, locale)
    await desk.send(document(shopper.id, name, content, caption=caption))


def _drafts(content: bytes, name: str, day: ShopDay) -> Drafts:
    """Read the file. Takes a second for the largest, so it is called off the event loop."""
    return read_rows(read_table(content, name, FIELDS), day.names, day.today)
