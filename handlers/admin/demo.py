"""/demo: the sample town around the place that the owner shares, and away again.

The owner's place is used once and kept nowhere; where the stores stand is all that stays of it.
"""

import asyncio
from dataclasses import dataclass, replace
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from aiogram import F, Router
from aiogram.filters import BaseFilter, Command, CommandObject
from aiogram.types import CallbackQuery, Message, Update
from babel import Locale

from handlers import keyboards, texts
from handlers.admin import texts_demo
from handlers.admin.permissions import HasRole
from handlers.admin.texts_problems import shown
from handlers.callbacks import Action
from handlers.desk import Desk
from handlers.ephemeral import acknowledge
from handlers.rendering import edit, send
from handlers.saying import say
from handlers.shop import Shop
from handlers.tapping import Taps, message_id_of
from handlers.waiting import DEMO_HERE, question_waiting_for_place
from knowledge.amounts import locale_for
from knowledge.facts import Kind
from knowledge.language import told
from knowledge.nearby.places import Fix
from knowledge.sample_town import (
    Goods,
    OwnStores,
    TownPlanner,
    lay_out,
    take_away,
    zone_of_longitude,
)
from storage.records import AuditEntry, Role, Shopper, Turn
from storage.sample import SampleKind

router = Router(name="demo")


@dataclass(frozen=True, slots=True)
class Wanted:
    """A town that waits for its place: in which update that comes, and the time zone given, "" for none."""

    update_id: int
    zone: str


class AwaitsTown(BaseFilter):
    """Lets a place through that was asked for by /demo here."""

    async def __call__(
        self, message: Message, event_update: Update, shopper: Shopper, desk: Desk, shop: Shop
    ) -> bool | dict[str, Wanted]:
        """Give what is `wanted`."""
        waiting = await question_waiting_for_place(desk, shopper, shop)
        if waiting is None or not waiting.startswith(DEMO_HERE):
            return False
        return {"wanted": Wanted(event_update.update_id, waiting.removeprefix(DEMO_HERE).strip())}


@router.message(Command("demo"), HasRole(Role.OWNER))
async def demo(
    message: Message, command: CommandObject, shopper: Shopper, desk: Desk, shop: Shop
) -> None:
    """Ask for the place, or whether the town is to go."""
    locale = locale_for(shopper.language)
    word, _, given = (command.args or "").strip().partition(" ")
    what = word.lower()
    if what == "off":
        await _ask_off(desk, shopper, shop)
    elif what != "here":
        await desk.send(send(shopper.id, told(texts_demo.DEMO_HOW, locale)))
    elif shop.plan_town is None:
        await desk.send(send(shopper.id, told(texts_demo.DEMO_MISSING, locale)))
    elif given and await asyncio.to_thread(_zone, given) is None:
        text = told(texts_demo.DEMO_ZONE, locale, given=shown(given))
        await desk.send(send(shopper.id, text))
    else:
        await _ask_place(desk, shopper, shop, f"{DEMO_HERE} {given}".strip())


@router.message(F.location.live_period, ~F.venue, ~F.via_bot, HasRole(Role.OWNER), AwaitsTown())
async def decline_live(message: Message, shopper: Shopper, desk: Desk) -> None:
    """Ask for a place that stays."""
    locale = locale_for(shopper.language)
    keyboard = keyboards.ask_place(locale, keyboards.JUST_LOOK)
    await desk.send(send(shopper.id, told(texts_demo.NOT_LIVE, locale), keyboard=keyboard))


@router.message(F.location, ~F.venue, ~F.via_bot, HasRole(Role.OWNER), AwaitsTown())
async def lay(message: Message, shopper: Shopper, desk: Desk, shop: Shop, wanted: Wanted) -> None:
    """Lay the town out around the shared place; the search index follows, here or at the next look for changes."""
    fix = shop.places.held(wanted.update_id)
    if fix is None or shop.plan_town is None:
        await desk.send(
            send(
                shopper.id,
                say(shopper, texts.PLACE_LOST),
                keyboard=keyboards.ask_place(locale_for(shopper.language)),
            )
        )
        return
    goods = await _planned(shop.plan_town, fix, wanted.zone, shop)
    key = f"demo:{shopper.id}:{wanted.update_id}"
    laid = await _lay(desk, shopper, goods, key)
    if laid is not None:
        await shop.concierge.refresh()
        await _say_read(desk, shopper, laid, key)


