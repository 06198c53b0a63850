"""kill -9 at every step between a fix and a told nudge, with one process and with several that share the work.

Every point is died at once on SQLite and once on PostgreSQL, by one process or by one of several; with
CONCIERGE_TEST_EVERY_KILL set, each on both and in every way. What was told is read from the local Telegram.
"""

import asyncio
import os
import signal
from contextlib import suppress
from datetime import timedelta

import pytest
from sqlalchemy import update

from bot.clock import machine_now
from scripts.phone import PATIENCE_S
from storage.records import ConsentKind, OutboxStatus, Priority
from storage.tables import outbox
from tests.journeys.stage import NUDGE_POINTS, RunningBot, Stage
from tests.journeys.walking import (
    AT_THE_EDGE,
    INSIDE,
    LOOKED_AT_WITHIN_S,
    OVER_THE_EDGE,
    Walk,
    mias_walk,
)

EVERY_KILL = "CONCIERGE_TEST_EVERY_KILL" in os.environ
# Nobody waits for a place to be looked at, and one that comes meanwhile takes its stead: the next is not sent at once.
ONWARDS = (124, 120, 116, 112, 108, 104, 100)
# What the dead process had in flight: nobody can tell whether it was taken, so it is counted and not repeated.
IN_FLIGHT = {"row claimed": 0, "message accepted": 1}
SENDING = ("row claimed", "message accepted", "row settled")
# The roles that run, the one that is killed first, and whether one waits for its turn.
COMPANIES: dict[str, tuple[str, ...]] = {
    "one": ("all",),
    "one and a deliverer": ("all", "deliver", "all"),
    "apart": ("ingest", "deliver", "deliver", "ingest"),
}
ON_SQLITE = {"one": NUDGE_POINTS[::2], "one and a deliverer": ("effects committed",), "apart": ()}
ON_POSTGRESQL = {
    "one": NUDGE_POINTS[1::2],
    "one and a deliverer": ("fix received", "row claimed"),
    "apart": ("effects committed", "message accepted", "row settled"),
}


@pytest.fixture
async def walk(stage: Stage) -> Walk:
    walk = await mias_walk(stage)
    walk.late_by_s = 119.0
    await walk.has_agreed(ConsentKind.LOCATION, ConsentKind.NUDGES)
    return walk


async def company(walk: Walk, roles: tuple[str, ...], point: str) -> RunningBot:
    """Start a company, and give the one that is to die at a point; the last of several waits for its turn."""
    stage, dies = walk.stage, "deliver" if point in SENDING and "deliver" in roles else roles[0]
    victim = first = await stage.start(role=roles[0], crash_at=point if dies == roles[0] else "")
    senders = roles[0] == "all"
    for role in roles[1:]:
        is_victim = role == dies == "deliver"
        bot = await stage.bear(role=role, crash_at=point if is_victim else "")
        if is_victim:
            victim = bot
        if role == "deliver":
            senders += 1
            await stage.shared_by(senders)
    assert victim is not first or dies == roles[0]
    return victim


async def walks_on_after_the_kill(walk: Walk, roles: tuple[str, ...], point: str) -> None:
    victim = await company(walk, roles, point)
    await walk.begins(AT_THE_EDGE)
    await walk.phone.hear()
    await walk.stage.settled()
    walk.stage.armed.touch()
    await walks_into(walk, victim)
    walk.stage.armed.unlink()
    if len(roles) == 1:
        await walk.stage.start()
    elif point not in SENDING:
        await walk.stage.listened_to()
    for metres in ONWARDS:
        await walk.goes(metres)
        with suppress(TimeoutError):
            await decided(walk, within_s=LOOKED_AT_WITHIN_S)
    await decided(walk, within_s=PATIENCE_S)
    await walk.settles()
    await walk.stage.settled()


async def walks_into(walk: Walk, victim: RunningBot) -> None:
    """Walk to the store and, where places came too fast to be looked at, some steps on, until a process dies of it."""
    await walk.goes(*OVER_THE_EDGE, every_s=5)
    for metres in INSIDE:
        with suppress(TimeoutError):
            async with asyncio.timeout(LOOKED_AT_WITHIN_S):
                assert await victim.ended() == -signal.SIGKILL
                return
        await walk.goes(metres, every_s=5)
    assert await victim.ended() == -signal.SIGKILL


async def decided(walk: Walk, *, within_s: float) -> None:
    """Wait until there is a nudge: nobody waits for a live location to be looked at, not even /help."""
    async with asyncio.timeout(within_s):
        while not await nudges(walk):  # noqa: ASYNC110  # another process writes it
            await asyncio.sleep(0.05)


async def check(walk: Walk, point: str) -> None:
    told, ledger = await walk.told(), await walk.ledger()
    counts = await nudges(walk)
    assert len(told) == IN_FLIGHT.get(point, 1), (point, counts)
    assert counts == {OutboxStatus.UNKNOWN if point in IN_FLIGHT else OutboxStatus.SENT: 1}, point
    assert len(ledger) == 1, point


async def nudges(walk: Walk) -> dict[OutboxStatus, int]:
    """Count the rows of nudges."""
    rank = list(Priority).index(Priority.NUDGE)
    async with walk.stage.database.reading() as work:
        rows = await work._connection.execute(outbox.select().where(outbox.c.priority == rank))
        statuses = [OutboxStatus(row.status) for row in rows]
    return {status: statuses.count(status) for status in statuses}


def diagonal(url: str) -> list[tuple[str, str]]:
    """Give the companies and points that are tried on a database."""
    met = ON_SQLITE if url == "sqlite" else ON_POSTGRESQL
    return [
        (name, point)
        for name in COMPANIES
        for point in NUDGE_POINTS
        if EVERY_KILL or point in met[name]
    ]


CASES = [(url, *case) for url in ("sqlite", "postgresql") for case in diagonal(url)]


def test_every_point_is_met_by_one_and_by_several() -> None:
    assert {point for _, name, point in CASES if name == "one"} == set(NUDGE_POINTS)
    assert {point for _, name, point in CASES if name != "one"} >= set(NUDGE_POINTS[4:])


@pytest.mark.parametrize(("migrated_url", "name", "point"), CASES, indirect=["migrated_url"])
async def test_no_nudge_comes_twice_and_none_is_lost_but_what_was_in_flight(
    walk: Walk, name: str, point: str
) -> None:
    await walks_on_after_the_kill(walk, COMPANIES[name], point)
    await check(walk, point)


@pytest.mark.parametrize("migrated_url", ["sqlite"], indirect=True)
async def test_a_nudge_that_a_crash_made_late_is_dropped_unsent(walk: Walk) -> None:
    bot = await walk.stage.start(crash_at="effects committed")
    await walk.begins(AT_THE_EDGE)
    await walk.phone.hear()
    await walk.stage.settled()
    walk.stage.armed.touch()
    await walks_into(walk, bot)
    walk.stage.armed.unlink()
    async with walk.stage.database.work() as work:
        past = machine_now() - timedelta(seconds=1)
        await work._connection.execute(update(outbox).values(send_before=past))
        await work.commit()
    await walk.stage.start()
    await walk.goes(*ONWARDS)
    await walk.settles()
    assert (await walk.told(), await nudges(walk)) == ([], {OutboxStatus.DROPPED: 1})
