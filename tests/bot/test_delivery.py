import asyncio
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from datetime import timedelta
from functools import partial
from typing import Any

import aiohttp
import pytest
from aiogram import Bot
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer

from bot import sending
from bot.clock import machine_now
from bot.delivery import (
    FROM_A_SECOND_TO_A_MINUTE,
    LARGEST_TELEGRAM_ID,
    Delivery,
    DeliveryParts,
    Send,
)
from bot.health import Health
from bot.rate_limits import Backoff
from bot.sending import Outcome, Verdict
from bot.settings import DeliverySettings
from scripts.emulator import RunningServer
from scripts.phone import Phone, text_of
from storage.database import Database
from storage.records import OutboxStatus, Outgoing, Priority

FAST = DeliverySettings(per_chat_burst=20, sends_per_s=1000)


def message(chat_id: int, text: str, **more: Any) -> Outgoing:
    return Outgoing(chat_id, "sendMessage", {"chat_id": chat_id, "text": text}, **more)


class Outbox:
    """The outbox of a test: fill it, run a pump over it, wait for rows to end."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def add(self, *messages: Outgoing) -> None:
        async with self._database.work() as work:
            for one in messages:
                await work.outbox.add(one, machine_now())
            await work.commit()

    async def counts(self) -> dict[OutboxStatus, int]:
        async with self._database.reading() as work:
            return {status: n for status, n in (await work.outbox.counts()).items() if n}

    @asynccontextmanager
    async def pump(
        self,
        send: Send,
        settings: DeliverySettings = FAST,
        *,
        is_real: bool = False,
        backoff: Backoff = FROM_A_SECOND_TO_A_MINUTE,
    ) -> AsyncIterator[Delivery]:
        parts = DeliveryParts(self._database, send, Health(), machine_now, is_real, backoff)
        delivery = Delivery(parts, settings)
        self._database.on_outbox(delivery.wake)
        await delivery.recover()
        running = asyncio.create_task(delivery.run())
        yield delivery
        await delivery.stop(running, timeout_s=5)


class Script:
    """Answers sends from a list of verdicts, then with success; remembers what was sent."""

    def __init__(self, *verdicts: Verdict | Exception) -> None:
        self._verdicts = list(verdicts)
        self.sent: list[str] = []
        self.tried: list[str] = []
        self._changed = asyncio.Condition()

    async def until_sent(self, count: int) -> None:
        async with asyncio.timeout(10), self._changed:
            await self._changed.wait_for(lambda: len(self.sent) >= count)

    async def __call__(self, method: str, arguments: Mapping[str, Any]) -> Verdict:
        self.tried.append(arguments["text"])
        verdict = self._verdicts.pop(0) if self._verdicts else Verdict(Outcome.SENT, 1)
        if isinstance(verdict, Exception):
            raise verdict
        if verdict.outcome is Outcome.SENT:
            self.sent.append(arguments["text"])
            async with self._changed:
                self._changed.notify_all()
        return verdict


@pytest.fixture
def outbox(database: Database) -> Outbox:
    return Outbox(database)


@pytest.fixture
async def bot(telegram: RunningServer) -> AsyncIterator[Bot]:
    server = TelegramAPIServer.from_base(telegram.url)
    async with AiohttpSession(api=server) as session:
        yield Bot(telegram.token, session=session)


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


async def test_faults_of_every_kind_lose_nothing_and_keep_the_order(
    outbox: Outbox, bot: Bot, telegram: RunningServer, http: aiohttp.ClientSession
) -> None:
    phone = Phone(http, telegram.url, 101)
    await phone.write("/start")
    for fault in (
        {"error_code": 500, "times": 1},
        {"error_code": 429, "retry_after": 1, "times": 1},
        {"kind": "reset", "times": 1},
    ):
        await http.post(f"{telegram.url}/faults", json={"method": "sendMessage", **fault})
    async with outbox.pump(partial(sending.call, bot)):
        await outbox.add(*(message(101, str(number)) for number in range(4)))
        assert [text_of(one) for one in await phone.hear(4)] == ["0", "1", "2", "3"]


FAULTS: tuple[dict[str, Any], ...] = (
    {"error_code": 500},
    {"kind": "reset"},
    {"kind": "reset", "after_effect": True},
    {"error_code": 429, "retry_after": 1},
    {"kind": "timeout"},
)
NO_FAULT = {"kind": "delay"}


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)  # half a minute, once
async def test_a_thousand_messages_each_met_by_a_fault_arrive_in_order(
    outbox: Outbox, telegram: RunningServer, http: aiohttp.ClientSession
) -> None:
    """Every message fails once, in every way in turn; what had arrived although its answer was lost may come twice."""
    phones = [Phone(http, telegram.url, user_id) for user_id in range(101, 151)]
    texts = [str(number) for number in range(20)]
    for phone in phones:
        await phone.write("/start")
        for number in range(len(texts)):
            for fault in (FAULTS[number % len(FAULTS)], NO_FAULT):
                wish = {"method": "sendMessage", "chat_id": phone.user_id, **fault}
                await http.post(f"{telegram.url}/faults", json=wish)
    await outbox.add(*(message(phone.user_id, text) for text in texts for phone in phones))
    server = TelegramAPIServer.from_base(telegram.url)
    settings = DeliverySettings(per_chat_per_s=100, sends_per_s=1000, parallel_sends=100)
    async with AiohttpSession(api=server, timeout=0.4) as session:
        send = partial(sending.call, Bot(telegram.token, session=session))
        async with outbox.pump(send, settings, backoff=Backoff(base_s=0.02, cap_s=0.1)):
            for phone in phones:
                heard: list[str] = []
                while texts[-1] not in heard:
                    heard += [text_of(one) for one in await phone.hear(within_s=60)]
                assert list(dict.fromkeys(heard)) == texts
                assert heard == sorted(heard, key=int)
    assert await outbox.counts() == {OutboxStatus.SENT: 1000}


async def test_many_failures_at_once_are_one_reason_to_wait(outbox: Outbox) -> None:
    at_once = 10
    script = Script(*[Verdict(Outcome.FAILED)] * at_once)
    await outbox.add(*(message(chat, str(chat)) for chat in range(1, at_once + 1)))
    async with outbox.pump(script, backoff=Backoff(base_s=0.1, cap_s=60)):
        await script.until_sent(
            at_once
        )  # the wait after ten failures one after the other would be 51 s


async def test_trouble_ends_when_telegram_is_back_though_nothing_is_left_to_send(
    outbox: Outbox,
) -> None:
    outcomes = {"sendMessage": Outcome.UNKNOWN, "getMe": Outcome.FAILED}

    async def send(method: str, _: Mapping[str, Any]) -> Verdict:
        return Verdict(outcomes[method])

    await outbox.add(message(7, "nudge", priority=Priority.NUDGE))
    async with outbox.pump(send) as delivery:
        pass
    assert await outbox.counts() == {OutboxStatus.UNKNOWN: 1}
    await delivery.look_for_telegram()
    assert set(delivery._parts.health.troubles) == {"sending"}
    outcomes["getMe"] = Outcome.SENT
    await delivery.look_for_telegram()
    assert delivery._parts.health.troubles == {}


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
    script = Script(verdict)
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
