import asyncio
import logging
from base64 import b64encode
from collections import Counter
from collections.abc import Mapping
from functools import partial
from typing import Any

import aiohttp
import pytest
from aiogram import Bot
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer

from bot import sending
from bot.rate_limits import Backoff
from bot.sending import Outcome, Verdict
from bot.setting_sections import DeliverySettings
from scripts.emulator import RunningServer
from scripts.phone import Message, Phone, text_of
from storage.records import OutboxStatus, Outgoing, Priority
from tests.bot.pump import Outbox, Script, message
from tests.emulator.test_files import picture

PICTURE = b64encode(picture()).decode()


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


ANSWER_LOST: dict[str, Any] = {"kind": "reset", "after_effect": True}
FAULTS: tuple[dict[str, Any], ...] = (
    {"error_code": 500},
    {"kind": "reset"},
    ANSWER_LOST,
    {"error_code": 429, "retry_after": 1},
    {"kind": "timeout"},
)
NO_FAULT = {"kind": "delay"}
PLACE = {"latitude": 1.5, "longitude": 2.5}
KINDS: tuple[tuple[str, str, dict[str, Any]], ...] = (
    ("sendMessage", "text", {}),
    ("sendVenue", "title", {**PLACE, "address": "Main St"}),
    ("sendDocument", "caption", {"document": {"filename": "a.txt", "base64": "YQ=="}}),
    ("sendPhoto", "caption", {"photo": {"filename": "a.png", "base64": PICTURE}}),
)


def nth_message(chat_id: int, number: int) -> Outgoing:
    """Give a message of each kind in turn that shows its number."""
    method, shows, others = KINDS[number % len(KINDS)]
    return Outgoing(chat_id, method, {"chat_id": chat_id, shows: str(number), **others})


def number_of(shown: Message) -> int:
    venue = shown.get("venue", {})
    return int(shown.get("text") or shown.get("caption") or venue["title"])


def check(heard: list[int], losses: list[int]) -> None:
    """Check what came in a chat; `losses` says how often nobody could know whether a number had arrived."""
    numbers = range(len(losses))
    if sum(losses) == sum("kind" in FAULTS[n % len(FAULTS)] for n in numbers):
        assert heard == [
            n for n in numbers for _ in range(1 + (FAULTS[n % len(FAULTS)] is ANSWER_LOST))
        ]
    assert heard == sorted(heard)
    copies = [heard.count(number) for number in numbers]
    assert all(1 <= came <= 1 + lost for came, lost in zip(copies, losses, strict=True))


@pytest.mark.parametrize("migrated_url", ["sqlite"], indirect=True)  # half a minute, once
async def test_a_thousand_messages_each_met_by_a_fault_arrive_in_order(
    outbox: Outbox,
    telegram: RunningServer,
    http: aiohttp.ClientSession,
    caplog: pytest.LogCaptureFixture,
) -> None:
    """Each kind of message meets each kind of fault once; what had arrived though its answer was lost comes twice.

    A machine too busy to answer in time loses an answer as well, for which one copy more may come.
    """
    phones = [Phone(http, telegram.url, user_id) for user_id in range(101, 151)]
    numbers = range(len(KINDS) * len(FAULTS))
    for phone in phones:
        await phone.write("/start")
        for number in numbers:
            for fault in (FAULTS[number % len(FAULTS)], NO_FAULT):
                method = KINDS[number % len(KINDS)][0]
                wish = {"method": method, "chat_id": phone.user_id, **fault}
                await http.post(f"{telegram.url}/faults", json=wish)
    await outbox.add(
        *(nth_message(phone.user_id, number) for number in numbers for phone in phones)
    )
    unsure: Counter[tuple[int, int]] = Counter()

    async def send(method: str, arguments: Mapping[str, Any]) -> Verdict:
        verdict = await sending.call(bot, method, arguments)
        if verdict.outcome is Outcome.UNKNOWN:
            shows = next(arguments[key] for kind, key, _ in KINDS if kind == method)
            unsure[int(arguments["chat_id"]), int(shows)] += 1
        return verdict

    server = TelegramAPIServer.from_base(telegram.url)
    settings = DeliverySettings(per_chat_per_s=100, sends_per_s=1000, parallel_sends=100)
    async with AiohttpSession(api=server, timeout=2) as session:
        bot = Bot(telegram.token, session=session)
        with caplog.at_level(logging.INFO, "bot"):
            async with outbox.pump(send, settings, backoff=Backoff(base_s=0.02, cap_s=0.1)):
                for phone in phones:
                    heard: list[int] = []
                    while numbers[-1] not in heard:
                        heard += [number_of(one) for one in await phone.hear(within_s=120)]
                    check(heard, [unsure[phone.user_id, number] for number in numbers])
    assert await outbox.counts() == {OutboxStatus.SENT: 1000}
    lines = [record.getMessage() for record in caplog.records]
    assert lines[::2] == ["sending: Telegram does not take messages, trying again"] * (
        len(lines) // 2
    )
    assert lines[1::2] == ["sending: well again"] * (len(lines) // 2)


async def test_many_failures_at_once_are_one_reason_to_wait(outbox: Outbox) -> None:
    at_once = 10
    script = Script(*[Verdict(Outcome.FAILED)] * at_once)
    all_in_flight = asyncio.Barrier(at_once)

    async def send(method: str, arguments: Mapping[str, Any]) -> Verdict:
        if len(script.tried) < at_once:
            await all_in_flight.wait()
        return await script(method, arguments)

    await outbox.add(*(message(chat, str(chat)) for chat in range(1, at_once + 1)))
    async with outbox.pump(send, backoff=Backoff(base_s=0.4, cap_s=600)):
        # The wait after so many failures one after the other would be minutes.
        await script.until_sent(at_once)


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
