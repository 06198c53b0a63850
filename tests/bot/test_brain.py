import asyncio
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from bot.brain import Brain, LaterEmbedder, build_brain
from bot.health import Health
from bot.settings import Settings, load_settings
from knowledge.drafting import Effort
from knowledge.llm.base import Prompt, Terms
from knowledge.search.base import Embedder, Vectors
from storage.database import Database
from storage.records import Product


class Counting:
    """An embedder that knows how often it was made."""

    fingerprint = "counting"
    made = 0

    def __init__(self) -> None:
        Counting.made += 1

    def encode(self, texts: Sequence[str]) -> Vectors:
        return np.ones((len(texts), 2), dtype=np.float32)

    def knows(self, word: str) -> bool:
        return bool(word)


def load() -> Embedder:
    return Counting()


def settings_in(folder: Path, **more: str) -> Settings:
    environment = {
        "CONCIERGE_STORAGE__DATA_FOLDER": str(folder / "data"),
        "CONCIERGE_SEARCH__BACKEND": "toy",
        "CONCIERGE_MODEL__KIND": "none",
    }
    return load_settings(folder, environment | more)


async def started(settings: Settings, database: Database, health: Health) -> Brain:
    made = await build_brain(settings, database, health)
    made.start()
    await made.concierge.catalogue()
    return made


def test_embedder_loads_once_and_not_before_it_is_used() -> None:
    Counting.made = 0
    later = LaterEmbedder("counting", load)
    assert Counting.made == 0
    later.encode(["a"])
    later.encode(["b"])
    assert Counting.made == 1


async def test_changed_catalogue_is_loaded_again(tmp_path: Path, database: Database) -> None:
    made = await started(settings_in(tmp_path), database, Health())
    assert not (await made.concierge.catalogue()).products
    await asyncio.gather(*made.loading)  # only what is loaded can be loaded again
    async with database.work() as work:
        product = Product("hot", "Hot Chocolate", "drinks", "Dark and hot", 350, "USD")
        await work.products.add_many([product])
        await work.commit()
    await made.refresh_if_changed()
    assert set((await made.concierge.catalogue()).products) == {"hot"}
    await made.close()


async def test_model_that_cannot_be_used_is_a_trouble_and_no_more(
    tmp_path: Path, database: Database
) -> None:
    broken = tmp_path / "broken.gguf"
    broken.write_bytes(b"no model")
    settings = settings_in(
        tmp_path,
        CONCIERGE_MODEL__KIND="gguf",
        CONCIERGE_MODEL__PATH=str(broken),
        CONCIERGE_MODEL__ADAPTER="",
    )
    health = Health()
    made = await started(settings, database, health)
    assert made.worker is not None
    await asyncio.gather(*made.loading)
    assert "templates answer" in health.troubles["model"]
    assert made.model_calls["blocked"] == 0
    await made.close()


async def test_scripted_model_writes_as_hard_as_the_settings_say(
    tmp_path: Path, database: Database
) -> None:
    settings = settings_in(
        tmp_path,
        CONCIERGE_MODEL__KIND="scripted",
        CONCIERGE_MODEL__DEADLINE_S="9",
        CONCIERGE_MODEL__DRAFTS="1",
    )
    made = await started(settings, database, Health())
    await asyncio.gather(*made.loading)
    assert made.worker is not None
    text = await made.worker.write(Prompt("", ""), Terms(("store",)), max_tokens=9)
    assert text == "Here you go: {store}."
    drafting = made.concierge._phrasing._drafting
    assert drafting is not None
    assert drafting._effort == Effort(deadline_s=9.0, drafts=1)
    await made.close()