@router.callback_query(Taps(Action.DEMO_OFF), HasRole(Role.OWNER))
async def off(callback: CallbackQuery, shopper: Shopper, desk: Desk, shop: Shop) -> None:
    """Take the town away."""
    await acknowledge(callback)
    async with desk.work() as work:
        gone = await take_away(work, desk.received_at)
        if gone:
            await work.audit.add(_entry(shopper, "demo off", desk))
        sentence = texts_demo.OFF_DONE if gone else texts_demo.OFF_NONE
        text = told(sentence, locale_for(shopper.language))
        await desk.enqueue(work, edit(shopper.id, message_id_of(callback), text))
        await work.commit()
    if gone:
        await shop.concierge.refresh()


async def _ask_place(desk: Desk, shopper: Shopper, shop: Shop, waits: str) -> None:
    now, locale = shop.now(), locale_for(shopper.language)
    text = told(texts_demo.ASK_PLACE, locale)
    async with desk.work() as work:
        await work.dialogues.add(Turn(shopper.id, "shopper", waits, now))
        asked = Turn(shopper.id, "concierge", text, now, Kind.NEEDS_PLACE.value)
        await work.dialogues.add(asked)
        keyboard = keyboards.ask_place(locale, keyboards.JUST_LOOK)
        await desk.enqueue(work, send(shopper.id, text, keyboard=keyboard))
        await work.commit()


async def _ask_off(desk: Desk, shopper: Shopper, shop: Shop) -> None:
    async with desk.reading() as work:
        stores = len((await work.sample.marks())[SampleKind.STORES])
    locale = locale_for(shopper.language)
    if not stores:
        await desk.send(send(shopper.id, told(texts_demo.OFF_NONE, locale)))
        return
    buttons = shop.buttons(shopper).confirm_demo_off()
    text = told(texts_demo.OFF_SURE, locale, stores=stores)
    await desk.send(send(shopper.id, text, keyboard=buttons))


async def _planned(plan: TownPlanner, fix: Fix, zone_given: str, shop: Shop) -> Goods:
    def planned() -> Goods:
        zone = _zone(zone_given) or ZoneInfo(zone_of_longitude(fix.longitude))
        return plan(fix.latitude, fix.longitude, zone, shop.now().astimezone(zone).date())

    return await asyncio.to_thread(planned)


async def _lay(desk: Desk, shopper: Shopper, goods: Goods, key: str) -> str | None:
    """Put the town in, in one transaction, and give what was said; None when the shop has stores of its own.

    `key` finds the message again, to be changed when all is read.
    """
    locale = locale_for(shopper.language)
    async with desk.work() as work:
        own = await lay_out(work, goods)
        if own is not None:
            await desk.enqueue(
                work, send(shopper.id, _own(own, locale), keyboard=keyboards.REMOVE)
            )
            await work.commit()
            return None
        await work.audit.add(_entry(shopper, "demo here", desk))
        laid = told(
            texts_demo.LAID,
            locale,
            stores=len(goods.stores),
            products=len(goods.products),
            coupons=len(goods.coupons),
            zone=goods.stores[0].time_zone,
        )
        # Without a keyboard of any kind: Telegram edits no message that has one but inline buttons.
        reading = f"{laid}\n{told(texts_demo.READING, locale)}"
        progress = replace(send(shopper.id, reading), unique_key=key)
        await desk.enqueue(work, progress)
        await work.commit()
    return laid


async def _say_read(desk: Desk, shopper: Shopper, laid: str, key: str) -> None:
    """Say that everything is read, where the progress is told, or anew while that is still under way."""
    read = told(texts_demo.READ, locale_for(shopper.language))
    async with desk.work() as work:
        message_id = (await work.outbox.keyed([key])).get(key)
        if message_id is None:
            done = send(shopper.id, read)
        else:
            done = edit(shopper.id, message_id, f"{laid}\n{read}")
        await desk.enqueue(work, done)
        await work.commit()


def _own(own: OwnStores, locale: Locale) -> str:
    if own.count == 1:
        return told(texts_demo.OWN_STORE, locale)
    return told(texts_demo.OWN_STORES, locale, count=own.count)


def _entry(shopper: Shopper, action: str, desk: Desk) -> AuditEntry:
    return AuditEntry(f"shopper:{shopper.id}", action, "sample town", desk.received_at)


def _zone(name: str) -> ZoneInfo | None:
    """Give a time zone by its name; None when there is none. Blocks."""
    try:
        return ZoneInfo(name.strip())
    except (ZoneInfoNotFoundError, ValueError, OSError):  # unknown, empty or odd, a folder
        return None
