import json
import logging
from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Any

import pytest

from storage.database import Database
from storage.records import InboxStatus
from tests.bot.inside import APOLOGIES, BOT_ID, NOW, Inside, update
from tests.english import english


@pytest.fixture
async def inside(database: Database) -> AsyncIterator[Inside]:
    inside = Inside(database)
    yield inside
    await inside.ingest.close()


async def test_update_is_stored_before_accept_returns(inside: Inside) -> None:
    inside.handlers.failures["hello"] = 1
    await inside.ingest.accept([update(1)])
    (item,) = await inside.waiting()
    assert (item.bot_id, item.update_id, item.chat_id) == (BOT_ID, 1, 7)
    assert item.status is InboxStatus.WAITING
    await inside.handlers.until(lambda: inside.handlers.handled == ["hello"])


async def test_updates_of_a_chat_are_handled_in_order_and_once(inside: Inside) -> None:
    batch = [update(number, str(number)) for number in range(1, 21)]
    await inside.ingest.accept(batch[:10])
    await inside.ingest.accept(batch[5:])
    await inside.ingest.accept(batch)
    await inside.handlers.until(lambda: len(inside.handlers.handled) == 20)
    assert inside.handlers.handled == [str(number) for number in range(1, 21)]
    assert await inside.waiting() == []


async def test_one_bad_update_harms_nobody_else(inside: Inside) -> None:
    inside.handlers.unreadable.add("bad")
    batch = [update(1, "before"), update(2, "bad"), "no update", {}, update(3, "after")]
    await inside.ingest.accept(batch)
    await inside.handlers.until(lambda: inside.handlers.handled == ["before", "after"])
    (apology,) = await inside.apologies(1)
    assert apology.outgoing.arguments == {"chat_id": 7, "text": english(APOLOGIES.failed)}
    assert await inside.waiting() == []


async def test_failing_update_is_tried_three_times_then_set_aside(
    inside: Inside, caplog: pytest.LogCaptureFixture
) -> None:
    inside.handlers.failures |= {"twice": 2, "always": 99}
    await inside.ingest.accept([update(1, "twice"), update(2, "always"), update(3, "after")])
    await inside.handlers.until(lambda: inside.handlers.handled == ["twice", "after"])
    assert len(await inside.apologies(1)) == 1
    assert inside.handlers.failures["always"] == 96
    assert "ALERT: update 2 set aside (RuntimeError)" in caplog.text


async def test_update_that_kills_the_process_is_set_aside_too(
    inside: Inside, database: Database
) -> None:
    async with database.work() as work:
        inbox_id = await work.inbox.add(BOT_ID, 1, 7, json.dumps(update(1, "killer")), NOW)
        await work.commit()
    assert inbox_id is not None
    for _ in range(3):
        async with database.work() as work:
            await work.inbox.claim(inbox_id)
            await work.commit()
    assert await inside.ingest.replay() == 1
    assert len(await inside.apologies(1)) == 1
    assert inside.handlers.handled == []


async def test_what_a_former_process_left_is_handled_before_what_comes(
    inside: Inside, database: Database
) -> None:
    async with database.work() as work:
        for number in (1, 2, 3):
            payload = json.dumps(update(number, str(number)))
            await work.inbox.add(BOT_ID, number, 7, payload, NOW)
        await work.commit()
    assert await inside.ingest.replay() == 3
    await inside.ingest.accept([update(3, "3"), update(4, "4")])
    await inside.handlers.until(lambda: inside.handlers.handled == ["1", "2", "3", "4"])


async def test_late_questions_get_one_apology_a_chat_and_orders_an_answer(inside: Inside) -> None:
    late = [update(n, f"I'm cold {n}", minutes_ago=11) for n in range(1, 4)]
    late += [update(4, "where is my order?", minutes_ago=90), update(5, "/stop", minutes_ago=90)]
    late += [update(6, "me too", chat=8, minutes_ago=11), update(7, "on time", minutes_ago=9)]
    await inside.ingest.accept(late)
    await inside.handlers.until(lambda: len(inside.handlers.handled) == 3)
    assert inside.handlers.handled == ["where is my order?", "/stop", "on time"]
    apologies = await inside.apologies(2)
    assert {item.outgoing.chat_id for item in apologies} == {7, 8}
    assert {item.outgoing.arguments["text"] for item in apologies} == {english(APOLOGIES.late)}
    assert len(apologies) == 2


@pytest.mark.parametrize(
    ("received_min_ago", "expected"),
    [((61, 59), 1), ((60, 45, 31), 1), ((31, 29), 1), ((180, 60, 59), 2)],
)
async def test_backlog_gets_one_apology_whatever_the_clock_strikes(
    inside: Inside, received_min_ago: tuple[int, ...], expected: int
) -> None:
    async with inside.database.work() as work:
        for number, minutes in enumerate(received_min_ago, start=1):
            payload = json.dumps(update(number, "I'm cold", minutes_ago=minutes + 60))
            received_at = NOW - timedelta(minutes=minutes)
            await work.inbox.add(BOT_ID, number, 7, payload, received_at)
        await work.inbox.add(BOT_ID, 9, 7, json.dumps(update(9, "/last")), NOW)
        await work.commit()
    await inside.ingest.replay()
    await inside.handlers.until(lambda: inside.handlers.handled == ["/last"])
    async with inside.database.reading() as work:
        assert sum((await work.outbox.counts()).values()) == expected


