import asyncio
import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar
from zlib import crc32

import numpy as np
import pytest

from knowledge.search.base import Vectors
from knowledge.search.holdings import entry_key
from knowledge.search.index import VectorIndex
from knowledge.search.upkeep import Upkeep

Result = TypeVar("Result")
GOODS = {"tea": "green tea", "mug": "blue mug", "scarf": "wool scarf", "soup": "hot soup"}


def drawn(texts: Sequence[str]) -> Vectors:
    """Give each text a direction of its own: only the same text is close."""
    vectors = [np.random.default_rng(crc32(text.encode())).normal(size=64) for text in texts]
    return np.asarray([each / np.linalg.norm(each) for each in vectors], dtype=np.float32)


class EmbedderDiedError(Exception):
    """Thrown by an embedder that was told to give up."""


@dataclass
class CountingEmbedder:
    """Remembers every text it embedded; gives up at `dies_at`; with a `gate` it waits there until it opens."""

    model: str = "toy"
    embedded: list[str] = field(default_factory=list)
    dies_at: str | None = None
    gate: asyncio.Event | None = None
    is_waiting: asyncio.Event = field(default_factory=asyncio.Event)

    async def encode(self, texts: Sequence[str]) -> Vectors:
        if self.gate is not None:
            self.is_waiting.set()
            await self.gate.wait()
        if self.dies_at in texts:
            raise EmbedderDiedError
        self.embedded.extend(texts)
        return drawn(texts)


async def off_loop(call: Callable[[], Result]) -> Result:
    return await asyncio.to_thread(call)


def upkeep_of(index: VectorIndex, embedder: CountingEmbedder) -> Upkeep:
    return Upkeep(index, embedder.model, embedder.encode, off_loop)


async def bring(upkeep: Upkeep, goods: dict[str, str]) -> str:
    return await upkeep.bring_in_line("goods", list(goods), list(goods.values()))


async def found(index: VectorIndex, upkeep: Upkeep, text: str, count: int = 1) -> list[str]:
    version = upkeep.serving("goods")
    assert version is not None
    vectors = drawn([text])
    (hits,) = await off_loop(lambda: index.query("goods", version, vectors, count))
    return [hit.id for hit in hits]


async def opened(folder: Path) -> VectorIndex:
    return await off_loop(lambda: VectorIndex.in_folder(folder))


async def keys_in_chroma(folder: Path, version: str) -> set[str]:
    fresh = await opened(folder)
    return await off_loop(lambda: fresh.keys("goods", version))


async def test_only_what_changed_is_embedded(tmp_path: Path) -> None:
    index, embedder = await opened(tmp_path), CountingEmbedder()
    upkeep = upkeep_of(index, embedder)
    first = await bring(upkeep, GOODS)
    embedder.embedded.clear()
    changed = {**GOODS, "mug": "red mug", "hat": "straw hat"}
    del changed["soup"]
    assert await bring(upkeep, changed) == first
    assert sorted(embedder.embedded) == ["red mug", "straw hat"]
    assert await found(index, upkeep, "red mug") == ["mug"]
    assert await found(index, upkeep, "straw hat") == ["hat"]
    assert "soup" not in await found(index, upkeep, "hot soup", 9)
    wanted = {entry_key(name, text) for name, text in changed.items()}
    assert await keys_in_chroma(tmp_path, first) == wanted


async def test_another_order_embeds_nothing(tmp_path: Path) -> None:
    index, embedder = await opened(tmp_path), CountingEmbedder()
    upkeep = upkeep_of(index, embedder)
    await bring(upkeep, GOODS)
    embedder.embedded.clear()
    turned = dict(reversed(GOODS.items()))
    version = await bring(upkeep, turned)
    assert embedder.embedded == []
    vectors = await off_loop(lambda: index.vectors("goods", version))
    np.testing.assert_allclose(vectors, drawn(list(turned.values())), atol=1e-6)


async def test_a_start_reads_what_is_there(tmp_path: Path) -> None:
    await bring(upkeep_of(await opened(tmp_path), CountingEmbedder()), GOODS)
    again, embedder = await opened(tmp_path), CountingEmbedder()
    upkeep = upkeep_of(again, embedder)
    await bring(upkeep, GOODS)
    assert embedder.embedded == []
    assert await found(again, upkeep, "wool scarf") == ["scarf"]


async def test_an_interrupted_build_goes_on_where_it_stopped(tmp_path: Path) -> None:
    goods = {f"p{number}": f"thing number {number}" for number in range(200)}
    embedder = CountingEmbedder(dies_at="thing number 150")
    with pytest.raises(EmbedderDiedError):
        await bring(upkeep_of(await opened(tmp_path), embedder), goods)
    done = set(embedder.embedded)
    again, second = await opened(tmp_path), CountingEmbedder()
    upkeep = upkeep_of(again, second)
    await bring(upkeep, goods)
    assert done
    assert set(second.embedded) == set(goods.values()) - done
    assert await found(again, upkeep, "thing number 150") == ["p150"]


