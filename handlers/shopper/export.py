"""/export: a copy of everything held about the shopper, as a page to read and as JSON, sent in the chat."""

import asyncio

from aiogram import Router
from aiogram.filters import Command
from aiogram.types import Message

from handlers import texts_export
from handlers.desk import Desk
from handlers.exporting import Copy, as_json, as_page
from handlers.rendering import document, send
from handlers.saying import say
from handlers.shop import Shop
from knowledge.amounts import locale_for
from knowledge.privacy.vault import recalled
from storage.exporting import Held
from storage.records import Outgoing, Shopper
from storage.work import Work

router = Router(name="export")
# Source: Bot API, sendDocument, files of up to 50 MB.
LARGEST_BYTES = 50_000_000
_COUNTED_AS = "exports"
_PER_DAY = 5  # a copy is made by reading every table: often enough for anybody (ours)


@router.message(Command("export"))
async def export(message: Message, shopper: Shopper, desk: Desk, shop: Shop) -> None:
    """Send the copy."""
    await send_copy(shopper, desk, shop)


async def send_copy(shopper: Shopper, desk: Desk, shop: Shop) -> None:
    """Read all that is held, write both files, and send them; nothing of it stays once they are sent."""
    copy = await _copy(shopper, desk, shop)
    files = await _documents(shopper, copy)
    rows = sum(len(each) for each in copy.held.values())
    today = desk.received_at.date()
    async with desk.work() as work:
        if not await work.usage.take(shopper.id, _COUNTED_AS, today, limit=_PER_DAY):
            files = [send(shopper.id, say(shopper, texts_export.ENOUGH, count=_PER_DAY))]
        else:
            await work.audit.note(shopper.id, "export", desk.received_at, rows=rows)
        await desk.enqueue(work, *files)
        await work.commit()


async def _copy(shopper: Shopper, desk: Desk, shop: Shop) -> Copy:
    catalogue = await shop.concierge.catalogue()
    async with desk.reading() as work:
        held = await _readable(await work.shoppers.held(shopper.id), work, shopper)
    titles = {key: product.title for key, product in catalogue.products.items()}
    names = titles | {key: store.name for key, store in catalogue.stores.items()}
    in_memory = _in_memory(shopper, desk, shop)
    locale = locale_for(shopper.language)
    return Copy(shop.name, locale, desk.received_at, held, names, in_memory)


async def _readable(held: Held, work: Work, shopper: Shopper) -> Held:
    """Put back what was masked in what was said, where it is still known."""
    turns = [
        {
            **turn,
            **{
                name: await recalled(work, shopper.id, turn[name])
                for name in ("text", "meant")
                if turn[name] is not None
            },
        }
        for turn in held["dialogues"]
    ]
    return {**held, "dialogues": turns}


def _in_memory(shopper: Shopper, desk: Desk, shop: Shop) -> list[str]:
    """Say what is known for the moment; the place itself stays in memory, for a file would be stored."""
    fix = shop.places.latest(shopper.id, desk.received_at)
    if fix is None:
        return [say(shopper, texts_export.NO_PLACE)]
    seen_at = fix.seen_at.isoformat(sep=" ", timespec="seconds")
    lines = [say(shopper, texts_export.PLACE, seen_at=seen_at)]
    return [*lines, say(shopper, texts_export.LIVE)] if shop.nudging.is_live(shopper.id) else lines


async def _documents(shopper: Shopper, copy: Copy) -> list[Outgoing]:
    # Off the event loop: half a year of talk takes a while to write.
    page = await asyncio.to_thread(as_page, copy)
    data = await asyncio.to_thread(as_json, copy)
    if max(len(page), len(data)) > LARGEST_BYTES:
        return [send(shopper.id, say(shopper, texts_export.TOO_LARGE, shop=copy.shop))]
    name = f"my-data-{copy.made_at.date()}"
    return [
        document(shopper.id, f"{name}.html", page, caption=say(shopper, texts_export.FOR_READING)),
        document(
            shopper.id, f"{name}.json", data, caption=say(shopper, texts_export.FOR_PROGRAMS)
        ),
    ]