async def test_no_coordinate_is_stored_and_its_fix_is_held(
    inside: Inside, database: Database
) -> None:
    inside.handlers.failures["here"] = 99
    shared = update(1, "here")
    shared["message"]["location"] = {"latitude": 40.7128, "longitude": -74.006}
    await inside.ingest.accept([shared])
    async with database.reading() as work:
        (item,) = await work.inbox.waiting()
    assert "40.7" not in item.payload
    fix = inside.places.held(1)
    assert fix is not None
    assert (fix.latitude, fix.longitude) == (40.7128, -74.006)


async def test_place_of_an_update_is_there_at_the_next_try_and_gone_when_it_is_done(
    inside: Inside,
) -> None:
    inside.handlers.failures["here"] = 1
    shared = update(1, "here")
    shared["message"]["location"] = {"latitude": 40.7128, "longitude": -74.006}
    await inside.ingest.accept([shared])
    assert inside.places.held(1) is not None
    await inside.handlers.until(lambda: inside.handlers.handled == ["here"])
    assert await inside.ingest.close()
    assert inside.places.held(1) is None


async def test_closing_leaves_what_did_not_start_for_the_next_process(inside: Inside) -> None:
    await inside.ingest.close()
    await inside.ingest.accept([update(1), update(2)])
    assert await inside.ingest.close()
    assert [item.update_id for item in await inside.waiting()] == [1, 2]
    assert inside.handlers.handled == []


async def test_groups_hear_no_apology(inside: Inside, caplog: pytest.LogCaptureFixture) -> None:
    inside.handlers.unreadable.add("bad")
    with caplog.at_level(logging.ERROR):
        await inside.ingest.accept([update(1, "bad", chat=-5), update(2, "good")])
        await inside.handlers.until(lambda: inside.handlers.handled == ["good"])
        assert await inside.ingest.close()
    async with inside.database.reading() as work:
        assert sum((await work.outbox.counts()).values()) == 0


async def test_database_outage_costs_no_attempt_and_loses_nothing(flaky: Any) -> None:
    inside = Inside(flaky)
    await inside.ingest.accept([update(1)])
    flaky.failures = 3
    await inside.handlers.until(lambda: inside.handlers.handled == ["hello"])
    assert await inside.ingest.close()
    assert await inside.waiting() == []


async def test_database_that_goes_away_in_the_midst_of_handling_costs_no_attempt(
    flaky: Any,
) -> None:
    inside = Inside(flaky)
    inside.handlers.outages["hello"] = 4
    await inside.ingest.accept([update(1)])
    await inside.handlers.until(lambda: inside.handlers.handled == ["hello"])
    assert await inside.ingest.close()
    async with inside.database.reading() as work:
        assert sum((await work.outbox.counts()).values()) == 0


async def test_failure_after_the_commit_is_nothing_to_be_sorry_for(inside: Inside) -> None:
    inside.handlers.fails_after_commit = True
    for number in (1, 2):
        await inside.ingest.accept([update(number, str(number))])
    await inside.handlers.until(lambda: len(inside.handlers.handled) == 2)
    assert await inside.ingest.close()
    assert inside.handlers.handled == ["1", "2"]
    async with inside.database.reading() as work:
        assert sum((await work.outbox.counts()).values()) == 0


async def test_update_that_nobody_commits_anything_for_is_done(inside: Inside) -> None:
    inside.handlers.silent.add("hello")
    await inside.ingest.accept([update(1)])
    await inside.handlers.until(lambda: inside.handlers.handled == ["hello"])
    assert await inside.ingest.close()
    assert await inside.waiting() == []


async def test_update_is_told_of_a_newer_message_of_its_chat(inside: Inside) -> None:
    await inside.ingest.accept([update(1, "first"), update(2, "other", chat=8), update(3, "last")])
    await inside.handlers.until(lambda: len(inside.handlers.handled) == 3)
    told = {text: event.is_set() for text, event in inside.handlers.overtaken.items()}
    assert told == {"first": True, "other": False, "last": False}


async def test_what_a_former_process_left_is_told_of_newer_messages_too(
    inside: Inside, database: Database
) -> None:
    async with database.work() as work:
        for number in (1, 2):
            await work.inbox.add(BOT_ID, number, 7, json.dumps(update(number, str(number))), NOW)
        await work.commit()
    await inside.ingest.replay()
    await inside.handlers.until(lambda: inside.handlers.handled == ["1", "2"])
    assert inside.handlers.overtaken["1"].is_set()
    assert not inside.handlers.overtaken["2"].is_set()
