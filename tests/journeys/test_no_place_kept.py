"""Places told in every way there is, a crash in between: none of them is anywhere afterwards, in whatever form."""

import asyncio
import json
import struct
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from bot.clock import machine_now
from scripts.phone import text_of
from storage import backups
from storage.records import ConsentKind
from tests.journeys.coordinates import Place, found_in, texts_of
from tests.journeys.on_disk import files_below, kept_by
from tests.journeys.stage import Stage
from tests.journeys.walking import AT_THE_EDGE, Walk, mias_walk

LIVE = (ConsentKind.LOCATION, ConsentKind.NUDGES)


@dataclass
class Told:
    """Whatever was told; places are about as far from each other as one can see."""

    walk: Walk
    places: list[Place] = field(default_factory=list)

    def place(self, north: int) -> dict[str, Any]:
        """Give another place, so many hundred metres north of the café, and take note of it."""
        latitude, longitude = self.walk.door
        place = (round(latitude + north * 0.0009137, 6), round(longitude + north * 0.0003713, 6))
        self.places.append(place)
        return {"latitude": place[0], "longitude": place[1], "horizontal_accuracy": 10}

    @property
    def all(self) -> list[Place]:
        return [*self.places, *self.walk.places]


@pytest.fixture
async def told(stage: Stage) -> Told:
    return Told((await mias_walk(stage)).beside_the_door())


async def test_no_place_is_written_down_in_any_form(told: Told) -> None:
    stage, walk = told.walk.stage, told.walk
    await walk.has_agreed(*LIVE)
    bot = await stage.start()
    await tells_places(told)
    await walk.begins(AT_THE_EDGE)
    await walk.phone.hear()
    await walk.comes_in_slowly()
    (nudge,) = await walk.phone.hear()
    await walk.phone.tap(nudge, "Take me there")
    (venue,) = await walk.phone.hear()
    assert venue["venue"]["title"] == "Downtown Café"
    await walk.phone.write("/export")
    await walk.phone.hear(2)
    await backs_up(stage)
    kept = {f"running: {name}": each for name, each in (await kept_by(stage)).items()}
    await bot.kill()
    kept |= {f"killed: {name}": each for name, each in (await kept_by(stage)).items()}
    async with stage.running():
        await walk.goes(120, 110)
        await walk.settles()
    kept |= {f"stopped: {name}": each for name, each in (await kept_by(stage)).items()}
    assert found_in(kept, told.all) == []
    looked_at = " ".join(kept)
    for part in ("bot.log", "table visits", "table receipts", "inbox.payload", "outbox.arguments"):
        assert part in looked_at
    if "sqlite" in stage.database_url:
        assert "running: concierge.db-wal" in kept
        assert "backups/concierge-" in looked_at
    # Telegram was told all of them, and the search finds each.
    world = await asyncio.to_thread(files_below, stage.folder / "world")
    assert [place for place in told.all if not found_in(world, [place])] == []


@pytest.mark.parametrize(
    ("moment", "what_waits"),
    [
        ("inbox committed", ("inbox.payload in clear", b"location")),
        ("effects committed", ("outbox.arguments in clear", b"Thanks")),
    ],
)
async def test_bot_that_dies_with_a_place_in_hand_keeps_none(
    told: Told, moment: str, what_waits: tuple[str, bytes]
) -> None:
    stage, walk = told.walk.stage, told.walk
    await walk.phone.act("location", told.place(1))
    stage.armed.touch()
    bot = await stage.bear(crash_at=moment)
    assert await bot.ended() < 0
    kept = await kept_by(stage)
    where, telling = what_waits
    assert telling in kept[where]
    assert found_in(kept, told.all) == []
    stage.armed.unlink()
    async with stage.running():
        (asked,) = await walk.phone.hear()
        assert "share it again" in text_of(asked) or "Thanks" in text_of(asked)
    assert found_in(await kept_by(stage), told.all) == []


async def tells_places(told: Told) -> None:
    """Tell a place in every way that a phone has but the live one."""
    phone = told.walk.phone
    shared = await phone.act("location", told.place(1))
    await phone.hear()
    for act, wish in (
        ("venue", {"title": "Somewhere", "address": "9 Nightjar Close"}),
        ("location", {"forwarded_from": "Ben"}),
        ("location", {"via_bot": "map_bot"}),
    ):
        await phone.act(act, told.place(len(told.places) + 1) | wish)
        await phone.hear()
    reply = {"text": "I'm cold", "reply_to_message_id": shared["message_id"]}
    await phone.act("text", reply)
    await phone.hear()
    await phone.write("/nearby")
    await phone.hear()


async def backs_up(stage: Stage) -> None:
    if "sqlite" in stage.database_url:
        await backups.back_up(stage.database_url, stage.folder / "backups", machine_now())


@pytest.mark.parametrize(
    "form",
    [
        b"44.069123",
        b"44.0691",
        b"44.06912",
        b"44,0691",
        b"(-69.114388,",
        b"-69.1144",
        b"69.11439",
        b'{"lat": 440691234}',
        b"|4406912|",
        struct.pack("<d", 44.0691234),
        struct.pack(">d", -69.1143876),
        struct.pack("<ff", 44.0691234, -69.1143876),
        struct.pack(">ff", -69.1143876, 44.0691234),
    ],
)
def test_search_finds_a_place_in_every_form(form: bytes) -> None:
    assert found_in({"here": b"x " + form + b" y"}, [(44.0691234, -69.1143876)]) != []


def test_search_takes_no_time_of_day_for_a_place() -> None:
    times = json.dumps({"at": "2026-11-18 10:15:44.069123", "took_s": 144.0691}).encode()
    assert found_in({"here": times}, [(44.0691234, -69.1143876)]) == []
    assert texts_of(-69.1143876) == texts_of(69.1143876)


def test_search_names_the_file(tmp_path: Path) -> None:
    (tmp_path / "bot.log").write_text("seen at 44.06912\n", encoding="utf-8")
    assert found_in(files_below(tmp_path), [(44.0691234, 1.0)]) == ["bot.log: 44.0691"]
