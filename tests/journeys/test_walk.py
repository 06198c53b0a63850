"""A walk past a café with a live location, over HTTP: one nudge, and never a second.

Fixes are spaced by their dates: the local Telegram's clock starts two minutes ago and is moved by hand.
"""

import asyncio
import json
import struct
import time
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from bot.clock import machine_now
from scripts.phone import Message, Phone, labels_of, text_of
from storage.records import ConsentKind, Nudge, Visit
from storage.tables import metadata
from tests.builders import coupon, shopper
from tests.journeys.stage import Stage

M_PER_DEGREE = 111_100.0
CAFE = "downtown-cafe"
MIA = 7
# Metres south of the door.
TO_THE_CAFE = (190, 178, 166, 154, 142, 130)
AWAY = (300, 310)


@dataclass
class Walk:
    """Mia's walk. `sent` are the latitudes told on the way, to look for on disk."""

    stage: Stage
    phone: Phone
    door: tuple[float, float]
    sent: list[float] = field(default_factory=list)
    late_by_s: float = 110.0  # a place older than two minutes counts for nothing

    def __post_init__(self) -> None:
        self.stage.server.emulator.clock.now = lambda: time.time() - self.late_by_s

    async def begins(self, south_m: float) -> None:
        wish = self._place(south_m) | {"live_period": 900, "first_name": "Mia"}
        await self.phone.act("live/start", wish)

    async def goes(self, *south_m: float, every_s: float = 8) -> None:
        for metres in south_m:
            self.late_by_s -= every_s
            assert self.late_by_s >= 0, "there are no places from the future"
            await self.phone.act("live/move", self._place(metres))

    async def settles(self) -> None:
        """Wait until the bot has worked off what was sent."""
        await self.phone.write("/help")
        while not any("Tell me what you need" in text_of(m) for m in await self.phone.hear()):
            pass

    async def told(self) -> list[Message]:
        return [m for m in await self.phone.history() if text_of(m).startswith("You're ")]

    async def ledger(self) -> list[Nudge]:
        async with self.stage.database.reading() as work:
            return await work.nudges.of_shopper(MIA, machine_now() - timedelta(days=900))

    async def visits(self) -> list[Visit]:
        async with self.stage.database.reading() as work:
            return [v for v in await work.visits.of_shopper(MIA) if v.store_id == CAFE]

    def _place(self, south_m: float) -> dict[str, Any]:
        latitude = round(self.door[0] - south_m / M_PER_DEGREE, 6)
        self.sent.append(latitude)
        return {"latitude": latitude, "longitude": self.door[1], "horizontal_accuracy": 8}


@pytest.fixture
async def walk(stage: Stage) -> Walk:
    """Mia keeps a coupon that holds at the café alone, and has agreed to nothing yet."""
    now = machine_now()
    only_here = coupon(
        "CAFE20",
        discount_percent=20,
        valid_from=now - timedelta(days=400),
        valid_until=now + timedelta(days=400),
        product_ids=frozenset({"hot-chocolate"}),
        store_ids=frozenset({CAFE}),
    )
    async with stage.database.work() as work:
        await work.shoppers.add_many([shopper(MIA, first_name="Mia")])
        await work.coupons.add_many([only_here])
        await work.coupons.save(MIA, "CAFE20", now)
        store = await work.stores.get(CAFE)
        await work.commit()
    assert store is not None
    return Walk(stage, stage.phone(MIA), (store.latitude, store.longitude))


async def agrees(walk: Walk) -> None:
    """Share live, ask for something warm, and agree to be told."""
    await walk.begins(400)
    assert "while you share it" in text_of((await walk.phone.hear())[-1])
    await walk.phone.write("I'm cold")
    (question,) = [m for m in await walk.phone.hear(2) if "Yes, please" in labels_of(m)]
    await walk.phone.reaction(walk.phone.tap(question, "Yes, please"))


async def has_agreed(walk: Walk, *kinds: ConsentKind) -> None:
    async with walk.stage.database.work() as work:
        for kind in kinds:
            await work.consents.decide(
                MIA, kind, is_granted=True, version=1, now=machine_now() - timedelta(days=900)
            )
        await work.commit()


