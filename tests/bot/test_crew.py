"""Several processes that send: who serves which chats, and what happens when one comes, goes or was away."""

import asyncio
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

import pytest

from bot.crew import Crew, CrewParts
from bot.lease import Process
from storage.database import Database
from storage.errors import DatabaseUnavailable
from storage.records import OutboxItem, OutboxStatus, Portion, Priority
from tests.builders import NOON, outgoing

SECOND = timedelta(seconds=1)
NUDGE, REPLY = Priority.NUDGE, Priority.REPLY


@dataclass(slots=True)
class Town:
    """Processes that send from one database, and a clock that stands still until a test moves it."""

    database: Any
    now: datetime = NOON
    dead: set[int] = field(default_factory=set)

    def crew(self, pid: int, host: str = "here") -> Crew:
        return Crew(
            CrewParts(
                database=self.database,
                now=lambda: self.now,
                process=Process(host, pid),
                is_running=lambda pid: pid not in self.dead,
            )
        )

    async def agree(self, *crews: Crew) -> list[Portion | None]:
        """Let everybody look twice, and give their portions."""
        for crew in crews * 2:
            await crew.look()
        return [crew.term and crew.term.portion for crew in crews]

    async def claim(self, crew: Crew, chat_id: int, priority: Priority = NUDGE) -> OutboxItem:
        assert crew.term is not None
        async with self.database.work() as work:
            await work.outbox.add(outgoing(chat_id, priority=priority), self.now)
            (item,) = await work.outbox.claim_due(self.now, 1, by=crew.term.worker_id)
            await work.commit()
        found: OutboxItem = item
        return found

    async def counts(self) -> dict[OutboxStatus, int]:
        async with self.database.reading() as work:
            return {status: n for status, n in (await work.outbox.counts()).items() if n}


@pytest.fixture
def town(database: Database) -> Town:
    return Town(database)


async def test_who_is_alone_serves_everybody_at_once(town: Town) -> None:
    crew = town.crew(1)
    await crew.look()
    assert crew.term is not None
    assert (crew.term.portion, crew.term.is_handed_over) == (Portion(0, 1), False)


async def test_nobody_serves_by_a_new_order_before_everybody_left_the_old_one(town: Town) -> None:
    first, second, third = (town.crew(pid) for pid in (1, 2, 3))
    await first.look()
    await second.look()
    assert second.term is None  # the first still serves every chat
    await first.look()  # the second has said so already, and so may the first begin
    assert first.term is not None
    assert second.term is None
    assert await town.agree(first, second) == [Portion(0, 2), Portion(1, 2)]
    await third.look()
    await first.look()
    assert (first.term, third.term) == (None, None)
    assert second.term is not None  # it has not seen the third yet, and nobody took anything over
    assert await town.agree(first, second, third) == [Portion(0, 3), Portion(1, 3), Portion(2, 3)]
    assert all(crew.term and crew.term.is_handed_over for crew in (first, second, third))


async def test_who_leaves_hands_over_at_once_and_leaves_nothing_in_flight(town: Town) -> None:
    first, second = town.crew(1), town.crew(2)
    await town.agree(first, second)
    await town.claim(first, 7)
    await town.claim(first, 8, REPLY)
    await first.leave()
    assert await town.counts() == {OutboxStatus.WAITING: 1, OutboxStatus.UNKNOWN: 1}
    assert await town.agree(second) == [Portion(0, 1)]
    await first.look()  # a job that was still running does not bring it back
    assert await town.agree(second) == [Portion(0, 1)]


@pytest.mark.parametrize("how", ["dead on this host", "silent on another"])
async def test_rows_of_one_who_is_gone_are_settled_and_of_nobody_else(
    town: Town, how: str
) -> None:
    gone = town.crew(1, "here" if how.startswith("dead") else "there")
    here = town.crew(2)
    await town.agree(gone, here)
    await town.claim(gone, 7)
    await town.claim(gone, 8, REPLY)
    mine = await town.claim(here, 9)
    if how.startswith("dead"):
        town.dead.add(1)
    else:
        town.now += 29 * SECOND
        assert await town.agree(here) == [Portion(1, 2)]
        town.now += SECOND
    assert await town.agree(here) == [Portion(0, 1)]
    assert await town.counts() == {
        OutboxStatus.WAITING: 1,
        OutboxStatus.UNKNOWN: 1,
        OutboxStatus.SENDING: 1,
    }
    assert here.is_ours(mine.claimed_by)


async def test_one_who_was_away_sends_nothing_it_holds_and_overwrites_nothing(town: Town) -> None:
    away, here = town.crew(1, "there"), town.crew(2)
    await town.agree(away, here)
    nudge = await town.claim(away, 7)
    reply = await town.claim(away, 8, REPLY)
    town.now += 26 * SECOND
    assert not away.is_ours(nudge.claimed_by)  # soon somebody may take it for gone
    town.now += 5 * SECOND
    await here.look()
    async with town.database.work() as work:
        (again,) = await work.outbox.claim_due(town.now, 5, by=here.term and here.term.worker_id)
        assert again.id == reply.id
        for item in (nudge, reply):
            assert not await work.outbox.sent(item.id, 55, town.now, by=item.claimed_by)
            assert not await work.outbox.drop(item.id, "late", by=item.claimed_by)
            assert not await work.outbox.retry(item.id, town.now, by=item.claimed_by)
            assert not await work.outbox.unknown(item.id, by=item.claimed_by)
        await work.commit()
    assert await town.counts() == {OutboxStatus.SENDING: 1, OutboxStatus.UNKNOWN: 1}
    assert await town.agree(away, here) == [Portion(1, 2), Portion(0, 2)]
    assert not away.is_ours(nudge.claimed_by)


async def test_a_former_life_with_the_same_number_is_gone(town: Town) -> None:
    await town.agree(town.crew(1))
    again = town.crew(1)
    assert await town.agree(again) == [Portion(0, 1)]


async def test_renewing_keeps_a_place_for_as_long_as_one_lives(town: Town) -> None:
    first, second = town.crew(1, "there"), town.crew(2)
    await town.agree(first, second)
    for _ in range(8):
        town.now += 10 * SECOND
        assert await town.agree(first, second) == [Portion(0, 2), Portion(1, 2)]


async def test_after_an_outage_of_the_database_nobody_is_taken_for_gone_at_once(
    flaky: Any,
) -> None:
    town = Town(flaky)
    first, second = town.crew(1, "there"), town.crew(2)
    await town.agree(first, second)
    town.now += 40 * SECOND
    flaky.failures = 1
    with pytest.raises(DatabaseUnavailable):
        await second.look()
    town.now += SECOND
    await second.look()
    assert await town.agree(first, second) == [Portion(0, 2), Portion(1, 2)]
    town.now += 40 * SECOND
    assert await town.agree(second) == [Portion(0, 1)]


async def test_what_telegram_told_one_reaches_the_others(town: Town) -> None:
    first, second = town.crew(1), town.crew(2)
    await town.agree(first, second)
    until = town.now + 7 * SECOND
    assert await first.look(until) is None
    assert await second.look() == until
    await first.look()
    assert await second.look() is None


async def test_claiming_ends_before_others_are_told(town: Town) -> None:
    first = town.crew(1)
    await first.look()
    async with first.claiming:
        await town.crew(2).look()
        looking = asyncio.create_task(first.look())
        await asyncio.sleep(0.05)
        async with town.database.reading() as work:
            assert next(worker.crew for worker in await work.workers.all()) == (1,)
    await looking
    async with town.database.reading() as work:
        assert [worker.crew for worker in await work.workers.all()] == [(1, 2), (1, 2)]
