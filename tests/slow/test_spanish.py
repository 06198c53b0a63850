"""What is said in Spanish is heard as the same in English would be, in the sample town on the real search model."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from knowledge.answer import Answer
from knowledge.catalogue import Catalogue
from knowledge.concierge import Concierge, Mind
from knowledge.context import Question
from knowledge.nearby.places import Fix
from knowledge.phrasing import Phrasing
from knowledge.prepared import Prepared
from knowledge.rules import ReplyRules
from knowledge.search.embedder import SentenceEmbedder
from knowledge.search.finder import Finder
from knowledge.search.index import VectorIndex
from knowledge.templates import Templates
from knowledge.understanding import Examples
from storage.database import Database
from storage.records import Shopper
from tests.knowledge.asking import stranger
from tests.sample_town import MORNING, near

pytestmark = pytest.mark.slow
MODEL = Path(__file__).parents[2] / "models" / "all-MiniLM-L6-v2"
SAID = Path(__file__).with_name("spanish.txt")
LEAST_SHARE = 0.9
DISTRESS = "me duele el pecho"  # from here on, what is said must reach somebody


@dataclass(frozen=True, slots=True)
class Ear:
    """Asks the concierge, always as somebody whom nobody knows."""

    concierge: Concierge
    shopper: Shopper
    fix: Fix

    async def hear(self, text: str) -> Answer:
        question = Question(self.shopper, text, MORNING, self.fix)
        return await self.concierge.reply(question, use_model=False)


@pytest.fixture
async def ear(town: Database, tmp_path: Path) -> AsyncIterator[Ear]:
    embedder = await asyncio.to_thread(SentenceEmbedder, MODEL)
    index = await asyncio.to_thread(VectorIndex.in_folder, tmp_path / "index")
    finder = Finder(embedder, index)
    examples = await asyncio.to_thread(Examples.shipped)
    catalogue = await Catalogue.load(town)
    prepared = await Prepared.of(catalogue, finder, examples, None)
    phrasing = await asyncio.to_thread(lambda: Phrasing(Templates.shipped(), None))
    concierge = Concierge(town, finder, Mind(phrasing, examples, ReplyRules()))
    concierge.take_up(prepared)
    yield Ear(concierge, await stranger(town), await near(town, "downtown-cafe"))
    await asyncio.to_thread(finder.close)


async def test_spanish_is_heard_like_english(ear: Ear) -> None:
    pairs = [
        line.split(" | ")
        for line in (await asyncio.to_thread(SAID.read_text, "utf-8")).splitlines()
        if line and not line.startswith("#")
    ]
    apart, heard_distress = [], False
    for spanish, english in pairs:
        heard, meant = _gist(await ear.hear(spanish)), _gist(await ear.hear(english))
        heard_distress = heard_distress or spanish == DISTRESS
        if heard_distress:
            assert heard[:2] == meant[:2], spanish
        if heard != meant:
            apart.append((spanish, heard, meant))
    assert len(pairs) >= 120
    assert len(apart) <= (1 - LEAST_SHARE) * len(pairs), apart


def _gist(answer: Answer) -> tuple[str, str, str]:
    """Give what a message was taken for, the need, and the first thing that was shown."""
    assert answer.trace is not None
    reading = answer.trace.told[0].reading
    need = reading.need.name if reading.need else ""
    if answer.shown:
        return reading.intent.value, need, answer.shown[0].candidate.product.id
    return reading.intent.value, need, answer.stores[0].id if answer.stores else ""
