"""A shopper at the counter: real dispatcher, handlers, database and concierge; only Telegram is played."""

import asyncio
import json
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

import pytest
from aiogram import Bot, Dispatcher

from bot.dispatching import Dispatching
from bot.middlewares.roles import RolesMiddleware
from bot.middlewares.shopper import ShopperMiddleware
from bot.received import read_update
from bot.setting_sections import ReturnSettings
from handlers import all_routers
from handlers.callbacks import Action, Signer
from handlers.desk import Desk
from handlers.following_rules import FollowingRules
from handlers.nudging import Nudging
from handlers.shop import Kept, Shop
from handlers.unasked import UnaskedParts
from knowledge.concierge import Concierge
from knowledge.nearby.places import Places
from scripts.demo.moving import town_at
from storage.database import Database
from storage.records import OutboxItem, Shopper
from tests.fakes import BOT_ID, TOKEN, FakeSession, Updates
from tests.sample_town import ANA, MORNING, concierge, layout, near, open_concierge, town

__all__ = ["concierge", "layout", "open_concierge", "town"]


@dataclass(slots=True)
class Clock:
    """Shop time and machine time in one, moved by hand."""

    at: datetime = MORNING

    def __call__(self) -> datetime:
        return self.at

    def pass_by(self, **how_long: float) -> None:
        self.at += timedelta(**how_long)


@dataclass(slots=True)
class Sent:
    """What left for Telegram in answer to one update, in order."""

    items: list[OutboxItem]

    @property
    def methods(self) -> list[str]:
        return [item.outgoing.method for item in self.items]

    @property
    def seen(self) -> list[OutboxItem]:
        """What appears in the chat; menus of commands do not."""
        return [item for item in self.items if not item.outgoing.method.endswith("MyCommands")]

    @property
    def arguments(self) -> dict[str, Any]:
        """The one message's arguments."""
        assert len(self.seen) == 1, self.methods
        return dict(self.seen[0].outgoing.arguments)

    @property
    def menus(self) -> dict[int, list[str] | None]:
        """The menus set, as names of commands by chat; None for a menu taken back."""
        return {
            item.outgoing.chat_id: _names(item.outgoing.arguments.get("commands"))
            for item in self.items
            if item not in self.seen
        }

    @property
    def text(self) -> str:
        return str(self.arguments["text"])

    @property
    def message_id(self) -> int:
        """The id under which the shopper sees the one message."""
        return int(self.arguments.get("message_id") or 1_000 + self.seen[0].id)

    @property
    def keyboard(self) -> dict[str, Any]:
        keyboard: dict[str, Any] = self.arguments.get("reply_markup", {})
        return keyboard

    @property
    def buttons(self) -> dict[str, str]:
        """Label → data of the inline buttons."""
        rows = self.keyboard.get("inline_keyboard", [])
        return {button["text"]: button["callback_data"] for row in rows for button in row}

    @property
    def bold(self) -> list[str]:
        """The parts that are bold, as Telegram cuts them out: in UTF-16."""
        encoded = self.text.encode("utf-16-le")
        return [
            encoded[2 * e["offset"] : 2 * (e["offset"] + e["length"])].decode("utf-16-le")
            for e in self.arguments.get("entities", [])
        ]


def _names(menu: list[dict[str, str]] | None) -> list[str] | None:
    return None if menu is None else [entry["command"] for entry in menu]


