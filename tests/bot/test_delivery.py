import asyncio
from collections.abc import Mapping
from datetime import timedelta
from functools import partial
from typing import Any

import aiohttp
import pytest
from aiogram import Bot
from sqlalchemy import update

from bot import sending
from bot.clock import machine_now
from bot.delivery import (
    LARGEST_TELEGRAM_ID,
    Send,
)
from bot.sending import Outcome, Verdict
from bot.setting_sections import DeliverySettings
from scripts.emulator import RunningServer
from scripts.phone import Phone, text_of
from storage.database import Database
from storage.records import OutboxStatus, Priority
from storage.tables import outbox as table
from tests.bot.pump import Outbox, Script, message


async def test_a_commit_is_sent_at_once_and_in_order(
    outbox: Outbox, bot: Bot, telegram: RunningServer, http: aiohttp.ClientSession
) -> None:
    phones = [Phone(http, telegram.url, user_id) for user_id in (101, 102)]
    for phone in phones:
        await phone.write("/start")
    async with outbox.pump(partial(sending.call, bot)):
        for number in range(5):
            await outbox.add(*(message(phone.user_id, str(number)) for phone in phones))
        for phone in phones:
            heard = await phone.hear(5)
            assert [text_of(one) for one in heard] == ["0", "1", "2", "3", "4"]
    assert await outbox.counts() == {OutboxStatus.SENT: 10}


async def test_blocked_chat_is_given_up_whole_and_its_shopper_unreachable(
    outbox: Outbox,
    bot: Bot,
    telegram: RunningServer,
    http: aiohttp.ClientSession,
    database: Database,
) -> None:
    phone = Phone(http, telegram.url, 101)
    await phone.write("/start")
    await phone.act("block", {})
    async with database.work() as work:
        await work.shoppers.load_or_create(101, "Mia", "en", machine_now())
        await work.commit()
    await outbox.add(message(101, "a"), message(101, "b"), message(101, "c"))
    async with outbox.pump(partial(sending.call, bot)):
        pass
    assert await outbox.counts() == {OutboxStatus.DROPPED: 3}
    async with database.reading() as work:
        shopper = await work.shoppers.get(101)
    assert shopper is not None
    assert not shopper.is_reachable


@pytest.mark.parametrize(
    ("verdict", "priority", "ends_as"),
    [
        (Verdict(Outcome.REFUSED, reason="x"), Priority.REPLY, OutboxStatus.DROPPED),
        (Verdict(Outcome.UNKNOWN), Priority.NUDGE, OutboxStatus.UNKNOWN),
        (Verdict(Outcome.UNKNOWN), Priority.CAMPAIGN, OutboxStatus.UNKNOWN),
        (Verdict(Outcome.UNKNOWN), Priority.ORDER, OutboxStatus.SENT),
        (Verdict(Outcome.UNKNOWN), Priority.REPLY, OutboxStatus.SENT),
        (Verdict(Outcome.WAIT, retry_after_s=0.05), Priority.NUDGE, OutboxStatus.SENT),
        (RuntimeError("poison"), Priority.REPLY, OutboxStatus.DROPPED),
    ],
)
async def test_each_verdict_ends_its_row(
    outbox: Outbox, verdict: Verdict | Exception, priority: Priority, ends_as: OutboxStatus
) -> None:
    script = Script(verdict, about="first")
    async with outbox.pump(script):
        await outbox.add(message(7, "first", priority=priority), message(8, "other"))
        await script.until_sent(2 if ends_as is OutboxStatus.SENT else 1)
    counts = await outbox.counts()
    assert counts == (
        {ends_as: 2} if ends_as is OutboxStatus.SENT else {ends_as: 1, OutboxStatus.SENT: 1}
    )
    assert "other" in script.sent


async def test_what_is_too_late_is_never_sent(outbox: Outbox) -> None:
    script = Script()
    late = machine_now() - timedelta(seconds=1)
    await outbox.add(message(7, "late", priority=Priority.NUDGE, send_before=late))
    async with outbox.pump(script):
        pass
    assert script.tried == []
    assert await outbox.counts() == {OutboxStatus.DROPPED: 1}


