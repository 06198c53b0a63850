"""The sample shop in a folder of its own, and shoppers who talk with its concierge: everything real but Telegram.

Some shelves are emptied, so that there is something to be wrong about.
"""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from handlers.answers import Occasion, keep_suggestions, keep_turns
from knowledge.answer import Answer
from knowledge.concierge import Concierge, Mind
from knowledge.context import Question
from knowledge.nearby.places import Fix
from knowledge.phrasing import Phrasing
from knowledge.privacy.tagging.base import TextTagger
from knowledge.rules import ReplyRules
from knowledge.search.base import Embedder
from knowledge.search.finder import Finder
from knowledge.search.index import VectorIndex
from knowledge.templates import Templates
from knowledge.understanding import Examples
from scripts.demo.load import load_sample_shop
from scripts.demo.people import FIRST_ID
from scripts.demo.town import town_plan
from scripts.evaluate.golden.cases import Talk
from storage.crypto import Cipher
from storage.database import Database
from storage.records import Shopper, Stock

TODAY = date(2026, 11, 20)
ZONE = ZoneInfo(town_plan().time_zone)
_BETWEEN_MESSAGES = timedelta(seconds=40)
_FIRST_STRANGER = 1_000_000
# Emptied everywhere, and in one store: what the messages about empty shelves ask for.
_SOLD_OUT = ("flashlight-500-lumens", "compact-umbrella-black", "wooden-chess-set", "cold-brew")
_SOLD_OUT_AT = {
    "sweet-tide-chocolates": ("hot-chocolate", "white-hot-chocolate"),
    "corner-bakery": ("cinnamon-roll",),
    "tea-room": ("hot-apple-cider",),
    "outdoor-house": ("snowfall-winter-boots-eu-45-us-11-5", "soup-flask-17-oz"),
}


@dataclass(frozen=True, slots=True)
class Asked:
    """One message as it was asked, and the answer."""

    question: Question
    answer: Answer


@dataclass(slots=True)
class Stage:
    """The open shop; every talk gets a shopper of its own, whom nobody knows, unless it is Ana's."""

    database: Database
    concierge: Concierge
    _strangers: int = field(default=0)

    async def hold(self, talk: Talk) -> list[Asked]:
        """Send the messages of a talk one after the other, and keep what is said as the bot does."""
        at = talk.at.replace(tzinfo=ZONE)
        shopper = await self._shopper(talk.who, at)
        fix = await self._fix(talk.place, at)
        asked = []
        for wanted in talk.messages:
            question = Question(shopper, wanted.message.say, at, fix)
            answer = await self.concierge.reply(question, use_model=False)
            await self._keep(answer, question)
            asked.append(Asked(question, answer))
            at += _BETWEEN_MESSAGES
        return asked

    async def _keep(self, answer: Answer, question: Question) -> None:
        occasion = Occasion(question.shopper, question.asked_at)
        async with self.database.work() as work:
            numbers = await work.vault.keep(question.shopper.id, answer.entries, question.asked_at)
            await keep_turns(work, answer.settled(numbers), occasion)
            await keep_suggestions(work, answer.shown, answer.wish, occasion)
            await work.commit()

    async def _shopper(self, who: str, at: datetime) -> Shopper:
        self._strangers += 1
        shopper_id = FIRST_ID if who else _FIRST_STRANGER + self._strangers
        async with self.database.work() as work:
            shopper, _ = await work.shoppers.load_or_create(shopper_id, "Mia", "en", at)
            await work.commit()
        return shopper

    async def _fix(self, place: str, at: datetime) -> Fix | None:
        if place == "none":
            return None
        if place == "square":
            return Fix(town_plan().latitude, town_plan().longitude, 10.0, at)
        async with self.database.reading() as work:
            store = await work.stores.get(place)
        if store is None:
            raise KeyError(place)
        return Fix(store.latitude, store.longitude, 10.0, at)


@asynccontextmanager
async def open_stage(folder: Path, embedder: Embedder, tagger: TextTagger) -> AsyncIterator[Stage]:
    """Lay the sample shop out in an empty folder and open a concierge over it."""
    url = f"sqlite+aiosqlite:///{folder}/concierge.db"
    database = await Database.open(url, cipher=Cipher([Cipher.new_key()]))
    index = await asyncio.to_thread(VectorIndex.in_folder, folder / "index")
    finder = Finder(embedder, index)
    try:
        await database.migrate()
        await load_sample_shop(database, today=TODAY)
        await _empty_shelves(database)
        concierge = Concierge(database, finder, await asyncio.to_thread(_mind, tagger))
        await concierge.refresh()
        yield Stage(database, concierge)
    finally:
        await asyncio.to_thread(finder.close)
        await database.close()


async def _empty_shelves(database: Database) -> None:
    async with database.work() as work:
        stores = [store.id for store in await work.stores.all()]
        known = await work.stock.quantities(_SOLD_OUT, stores)
        gone = [Stock(store_id, product_id, 0) for store_id, product_id in known]
        gone += [
            Stock(store_id, product_id, 0)
            for store_id, ids in _SOLD_OUT_AT.items()
            for product_id in ids
        ]
        await work.stock.add_many(gone)
        await work.commit()


def _mind(tagger: TextTagger) -> Mind:
    """Read what the concierge thinks with, which blocks; it speaks in templates."""
    return Mind(Phrasing(Templates.shipped(), None), Examples.shipped(), ReplyRules(), tagger)
