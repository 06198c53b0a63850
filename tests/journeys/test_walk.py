"""A walk past a café with a live location, over HTTP: one nudge, never a second, and what is booked is
made, collected or given up.

Fixes are spaced by their dates: the local Telegram's clock starts two minutes ago and is moved by hand.
"""

import asyncio
import json
import struct
from pathlib import Path

import pytest
from sqlalchemy import select

from bot.clock import machine_now
from scripts.phone import Message, Phone, labels_of, text_of
from storage.records import ConsentKind, Order, OrderStatus
from storage.tables import metadata
from tests.journeys.stage import Stage
from tests.journeys.walking import (
    AT_THE_EDGE,
    CAFE,
    EVE,
    MIA,
    OVER_THE_EDGE,
    OWNER,
    Walk,
    mias_walk,
)


@pytest.fixture
async def walk(stage: Stage) -> Walk:
    return await mias_walk(stage)


async def agrees(walk: Walk) -> None:
    """Share live, ask for something warm, and agree to be told."""
    await walk.begins(AT_THE_EDGE)
    assert "while you share it" in text_of((await walk.phone.hear())[-1])
    await walk.phone.write("I'm cold")
    (question,) = [m for m in await walk.phone.hear(2) if "Yes, please" in labels_of(m)]
    await walk.phone.reaction(walk.phone.tap(question, "Yes, please"))


async def test_walk_past_a_cafe_gets_one_nudge_and_its_buttons_act(walk: Walk) -> None:
    eve = await walk.works_here(EVE)
    async with walk.stage.running():
        await agrees(walk)
        await walk.goes(*OVER_THE_EDGE, every_s=6)
        (nudge,) = await walk.phone.hear()
        assert "m from Downtown Café: Hot Chocolate is $3.50" in text_of(nudge)
        assert "CAFE20 takes 20 % off" in text_of(nudge)
        await walk.comes_again()
        await walk.goes(*OVER_THE_EDGE, every_s=7)
        await walk.comes_in(visit=2)
        await walk.settles()
        assert len(await walk.told()) == len(await walk.ledger()) == 1
        assert [visit.left_at is None for visit in await walk.visits()] == [True, False]

        taken = await goes_for(walk, nudge)
        (venue,) = await walk.phone.hear()
        assert venue["venue"]["title"] == "Downtown Café"
        (booked, *_) = await walk.phone.reaction(walk.phone.tap(taken, "Book it"))
        assert "$2.80 with CAFE20" in text_of(booked["message"])
        assert "The store has your order" in text_of(booked["message"])
        await is_made_and_collected(walk, eve, await order_of(walk))


async def goes_for(walk: Walk, nudge: Message) -> Message:
    """Have the store shown, and give the nudge as it is then."""
    await walk.phone.tap(nudge, "Take me there")
    return await walk.phone.see(nudge["message_id"], lambda m: "Book it" in labels_of(m))


async def is_made_and_collected(walk: Walk, eve: Phone, order: Order) -> None:
    """Have the staff of the café bring an order to its end."""
    assert order.store_id == CAFE
    card = await hears(eve, f"New order {order.code}: Hot Chocolate, $2.80 with CAFE20.")
    await eve.tap(card, "Ready")
    await eve.see(card["message_id"], lambda m: "Collected" in labels_of(m))
    news = await hears(walk.phone, f"Order {order.code} is ready at Downtown Café until ")
    assert labels_of(news) == ["Show code", "Directions", "Cancel", "Change"]
    await eve.write(f"/collect {order.code}")
    await hears(eve, "Collected, by staff.")
    await eve.see(card["message_id"], lambda m: labels_of(m) == [])
    await hears(walk.phone, "Thank you for coming")
    async with walk.stage.database.reading() as work:
        (bought,) = await work.purchases.of_shopper(MIA)
    assert (bought.product_id, bought.price_cents) == (order.product_id, order.price_cents)
    assert (await order_of(walk)).status is OrderStatus.COLLECTED