async def test_what_came_too_late_is_told_once_with_its_number(
    outbox: Outbox, caplog: pytest.LogCaptureFixture
) -> None:
    script = Script()
    late = machine_now() - timedelta(seconds=1)
    nudges = [message(chat, "late", priority=Priority.NUDGE, send_before=late) for chat in (7, 8)]
    await outbox.add(*nudges * 20, message(9, "fine", priority=Priority.CAMPAIGN))
    async with outbox.pump(script, DeliverySettings()):
        await script.until_sent(1)
    assert script.tried == ["fine"]
    (told,) = [line for line in caplog.messages if "of no use" in line]
    assert told.startswith("40 messages")


@pytest.mark.parametrize(("is_real", "tried"), [(True, ["real"]), (False, ["demo", "real"])])
async def test_sample_shoppers_are_refused_on_telegram_itself(
    outbox: Outbox, is_real: bool, tried: list[str]
) -> None:
    script = Script()
    await outbox.add(message(LARGEST_TELEGRAM_ID + 1, "demo"), message(7, "real"))
    async with outbox.pump(script, is_real=is_real):
        pass
    assert sorted(script.tried) == tried


async def test_after_a_crash_replies_are_repeated_and_nudges_are_not(
    outbox: Outbox, database: Database
) -> None:
    await outbox.add(message(7, "reply"), message(8, "nudge", priority=Priority.NUDGE))
    async with database.work() as work:
        assert len(await work.outbox.claim_due(machine_now(), 10)) == 2
        await work.commit()
    script = Script()
    async with outbox.pump(script):
        pass
    assert script.sent == ["reply"]
    assert await outbox.counts() == {OutboxStatus.SENT: 1, OutboxStatus.UNKNOWN: 1}


async def test_one_chat_that_must_wait_holds_up_no_other(outbox: Outbox) -> None:
    script = Script(Verdict(Outcome.WAIT, retry_after_s=60))
    async with outbox.pump(script):
        await outbox.add(message(7, "held"))
        await outbox.add(*(message(8, str(number)) for number in range(3)))
        await script.until_sent(3)
    assert script.sent == ["0", "1", "2"]
    assert await outbox.counts() == {OutboxStatus.WAITING: 1, OutboxStatus.SENT: 3}


async def test_nothing_that_waits_for_its_turn_leaves_once_all_must_wait(outbox: Outbox) -> None:
    script = Script(*[Verdict(Outcome.WAIT, retry_after_s=60)] * 2)
    await outbox.add(*(message(chat, str(chat)) for chat in range(1, 13)))
    async with outbox.pump(script, DeliverySettings(sends_per_s=30)):
        pass
    assert script.tried == ["1", "2"]
    assert await outbox.counts() == {OutboxStatus.WAITING: 12}


async def test_shorter_wait_of_a_later_answer_ends_no_longer_one(outbox: Outbox) -> None:
    may_answer = asyncio.Event()

    async def send(_: str, arguments: Mapping[str, Any]) -> Verdict:
        if arguments["chat_id"] < 3:
            return Verdict(Outcome.WAIT, retry_after_s=60)
        await may_answer.wait()
        return Verdict(Outcome.WAIT, retry_after_s=1)

    await outbox.add(message(3, "3", priority=Priority.ORDER))
    async with outbox.pump(send) as delivery:
        async with asyncio.timeout(60):
            while not (await outbox.counts()).get(OutboxStatus.SENDING):  # noqa: ASYNC110
                await asyncio.sleep(0.01)
            await outbox.add(message(1, "1"), message(2, "2"))
            while (await outbox.counts()).get(OutboxStatus.WAITING) != 2:  # noqa: ASYNC110
                await asyncio.sleep(0.01)
        may_answer.set()
    assert delivery._held_until is not None
    assert delivery._held_until > machine_now() + timedelta(seconds=30)


async def test_limits_are_kept_toward_a_server_that_enforces_them(
    outbox: Outbox, bot: Bot, telegram: RunningServer, http: aiohttp.ClientSession
) -> None:
    phones = [Phone(http, telegram.url, user_id) for user_id in range(101, 141)]
    for phone in phones:
        await phone.write("/start")
    await http.post(f"{telegram.url}/flood", json={"enabled": True})
    await outbox.add(*(message(phone.user_id, "hello") for phone in phones))
    async with outbox.pump(partial(sending.call, bot), DeliverySettings()):
        for phone in phones:
            await phone.hear()
    async with http.get(f"{telegram.url}/log") as response:
        calls = [call for call in await response.json() if call["method"].lower() == "sendmessage"]
    assert len(calls) == len(phones)