async def test_a_failed_update_leaves_the_old_entries_answering(tmp_path: Path) -> None:
    index, embedder = await opened(tmp_path), CountingEmbedder(dies_at="red mug")
    upkeep = upkeep_of(index, embedder)
    await bring(upkeep, GOODS)
    changed = {**GOODS, "mug": "red mug"}
    with pytest.raises(EmbedderDiedError):
        await bring(upkeep, changed)
    assert await found(index, upkeep, "blue mug") == ["mug"]
    embedder.dies_at = None
    await bring(upkeep, changed)
    assert sorted(await found(index, upkeep, "red mug", 9)) == sorted(changed)


async def test_the_old_version_answers_until_the_new_one_takes_its_place(tmp_path: Path) -> None:
    index, embedder = await opened(tmp_path), CountingEmbedder()
    upkeep = upkeep_of(index, embedder)
    first = await bring(upkeep, GOODS)
    embedder.gate = asyncio.Event()
    others = {"tea": "green tea", "pen": "black pen", "cup": "paper cup", "bag": "cloth bag"}
    embedder.embedded.clear()
    building = asyncio.create_task(bring(upkeep, others))
    await embedder.is_waiting.wait()
    assert len(await off_loop(lambda: index.versions("goods"))) == 2
    assert await found(index, upkeep, "blue mug") == ["mug"]
    embedder.gate.set()
    second = await building
    assert second != first
    assert await found(index, upkeep, "black pen") == ["pen"]
    assert await off_loop(lambda: index.versions("goods")) == [second]
    assert "green tea" not in embedder.embedded  # its vector is copied


async def test_an_interrupted_rebuild_is_completed_at_the_next_start(tmp_path: Path) -> None:
    index, embedder = await opened(tmp_path), CountingEmbedder()
    await bring(upkeep_of(index, embedder), {f"p{n}": f"old {n}" for n in range(100)})
    goods = {f"p{n}": f"new {n}" for n in range(100)}
    embedder.dies_at = "new 80"
    with pytest.raises(EmbedderDiedError):
        await bring(upkeep_of(index, embedder), goods)
    assert len(await off_loop(lambda: index.versions("goods"))) == 2
    again, second = await opened(tmp_path), CountingEmbedder()
    upkeep = upkeep_of(again, second)
    version = await bring(upkeep, goods)
    assert len(second.embedded) < 100
    assert await off_loop(lambda: again.versions("goods")) == [version]
    assert await found(again, upkeep, "new 80") == ["p80"]


async def test_a_start_mends_what_disagrees_with_the_catalogue(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    index = await opened(tmp_path)
    version = await bring(upkeep_of(index, CountingEmbedder()), GOODS)
    # As many entries as there should be, so that a count would notice nothing.
    wrong = [entry_key("mug", "yellow mug")]
    await off_loop(lambda: index.remove("goods", version, [entry_key("mug", "blue mug")]))
    await off_loop(lambda: index.add("goods", version, wrong, drawn(["yellow mug"])))
    again, embedder = await opened(tmp_path), CountingEmbedder()
    upkeep = upkeep_of(again, embedder)
    with caplog.at_level(logging.INFO):
        await bring(upkeep, GOODS)
    assert embedder.embedded == ["blue mug"]
    assert await keys_in_chroma(tmp_path, version) == {entry_key(*each) for each in GOODS.items()}
    assert "4 entries: 1 embedded, 0 copied, 1 removed" in caplog.text


async def test_another_model_is_another_index(tmp_path: Path) -> None:
    index = await opened(tmp_path)
    first = await bring(upkeep_of(index, CountingEmbedder("one")), GOODS)
    embedder = CountingEmbedder("other")
    upkeep = upkeep_of(index, embedder)
    assert await bring(upkeep, GOODS) != first
    assert len(embedder.embedded) == len(GOODS)
    assert len(await off_loop(lambda: index.versions("goods"))) == 1


async def test_an_emptied_catalogue_finds_nothing(tmp_path: Path) -> None:
    index = await opened(tmp_path)
    upkeep = upkeep_of(index, CountingEmbedder())
    for goods in (GOODS, {}):
        await bring(upkeep, goods)
    assert await found(index, upkeep, "tea") == []


async def test_questions_asked_while_entries_change_are_all_answered(tmp_path: Path) -> None:
    index, embedder, alone = await opened(tmp_path), CountingEmbedder(), asyncio.Lock()

    async def one_at_a_time(call: Callable[[], Result]) -> Result:
        async with alone:
            return await off_loop(call)

    upkeep = Upkeep(index, embedder.model, embedder.encode, one_at_a_time)
    stays = {f"p{n}": f"thing number {n}" for n in range(150)}
    await bring(upkeep, stays)
    vectors, answers = drawn(["thing number 7"]), list[str]()

    def ask() -> str:
        version = upkeep.serving("goods")
        assert version is not None
        return index.query("goods", version, vectors, 1)[0][0].id

    async def change() -> None:
        for step in range(1, 4):
            far = {f"n{n}": f"novelty {n} of {step}" for n in range(130 * step)}
            await bring(upkeep, {"p7": stays["p7"], **far})

    changing = asyncio.create_task(change())
    while not changing.done():
        answers.append(await one_at_a_time(ask))
    await changing
    assert set(answers) == {"p7"}