async def test_order_nobody_answers_or_collects_ends_by_the_shops_clock(walk: Walk) -> None:
    walk.stage.settings["CONCIERGE_ORDERS__LOOK_EVERY_S"] = "0.2"
    await walk.works_here(EVE)
    owner = await walk.works_here(OWNER)
    async with walk.stage.running():
        await agrees(walk)
        await walk.goes(*OVER_THE_EDGE)
        (nudge,) = await walk.phone.hear()
        taken = await goes_for(walk, nudge)
        await walk.phone.hear()
        await walk.phone.reaction(walk.phone.tap(taken, "Book it"))
        order = await order_of(walk)
        turn_clock(walk.stage.folder / "clock.json", hours=0.3)
        await hears(owner, "Nobody answered order ")
        await hears(walk.phone, "Downtown Café hasn't confirmed order ")
        turn_clock(walk.stage.folder / "clock.json", hours=30)
        await hears(walk.phone, f"Order {order.code}, Hot Chocolate, wasn't collected in time")
    after = await order_of(walk)
    assert (after.code, after.status) == (order.code, OrderStatus.EXPIRED)
    async with walk.stage.database.reading() as work:
        assert await work.coupons.uses(MIA) == {}


async def hears(phone: Phone, beginning: str) -> Message:
    """Wait for a message that begins so, and give it."""
    while True:
        for message in await phone.hear():
            if text_of(message).startswith(beginning):
                return message


async def order_of(walk: Walk) -> Order:
    async with walk.stage.database.reading() as work:
        (order,) = await work.orders.of_shopper(MIA)
    return order


@pytest.mark.parametrize("how", ["stopped", "killed"])
async def test_restart_in_between_brings_no_second_nudge(walk: Walk, how: str) -> None:
    bot = await walk.stage.start()
    await agrees(walk)
    await walk.goes(*OVER_THE_EDGE)
    await walk.phone.hear()
    await (bot.stop() if how == "stopped" else bot.kill())
    async with walk.stage.running():
        await walk.goes(120, 110)
        await walk.comes_again()
        await walk.goes(130, 120, 110)
        await walk.settles()
        assert len(await walk.told()) == len(await walk.ledger()) == 1


async def test_no_coordinate_reaches_the_disk(walk: Walk, tmp_path: Path) -> None:
    async with walk.stage.running():
        await agrees(walk)
        await walk.goes(*OVER_THE_EDGE)
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
    "no consent to nudges": ((ConsentKind.LOCATION,), OVER_THE_EDGE, 0),
    "quiet hours": (BOTH, OVER_THE_EDGE, 1),
    "driving": (BOTH, (350, 250, 150, 50, -50, -150, -250), 0),
}


@pytest.mark.parametrize("why", SILENCES)
async def test_silence(walk: Walk, why: str) -> None:
    consents, trail, visits = SILENCES[why]
    await walk.has_agreed(*consents)
    if why == "quiet hours":
        turn_clock(walk.stage.folder / "clock.json", hours=-2)  # eight in the morning, and open
    async with walk.stage.running():
        await walk.begins(AT_THE_EDGE)
        await walk.phone.hear()
        await walk.goes(*trail)
        if visits:
            await walk.comes_in()
        await walk.settles()
        assert (await walk.told(), await walk.ledger()) == ([], [])
        assert len(await walk.visits()) == visits


async def test_place_refused_is_not_followed(walk: Walk) -> None:
    await walk.has_agreed(*BOTH)
    async with walk.stage.database.work() as work:
        await work.consents.decide(
            MIA, ConsentKind.LOCATION, is_granted=False, version=1, now=machine_now()
        )
        await work.commit()
    async with walk.stage.running():
        await walk.begins(AT_THE_EDGE)
        await walk.phone.hear()
        await walk.goes(*OVER_THE_EDGE)
        await walk.settles()
        assert (await walk.ledger(), await walk.visits()) == ([], [])


def turn_clock(file: Path, *, hours: float) -> None:
    offset_s = json.loads(file.read_text(encoding="utf-8"))["offset_s"] + hours * 3600
    file.write_text(json.dumps({"offset_s": offset_s}), encoding="utf-8")
