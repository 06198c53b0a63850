"""With the real search model and tagger: names and addresses that no rule finds are in clear nowhere either.

Which ones are told was left to dice; what the tagger does not find of them is not told, and may not be much.
"""

import asyncio
import json
import re
from collections.abc import Collection
from pathlib import Path

import pytest

from knowledge.catalogue import Catalogue
from knowledge.privacy.scrubber import Scrubber
from knowledge.privacy.spans import Kind
from knowledge.privacy.tagging.tagger import Tagger
from knowledge.understanding import texts_of
from tests.journeys.canaries import Canary, found_in, telling
from tests.journeys.drawn import drawn, is_masked
from tests.journeys.on_disk import written
from tests.journeys.overheard import ModelServer
from tests.journeys.stage import ROOT, Stage
from tests.journeys.test_canaries import model

__all__ = ["model"]

EMBEDDER = ROOT / "models" / "all-MiniLM-L6-v2"
MIA = 701
DRAWN = 30
# Of 100 drawn each, without any hint and in small letters, all of 75 names and of 59 addresses is masked.
LEAST_FOUND = {Kind.NAME: 15, Kind.ADDRESS: 13}
WHILE_LOADING_S = 120.0


@pytest.mark.slow
@pytest.mark.parametrize("migrated_url", ["sqlite"], indirect=True)
async def test_what_only_the_tagger_finds_is_in_clear_nowhere(
    stage: Stage, model: ModelServer, centre: tuple[float, float]
) -> None:
    stage.settings |= {
        "CONCIERGE_SEARCH__BACKEND": "onnx",
        "CONCIERGE_SEARCH__EMBEDDER_FOLDER": str(EMBEDDER),
        "CONCIERGE_MODEL__TURNS_PER_DAY": "1000",
    }
    names = (await Catalogue.load(stage.database)).names()
    masked = await asyncio.to_thread(told_and_masked, names)
    mia = stage.phone(MIA)
    async with stage.running():
        await mia.write("im cold")
        await mia.hear(within_s=WHILE_LOADING_S)
        await mia.share_place(*centre)
        await mia.hear()
        for canary in masked:
            await mia.write(canary.text)
            await mia.hear()
        while_running = await written(stage)
    contents = await written(stage)
    assert {"bot.log", "concierge.db-wal", "data/index/chroma.sqlite3"} <= {*while_running}
    secrets = [canary.value for canary in masked]
    secrets += telling(canary.value for canary in masked if canary.kind is Kind.NAME)
    assert [found_in(each, secrets) for each in (while_running, contents)] == [[], []]

    asked = await overheard(stage, model)
    assert found_in(asked, secrets) == []
    shapes = [placeholders_of_any_number(text) for text in masked.values()]
    assert [each for each in shapes if not re.search(each, asked["record"].decode())] == []
    # What is embedded is put into plainer words before.
    plainer = [placeholders_of_any_number(texts_of(text)[0]) for text in masked.values()]
    assert [each for each in plainer if not re.search(each, asked["embedder"].decode())] == []
    prompted = [each for each in shapes if re.search(each, asked["prompts"].decode())]
    assert len(prompted) > len(shapes) / 2


def told_and_masked(names: Collection[str]) -> dict[Canary, str]:
    """Give what is drawn and found by the tagger alone, with what the message becomes. Blocks."""
    rules = Scrubber(keep=names)
    tagged = Scrubber(keep=names, tagger=Tagger(EMBEDDER))
    masked = {}
    for kind, least in LEAST_FOUND.items():
        unruly = [canary for canary in drawn(kind, DRAWN) if not is_masked(rules, canary)]
        found = [canary for canary in unruly if is_masked(tagged, canary)]
        assert len(unruly) >= DRAWN * 0.9, "these are meant for the tagger"
        assert len(found) >= least, f"of {len(unruly)} of {kind} the tagger masks {len(found)}"
        masked |= {canary: tagged.scrub(canary.text).text for canary in found}
    return masked


async def overheard(stage: Stage, model: ModelServer) -> dict[str, bytes]:
    """Give what was embedded and prompted, and the conversation as it is kept."""
    heard = await asyncio.to_thread(Path(stage.heard).read_bytes)
    async with stage.database.reading() as work:
        turns = await work.dialogues.latest(MIA, limit=1000)
    record = json.dumps([turn.text for turn in turns], ensure_ascii=False)
    return {"embedder": heard, "prompts": b"\n".join(model.prompts), "record": record.encode()}


def placeholders_of_any_number(text: str) -> str:
    """Give a pattern for a masked message: which number a placeholder got depends on what was told before."""
    return re.sub(r"<([A-Z]+)_[0-9]+>", r"<\1_[0-9]+[A-Z]*>", re.escape(text))