async def test_walk_past_a_cafe_gets_one_nudge_and_its_buttons_act(walk: Walk) -> None:
    async with walk.stage.running():
        await agrees(walk)
        await walk.goes(*TO_THE_CAFE)
        (nudge,) = await walk.phone.hear()
        assert "m from Downtown Café: Hot Chocolate is $3.50" in text_of(nudge)
        assert "CAFE20 takes 20 % off" in text_of(nudge)
        await walk.goes(*AWAY)
        await walk.goes(*TO_THE_CAFE, every_s=7)
        await walk.settles()
        assert len(await walk.told()) == len(await walk.ledger()) == 1
        assert (await walk.visits())[-1].left_at is not None

        await walk.phone.tap(nudge, "Take me there")
        (venue,) = await walk.phone.hear()
        assert venue["venue"]["title"] == "Downtown Café"
        (booked, *_) = await walk.phone.reaction(walk.phone.tap(nudge, "Book it"))
        assert "$2.80 with CAFE20" in text_of(booked["message"])
    async with walk.stage.database.reading() as work:
        (order,) = await work.orders.of_shopper(MIA)
    assert order.store_id == CAFE


@pytest.mark.parametrize("how", ["stopped", "killed"])
async def test_restart_in_between_brings_no_second_nudge(walk: Walk, how: str) -> None:
    bot = await walk.stage.start()
    await agrees(walk)
    await walk.goes(*TO_THE_CAFE)
    await walk.phone.hear()
    await (bot.stop() if how == "stopped" else bot.kill())
    async with walk.stage.running():
        await walk.goes(120, 110)
        await walk.goes(*AWAY)
        await walk.goes(130, 120)
        await walk.settles()
        assert len(await walk.told()) == len(await walk.ledger()) == 1


async def test_no_coordinate_reaches_the_disk(walk: Walk, tmp_path: Path) -> None:
    async with walk.stage.running():
        await agrees(walk)
        await walk.goes(*TO_THE_CAFE)
        (nudge,) = await walk.phone.hear()
        await walk.settles()
        contents = await asyncio.to_thread(contents_below, tmp_path)
    metres = text_of(nudge).removeprefix("You're ").split(":")[0]
    assert metres.endswith(" m from Downtown Café")
    telling = [metres.encode()]
    for latitude in walk.sent:
        telling += [
            str(latitude).encode(),
            struct.pack(">d", latitude),
            struct.pack("<d", latitude),
        ]
    found = [name for name, content in contents.items() for each in telling if each in content]
    assert found == []
    if "sqlite" in walk.stage.database_url:
        assert "concierge.db-wal" in contents
    assert await rows_with(walk, metres, *map(str, walk.sent)) == []


def contents_below(folder: Path) -> dict[str, bytes]:
    """Read what the bot writes: database, log of the database, index, its own log; not the server's world."""
    files = [*folder.glob("concierge.db*"), *folder.glob("data/**/*"), folder / "bot.log"]
    return {file.name: file.read_bytes() for file in files if file.is_file()}


async def rows_with(walk: Walk, *telling: str) -> list[str]:
    """Name the tables, on either database, with a row that holds one of these."""
    found = []
    async with walk.stage.database.reading() as work:
        for table in metadata.sorted_tables:
            for row in await work._connection.execute(select(table)):
                cells = " ".join(str(cell) for cell in row)
                found += [table.name for each in telling if each in cells]
    return found


BOTH = tuple(ConsentKind)
SILENCES: dict[str, tuple[tuple[ConsentKind, ...], tuple[float, ...], int]] = {
    "no consent to nudges": ((ConsentKind.LOCATION,), TO_THE_CAFE, 0),
    "quiet hours": (BOTH, TO_THE_CAFE, 1),
    "driving": (BOTH, (350, 250, 150, 50, -50, -150, -250), 0),
}


@pytest.mark.parametrize("why", SILENCES)
async def test_silence(walk: Walk, why: str) -> None:
    consents, trail, visits = SILENCES[why]
    await has_agreed(walk, *consents)
    if why == "quiet hours":
        turn_back_clock(
            walk.stage.folder / "clock.json", hours=2
        )  # eight in the morning, and open
    async with walk.stage.running():
        await walk.begins(400)
        await walk.phone.hear()
        await walk.goes(*trail)
        await walk.settles()
        assert (await walk.told(), await walk.ledger()) == ([], [])
        assert len(await walk.visits()) == visits


async def test_place_refused_is_not_followed(walk: Walk) -> None:
    await has_agreed(walk, *BOTH)
    async with walk.stage.database.work() as work:
        await work.consents.decide(
            MIA, ConsentKind.LOCATION, is_granted=False, version=1, now=machine_now()
        )
        await work.commit()
    async with walk.stage.running():
        await walk.begins(400)
        await walk.phone.hear()
        await walk.goes(*TO_THE_CAFE)
        await walk.settles()
        assert (await walk.ledger(), await walk.visits()) == ([], [])


def turn_back_clock(file: Path, *, hours: int) -> None:
    offset_s = json.loads(file.read_text(encoding="utf-8"))["offset_s"] - hours * 3600
    file.write_text(json.dumps({"offset_s": offset_s}), encoding="utf-8")
