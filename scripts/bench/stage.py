"""The sample shop with its search index in a folder, for benchmarks: everything real but Telegram."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from knowledge.concierge import Concierge, Mind
from knowledge.context import Question
from knowledge.llm.lexicon import Lexicon
from knowledge.llm.worker import ModelWorker
from knowledge.nearby.places import Fix
from knowledge.phrasing import Phrasing
from knowledge.privacy.tagging.tagger import Tagger
from knowledge.rules import ReplyRules
from knowledge.search.base import Embedder
from knowledge.search.finder import Finder
from knowledge.search.index import VectorIndex
from knowledge.templates import Templates
from knowledge.understanding import Examples
from scripts.demo.load import load_sample_shop
from scripts.demo.town import town_plan
from storage.crypto import Cipher
from storage.database import Database
from storage.records import Shopper

TODAY = date(2026, 11, 20)
MODELS = Path("models")
GGUF = MODELS / "SmolLM2-135M-Instruct.Q4_1.gguf"
ADAPTER = Path("knowledge/llm/adapter/phrasing.gguf")
EMBEDDER = MODELS / "all-MiniLM-L6-v2"


@dataclass(frozen=True, slots=True)
class Stage:
    """The open shop. `shopper` is a returning one who stands in the town's centre at half past ten."""

    database: Database
    finder: Finder
    shopper: Shopper
    now: datetime
    fix: Fix

    async def concierge(
        self, worker: ModelWorker | None, lexicon: Lexicon | None = None
    ) -> Concierge:
        """Give a concierge that is ready; without a worker it speaks in templates. A trained model has a lexicon."""
        phrasing = Phrasing(Templates.shipped(), worker, lexicon=lexicon)
        mind = Mind(phrasing, Examples.shipped(), ReplyRules(), Tagger(EMBEDDER))
        concierge = Concierge(self.database, self.finder, mind)
        await concierge.refresh()
        return concierge

    def question(self, text: str) -> Question:
        """Give a message of the shopper."""
        return Question(self.shopper, text, self.now, self.fix)


@asynccontextmanager
async def open_stage(folder: Path, embedder: Embedder) -> AsyncIterator[Stage]:
    """Lay out the sample shop in an empty folder."""
    url = f"sqlite+aiosqlite:///{folder}/concierge.db"
    database = await Database.open(url, cipher=Cipher([Cipher.new_key()]))
    finder = Finder(embedder, VectorIndex.in_folder(folder / "index"))
    try:
        await database.migrate()
        await load_sample_shop(database, today=TODAY)
        async with database.reading() as work:
            shopper = (await work.shoppers.demo())[0]
        town = town_plan()
        opened = datetime(2026, 11, 20, 10, 30, tzinfo=ZoneInfo(town.time_zone)).astimezone(UTC)
        fix = Fix(town.latitude, town.longitude, 10.0, opened)
        yield Stage(database, finder, shopper, opened, fix)
    finally:
        finder.close()
        await database.close()
