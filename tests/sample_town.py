"""Maple Harbor on 20 November 2026 as tests meet it: built and read once, its database copied for each test.

Vectors are toys, so what is found depends on shared words alone; everything else is the real thing.
"""

import asyncio
import shutil
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from knowledge.catalogue import Catalogue
from knowledge.concierge import Concierge, Mind
from knowledge.drafting import Effort
from knowledge.llm.worker import ModelWorker
from knowledge.nearby.places import Fix
from knowledge.phrasing import Phrasing
from knowledge.prepared import Prepared
from knowledge.rules import ReplyRules
from knowledge.search.finder import Finder
from knowledge.search.index import VectorIndex
from knowledge.search.toy import ToyEmbedder
from knowledge.templates import Templates
from knowledge.understanding import Examples
from scripts.demo.load import load_sample_shop
from scripts.demo.people import FIRST_ID
from storage.crypto import Cipher
from storage.database import Database

TODAY = date(2026, 11, 20)  # a Friday
ZONE = ZoneInfo("America/New_York")
MORNING = datetime(2026, 11, 20, 10, 30, tzinfo=ZONE).astimezone(UTC)
NIGHT = datetime(2026, 11, 20, 3, 30, tzinfo=ZONE).astimezone(UTC)
ANA = (
    FIRST_ID  # hot drinks on workday mornings; order K7-2291 is ready, WARM15 and GIFT5 are saved
)
NOBODY_YET = 7  # a shopper the shop has never seen


@dataclass(frozen=True, slots=True)
class Layout:
    """The built town: a database file to copy, its key, and all that a concierge works out from it.

    No test changes what was worked out; one that has its concierge read the shop again leaves the index as it was.
    """

    database: Path
    key: str
    templates: Templates
    examples: Examples
    prepared: Prepared


@cache
def laid_out(folder: Path) -> Layout:
    """Build the town in a folder, once a process. Takes seconds."""
    key, path = Cipher.new_key(), folder / "maple-harbor.db"
    finder = Finder(ToyEmbedder(), VectorIndex.in_folder(folder / "maple-harbor-index"))
    examples = Examples.shipped()

    async def lay_out() -> Prepared:
        database = await Database.open(f"sqlite+aiosqlite:///{path}", cipher=Cipher([key]))
        await database.migrate()
        await load_sample_shop(database, today=TODAY)
        catalogue = await Catalogue.load(database)
        await database.close()
        return await Prepared.of(catalogue, finder, examples, tagger=None)

    return Layout(path, key, Templates.shipped(), examples, asyncio.run(lay_out()))


@pytest.fixture(scope="session")
def layout(tmp_path_factory: pytest.TempPathFactory) -> Layout:
    return laid_out(tmp_path_factory.getbasetemp())


@pytest.fixture
async def town(layout: Layout, tmp_path: Path) -> AsyncIterator[Database]:
    """The town's database, this test's own."""
    path = tmp_path / "town.db"
    await asyncio.to_thread(shutil.copy, layout.database, path)
    database = await Database.open(f"sqlite+aiosqlite:///{path}", cipher=Cipher([layout.key]))
    yield database
    await database.close()


OpenConcierge = Callable[..., AbstractAsyncContextManager[Concierge]]


@pytest.fixture
def open_concierge(layout: Layout, town: Database) -> OpenConcierge:
    """Open a concierge over the town; with `worker` it has a model, which is tried with `effort`."""

    @asynccontextmanager
    async def opened(
        worker: ModelWorker | None = None, effort: Effort | None = None
    ) -> AsyncIterator[Concierge]:
        # It reads prompts from disk.
        phrasing = await asyncio.to_thread(Phrasing, layout.templates, worker, effort=effort)
        finder = layout.prepared.finder
        concierge = Concierge(town, finder, Mind(phrasing, layout.examples, ReplyRules()))
        concierge.take_up(layout.prepared)
        yield concierge
        if await concierge.catalogue() is not layout.prepared.catalogue:
            await finder.refresh(layout.prepared.catalogue)

    return opened


@pytest.fixture
async def concierge(open_concierge: OpenConcierge) -> AsyncIterator[Concierge]:
    async with open_concierge() as opened:
        yield opened


async def near(database: Database, store_id: str, seen_at: datetime = MORNING) -> Fix:
    """Give the place of somebody at a store's door."""
    async with database.reading() as work:
        store = await work.stores.get(store_id)
    assert store is not None
    return Fix(store.latitude + 0.0003, store.longitude, 10.0, seen_at)