@dataclass(slots=True)
class Counter:
    """Takes updates in as ingest does and gives what goes out."""

    database: Database
    dispatcher: Dispatcher
    bot: Bot
    session: FakeSession
    places: Places
    clock: Clock
    signer: Signer
    nudging: Nudging
    inbox_ids: list[int] = field(default_factory=list)

    async def take(self, update: dict[str, Any]) -> Sent:
        """Store an update, handle it, and deliver what it led to."""
        await self.handle(await self.store(update))
        return await self.deliver()

    async def store(self, update: dict[str, Any]) -> int:
        received = read_update(json.loads(json.dumps(update)), self.clock())
        assert received is not None
        async with self.database.work() as work:
            inbox_id = await work.inbox.add(
                BOT_ID, received.update_id, received.chat_id, received.payload, self.clock()
            )
            await work.commit()
        assert inbox_id is not None
        if received.fix is not None:
            self.places.hold(received.update_id, received.fix)
        self.inbox_ids.append(inbox_id)
        return inbox_id

    async def handle(self, inbox_id: int, overtaken: asyncio.Event | None = None) -> None:
        async with self.database.work() as work:
            item = await work.inbox.claim(inbox_id)
            await work.commit()
        assert item is not None
        heard = self.nudging.ask_again
        await Dispatching(self.dispatcher, self.bot, self.database, heard)(item, overtaken)
        async with (
            self.database.work() as work
        ):  # whatever the handlers left undone, as ingest does
            await work.inbox.done(inbox_id)
            await work.commit()

    async def handle_in_vain(self, inbox_id: int, monkeypatch: pytest.MonkeyPatch) -> None:
        """Handle an update whose last step fails, when nothing is committed yet."""

        async def fail(*_: object) -> None:
            raise LookupError

        with monkeypatch.context() as patched:
            patched.setattr(Desk, "enqueue", fail)
            with pytest.raises(LookupError):
                await self.handle(inbox_id)

    async def deliver(self) -> Sent:
        """Send everything that waits, in Telegram's stead."""
        sent: list[OutboxItem] = []
        while True:
            async with self.database.work() as work:
                claimed = await work.outbox.claim_due(self.clock(), 50)
                for item in claimed:
                    await work.outbox.sent(item.id, 1_000 + item.id, self.clock())
                await work.commit()
            if not claimed:
                return Sent(sent)
            sent += claimed

    async def waiting(self) -> int:
        async with self.database.reading() as work:
            return len(await work.inbox.waiting())

    async def shopper(self, shopper_id: int) -> Shopper | None:
        async with self.database.reading() as work:
            return await work.shoppers.get(shopper_id)

    @property
    def toasts(self) -> list[str | None]:
        """What was shown for a moment over the chat, one for each tap."""
        names = ("answerCallbackQuery",)
        calls = [call for call in self.session.calls if call.__api_method__ in names]
        return [getattr(call, "text", None) for call in calls]


@dataclass(slots=True)
class Phone:
    """One person's phone."""

    counter: Counter
    updates: Updates
    shopper_id: int

    async def says(self, text: str, **more: Any) -> Sent:
        return await self.counter.take(self.updates.text(text, **more))

    async def edits(self, text: str) -> Sent:
        return await self.counter.take(self.updates.edited(text=text))

    async def shares(self, store_id: str = "downtown-cafe", **more: Any) -> Sent:
        """Share the place at a store's door."""
        fix = await near(self.counter.database, store_id)
        location = {"latitude": fix.latitude, "longitude": fix.longitude}
        return await self.counter.take(self.updates.message(location=location | more))

    async def sends(self, **content: Any) -> Sent:
        return await self.counter.take(self.updates.message(**content))

    async def taps(self, data: str, on: Sent | int = 1, *, text: str = "…") -> Sent:
        """Tap a button with this data, under a message that was sent before."""
        message_id = on if isinstance(on, int) else on.message_id
        shown = text if isinstance(on, int) else on.text
        return await self.counter.take(self.updates.tap(data, message_id, shown))

    def button(self, action: Action, argument: str | int = "") -> str:
        """Give the data of a button that was made for this shopper."""
        return self.counter.signer.data(self.shopper_id, action, argument)


@pytest.fixture
async def counter(town: Database, concierge: Concierge) -> AsyncIterator[Counter]:
    session, clock, places = FakeSession(), Clock(), Places()
    signer = Signer(b"k" * 32)
    bot = Bot(TOKEN, session=session)
    dispatcher = Dispatcher(disable_fsm=True)
    dispatcher.update.outer_middleware(ShopperMiddleware(town, clock))
    dispatcher.update.outer_middleware(RolesMiddleware(town))
    routers = all_routers()
    for router in routers:  # they are made once a process and belong to one dispatcher at a time
        router._parent_router = None
    dispatcher.include_routers(*routers)
    parts = UnaskedParts(town, concierge, signer, clock, clock)
    nudging = Nudging(parts, FollowingRules())
    dispatcher["shop"] = Shop(
        name="Maple Harbor",
        concierge=concierge,
        places=places,
        nudging=nudging,
        signer=signer,
        now=clock,
        model_turns_per_day=50,
        kept=Kept(said_days=30, shown_days=90, done_days=365, passed_days=90),
        plan_town=town_at,
        order_limits=ReturnSettings().limits,
    )
    yield Counter(town, dispatcher, bot, session, places, clock, signer, nudging)
    for router in routers:
        router._parent_router = None
    await asyncio.sleep(0)  # typing, which nobody waits for


def phone(counter: Counter, shopper_id: int, first_name: str, language: str = "en") -> Phone:
    date = int(counter.clock().timestamp())
    return Phone(counter, Updates(shopper_id, first_name, date, language), shopper_id)


@pytest.fixture
def ana(counter: Counter) -> Phone:
    """A shopper of half a year, whose order K7-2291 is ready."""
    return phone(counter, ANA, "Ana")


@pytest.fixture
def mia(counter: Counter) -> Phone:
    """Somebody new."""
    return phone(counter, 7, "Mia")


@pytest.fixture
def ben(counter: Counter) -> Phone:
    """Somebody else."""
    return phone(counter, 8, "Ben")