async def test_what_was_sent_is_written_down_once_the_database_is_back(flaky: Any) -> None:
    outbox, script = Outbox(flaky), Script()

    async def send(method: str, arguments: Mapping[str, Any]) -> Verdict:
        flaky.failures = 2
        return await script(method, arguments)

    await outbox.add(message(7, "hello"))
    async with outbox.pump(send):
        await script.until_sent(1)
    assert script.sent == ["hello"]
    assert await outbox.counts() == {OutboxStatus.SENT: 1}


async def test_pump_survives_a_database_that_is_away(flaky: Any) -> None:
    outbox, script = Outbox(flaky), Script()
    async with outbox.pump(script, DeliverySettings(tick_s=0.2)):
        await outbox.add(message(7, "hello"))
        flaky.failures = 3
        await script.until_sent(1)
    assert await outbox.counts() == {OutboxStatus.SENT: 1}


async def test_what_does_not_leave_for_a_fault_of_ours_is_reported_and_holds_up_no_other(
    outbox: Outbox, database: Database, caplog: pytest.LogCaptureFixture
) -> None:
    await outbox.add(message(7, "first"), message(8, "unreadable"), message(9, "fine"))
    async with database.work() as work:
        broken = update(table).where(table.c.chat_id == 8).values(arguments="gAAAA nobody's")
        await work._connection.execute(broken)
        await work.commit()
    script = Script(RuntimeError("poison"), about="first")
    async with outbox.pump(script) as delivery:
        await script.until_sent(1)
    assert script.sent == ["fine"]
    assert await outbox.counts() == {
        OutboxStatus.SENT: 1,
        OutboxStatus.DROPPED: 1,
        OutboxStatus.WAITING: 1,
    }
    alerts = [line for line in caplog.messages if "ALERT" in line]
    assert len(alerts) == 2
    assert "some do not leave" in delivery._parts.health.troubles["messages"]


async def test_several_that_send_keep_the_limits_and_the_order_together(
    outbox: Outbox, bot: Bot, telegram: RunningServer, http: aiohttp.ClientSession
) -> None:
    phones = [Phone(http, telegram.url, user_id) for user_id in range(101, 141)]
    for phone in phones:
        await phone.write("/start")
    await http.post(f"{telegram.url}/flood", json={"enabled": True})
    sent_by: list[set[int]] = [set(), set()]

    def by(number: int) -> Send:
        async def send(method: str, arguments: Mapping[str, Any]) -> Verdict:
            sent_by[number].add(arguments["chat_id"])
            return await sending.call(bot, method, arguments)

        return send

    async with (
        outbox.pump(by(0), DeliverySettings()) as first,
        outbox.pump(by(1), DeliverySettings()) as second,
    ):
        async with asyncio.timeout(60):
            while not all(each._parts.crew.term for each in (first, second)):  # noqa: ASYNC110
                await asyncio.sleep(0.05)
        await outbox.add(*(message(phone.user_id, text) for text in "ab" for phone in phones))
        for phone in phones:
            assert [text_of(one) for one in await phone.hear(2)] == ["a", "b"]
    async with http.get(f"{telegram.url}/log") as response:
        calls = [call for call in await response.json() if call["method"].lower() == "sendmessage"]
    assert [call["answer"]["ok"] for call in calls] == [True] * 80
    assert [len(chats) for chats in sent_by] == [20, 20]
    assert sent_by[0] & sent_by[1] == set()


async def test_one_who_ends_leaves_its_chats_to_the_other(outbox: Outbox) -> None:
    first, second = Script(), Script()
    async with outbox.pump(second):
        async with outbox.pump(first):
            pass
        await outbox.add(*(message(chat, str(chat)) for chat in range(1, 9)))
        await second.until_sent(8)
    assert first.sent == []


async def test_a_stop_puts_back_what_waits_for_its_turn(
    outbox: Outbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tests.bot.pump.STOP_WITHIN_S", 0.0)
    script = Script()
    await outbox.add(*(message(chat, str(chat), priority=Priority.NUDGE) for chat in range(1, 9)))
    async with outbox.pump(script, DeliverySettings(sends_per_s=30)):
        await script.until_sent(3)
    counts = await outbox.counts()
    assert counts.keys() <= {OutboxStatus.SENT, OutboxStatus.WAITING, OutboxStatus.UNKNOWN}
    assert counts.get(OutboxStatus.UNKNOWN, 0) <= 1  # what was handed to Telegram just then
    assert counts[OutboxStatus.WAITING] >= 2
